package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

// released opens a database in which the event "spring" with n sessions has
// been released.
func released(t *testing.T, url string, n int) (*store.DB, *agenda.Release) {
	t.Helper()
	db, _ := meeting(t, url, n)
	release, err := db.Publish(t.Context(), "ia", "spring", "The first")
	if err != nil {
		t.Fatal(err)
	}
	return db, release
}

func edit(t *testing.T, db *store.DB, edits ...agenda.Edit) {
	t.Helper()
	if _, err := db.Edit(t.Context(), "ola", "spring", edits); err != nil {
		t.Fatal(err)
	}
}

func latest(t *testing.T, db *store.DB) *agenda.Release {
	t.Helper()
	r, err := db.Latest(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPublish(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		if _, err := db.Import(t.Context(), "ia", storetest.Rich()); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Latest(t.Context(), "rich-meeting"); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("before its first release: got error %v, want ErrNotFound", err)
		}
		want, err := db.Publish(t.Context(), "ia", "rich-meeting", "The first")
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.Latest(t.Context(), "rich-meeting")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the release changed on its way through the database (-want +got):\n%s", diff)
		}
		if got.Number != 1 || got.Event.Release != 1 || got.By != "ia" || got.Note != "The first" || !got.Event.Updated.Equal(got.Published) {
			t.Errorf("got release %d (in the event %d) by %q, note %q, updated %v, published %v",
				got.Number, got.Event.Release, got.By, got.Note, got.Event.Updated, got.Published)
		}
		draft, _ := draftOf(t, db, "rich-meeting")
		frozen := *got.Event
		frozen.Release = 0
		if diff := cmp.Diff(&frozen, draft.Event); diff != "" {
			t.Errorf("draft and release differ (-release +draft):\n%s", diff)
		}
		again, err := db.Publish(t.Context(), "ia", "rich-meeting", "Once more")
		if !errors.Is(err, agenda.ErrUnchanged) {
			t.Fatalf("publishing the same again: got error %v, want ErrUnchanged", err)
		}
		if diff := cmp.Diff(want, again); diff != "" {
			t.Errorf("publishing the same again gives another release (-want +got):\n%s", diff)
		}
	})
}

// TestPublishAgrees expects the draft to be what was published, stamps and
// all, and the history to say what each release changed.
func TestPublishAgrees(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, first := released(t, url, 3)
		edit(t, db, retitle(&first.Event.Days[0].Sessions[1], "Renamed"), removal(&agenda.Draft{Event: first.Event}, 2))
		second, err := db.Publish(t.Context(), "ola", "spring", "")
		if err != nil {
			t.Fatal(err)
		}
		sessions := second.Event.Days[0].Sessions
		if len(sessions) != 3 || sessions[2].Status != agenda.Cancelled || sessions[2].Sequence != 1 {
			t.Fatalf("got sessions %v, want the third cancelled, with sequence 1", sessions)
		}
		if sessions[0].Sequence != 0 || sessions[1].Sequence != 1 {
			t.Errorf("got sequences %d and %d, want 0 and 1", sessions[0].Sequence, sessions[1].Sequence)
		}
		draft, version := draftOf(t, db, "spring")
		want := *second.Event
		want.Release = 0
		if diff := cmp.Diff(&want, draft.Event); diff != "" {
			t.Errorf("draft and release differ (-release +draft):\n%s", diff)
		}
		if version != 3 {
			t.Errorf("got version %d, want 3: a session came back", version)
		}
		history, err := db.History(t.Context(), "spring")
		if err != nil {
			t.Fatal(err)
		}
		second.Event, first.Event = nil, nil
		if diff := cmp.Diff([]agenda.Release{*first, *second}, history); diff != "" {
			t.Errorf("history (-want +got):\n%s", diff)
		}
		if n := len(history[1].Changes); n != 2 {
			t.Errorf("got %d changes, want 2: one retitled, one cancelled", n)
		}
		old, err := db.Release(t.Context(), "spring", 1)
		if err != nil || old.Number != 1 || len(old.Event.Days[0].Sessions) != 3 || old.Event.Days[0].Sessions[1].Title["en"] != "Session 2" {
			t.Errorf("got release %v, error %v; want the first as it was", old, err)
		}
		if _, err := db.Release(t.Context(), "spring", 3); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("got error %v, want ErrNotFound", err)
		}
	})
}

