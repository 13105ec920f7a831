package store_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

// TestImportAgain imports a newer state of an event, looks at what that would
// do first, and imports it twice.
func TestImportAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		first, err := db.Import(t.Context(), "ia", storetest.Rich())
		if err != nil {
			t.Fatal(err)
		}
		id := storetest.Rich().Event.ID
		if diff := cmp.Diff(agenda.Imported{ID: id, Slug: "rich-meeting", Created: true, Version: 1}, first); diff != "" {
			t.Errorf("the first time (-want +got):\n%s", diff)
		}
		next := storetest.Rich()
		next.Event.Slug = "richer-meeting"
		next.Event.Days[0].Sessions = next.Event.Days[0].Sessions[:1]
		next.Event.Days[0].Sessions[0].Title = agenda.Text{"en": "Other panel"}
		next.Event.Rooms[0], next.Event.Rooms[1] = next.Event.Rooms[1], next.Event.Rooms[0]
		delete(next.Backstage, agenda.BackstageEvent)
		preview, err := db.Preview(t.Context(), next)
		if err != nil {
			t.Fatal(err)
		}
		if _, version := draftOf(t, db, "rich-meeting"); version != 1 {
			t.Errorf("a preview made version %d", version)
		}
		second, err := db.Import(t.Context(), "ola", next)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(preview, second); diff != "" {
			t.Errorf("the import is not as foreseen (-preview +import):\n%s", diff)
		}
		if second.Created || second.Version != 2 || second.Slug != "richer-meeting" || len(second.Edits) == 0 {
			t.Errorf("got %+v, want version 2 with edits", second)
		}
		got, _ := draftOf(t, db, "richer-meeting")
		next.Event.Updated = got.Event.Updated
		if diff := cmp.Diff(next, got); diff != "" {
			t.Errorf("the imported draft (-want +got):\n%s", diff)
		}
		third, err := db.Import(t.Context(), "ola", next)
		if err != nil || third.Version != 2 || len(third.Edits) != 0 {
			t.Errorf("the same again: got %+v, error %v; want version 2 without edits", third, err)
		}
		if entries, err := db.Log(t.Context(), "richer-meeting", 0, 10); err != nil || len(entries) != 2 || entries[1].By != "ola" {
			t.Errorf("got log %v, error %v; want two entries, the second by ola", entries, err)
		}
	})
}

// TestImportShrinks replaces a large event by a small one of the same name: no
// row of what is gone stays behind.
func TestImportShrinks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, _ := meeting(t, url, 600)
		small := storetest.Meeting("spring", 1)
		if _, err := db.Import(t.Context(), "ia", small); err != nil {
			t.Fatal(err)
		}
		got, _ := draftOf(t, db, "spring")
		small.Event.Updated = got.Event.Updated
		if diff := cmp.Diff(small, got); diff != "" {
			t.Errorf("the imported draft (-want +got):\n%s", diff)
		}
		want := map[string]int{
			"days": 1, "sessions": 1, "parts": 0, "talks": 1, "roles": 2, "people": 1, "rooms": 1, "tracks": 0, "notes": 0,
		}
		if diff := cmp.Diff(want, store.Rows(t, db)); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
	})
}

// TestImportMatches says which event an import is about.
func TestImportMatches(t *testing.T) {
	random := agenda.NewID()
	for _, tt := range []struct {
		name     string
		id, slug string // of the draft; "spring" (released) is now "summer"
		want     error
	}{
		{"its ID", agenda.DerivedID("spring"), "summer", nil},
		{"its ID and another slug", agenda.DerivedID("spring"), "winter", nil},
		{"its slug and a derived ID", agenda.DerivedID("summer"), "summer", nil},
		{"its slug and an ID of its own", random, "summer", agenda.ErrConflict},
		{"a slug it once had", agenda.DerivedID("once"), "spring", agenda.ErrConflict},
		{"nothing of it", random, "winter", agenda.ErrConflict}, // its sessions have the same IDs
	} {
		t.Run(tt.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, url string) {
				db, _ := released(t, url, 1)
				edit(t, db, set("event", "slug", "spring", "summer"))
				d := storetest.Meeting("spring", 1)
				d.Event.ID, d.Event.Slug, d.Event.Theme = tt.id, tt.slug, agenda.Text{"en": "New"}
				_, err := db.Import(t.Context(), "ola", d)
				if !errors.Is(err, tt.want) {
					t.Fatalf("got error %v, want %v", err, tt.want)
				}
				if drafts, err := db.Drafts(t.Context()); err != nil || len(drafts) != 1 {
					t.Errorf("got %d drafts, error %v; want 1", len(drafts), err)
				}
			})
		})
	}
}

