package agendafile_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/golden"
)

func TestFormat(t *testing.T) {
	draft := parse(t, "testdata/design.yaml")
	formatted := format(t, draft)
	golden.Equal(t, "testdata/design.formatted.yaml", formatted)
	again, err := agendafile.Parse("formatted.yaml", formatted)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(draft, again); diff != "" {
		t.Errorf("formatting changed the draft:\n%s", diff)
	}
	if second := format(t, again); string(second) != string(formatted) {
		t.Errorf("second pass: got\n%s\nwant\n%s", second, formatted)
	}
}

func parse(t *testing.T, name string) *agenda.Draft {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := agendafile.Parse(name, b)
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
