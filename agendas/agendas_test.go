package agendas_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tamada/agendas"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
)

// TestFiles reads each file, finds no clash in it, and gets the same draft back
// from what is formatted.
func TestFiles(t *testing.T) {
	names, err := fs.Glob(agendas.FS, "*.yaml")
	if err != nil || len(names) != 5 {
		t.Fatalf("got %q, %v; want five files", names, err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			draft := read(t, name)
			if slug := strings.TrimSuffix(name, ".yaml"); draft.Event.Slug != slug {
				t.Errorf("slug: got %q, want %q", draft.Event.Slug, slug)
			}
			for _, c := range draft.Event.Clashes() {
				t.Errorf("%s clash: %v with %v", c.Kind, c.A, c.B)
			}
			again := parse(t, name, format(t, draft))
			if diff := cmp.Diff(draft, again); diff != "" {
				t.Errorf("formatting changed the draft:\n%s", diff)
			}
		})
	}
}

func read(t *testing.T, name string) *agenda.Draft {
	t.Helper()
	b, err := agendas.FS.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, name, b)
}

func parse(t *testing.T, name string, b []byte) *agenda.Draft {
	t.Helper()
	d, err := agendafile.Parse(name, b)
	if problems, ok := err.(agendafile.Problems); ok {
		t.Fatal("\n" + problems.Show())
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func format(t *testing.T, d *agenda.Draft) []byte {
	t.Helper()
	b, err := agendafile.Format(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
