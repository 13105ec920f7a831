package store_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

var quiet = slog.New(slog.DiscardHandler)

// TestSchema compares the tables with the structs that are rows of them.
func TestSchema(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		if diff := cmp.Diff(store.RowColumns(t), store.TableColumns(t, db)); diff != "" {
			t.Errorf("rows and tables differ (-rows +tables):\n%s", diff)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	if err := os.WriteFile(text, []byte("this is an agenda and no database, as is easily seen"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{
		"", "tamada.db", "mysql://root:secret@localhost/tamada", "sqlite://", "sqlite:tamada.db", "sqlite://" + text,
		"sqlite://" + filepath.Join(folder, "no", "folder.db"), "postgres://nobody:secret@127.0.0.1:1/none",
	} {
		db, err := store.Open(t.Context(), url, quiet, storetest.Clock())
		if err == nil {
			t.Errorf("%s: got no error", url)
			db.Close()
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error %q holds the password", url, err)
		}
	}
}

func TestOpenRefusesLaterSchema(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		if err := store.Exec(t, db, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, ?)", 9999, true); err != nil {
			t.Fatal(err)
		}
		if later, err := store.Open(t.Context(), url, quiet, storetest.Clock()); err == nil {
			t.Error("opened the database of a later version")
			later.Close()
		}
	})
}

// TestOpenAtOnce opens one new database from many sides, as processes that
// start together do.
func TestOpenAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				db, err := store.Open(t.Context(), url, quiet, storetest.Clock())
				if err != nil {
					t.Error(err)
					return
				}
				if err := errors.Join(db.Ready(t.Context()), db.Close()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// TestInMemory leaves nothing.
func TestInMemory(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	db, err := store.Open(t.Context(), "sqlite://:memory:", quiet, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Import(t.Context(), "ia", storetest.Meeting("spring", 1)); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if got := names(t, os.TempDir()); len(got) != 0 {
		t.Errorf("got files %q, want none", got)
	}
}

// TestCloseLeavesOneFile wants the write-ahead log in the file at the end.
func TestCloseLeavesOneFile(t *testing.T) {
	url := storetest.SQLite(t)
	db, err := store.Open(t.Context(), url, quiet, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Import(t.Context(), "ia", storetest.Meeting("spring", 1)); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	folder := filepath.Dir(strings.TrimPrefix(url, "sqlite://"))
	if got, want := names(t, folder), []string{"test.db", "test.db.lock"}; !cmp.Equal(got, want) {
		t.Errorf("got files %q, want %q", got, want)
	}
}

// TestReadersCannotWrite tries to write where only reading is meant.
func TestReadersCannotWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, _ := meeting(t, url, 1)
		if err := store.ExecReading(t, db, "DELETE FROM events"); err == nil {
			t.Error("a reader deleted all events")
		}
		if _, version := draftOf(t, db, "spring"); version != 1 {
			t.Errorf("got version %d, want 1", version)
		}
	})
}

func TestReady(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, quiet, storetest.Clock())
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Ready(t.Context()); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if err := db.Ready(t.Context()); err == nil {
			t.Error("a closed database is ready")
		}
	})
}

// A counter counts the statements that a database logs.
type counter struct {
	slog.Handler
	statements atomic.Int64
}

func (c *counter) Enabled(context.Context, slog.Level) bool { return true }

func (c *counter) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "statement" {
		c.statements.Add(1)
	}
	return nil
}

