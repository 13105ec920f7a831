package web

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/store"
)

// opening is when the forum's agenda is published.
var opening = time.Date(2026, time.October, 1, 8, 0, 0, 0, time.UTC)

// An archive is a database of its own, which counts what is read of it.
type archive struct {
	*store.DB
	reads  atomic.Int64             // of releases
	clock  time.Time                // when the next release is published
	drafts map[string]*agenda.Draft // as they were published last

	letters *pigeonhole // what was sent by mail
	mail    *mailroom
}

func newArchive(t testing.TB) *archive {
	t.Helper()
	m := &archive{clock: opening, drafts: map[string]*agenda.Draft{}, letters: &pigeonhole{}}
	db, err := store.Open(context.Background(), "sqlite://:memory:", slog.New(slog.DiscardHandler), func() time.Time { return m.clock })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	m.DB = db
	m.mail = newMailroom(t, db)
	return m
}

// publish makes a release of what d is now.
func (m *archive) publish(t testing.TB, d *agenda.Draft, note string) {
	t.Helper()
	if _, err := m.Import(t.Context(), "organiser@example.org", d); err != nil {
		t.Fatal(err)
	}
	r, err := m.Publish(t.Context(), "organiser@example.org", d.Event.Slug, note)
	if err != nil {
		t.Fatal(err)
	}
	m.clock = m.clock.Add(24 * time.Hour)
	m.drafts[r.Event.Slug] = d
}

func (m *archive) Latest(ctx context.Context, slug string) (*agenda.Release, error) {
	m.reads.Add(1)
	return m.DB.Latest(ctx, slug)
}

func (m *archive) Published(ctx context.Context) ([]*agenda.Release, error) {
	m.reads.Add(1)
	return m.DB.Published(ctx)
}

// forum returns the meeting that has everything.
func forum(t testing.TB) *agenda.Draft { return forumAs(t, "forum-2026") }

// forumAs returns the same meeting with another slug and other IDs.
func forumAs(t testing.TB, slug string) *agenda.Draft {
	t.Helper()
	const file = "testdata/forum.yaml"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := agendafile.Parse(file, bytes.Replace(b, []byte("slug: forum-2026"), []byte("slug: "+slug), 1))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A pigeonhole keeps the letters that were sent.
type pigeonhole struct {
	mu      sync.Mutex
	letters []letter
}

func (p *pigeonhole) Invite(_ context.Context, to access.User, i Invitation) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, letter{to, i.Link})
	return nil
}

// A letter is one that somebody gets to sign in.
type letter struct {
	to   access.User
	link string
}

func (p *pigeonhole) SignIn(_ context.Context, to access.User, link string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, letter{to, link})
	return nil
}
