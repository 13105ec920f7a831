package post_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tamada/pkg/agenda"
	"tamada/pkg/post"
)

// Everybody gets the language they read, if the message has it, and the first of
// the meeting's otherwise.
func TestBatchLetter(t *testing.T) {
	b := post.Batch{
		ID:      messageUUID,
		Subject: agenda.Text{"en": "{meeting}: rooms", "ar": "{meeting}: القاعات"},
		Body:    agenda.Text{"en": "Dear {name},\n\n**welcome** to {meeting}.", "ar": "عزيزي {name}،"},
	}
	title := agenda.Text{"en": "Forum *2026*", "ar": "المنتدى"}
	for _, tt := range []struct {
		to                      post.Recipient
		language, subject, body string
	}{
		{post.Recipient{To: post.Mailbox{Name: "Ada [x](y)", Address: "ada@example.org"}, Language: "en"}, "en", "Forum *2026*: rooms", "Dear Ada \\[x\\]\\(y\\),\n\n**welcome** to Forum \\*2026\\*."},
		{post.Recipient{To: post.Mailbox{Name: "ليلى", Address: "l@example.org"}, Language: "ar-JO"}, "ar", "المنتدى: القاعات", "عزيزي ليلى،"},
		{post.Recipient{To: post.Mailbox{Address: "bo@example.org"}, Language: "ka"}, "en", "Forum *2026*: rooms", "Dear bo\\@example\\.org,\n\n**welcome** to Forum \\*2026\\*."},
	} {
		got, err := b.Letter(tt.to, title, []string{"en", "ar"})
		if err != nil || got.Language != tt.language || got.Subject != tt.subject || got.Blocks[0].Text != tt.body {
			t.Errorf("%+v: got %+v, %v, want %q in %s and %q", tt.to, got, err, tt.subject, tt.language, tt.body)
		}
	}
}

// Nothing in a name or a title begins another header or another paragraph.
func TestBatchLetterKeepsToItsLines(t *testing.T) {
	b := post.Batch{Subject: agenda.Text{"en": "{meeting} for {name}\r\nBcc: all@example.org"}, Body: agenda.Text{"en": "{name}"}}
	to := post.Recipient{To: post.Mailbox{Name: "Ada\r\nBcc: b@example.org\u2028\n\n# A heading", Address: "ada@example.org"}}
	letter, err := b.Letter(to, agenda.Text{"en": "Forum\nTo: c@example.org"}, []string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(letter.Subject+letter.Blocks[0].Text, "\r\n\u2028") {
		t.Errorf("got %q and %q, want one line each", letter.Subject, letter.Blocks[0].Text)
	}
	b.Subject["en"] = strings.Repeat("წ", 500)
	letter, err = b.Letter(to, nil, nil)
	if m := b.Message(letter, to.To, time.Now()); err != nil || !utf8.ValidString(letter.Subject) || !strings.HasSuffix(letter.Subject, "წ…") {
		t.Errorf("got %q, %v, want a subject that a message may have", m.Letter.Subject, err)
	}
}

func TestPlaceholders(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Dear {name}, {meeting}": "", "}": "",
		"{nmae}": "{nmae}", "{name": "{name", "{": "{", "{ name }": "{ name }", "{name} {NAME}": "{NAME}", "{event}": "{event}",
		"{" + strings.Repeat("ж", 100): "{" + strings.Repeat("ж", 19),
	} {
		var wrong *post.PlaceholderError
		err := post.CheckPlaceholders(text)
		if got := errors.As(err, &wrong); got != (want != "") || got && wrong.Written != want {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if _, err := (post.Batch{Body: agenda.Text{"en": "{link}"}}).Letter(post.Recipient{}, nil, nil); err == nil {
		t.Error("a letter with an unknown placeholder was written")
	}
}

// However often it is made, a message to one is the same message.
func TestBatchMessage(t *testing.T) {
	b := post.Batch{ID: messageUUID, Event: "an event"}
	one := b.Message(post.Letter{}, post.Mailbox{Address: "Ada@example.org"}, time.Now())
	again := b.Message(post.Letter{}, post.Mailbox{Address: "ada@example.org"}, time.Now())
	other := b.Message(post.Letter{}, post.Mailbox{Address: "bo@example.org"}, time.Now())
	if one.ID != again.ID || one.ID == other.ID || !one.Bulk() || one.Event != b.Event {
		t.Errorf("got %s, %s and %s, want one ID for each address", one.ID, again.ID, other.ID)
	}
}