// TestReadsAreConstant counts the statements of what pages are made from, with
// little and with much in the database.
func TestReadsAreConstant(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		c := &counter{Handler: slog.DiscardHandler}
		db, err := store.Open(t.Context(), url, slog.New(c), storetest.Clock())
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		fill := func(slug string, sessions int) {
			if _, err := db.Import(t.Context(), "ia", storetest.Meeting(slug, sessions)); err != nil {
				t.Fatal(err)
			}
			if _, err := db.Publish(t.Context(), "ia", slug, ""); err != nil {
				t.Fatal(err)
			}
		}
		reads := map[string]func(slug string) error{
			"Draft":     func(slug string) error { _, _, err := db.Draft(t.Context(), slug); return err },
			"Drafts":    func(string) error { _, err := db.Drafts(t.Context()); return err },
			"Latest":    func(slug string) error { _, err := db.Latest(t.Context(), slug); return err },
			"History":   func(slug string) error { _, err := db.History(t.Context(), slug); return err },
			"Published": func(string) error { _, err := db.Published(t.Context()); return err },
			"Log":       func(slug string) error { _, err := db.Log(t.Context(), slug, 0, 100); return err },
		}
		want := map[string]int64{"Draft": 10, "Drafts": 1, "Latest": 1, "History": 2, "Published": 1, "Log": 2}
		count := func(slug string) map[string]int64 {
			got := map[string]int64{}
			for name, read := range reads {
				before := c.statements.Load()
				if err := read(slug); err != nil {
					t.Error(err)
				}
				got[name] = c.statements.Load() - before
			}
			return got
		}
		fill("one", 1)
		if diff := cmp.Diff(want, count("one")); diff != "" {
			t.Errorf("statements for one event with one session (-want +got):\n%s", diff)
		}
		for i := range 30 {
			fill(fmt.Sprint("many-", i), 30)
		}
		if diff := cmp.Diff(want, count("many-7")); diff != "" {
			t.Errorf("statements for 31 events with up to 30 sessions (-want +got):\n%s", diff)
		}
	})
}

// TestStatementsKeepSecrets looks for values in the log.
func TestStatementsKeepSecrets(t *testing.T) {
	var log strings.Builder
	handler := slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})
	db, err := store.Open(t.Context(), storetest.SQLite(t), slog.New(handler), storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Import(t.Context(), "ia", storetest.Rich()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "INSERT INTO `notes`") {
		t.Fatalf("no statement in the log:\n%s", log.String())
	}
	if strings.Contains(log.String(), "meet.example") {
		t.Error("the log holds a join link")
	}
}

// TestFormat1 reads a release that was stored when the format was new. The
// file never changes: what was published must be read for ever.
func TestFormat1(t *testing.T) {
	stored, err := os.ReadFile("testdata/release-format-1.json")
	if err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		if _, err := db.Import(t.Context(), "ia", storetest.Rich()); err != nil {
			t.Fatal(err)
		}
		event := storetest.Rich().Event.ID
		for _, step := range []struct {
			statement string
			values    []any
		}{
			{
				"INSERT INTO releases (event, number, published, author, note, document, changes) VALUES (?, 1, ?, 'ia', '', ?, 'null')",
				[]any{event, "2026-11-23T08:00:02.000000Z", string(stored)},
			},
			{"UPDATE events SET latest = 1 WHERE id = ?", []any{event}},
			{"UPDATE slugs SET released = ? WHERE event = ?", []any{true, event}},
		} {
			if err := store.Exec(t, db, step.statement, step.values...); err != nil {
				t.Fatal(err)
			}
		}
		r, err := db.Latest(t.Context(), "rich-meeting")
		if err != nil {
			t.Fatal(err)
		}
		day := r.Event.Days[0]
		s := day.Sessions[0]
		part := s.Parts[0]
		got := []any{
			r.Event.Release, r.Event.Title["en"], r.Event.Venue.Geo.Longitude, r.Event.People[0].Posts[1]["en"],
			day.Date.String(), s.Time.String(), s.Roles[0].As[1], s.Roles[3].Words["ar"], part.Talks[0].Minutes,
			part.Room, day.Sessions[1].Kind, s.Modified.String(),
		}
		want := []any{
			1, "Rich meeting", 44.8015, "Chair", "2026-11-23", "ca. 10:00-11:30", agenda.Moderator, "نص: All", 7,
			"annex", agenda.Break, "2026-11-23 08:00:02 +0000 UTC",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the stored release (-want +got):\n%s", diff)
		}
	})
}