// TestPublishersMeet publishes at once from many sides: numbers follow each
// other, and of one state there is one release.
func TestPublishersMeet(t *testing.T) {
	const publishers = 8
	storetest.Each(t, func(t *testing.T, url string) {
		db, first := released(t, url, publishers)
		var wg sync.WaitGroup
		for i := range publishers {
			wg.Go(func() {
				change := retitle(&first.Event.Days[0].Sessions[i], "Renamed")
				if _, err := db.Edit(t.Context(), "somebody", "spring", []agenda.Edit{change}); err != nil {
					t.Error(err)
				}
				if _, err := db.Publish(t.Context(), "somebody", "spring", ""); err != nil && !errors.Is(err, agenda.ErrUnchanged) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		history, err := db.History(t.Context(), "spring")
		if err != nil {
			t.Fatal(err)
		}
		changes := 0
		for i, r := range history {
			if r.Number != i+1 {
				t.Errorf("got number %d at %d", r.Number, i)
			}
			if i > 0 && len(r.Changes) == 0 {
				t.Errorf("release %d changes nothing", r.Number)
			}
			changes += len(r.Changes)
		}
		if changes != publishers {
			t.Errorf("got %d changes in all, want %d", changes, publishers)
		}
	})
}

func TestLive(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, first := released(t, url, 3)
		sessions := first.Event.Days[0].Sessions
		edit(t, db, retitle(&sessions[0], "Half-finished"))
		live := []agenda.Edit{
			set("session/"+sessions[1].ID, "time", sessions[1].Time, "10:00-10:30"),
			set("backstage/"+sessions[1].ID, "join", "", "https://meet.example/secret"),
		}
		second, err := db.Live(t.Context(), "ada", "spring", live)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(latest(t, db), second); diff != "" {
			t.Errorf("the latest release is not the one returned (-latest +returned):\n%s", diff)
		}
		now := second.Event.Days[0].Sessions
		if second.Number != 2 || second.By != "ada" || len(second.Changes) != 1 || second.Changes[0].Kind != agenda.Retimed {
			t.Errorf("got release %d by %s, changes %v; want 2 by ada with one retimed", second.Number, second.By, second.Changes)
		}
		if now[0].Title["en"] != "Session 1" || now[1].Time.String() != "10:00-10:30" || now[1].Sequence != 1 {
			t.Errorf("got titles and times %v, want the one change and no other", now)
		}
		draft, _ := draftOf(t, db, "spring")
		drafted := draft.Event.Days[0].Sessions
		if drafted[0].Title["en"] != "Half-finished" || drafted[1].Time != now[1].Time || drafted[1].Sequence != 1 {
			t.Errorf("got draft %v, want the half-finished title and the new time", drafted)
		}
		if draft.Backstage[sessions[1].ID].Join == "" {
			t.Error("the join link was lost")
		}
	})
}

// TestLiveOfWhatIsPrepared lets two of three changes out that the draft has.
func TestLiveOfWhatIsPrepared(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, first := released(t, url, 2)
		sessions := first.Event.Days[0].Sessions
		extra := storetest.Meeting("spring", 3).Event.Days[0].Sessions[2]
		added := agenda.Whole{Place: agenda.Place{In: "day/2026-11-23", After: sessions[1].ID}, Value: encode(extra)}
		prepared := []agenda.Edit{
			retitle(&sessions[0], "Prepared"),
			{Target: "session/" + extra.ID, To: encode(added)},
			retitle(&sessions[1], "Half-finished"),
		}
		edit(t, db, prepared...)
		second, err := db.Live(t.Context(), "ada", "spring", prepared[:2])
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, s := range second.Event.Sessions() {
			titles = append(titles, s.Title["en"])
		}
		if want := []string{"Prepared", "Session 2", "Session 3"}; !cmp.Equal(titles, want) {
			t.Errorf("got released titles %q, want %q", titles, want)
		}
		draft, version := draftOf(t, db, "spring")
		if got := draft.Event.Days[0].Sessions[1].Title["en"]; got != "Half-finished" || version != 2 {
			t.Errorf("got draft %d with title %q, want it as it was", version, got)
		}
		if _, err := db.Live(t.Context(), "ada", "spring", []agenda.Edit{
			set("session/"+sessions[0].ID, "title", agenda.Text{"en": "Prepared"}, agenda.Text{"en": "Prepared"}),
		}); !errors.Is(err, agenda.ErrUnchanged) {
			t.Errorf("an edit that changes nothing: got error %v, want ErrUnchanged", err)
		}
	})
}

func TestLiveRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 2)
		sessions := draft.Event.Days[0].Sessions
		change := retitle(&sessions[0], "Now")
		if _, err := db.Live(t.Context(), "ada", "spring", []agenda.Edit{change}); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("before the first release: got error %v, want ErrConflict", err)
		}
		first, err := db.Publish(t.Context(), "ia", "spring", "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Live(t.Context(), "ada", "spring", []agenda.Edit{removal(&agenda.Draft{Event: first.Event}, 1)}); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("a removal: got error %v, want ErrConflict", err)
		}
		edit(t, db, retitle(&sessions[0], "Half-finished"))
		var contested *agenda.Contested
		if _, err := db.Live(t.Context(), "ada", "spring", []agenda.Edit{change}); !errors.As(err, &contested) || contested.By != "ola" {
			t.Errorf("a field that is half-finished: got error %v, want one that names ola", err)
		}
		edit(t, db, agenda.Edit{Target: "room/attic", To: encode(agenda.Whole{Value: encode(agenda.Room{ID: "attic", Name: agenda.Text{"en": "Attic"}})})})
		var invalid *agenda.Invalid
		toAttic := set("session/"+sessions[1].ID, "rooms", []string{"hall"}, []string{"attic"})
		if _, err := db.Live(t.Context(), "ada", "spring", []agenda.Edit{toAttic}); !errors.As(err, &invalid) {
			t.Errorf("a room that only the draft has: got error %v, want *Invalid", err)
		}
		if got := latest(t, db); got.Number != 1 {
			t.Errorf("got release %d, want 1", got.Number)
		}
		link := set("backstage/event", "join", "", "https://meet.example/1")
		if got, err := db.Live(t.Context(), "ada", "spring", []agenda.Edit{link}); err != nil || got.Number != 1 {
			t.Errorf("a link: got release %v, error %v; want the first", got, err)
		}
		if d, _ := draftOf(t, db, "spring"); d.Backstage["event"].Join == "" {
			t.Error("the link was lost")
		}
	})
}

// TestTakeBack takes the first release back as the draft after a second one
// that has a session more, with a note backstage of each.
func TestTakeBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, first := released(t, url, 2)
		sessions := first.Event.Days[0].Sessions
		extra := storetest.Meeting("spring", 4).Event.Days[0].Sessions
		add := func(s agenda.Session, after string) agenda.Edit {
			at := agenda.Place{In: "day/2026-11-23", After: after}
			return agenda.Edit{Target: "session/" + s.ID, To: encode(agenda.Whole{Place: at, Value: encode(s)})}
		}
		edit(t, db, retitle(&sessions[0], "Renamed"), add(extra[2], extra[1].ID), set("event", "slug", "spring", "summer"),
			set("backstage/"+extra[0].ID, "code", "", "kept"))
		if _, err := db.Publish(t.Context(), "ola", "spring", ""); err != nil {
			t.Fatal(err)
		}
		edit(t, db, add(extra[3], extra[2].ID), set("backstage/"+extra[3].ID, "code", "", "lost"))
		before, _ := draftOf(t, db, "summer")
		version, err := db.TakeBack(t.Context(), "ia", "summer", 1)
		if err != nil {
			t.Fatal(err)
		}
		draft, _ := draftOf(t, db, "summer")
		got := draft.Event.Days[0].Sessions
		if len(got) != 3 || got[0].Title["en"] != "Session 1" || got[2].ID != extra[2].ID || got[2].Status != agenda.Cancelled {
			t.Errorf("got sessions %v; want the two of the first release and the third cancelled", got)
		}
		if want := (agenda.Backstage{extra[0].ID: {Code: "kept"}}); !cmp.Equal(draft.Backstage, want) {
			t.Errorf("got backstage %v, want %v", draft.Backstage, want)
		}
		if _, err := db.Undo(t.Context(), "ia", "summer", version); err != nil {
			t.Fatal(err)
		}
		after, _ := draftOf(t, db, "summer")
		before.Event.Updated = after.Event.Updated
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("taken back and undone (-want +got):\n%s", diff)
		}
		if _, err := db.TakeBack(t.Context(), "ia", "summer", 7); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("got error %v, want ErrNotFound", err)
		}
	})
}

// TestSlugsForEver renames a released event: its old address still leads to
// it, nobody else can take it, and what is not released is not known.
func TestSlugsForEver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, _ := released(t, url, 1)
		edit(t, db, set("event", "slug", "spring", "never-out"))
		edit(t, db, set("event", "slug", "never-out", "summer"))
		if _, err := db.Latest(t.Context(), "summer"); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("a slug that is not out: got error %v, want ErrNotFound", err)
		}
		if _, err := db.Publish(t.Context(), "ia", "summer", ""); err != nil {
			t.Fatal(err)
		}
		for _, slug := range []string{"spring", "summer"} {
			if r, err := db.Latest(t.Context(), slug); err != nil || r.Event.Slug != "summer" || r.Number != 2 {
				t.Errorf("%s: got %v, error %v; want release 2 of summer", slug, r, err)
			}
		}
		other := storetest.Meeting("other", 1)
		if _, err := db.Import(t.Context(), "ia", other); err != nil {
			t.Fatal(err)
		}
		for _, slug := range []string{"spring", "summer"} {
			_, err := db.Edit(t.Context(), "ia", "other", []agenda.Edit{set("event", "slug", "other", slug)})
			if !errors.Is(err, agenda.ErrConflict) {
				t.Errorf("taking %s: got error %v, want ErrConflict", slug, err)
			}
		}
		if _, err := db.Edit(t.Context(), "ia", "other", []agenda.Edit{set("event", "slug", "other", "never-out")}); err != nil {
			t.Errorf("taking a slug that was never released and is free again: %v", err)
		}
		if _, err := db.Edit(t.Context(), "ia", "summer", []agenda.Edit{set("event", "slug", "summer", "spring")}); err != nil {
			t.Errorf("back to its own old slug: %v", err)
		}
	})
}

