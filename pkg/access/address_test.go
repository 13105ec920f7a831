package access

import (
	"errors"
	"net/mail"
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	tests := []struct{ text, want, shown string }{
		{" Ada.Lovelace@Example.ORG ", "Ada.Lovelace@example.org", "Ada.Lovelace@example.org"},
		{"o'neill+poc@gov.ie", "o'neill+poc@gov.ie", "o'neill+poc@gov.ie"},
		{"info@ბანკი.გე", "info@xn--lodbwdo.xn--node", "info@ბანკი.გე"},
		{"a@BÜCHER.example", "a@xn--bcher-kva.example", "a@bücher.example"},
		{"root@localhost", "root@localhost", "root@localhost"},
	}
	for _, test := range tests {
		a, err := ParseAddress(test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got := a.String(); got != test.want {
			t.Errorf("%q: got %s, want %s", test.text, got, test.want)
		}
		if got := a.Shown(); got != test.shown {
			t.Errorf("%q: shown as %s, want %s", test.text, got, test.shown)
		}
		if got := a.Key(); got != strings.ToLower(a.String()) {
			t.Errorf("%q: key %s, want the address in small letters", test.text, got)
		}
	}
}

func TestBadAddresses(t *testing.T) {
	for _, text := range []string{
		"", "@", "ada", "ada@", "@example.org", "ada@example", "ada@@example.org", "a b@example.org",
		".ada@example.org", "ada.@example.org", "a..b@example.org", `"ada"@example.org`, "ada@exam ple.org",
		"ada@example.org\r\nBcc: eve@example.org", "ada\r\nBcc: x@example.org", "ada@example.org, eve@example.org",
		"Ada <ada@example.org>", "ada@[127.0.0.1]", "ada@127.0.0.1", "ada@-example.org", "ada@example..org",
		"ada@exa_mple.org", "ada@example.org\x00", "ada\u202e@example.org", "ada@example.org;eve@example.org",
		"ädä@example.org", strings.Repeat("a", 65) + "@example.org", "a@" + strings.Repeat("a.", 130) + "org",
		strings.Repeat("a", 1<<20) + "@example.org", "ada@example.org>\nRCPT TO:<eve@example.org",
	} {
		if a, err := ParseAddress(text); !errors.Is(err, ErrAddress) {
			t.Errorf("%.60q: got %v, %v, want %v", text, a, err, ErrAddress)
		}
	}
	if got := (Address{}).String(); got != "" {
		t.Errorf("no address: got %q, want nothing", got)
	}
}

// What parses is ASCII, has one line, is an address to the standard library,
// and parses to itself.
func FuzzParseAddress(f *testing.F) {
	for _, text := range []string{"ada@example.org", "a@xn--bcher-kva.example", "a@BÜCHER.example", "a\r\nb@c.de", "a@b。c", "x@xn--a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAddress(text)
		if err != nil {
			return
		}
		s := a.String()
		if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>,;:"()[]\`, r) }) {
			t.Errorf("%q: got %q, which is more than an address", text, s)
		}
		if again, err := ParseAddress(s); err != nil || again != a {
			t.Errorf("%q: %q parses to %v, %v", text, s, again, err)
		}
		if parsed, err := mail.ParseAddress(s); err != nil || parsed.Address != s {
			t.Errorf("%q: %q is not an address to net/mail: %v", text, s, err)
		}
	})
}
