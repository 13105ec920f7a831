package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

// meeting opens a database that holds the event "spring" with n sessions.
func meeting(t testing.TB, url string, n int) (*store.DB, *agenda.Draft) {
	t.Helper()
	db, draft := storetest.Open(t, url), storetest.Meeting("spring", n)
	if _, err := db.Import(t.Context(), "ia", draft); err != nil {
		t.Fatal(err)
	}
	return db, draft
}

// retitle returns the edit that gives a session another title.
func retitle(s *agenda.Session, title string) agenda.Edit {
	return set("session/"+s.ID, "title", s.Title, agenda.Text{"en": title})
}

func set(target, field string, from, to any) agenda.Edit {
	return agenda.Edit{Target: target, Field: field, From: encode(from), To: encode(to)}
}

func encode(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// removal returns the edit that removes a session from its day.
func removal(d *agenda.Draft, i int) agenda.Edit {
	day := d.Event.Days[0]
	at := agenda.Place{In: "day/" + day.Date.String()}
	if i > 0 {
		at.After = day.Sessions[i-1].ID
	}
	return agenda.Edit{Target: "session/" + day.Sessions[i].ID, From: encode(agenda.Whole{Place: at, Value: encode(day.Sessions[i])})}
}

func draftOf(t *testing.T, db *store.DB, slug string) (*agenda.Draft, int) {
	t.Helper()
	d, version, err := db.Draft(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	return d, version
}

func TestEdit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 3)
		sessions := draft.Event.Days[0].Sessions
		edits := []agenda.Edit{
			retitle(&sessions[1], "Another"),
			set("session/"+sessions[1].ID, "roles", sessions[1].Roles, sessions[1].Roles[1:]),
			set("room/hall", "capacity", 0, 80),
			set("backstage/"+sessions[0].ID, "join", "", "https://meet.example/1"),
			removal(draft, 2),
		}
		if version, err := db.Edit(t.Context(), "ola", "spring", edits); err != nil || version != 2 {
			t.Fatalf("got version %d, error %v; want 2", version, err)
		}
		if err := draft.Apply(edits...); err != nil {
			t.Fatal(err)
		}
		got, version := draftOf(t, db, "spring")
		if version != 2 {
			t.Errorf("got version %d, want 2", version)
		}
		draft.Event.Updated = got.Event.Updated // see TestLog
		if diff := cmp.Diff(draft, got); diff != "" {
			t.Errorf("the edited draft (-want +got):\n%s", diff)
		}
	})
}

func TestEditRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 2)
		before, _ := draftOf(t, db, "spring")
		first := &draft.Event.Days[0].Sessions[0]
		good := retitle(first, "Fine")
		var invalid *agenda.Invalid
		_, err := db.Edit(t.Context(), "ola", "spring", []agenda.Edit{good, set("session/"+first.ID, "track", "", "nowhere")})
		want := []agenda.Problem{{Field: "days[0].sessions[0].track", Rule: agenda.Unknown, Value: "nowhere"}}
		if !errors.As(err, &invalid) || !cmp.Equal(invalid.Problems, want) {
			t.Errorf("an unknown track: got error %v, want %v", err, want)
		}
		_, err = db.Edit(t.Context(), "ola", "spring", []agenda.Edit{good, set("session/"+agenda.DerivedID("x"), "track", "", "x")})
		if !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("an unknown session: got error %v, want ErrNotFound", err)
		}
		if _, err := db.Edit(t.Context(), "ola", "autumn", []agenda.Edit{good}); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("an unknown event: got error %v, want ErrNotFound", err)
		}
		after, version := draftOf(t, db, "spring")
		if diff := cmp.Diff(before, after); diff != "" || version != 1 {
			t.Errorf("got version %d, want 1; refused edits left traces (-want +got):\n%s", version, diff)
		}
	})
}

// TestEditContested makes two edits that start from the same value.
func TestEditContested(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 2)
		first, second := &draft.Event.Days[0].Sessions[0], &draft.Event.Days[0].Sessions[1]
		for actor, edit := range map[string]agenda.Edit{"ola": retitle(first, "Ola's"), "ada": retitle(second, "Ada's")} {
			if _, err := db.Edit(t.Context(), actor, "spring", []agenda.Edit{edit}); err != nil {
				t.Fatal(err)
			}
		}
		_, err := db.Edit(t.Context(), "ia", "spring", []agenda.Edit{retitle(first, "Ia's")})
		var contested *agenda.Contested
		var stale *agenda.Stale
		if !errors.As(err, &contested) || !errors.As(err, &stale) || !errors.Is(err, agenda.ErrConflict) {
			t.Fatalf("got error %v, want a Contested that is a Stale and an ErrConflict", err)
		}
		if contested.By != "ola" || contested.At.IsZero() || string(stale.Current) != `{"en":"Ola's"}` {
			t.Errorf("got %q at %v, current %s; want ola at some time", contested.By, contested.At, stale.Current)
		}
	})
}

// TestEditTakesNotesAlong removes a session that has a note backstage.
func TestEditTakesNotesAlong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 2)
		note := set("backstage/"+draft.Event.Days[0].Sessions[0].ID, "join", "", "https://meet.example/1")
		if _, err := db.Edit(t.Context(), "ia", "spring", []agenda.Edit{note}); err != nil {
			t.Fatal(err)
		}
		want, _ := draftOf(t, db, "spring")
		version, err := db.Edit(t.Context(), "ia", "spring", []agenda.Edit{removal(draft, 0)})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := draftOf(t, db, "spring"); len(got.Backstage) != 0 {
			t.Errorf("got %v backstage of nothing", got.Backstage)
		}
		if _, err := db.Undo(t.Context(), "ia", "spring", version); err != nil {
			t.Fatal(err)
		}
		got, _ := draftOf(t, db, "spring")
		want.Event.Updated = got.Event.Updated
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("taken back (-want +got):\n%s", diff)
		}
	})
}

