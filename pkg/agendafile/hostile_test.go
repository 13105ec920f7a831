package agendafile_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agendafile"
	"tamada/pkg/effort"
)

// limit is how long a hostile file may take on a busy machine, with the race
// detector; without either, none takes half a second.
const limit = 10 * time.Second

// TestHostile has files that would take long. Each is refused in time, and by
// its first problem.
func TestHostile(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"ten megabytes", strings.Repeat("x", 10<<20), "f: the file has 10485760 bytes; an agenda file has at most 2097152"},
		{"a long title", head + "theme: " + strings.Repeat("x", 200_000), "f:7:8: theme is too long: at most 500 characters"},
		{"a long kind", head + day + "        kind: " + strings.Repeat("x", 200_000), "f:13:15: \"" + strings.Repeat("x", 60) + "…\" is not a kind of session"},
		{"a long time", head + day + "        time: " + strings.Repeat("1", 200_000), "f:13:15: a time like 10:00-10:15 is expected here"},
		{"a long zone", strings.Replace(head, "Europe/Paris", strings.Repeat("x", 200_000), 1), "f:5:7: \"" + strings.Repeat("x", 60) + "…\" is not a time zone"},
		{"a long key", head + strings.Repeat("k", 200_000) + ": {a: 1}", "f:7:1: a key of more than 200 characters"},
		{"brackets", head + "theme: " + strings.Repeat("[", 100_000), "f:7:37: too deep"},
		{"braces", head + "theme: " + strings.Repeat("{a: ", 50_000), "f:7:124: too deep"},
		{"dashes", head + "rooms: \n" + strings.Repeat("- ", 100_000), "f:8:61: too deep"},
		{"indents", head + indents(1000), "f:37:32: too deep"},
		{"a bomb of aliases", bomb(), "f:1:4: an anchor"},
		{"commas", head + "rooms: [" + strings.Repeat(",", 1_000_000), "f: the file has too many parts to be an agenda"},
		{"lines", strings.Repeat("a:\n", 600_000), "f: the file has too many parts to be an agenda"},
		{"blank lines in a text", head + "information: |\n  x" + strings.Repeat("\n", 1_000_000) + "  y", "f:108:1: more than 99 blank lines in a row"},
		{"keys", head + keys(20_000), "f:6001:"},
		{"keys twice", head + strings.Repeat("status: confirmed\n", 5_900), `f:8:1: "status" is there twice`},
		{"escapes", head + `theme: "` + strings.Repeat(`\n`, 100_000) + `"`, "f:7:8: theme is too long"},
		{"quotes", head + `theme: '` + strings.Repeat(`''`, 100_000) + `'`, "f:7:8: theme is too long"},
		{"colons", head + "theme: " + strings.Repeat(":", 200_000), "f:7:8: a key of more than 200 characters"},
		{"spaces", head + "theme: x" + strings.Repeat(" ", 2_000_000) + "y", "f:7:8: theme is too long"},
		{"a comment", head + "#" + strings.Repeat("x", 2_000_000) + "\nx: 1", `f:8:1: "x" is not a key`},
		{"notes", head + day + notes(2_000), `f:14:3: "k0" is not the id of a session`},
		{"sessions", head + "days:\n- date: 2027-03-29\n  sessions:\n" + strings.Repeat("  - time: 10:00\n", 10_000), "f:7:1: 10000 sessions; an event has at most 5000"},
		{"sessions without titles", head + "days:\n- date: 2027-03-29\n  sessions:\n" + strings.Repeat("  - time: 10:00\n", 5_000), "f:10:5: title is required"},
		{"rooms", head + "days:\n- date: 2027-03-29\n  sessions:\n" + strings.Repeat("  - {title: x, time: 10:00, rooms: ["+strings.Repeat("x,", 1_000)+"]}\n", 100), "f:8:3: rooms are named more than 10000 times on this day"},
		{"one long line", head + "days: [" + strings.Repeat("{dåte: 2027-03-29}, ", 10_000) + "]", "f:7:7: days is too long: at most 366 entries"},
		{"roles", head + roles(8_000), `f:1512:27: person "x" is not known`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var err error
			if took := effort.Of(t, func() { _, err = agendafile.Parse("f", []byte(test.file)) }); took > limit {
				t.Errorf("took %v, want under %v", took, limit)
			}
			var problems agendafile.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("got %v, want Problems", err)
			}
			if got := problems.Error(); !strings.HasPrefix(got, test.want) || len(got) > 100_000 {
				t.Errorf("got %.300s (%d bytes), want %s", got, len(got), test.want)
			}
		})
	}
}

// TestGenerous has what looks odd and is welcome.
func TestGenerous(t *testing.T) {
	plain := head + day + "        abstract: |\n          one\n\n          two\n"
	want, err := agendafile.Parse("f", []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, file string }{
		{"a byte order mark", "\ufeff" + plain},
		{"line ends of Windows", strings.ReplaceAll(plain, "\n", "\r\n")},
		{"a document start", "---\n" + plain + "...\n"},
		{"a document start after a comment", "# An agenda\n---\n" + plain},
		{"keys without values", plain + "theme:\nseries:\ninformation: ~\n"},
		{"one language as a text", strings.Replace(plain, "[en, fr]", "[en, 'fr']", 1)},
		{"a text by language", strings.Replace(plain, "title: Spring forum", "title: {en: Spring forum}", 1)},
		{"an abstract without a last line break", strings.Replace(plain, "abstract: |", "abstract: |-", 1)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := agendafile.Parse("f", []byte(test.file))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(format(t, got), format(t, want)) {
				t.Errorf("got\n%s\nwant\n%s", format(t, got), format(t, want))
			}
		})
	}
}

func indents(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for i := 'b'; i < 'k'; i++ {
		fmt.Fprintf(&b, "%c: &%c [%s]\n", i, i, strings.Repeat("*"+string(i-1)+", ", 9))
	}
	return b.String()
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: 1\n", i)
	}
	return b.String()
}

func notes(n int) string {
	var b strings.Builder
	b.WriteString("backstage:\n")
	for i := range n {
		fmt.Fprintf(&b, "  k%d: {code: x}\n", i)
	}
	return b.String()
}

// roles has 1,500 people and n roles, none of them for one of the people.
func roles(n int) string {
	var b strings.Builder
	b.WriteString("people:\n")
	for i := range 1499 {
		fmt.Fprintf(&b, "  p%d: {name: x}\n", i)
	}
	b.WriteString("days:\n- date: 2027-03-29\n  sessions:\n")
	for i := range n {
		if i%1000 == 0 {
			b.WriteString("  - title: x\n    roles:\n")
		}
		b.WriteString("    - {as: chair, person: x}\n")
	}
	return b.String()
}