// TestBackstageStaysBackstage looks for secrets in everything that is
// published of a draft full of them.
func TestBackstageStaysBackstage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := storetest.Open(t, url), storetest.Rich()
		var secrets []string
		for key, note := range draft.Backstage {
			secrets = append(secrets, note.Join, note.Phone, note.Code, note.Contact, note.Notes["en"], note.Brief["en"])
			if key != agenda.BackstageEvent {
				note.Join += "/changed"
				draft.Backstage[key] = note
			}
		}
		if _, err := db.Import(t.Context(), "ia", draft); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Publish(t.Context(), "ia", "rich-meeting", ""); err != nil {
			t.Fatal(err)
		}
		join := set("backstage/event", "join", draft.Backstage["event"].Join, "https://meet.example/event/later")
		title := set("event", "theme", draft.Event.Theme, nil)
		if _, err := db.Live(t.Context(), "ia", "rich-meeting", []agenda.Edit{join, title}); err != nil {
			t.Fatal(err)
		}
		stored := store.Documents(t, db)
		if len(stored) != 2 {
			t.Fatalf("got %d stored releases, want 2", len(stored))
		}
		for _, secret := range secrets {
			if slices.ContainsFunc(stored, func(s string) bool { return strings.Contains(s, secret) }) {
				t.Errorf("a release holds %q", secret)
			}
		}
	})
}

// TestReleasesNeverChange tries to change what is written for ever.
func TestReleasesNeverChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, _ := released(t, url, 1)
		for _, statement := range []string{"UPDATE releases SET note = 'x'", "UPDATE log SET author = 'x'"} {
			if err := store.Exec(t, db, statement); err == nil {
				t.Errorf("%s: got no error", statement)
			}
		}
	})
}

func TestPublished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		for i := range 3 {
			slug := fmt.Sprint("event-", i)
			if _, err := db.Import(t.Context(), "ia", storetest.Meeting(slug, 1+i)); err != nil {
				t.Fatal(err)
			}
			if i == 1 {
				continue
			}
			if _, err := db.Publish(t.Context(), "ia", slug, ""); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Live(t.Context(), "ia", "event-2", []agenda.Edit{set("event", "status", "confirmed", "cancelled")}); err != nil {
			t.Fatal(err)
		}
		all, err := db.Published(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range all {
			got = append(got, fmt.Sprint(r.Event.Slug, " ", r.Number, " ", r.Event.Status))
		}
		if want := []string{"event-0 1 confirmed", "event-2 2 cancelled"}; !cmp.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// TestOddNames asks for what no database can hold.
func TestOddNames(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, _ := released(t, url, 1)
		for _, slug := range []string{"", "spring\x00", "\xff", "'; DROP TABLE events; --", "%", strings.Repeat("s", 100_000)} {
			_, latest := db.Latest(t.Context(), slug)
			_, release := db.Release(t.Context(), slug, 1)
			_, history := db.History(t.Context(), slug)
			_, _, draft := db.Draft(t.Context(), slug)
			for _, err := range []error{latest, release, history, draft} {
				if !errors.Is(err, agenda.ErrNotFound) {
					t.Errorf("%.30q: got error %v, want ErrNotFound", slug, err)
				}
			}
		}
		var invalid *agenda.Invalid
		for _, note := range []string{"\x00", "\xff", strings.Repeat("n", agenda.MaxProse+1)} {
			if _, err := db.Publish(t.Context(), "ia", "spring", note); !errors.As(err, &invalid) {
				t.Errorf("note %.5q: got error %v, want *Invalid", note, err)
			}
		}
		odd := agenda.Edit{Target: "event", Field: "theme", To: []byte("{\"en\":\"\xff\"}")}
		edit(t, db, odd)
		if d, _ := draftOf(t, db, "spring"); d.Event.Theme["en"] != "\uFFFD" {
			t.Errorf("got theme %q, want a replacement character", d.Event.Theme["en"])
		}
		if _, err := db.Undo(t.Context(), "ola", "spring", 2); err != nil {
			t.Error(err)
		}
	})
}
