package store_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"tamada/pkg/agenda"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

// next returns the next notice.
func next(t *testing.T, news <-chan agenda.Notice) agenda.Notice {
	t.Helper()
	select {
	case n, ok := <-news:
		if !ok {
			t.Fatal("the channel is closed")
		}
		return n
	case <-time.After(20 * time.Second):
		t.Fatal("no notice")
	}
	return agenda.Notice{}
}

func TestWatch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		news := db.Watch(t.Context())
		edit(t, db, retitle(&draft.Event.Days[0].Sessions[0], "Renamed"))
		if diff := cmp.Diff(agenda.Notice{Event: draft.Event.ID, Slug: "spring", Draft: 2}, next(t, news)); diff != "" {
			t.Errorf("after an edit (-want +got):\n%s", diff)
		}
		if _, err := db.Publish(t.Context(), "ia", "spring", ""); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(agenda.Notice{Event: draft.Event.ID, Slug: "spring", Draft: 2, Release: 1}, next(t, news)); diff != "" {
			t.Errorf("after a release (-want +got):\n%s", diff)
		}
	})
}

// TestWatchOthers watches what another process writes.
func TestWatchOthers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		other := storetest.Open(t, url)
		store.LookOften(other)
		news := other.Watch(t.Context())
		edit(t, db, retitle(&draft.Event.Days[0].Sessions[0], "Renamed"))
		if got := next(t, news); got.Draft != 2 {
			t.Errorf("got %v, want draft 2", got)
		}
	})
}

// TestWatchAfterBreak breaks the connection that notifications come by.
func TestWatchAfterBreak(t *testing.T) {
	if os.Getenv(storetest.PostgresVariable) == "" {
		t.Skip(storetest.PostgresVariable, "is not set: only PostgreSQL has such a connection")
	}
	url := storetest.Postgres(t)
	db, draft := meeting(t, url, 2)
	other := storetest.Open(t, url)
	news := other.Watch(t.Context())
	edit(t, db, retitle(&draft.Event.Days[0].Sessions[0], "Renamed"))
	next(t, news)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	const statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN tamada'"
	if tag, err := conn.Exec(t.Context(), statement); err != nil || tag.RowsAffected() == 0 {
		t.Fatalf("got %v, error %v; want a connection to break", tag, err)
	}
	edit(t, db, retitle(&draft.Event.Days[0].Sessions[1], "Renamed"))
	if got := next(t, news); got.Draft != 3 {
		t.Errorf("got %v, want draft 3", got)
	}
}

// TestWatchSlowly does not read while much happens.
func TestWatchSlowly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		news := db.Watch(t.Context())
		s := draft.Event.Days[0].Sessions[0]
		for i := range 10 {
			edit(t, db, retitle(&s, fmt.Sprint("Title ", i)))
			s.Title = agenda.Text{"en": fmt.Sprint("Title ", i)}
		}
		got := next(t, news) // perhaps the first, that was about to be handed over
		if got.Draft != 11 {
			got = next(t, news)
		}
		if got.Draft != 11 {
			t.Errorf("got draft %d, want 11, the last", got.Draft)
		}
	})
}

// TestWatchEnds wants channels closed with their context and with the database.
func TestWatchEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, quiet, storetest.Clock())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		one, two := db.Watch(ctx), db.Watch(t.Context())
		cancel()
		if n, ok := <-one; ok {
			t.Errorf("got %v, want the end", n)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if n, ok := <-two; ok {
			t.Errorf("got %v, want the end", n)
		}
		if n, ok := <-db.Watch(t.Context()); ok {
			t.Errorf("of a closed database: got %v, want the end", n)
		}
	})
}
