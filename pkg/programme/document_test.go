package programme

import (
	"strings"
	"testing"

	"tamada/pkg/locale"
)

func TestParse(t *testing.T) {
	for _, d := range Documents() {
		if got, err := ParseDocument(string(d)); got != d || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, d)
		}
	}
	for _, p := range Papers() {
		if got, err := ParsePaper(string(p)); got != p || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, p)
		}
	}
	if _, err := ParsePaper("a2"); err == nil || err.Error() != `paper "a2": is none of a4, a5, a5-booklet, letter, a3 and a1` {
		t.Errorf("got %v, want an error that lists the papers", err)
	}
}

// Documents about people are for organisers; those about the agenda are for
// all.
func TestPublic(t *testing.T) {
	for _, d := range Documents() {
		want := !strings.Contains("badges tents doors sign-in certificates brief", string(d))
		if got := d.Public(); got != want {
			t.Errorf("%s: got public %v, want %v", d, got, want)
		}
	}
}

// Every document and paper has a name in every language.
func TestNames(t *testing.T) {
	for _, tag := range locale.Interface() {
		l := locale.For(tag)
		for _, d := range Documents() {
			if name := l.T("print.document." + string(d)); strings.Contains(name, "⟦") {
				t.Errorf("%s: no name of %s", tag, d)
			}
		}
		for _, p := range Papers() {
			if name := l.T("print.paper." + string(p)); strings.Contains(name, "⟦") {
				t.Errorf("%s: no name of %s", tag, p)
			}
		}
	}
}
