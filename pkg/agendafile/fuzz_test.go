package agendafile_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
)

// FuzzParse holds any file to the law: what is refused is refused with
// problems; what parses can be formatted, parses again to the same draft, and
// formats to the same bytes.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"testdata/design.yaml", "testdata/design.formatted.yaml"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(head))
	f.Add([]byte(head + day + "        abstract: |+\n          a  \n\n           b\n\n"))
	f.Add([]byte(head + day + "        abstract: >-\n          a\n          b\n"))
	f.Add([]byte(head + "theme: {en: \"a\\n\\u2028\\x07 \", fr: 'it''s', ar: \u200fمرحبا}\n"))
	f.Add([]byte(head + "week: 2012-W26\nbackstage: {event: {phone: +1 2, notes: [x]}}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		draft, err := agendafile.Parse("f", b)
		if err != nil {
			var problems agendafile.Problems
			if !errors.As(err, &problems) || len(problems) == 0 || problems.Show() == "" {
				t.Fatalf("got %v, want Problems", err)
			}
			return
		}
		lawful(t, draft)
	})
}

// FuzzFormat holds texts of any sort to the same law, in each place where
// texts stand.
func FuzzFormat(f *testing.F) {
	for _, s := range []string{
		"x", "NO", "10:00", "2021-03-29", "a: b", "a #b", "- a", "[a]", "{a}", "a, b", "\"a\"", "'a'", "a\nb", "a\n\n b\n", " a", "a ", "a\n \nb",
		"*a*\n\n- b\n- c", "#\n---\n...", "a\tb", "é\u00a0: à", "%", "@", "`", "\\", "\u2028", "\u0085", "\ufeff", "😀", "~", "null", "1e3", "0x10", "+15", "!x", "&x", "|", ">", "?", "? x", "<<", "=", "a:", "a\r\nb", "a\n#b", "a\n\n\n\nb",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		draft := everywhere(t, s)
		if draft.Validate() == nil {
			lawful(t, draft)
		}
	})
}

// lawful fails t unless formatting keeps the draft.
func lawful(t *testing.T, draft *agenda.Draft) {
	t.Helper()
	first := format(t, draft)
	again, err := agendafile.Parse("formatted", first)
	if err != nil {
		t.Fatalf("formatted:\n%s\n%v", first, err)
	}
	if diff := cmp.Diff(draft, again); diff != "" {
		t.Fatalf("formatting changed the draft:\n%s\n%s", diff, first)
	}
	if second := format(t, again); !bytes.Equal(first, second) {
		t.Fatalf("second pass: got\n%s\nwant\n%s", second, first)
	}
}

// everywhere returns a draft with s wherever a text can be.
func everywhere(t *testing.T, s string) *agenda.Draft {
	t.Helper()
	d := parse(t, "testdata/design.yaml")
	text, both := agenda.Text{"en": s}, agenda.Text{"en": "x", "fr": s, "pt-BR": s}
	d.Event.Title, d.Event.Theme, d.Event.Information = agenda.Text{"fr": s}, both, text
	d.Event.Venue.City, d.Event.Rooms[0].Floor = text, s
	d.Event.People[0].Posts = []agenda.Text{text, both}
	session := &d.Event.Days[0].Sessions[0]
	session.Abstract, session.Questions = both, []agenda.Text{text, both, text}
	session.Talks = []agenda.Talk{{
		ID: agenda.DerivedID(s), Title: text, Abstract: both, Status: agenda.Tentative,
		Roles: []agenda.Role{{As: []agenda.RoleName{agenda.Chair}, Words: text, Status: agenda.RoleTBC}},
	}}
	d.Backstage[session.ID] = agenda.Note{Phone: s, Code: s, Contact: s, Notes: text, Brief: both}
	return d
}
