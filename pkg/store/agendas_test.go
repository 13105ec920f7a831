package store_test

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tamada/agendas"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/store/storetest"
)

// TestAgendas keeps the meetings that come with the program: what is read back
// is what was in the file, a second import finds nothing to change, and what
// is published says what the file says.
func TestAgendas(t *testing.T) {
	names, err := fs.Glob(agendas.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("got files %q, error %v", names, err)
	}
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		for _, name := range names {
			b, err := fs.ReadFile(agendas.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			draft, err := agendafile.Parse(name, b)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Import(t.Context(), "ia", draft); err != nil {
				t.Fatal(err)
			}
			slug := draft.Event.Slug
			if got, _ := draftOf(t, db, slug); !cmp.Equal(draft, got) {
				t.Errorf("%s: the draft (-file +got):\n%s", name, cmp.Diff(draft, got))
			}
			if done, err := db.Import(t.Context(), "ia", draft); err != nil || len(done.Edits) != 0 {
				t.Errorf("%s again: got edits %v, error %v; want none", name, done.Edits, err)
			}
			release, err := db.Publish(t.Context(), "ia", slug, "")
			if err != nil {
				t.Fatal(err)
			}
			if changes := agenda.Diff(draft.Event, release.Event); len(changes) != 0 {
				t.Errorf("%s: the release changes %v", name, changes)
			}
			if done, err := db.Import(t.Context(), "ia", draft); err != nil || len(done.Edits) != 0 {
				t.Errorf("%s after its release: got edits %v, error %v; want none", name, done.Edits, err)
			}
			if _, err := db.Publish(t.Context(), "ia", slug, ""); !errors.Is(err, agenda.ErrUnchanged) {
				t.Errorf("%s published again: got error %v, want ErrUnchanged", name, err)
			}
		}
	})
}
