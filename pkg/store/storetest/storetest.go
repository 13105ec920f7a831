// Package storetest opens databases for tests and makes drafts to keep in them.
package storetest

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tamada/pkg/agenda"
	"tamada/pkg/store"
)

// PostgresVariable names the variable of the environment that holds the URL of
// a PostgreSQL database in which tests may make schemas.
const PostgresVariable = "TAMADA_TEST_POSTGRES"

// Each runs a test on every kind of database there is: SQLite always,
// PostgreSQL if [PostgresVariable] is set. The url opens the same empty
// database whenever it is opened.
func Each(t *testing.T, test func(t *testing.T, url string)) {
	for name, url := range Kinds() {
		t.Run(name, func(t *testing.T) { test(t, url(t)) })
	}
}

// Kinds returns the kinds of databases of [Each], by name: functions that
// return the URL of a new one.
func Kinds() map[string]func(t testing.TB) string {
	kinds := map[string]func(t testing.TB) string{"sqlite": SQLite}
	if os.Getenv(PostgresVariable) != "" {
		kinds["postgres"] = Postgres
	}
	return kinds
}

// SQLite returns the URL of a new SQLite file.
func SQLite(t testing.TB) string {
	return "sqlite://" + filepath.Join(t.TempDir(), "test.db")
}

// Postgres returns the URL of a new schema of the database that
// [PostgresVariable] names; it goes when the test is over.
func Postgres(t testing.TB) string {
	t.Helper()
	u, err := url.Parse(os.Getenv(PostgresVariable))
	if err != nil {
		t.Fatal(err)
	}
	schema := fmt.Sprintf("test_%d_%d", os.Getpid(), time.Now().UnixNano())
	execute(t, u.String(), "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execute(t, u.String(), "DROP SCHEMA "+schema+" CASCADE") })
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String()
}

func execute(t testing.TB, url, statement string) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Error(err)
	}
	if err := conn.Close(ctx); err != nil {
		t.Error(err)
	}
}

// Open opens a database until the test is over. Its clock shows the time of
// [Clock].
func Open(t testing.TB, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), url, slog.New(slog.DiscardHandler), Clock())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// start is the moment at which the clocks of tests begin.
var start = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

// Clock returns a clock that is a second later each time it is looked at, from
// 23 November 2026, 8:00 UTC on. Many may look at once.
func Clock() func() time.Time {
	ticks := make(chan time.Time, 1)
	ticks <- start
	return func() time.Time {
		now := (<-ticks).Add(time.Second)
		ticks <- now
		return now
	}
}

// Meeting returns a small valid draft with the given slug and n sessions of
// one day, from 8:00 every minute, each with a talk and two roles. Its IDs are
// derived from the slug.
func Meeting(slug string, n int) *agenda.Draft {
	e := &agenda.Event{
		ID: agenda.DerivedID(slug), Slug: slug, Title: agenda.Text{"en": "Meeting " + slug}, Visibility: agenda.Public,
		Status: agenda.Confirmed, Languages: []string{"en"}, Zone: "Asia/Tbilisi", Format: agenda.InPerson,
		Rooms:  []agenda.Room{{ID: "hall", Name: agenda.Text{"en": "Hall"}}},
		People: []agenda.Person{{ID: agenda.DerivedID(slug, "nino"), Key: "nino", Name: agenda.Text{"en": "Nino"}}},
		Days:   []agenda.Day{{Date: agenda.Date{Year: 2026, Month: time.November, Day: 23}}},
	}
	for i := range n {
		e.Days[0].Sessions = append(e.Days[0].Sessions, session(slug, i))
	}
	return &agenda.Draft{Event: e}
}

func session(slug string, i int) agenda.Session {
	title := fmt.Sprintf("Session %d", i+1)
	at := agenda.Clock(8*60 + i)
	return agenda.Session{
		ID: agenda.DerivedID(slug, title), Time: agenda.Time{Form: agenda.FromTo, Start: at, End: at + 1},
		Kind: agenda.Plenary, Status: agenda.Confirmed, Title: agenda.Text{"en": title}, Rooms: []string{"hall"},
		Abstract: agenda.Text{"en": "What the session is about, in a sentence or two."},
		Roles: []agenda.Role{
			{As: []agenda.RoleName{agenda.Moderator}, Person: "nino", Status: agenda.RoleConfirmed},
			{As: []agenda.RoleName{agenda.Speaker}, Country: "GE", Status: agenda.RoleTBC},
		},
		Talks: []agenda.Talk{{
			ID: agenda.DerivedID(slug, title, "talk"), Title: agenda.Text{"en": "A talk"}, Status: agenda.Confirmed,
		}},
	}
}
