package locale

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPseudoLocales(t *testing.T) {
	tests := []struct {
		tag, id string
		args    []any
		want    string
	}{
		{"en-XA", "kind.panel", nil, "[Þåñéļ ðîšçûššîöñ öñé ţŵ]"},
		{"en-xa", "kind.meal", nil, "[" + "Ṁéåļ" + " ö]"},
		{"en-XA", "sessions", []any{"count", 1}, "[1 šéššîöñ öñé]"},
		{"en-XA", "sessions", []any{"count", 1200}, "[1,200 šéššîöñš öñé]"},
		{"en-XA", "label", []any{"label", "Room", "value", "A"}, "[Room: A ]"},
		{"ar-XB", "kind.panel", nil, "\u202ePanel\u202c \u202ediscussion\u202c"},
		{"ar-XB", "sessions", []any{"count", 2}, "2 \u202esessions\u202c"},
		{"ar-XB", "time.approximate", []any{"time", "10:00"}, "\u202eca\u202c. 10:00"},
	}
	for _, test := range tests {
		if got := For(test.tag).T(test.id, test.args...); got != test.want {
			t.Errorf("%s %s: got %q, want %q", test.tag, test.id, got, test.want)
		}
	}
}

func TestPseudoLocalesAsLocales(t *testing.T) {
	for tag, want := range map[string][3]string{PseudoLong: {"en-XA", "en", "ltr"}, PseudoRightToLeft: {"ar-XB", "ar", "rtl"}} {
		l := For(tag)
		if got := [3]string{l.Tag(), l.DateTag(), l.Dir()}; got != want {
			t.Errorf("%s: got tag, tag of dates and direction %q, want %q", tag, got, want)
		}
		if slices.Contains(Interface(), tag) {
			t.Errorf("%s is among the languages of the interface", tag)
		}
	}
	for _, tag := range []string{"en-GB", "en-XB", "ar-XA", "ar-EG"} {
		if got := For(tag).Tag(); strings.Contains(got, "-X") {
			t.Errorf("%s: got the locale %s", tag, got)
		}
	}
}

var (
	plainWord    = regexp.MustCompile(`[A-Za-z]+`)
	mirroredWord = regexp.MustCompile("\u202e[^\u202c]+\u202c")
)

// No word of the English messages is in a pseudo-locale as it was, and every placeholder is.
func TestNoWordGetsThrough(t *testing.T) {
	for id, english := range catalogues()[fallback].messages {
		for i, form := range english.forms {
			if form == nil {
				continue
			}
			long, mirrored := pseudo()[PseudoLong].messages[id].forms[i], pseudo()[PseudoRightToLeft].messages[id].forms[i]
			if words := plainWord.FindAllString(words(long), -1); words != nil {
				t.Errorf("%s: %q got through to en-XA", id, words)
			}
			if words := plainWord.FindAllString(mirroredWord.ReplaceAllString(words(mirrored), ""), -1); words != nil {
				t.Errorf("%s: %q got through to ar-XB", id, words)
			}
			for _, got := range [][]part{long, mirrored} {
				if want := placeholders(form); !maps.Equal(placeholders(got), want) {
					t.Errorf("%s: got placeholders %v, want %v", id, placeholders(got), want)
				}
			}
			checkLong(t, id, words(form), words(long))
		}
	}
}

// checkLong looks at the length and at the brackets.
func checkLong(t *testing.T, id, english, long string) {
	t.Helper()
	if got, want := utf8.RuneCountInString(long)-len("[]"), utf8.RuneCountInString(english)*7/5; got < want {
		t.Errorf("%s: got %d characters, want at least %d", id, got, want)
	}
	if !strings.HasPrefix(long, "[") || !strings.HasSuffix(long, "]") {
		t.Errorf("%s: got %q, want brackets around it", id, long)
	}
}

// words are the texts of a form, without its placeholders.
func words(form []part) string {
	var b strings.Builder
	for _, p := range form {
		b.WriteString(p.text)
	}
	return b.String()
}
