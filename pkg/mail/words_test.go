package mail_test

import (
	"strings"
	"testing"

	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/post"
)

// Whatever the queue can say of a message, it says in every language.
func TestWords(t *testing.T) {
	var ids []string
	for _, s := range post.States() {
		ids = append(ids, "mail.state."+string(s))
	}
	for _, c := range post.Causes() {
		ids = append(ids, "mail.cause."+string(c))
	}
	for _, k := range []post.Kind{post.KindSignIn, post.KindInvitation, post.KindPublished, post.KindBulk} {
		ids = append(ids, "mail.kind."+string(k))
	}
	for _, tag := range locale.Interface() {
		for _, id := range ids {
			if got := locale.For(tag).T(id); strings.Contains(got, "⟦") {
				t.Errorf("%s: got %s", tag, got)
			}
		}
	}
}

// A letter that invites to any role says what it is about.
func TestEveryRoleHasWords(t *testing.T) {
	for _, tag := range locale.Interface() {
		for _, role := range []string{"owner", "editor", "viewer", "moderator", "desk"} {
			text := string(compose(t, letterTo(mail.Invitation{Event: "x", Role: role, Link: "https://example.org", Days: 14}.Letter(locale.For(tag)))))
			if read, err := mail.Read([]byte(text)); err != nil || read.Text == "" || strings.Contains(read.Text, "⟦") {
				t.Errorf("%s, %s: got %q, %v", tag, role, read.Text, err)
			}
		}
	}
}

func TestComposerCheck(t *testing.T) {
	c := composer()
	if err := c.Check(); err != nil {
		t.Errorf("got %v, want nothing wrong", err)
	}
	for _, address := range []string{"", "meetings", "a@example.org\r\nBcc: b@example.org"} {
		c.From.Address = address
		if err := c.Check(); err == nil || !strings.HasPrefix(err.Error(), "sender: ") {
			t.Errorf("%q: got %v, want what is wrong with the sender", address, err)
		}
	}
}