func TestUndo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 2)
		want, _ := draftOf(t, db, "spring")
		first := draft.Event.Days[0].Sessions[0]
		if _, err := db.Edit(t.Context(), "ola", "spring", []agenda.Edit{
			set("event", "slug", "spring", "summer"), retitle(&first, "One"), set("room/hall", "capacity", 0, 80),
		}); err != nil {
			t.Fatal(err)
		}
		if version, err := db.Undo(t.Context(), "ola", "summer", 2); err != nil || version != 3 {
			t.Fatalf("got version %d, error %v; want 3", version, err)
		}
		got, _ := draftOf(t, db, "spring")
		want.Event.Updated = got.Event.Updated
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("taken back (-want +got):\n%s", diff)
		}
		first.Title = agenda.Text{"en": "Session 1"}
		if _, err := db.Edit(t.Context(), "ada", "spring", []agenda.Edit{retitle(&first, "Two")}); err != nil {
			t.Fatal(err)
		}
		var contested *agenda.Contested
		if _, err := db.Undo(t.Context(), "ola", "spring", 3); !errors.As(err, &contested) || contested.By != "ada" {
			t.Errorf("what Ada has changed since: got error %v, want one that names her", err)
		}
		if _, err := db.Undo(t.Context(), "ola", "spring", 1); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("the beginning: got error %v, want ErrConflict", err)
		}
		if _, err := db.Undo(t.Context(), "ola", "spring", 9); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("no version: got error %v, want ErrNotFound", err)
		}
	})
}

func TestLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		first := draft.Event.Days[0].Sessions[0]
		var want []agenda.Entry
		for i, actor := range []string{"ola", "ada", "ola"} {
			edit := retitle(&first, fmt.Sprint("Title ", i))
			if _, err := db.Edit(t.Context(), actor, "spring", []agenda.Edit{edit}); err != nil {
				t.Fatal(err)
			}
			first.Title = agenda.Text{"en": fmt.Sprint("Title ", i)}
			want = append(want, agenda.Entry{Version: i + 2, By: actor, Edits: []agenda.Edit{edit}})
		}
		got, err := db.Log(t.Context(), "spring", 1, 2)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			if got[i].At.IsZero() || got[i].At.Location() != time.UTC {
				t.Errorf("got entry at %v, want a time in UTC", got[i].At)
			}
			want[i].At = got[i].At
		}
		if diff := cmp.Diff(want[:2], got); diff != "" {
			t.Errorf("log (-want +got):\n%s", diff)
		}
		all, err := db.Log(t.Context(), "spring", 0, 100)
		if err != nil || len(all) != 4 || len(all[0].Edits) != 0 || all[0].By != "ia" {
			t.Fatalf("got log %v, error %v; want four entries, the first by ia without edits", all, err)
		}
		if d, _ := draftOf(t, db, "spring"); !d.Event.Updated.Equal(all[3].At) {
			t.Errorf("got draft of %v, want %v as its last entry", d.Event.Updated, all[3].At)
		}
		if _, err := db.Log(t.Context(), "autumn", 0, 1); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("got error %v, want ErrNotFound", err)
		}
	})
}

// TestEditorsMeet has eight editors at work on one event at once, each on a
// session of their own: nobody is in anybody's way, nothing is lost, and the
// versions have no gap.
func TestEditorsMeet(t *testing.T) {
	const editors, times = 8, 6
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, editors)
		var wg sync.WaitGroup
		for i := range editors {
			s := draft.Event.Days[0].Sessions[i]
			wg.Go(func() {
				for n := range times {
					title := fmt.Sprint("Take ", n)
					if _, err := db.Edit(t.Context(), fmt.Sprint("editor ", i), "spring", []agenda.Edit{retitle(&s, title)}); err != nil {
						t.Error(err)
					}
					s.Title = agenda.Text{"en": title}
				}
			})
		}
		wg.Wait()
		got, version := draftOf(t, db, "spring")
		if want := 1 + editors*times; version != want {
			t.Errorf("got version %d, want %d", version, want)
		}
		for _, s := range got.Event.Days[0].Sessions {
			if want := fmt.Sprint("Take ", times-1); s.Title["en"] != want {
				t.Errorf("got title %q, want %q", s.Title["en"], want)
			}
		}
		entries, err := db.Log(t.Context(), "spring", 0, 1000)
		if err != nil || len(entries) != version {
			t.Errorf("got %d entries, error %v; want %d", len(entries), err, version)
		}
	})
}

// TestRivalsMeet has eight editors make one edit at once: one of them does.
func TestRivalsMeet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		var wg sync.WaitGroup
		results := make(chan error, 8)
		for i := range cap(results) {
			wg.Go(func() {
				edit := retitle(&draft.Event.Days[0].Sessions[0], fmt.Sprint("Title ", i))
				_, err := db.Edit(t.Context(), "somebody", "spring", []agenda.Edit{edit})
				results <- err
			})
		}
		wg.Wait()
		close(results)
		made := 0
		for err := range results {
			if err == nil {
				made++
			} else if !errors.Is(err, agenda.ErrConflict) {
				t.Error(err)
			}
		}
		if made != 1 {
			t.Errorf("got %d edits of one value, want 1", made)
		}
	})
}