// TestImportKeepsBackstage imports a format that knows nothing of it.
func TestImportKeepsBackstage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		if _, err := db.Import(t.Context(), "ia", storetest.Rich()); err != nil {
			t.Fatal(err)
		}
		bare := storetest.Rich()
		bare.Backstage = nil
		bare.Event.Theme = agenda.Text{"en": "New"}
		if _, err := db.Import(t.Context(), "ia", bare); err != nil {
			t.Fatal(err)
		}
		got, _ := draftOf(t, db, "rich-meeting")
		if diff := cmp.Diff(storetest.Rich().Backstage, got.Backstage); diff != "" {
			t.Errorf("backstage (-want +got):\n%s", diff)
		}
	})
}

// TestImportersMeet imports one new event from many sides: it is made once,
// and who comes too late is told so or finds nothing to change.
func TestImportersMeet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		var wg sync.WaitGroup
		var made atomic.Int64
		for range 8 {
			wg.Go(func() {
				done, err := db.Import(t.Context(), "ia", storetest.Rich())
				if err != nil && !errors.Is(err, agenda.ErrConflict) {
					t.Error(err)
				}
				if err == nil && done.Created {
					made.Add(1)
				}
			})
		}
		wg.Wait()
		if n := made.Load(); n != 1 {
			t.Errorf("made %d times, want once", n)
		}
		got, version := draftOf(t, db, "rich-meeting")
		if diff := cmp.Diff(storetest.Rich(), got); diff != "" || version != 1 {
			t.Errorf("got version %d, want 1; draft (-want +got):\n%s", version, diff)
		}
	})
}

func TestImportRefusesInvalid(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		bad := storetest.Meeting("spring", 1)
		bad.Event.Title = agenda.Text{"en": "with \x00 in it"}
		var invalid *agenda.Invalid
		if _, err := db.Import(t.Context(), "ia", bad); !errors.As(err, &invalid) {
			t.Errorf("got error %v, want *Invalid", err)
		}
		if _, err := db.Preview(t.Context(), bad); !errors.As(err, &invalid) {
			t.Errorf("preview: got error %v, want *Invalid", err)
		}
	})
}

func TestDrafts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, _ := released(t, url, 1)
		edit(t, db, set("event", "slug", "spring", "summer"))
		rich := storetest.Rich()
		rich.Event.Days = nil
		rich.Backstage = nil
		if _, err := db.Import(t.Context(), "ia", rich); err != nil {
			t.Fatal(err)
		}
		got, err := db.Drafts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		monday := agenda.Date{Year: 2026, Month: time.November, Day: 23}
		want := []agenda.Summary{
			{
				ID: rich.Event.ID, Slug: "rich-meeting", Title: rich.Event.Title, Languages: []string{"en", "ar"},
				Visibility: agenda.Invited, Status: agenda.Tentative, From: monday, To: monday.AddDays(6),
				Updated: rich.Event.Updated, Version: 1,
			},
			{
				ID: agenda.DerivedID("spring"), Slug: "summer", Title: agenda.Text{"en": "Meeting spring"}, Languages: []string{"en"},
				Visibility: agenda.Public, Status: agenda.Confirmed, From: monday, To: monday,
				Updated: time.Date(2026, time.November, 23, 8, 0, 3, 0, time.UTC), Version: 2, Release: 1,
			},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("drafts (-want +got):\n%s", diff)
		}
	})
}
