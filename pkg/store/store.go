// Package store keeps events in SQLite or PostgreSQL: their drafts, their
// releases, the log of their edits, and the addresses they ever had. It keeps
// users with their roles, tokens and sign-ins, settings, and the mail that goes
// out.
//
// It is the only package that knows GORM. Its methods take and return the
// values of packages agenda, access and post, and its errors are those of these
// packages; any other error means that something broke. It leaves out all rules
// of what there may be and how it changes: those are functions of these
// packages, which a method calls between its reading and its writing.
//
// # Design
//
// Every method is one transaction. A method that changes an event first locks
// the row of the event, so that there is one at a time of each event: draft
// versions and release numbers have no gaps, and what a method has read is
// still so when it writes. SQLite has one writing connection, served first in
// first out; its readers are connections that cannot write.
//
// A draft is rows, and an edit writes the rows it changed and no others. A
// release is one document that never changes (a trigger sees to it), so that
// what was published can be read again, byte for byte.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"tamada/pkg/agenda"
)

// DB is an open database. Its methods may be called by many goroutines.
type DB struct {
	engine engine
	now    func() time.Time
	log    *slog.Logger
	hub    *hub
}

// An engine is what differs between the databases.
type engine interface {
	// write calls f within a transaction that may write, again if the
	// database asks for that.
	write(ctx context.Context, f func(tx *gorm.DB) error) error
	// read calls f within a transaction that sees one state of everything.
	read(ctx context.Context, f func(tx *gorm.DB) error) error
	// announce tells other processes, once tx is over, that an event changed, or
	// that there is [newsOfMail].
	announce(tx *gorm.DB, event string) error
	// backup writes a copy of everything to a file.
	backup(ctx context.Context, path string) error
	// listen calls heard with what another process has announced, or with "" if
	// any event may have changed, until ctx is done.
	listen(ctx context.Context, heard func(event string))
	close() error
}

// Open opens the database that url names and brings its schema up to date. A
// url is "sqlite://" and the name of a file, "sqlite://:memory:" for a database
// of its own that goes when it is closed, or "postgres://" and so on.
// Statements are logged at level debug, without their values. Method Close
// releases what Open takes.
func Open(ctx context.Context, url string, log *slog.Logger, now func() time.Time) (*DB, error) {
	engine, err := openEngine(ctx, url, log)
	if err != nil {
		return nil, err
	}
	d := &DB{engine: engine, now: now, log: log}
	d.hub = newHub(d)
	return d, nil
}

func openEngine(ctx context.Context, url string, log *slog.Logger) (engine, error) {
	scheme, rest, _ := strings.Cut(url, "://")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, rest, log)
	case "postgres", "postgresql":
		return openPostgres(ctx, url, log)
	}
	return nil, errors.New("database: want sqlite://FILE or postgres://USER@HOST/NAME") // the URL may hold a password
}

// Close ends every [DB.Watch] and releases the database. A SQLite database is
// one file afterwards.
func (d *DB) Close() error {
	d.hub.close()
	return d.engine.close()
}

// Ready returns nil if the database answers.
func (d *DB) Ready(ctx context.Context) error {
	return d.read(ctx, func(r *reader) error {
		_, err := gorm.G[eventRow](r.tx).Count(ctx, "id")
		return err
	})
}

// Backup writes a copy of everything to the named file, while others write on.
// The file appears when it is whole and has been checked. PostgreSQL has a
// program of its own for that; the error says so.
func (d *DB) Backup(ctx context.Context, path string) error {
	return d.engine.backup(ctx, path)
}

// A reader reads within a transaction.
type reader struct {
	tx *gorm.DB
}

// A writer reads and writes within a transaction at one moment, and notes what
// to tell those who watch once it is over.
type writer struct {
	reader
	now     time.Time
	notices []agenda.Notice
	mail    bool // whether there are new messages
	engine  engine
}

func (d *DB) read(ctx context.Context, f func(r *reader) error) error {
	return d.engine.read(ctx, func(tx *gorm.DB) error { return f(&reader{tx}) })
}

func (d *DB) write(ctx context.Context, f func(w *writer) error) error {
	var w *writer
	err := d.engine.write(ctx, func(tx *gorm.DB) error {
		w = &writer{reader: reader{tx}, engine: d.engine, now: d.now().UTC().Truncate(time.Microsecond)}
		return f(w)
	})
	if err != nil {
		return err
	}
	for _, n := range w.notices {
		d.hub.tell(n)
	}
	if w.mail {
		d.hub.ring()
	}
	return nil
}

// taken turns the error of a row that is there already into one that says of
// what, and leaves any other as it is.
func taken(err error, format string, args ...any) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return agenda.Conflict(format, args...)
	}
	return err
}

// missing turns the error of a row that is not there into one that names it,
// and leaves any other as it is.
func missing(err error, what, id string) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return agenda.NotFound(what, id)
	}
	return err
}

// plain reports whether s is text that both databases can be asked for; what
// is not is in neither.
func plain(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// forever is how long statements stay prepared: there are some hundred, and
// GORM may close one that has had its day while it is in use.
const forever = 100 * 365 * 24 * time.Hour

// openGORM opens GORM over a pool of connections.
func openGORM(dialector gorm.Dialector, log *slog.Logger) (*gorm.DB, error) {
	db, err := gorm.Open(dialector, &gorm.Config{
		PrepareStmt:            true,
		PrepareStmtTTL:         forever,
		SkipDefaultTransaction: true,
		TranslateError:         true,
		Logger:                 trace{log},
	})
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	return db, nil
}
