package post_test

import (
	"errors"
	"strings"
	"testing"

	"tamada/pkg/post"
)

const messageUUID = "0d7c1f0a-1111-4222-8333-444455556666"

func TestIDOf(t *testing.T) {
	tests := []struct{ messageID, want string }{
		{"<" + post.MessageID(messageUUID, "example.org") + ">", messageUUID},
		{messageUUID + "@example.org", messageUUID},
		{messageUUID, ""},
		{"<123@example.org>", ""},
		{"", ""},
	}
	for _, test := range tests {
		if got := post.IDOf(test.messageID); got != test.want {
			t.Errorf("%q: got %q, want %q", test.messageID, got, test.want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		" Meeting\r\nBcc: all@example.org ": "Meeting Bcc: all@example.org",
		"a\u2028b\u2029c\u0085d\x00e\x1b":   "a b c d e",
		"invoice\u202efdp.exe":              "invoicefdp.exe",
		"می\u200cخواهم":                     "می\u200cخواهم", // a joiner that Persian needs
		"=?utf-8?q?hidden?=":                "= ?utf-8?q?hidden?=",
		"no\xfftext":                        "notext",
		"":                                  "",
	} {
		if got := post.OneLine(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestMailbox(t *testing.T) {
	for address, fit := range map[string]bool{
		"ada@example.org": true, "ada@localhost": true,
		"": false, "ada": false, "Ada <ada@example.org>": false, "a@example.org, b@example.org": false,
		"a@example.org\r\nBcc: b@example.org": false, "a@example.org\x00": false, `"a b"@example.org`: false,
	} {
		if err := (post.Mailbox{Address: address}).Check(); (err == nil) != fit || err != nil && !errors.Is(err, post.ErrMessage) {
			t.Errorf("%q: got %v, want fit %v", address, err, fit)
		}
	}
}

func TestWebAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"https://meetings.example.org/s/1?key=2": true, "http://localhost:8080": true,
		"javascript:alert(1)": false, "//example.org": false, "https://": false, "https://a/\r\nBcc:": false, "https://a/>": false,
	} {
		if got := post.WebAddress(address); got != want {
			t.Errorf("%q: got %v, want %v", address, got, want)
		}
	}
}

// What is left of a finished letter opens nothing; others are kept whole.
func TestForget(t *testing.T) {
	letter := post.Letter{
		Subject: "Sign in", Blocks: []post.Block{{Kind: post.Button, URL: "https://meetings.example.org/?key=1"}},
		Notes: []post.Block{{Text: "or open https://meetings.example.org/?key=1"}},
	}
	for kind, secret := range map[post.Kind]bool{
		post.KindSignIn: true, post.KindInvitation: true, post.KindPublished: false, post.KindBulk: false,
	} {
		kept := post.Message{Kind: kind, Letter: letter}.Forget()
		if kept.Letter.Subject != "Sign in" || (len(kept.Letter.Blocks)+len(kept.Letter.Notes) == 0) != secret {
			t.Errorf("%s: got %+v, want what is secret forgotten: %v", kind, kept.Letter, secret)
		}
	}
}

// Whatever a server says fits on a line of a page.
func TestDetail(t *testing.T) {
	got := post.Detail("550 no\r\nsuch " + strings.Repeat("ü", 500))
	if !strings.HasPrefix(got, "550 no such ü") || len(got) > 500 || strings.ContainsRune(got, '\uFFFD') {
		t.Errorf("got %d bytes: %q", len(got), got)
	}
}
