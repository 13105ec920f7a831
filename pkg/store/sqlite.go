package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
)

// sqliteDB is a SQLite file with its two pools of connections: one connection
// that writes, and several that SQLite itself keeps from writing.
type sqliteDB struct {
	path   string
	folder string // to remove at the end, if it is not empty
	writer *gorm.DB
	reader *gorm.DB
	turn   turn
	poll   time.Duration // how often to look for what other processes wrote
}

// The settings of both pools; both drivers know them by these names. FULL
// makes what was answered survive a loss of power.
const (
	writing = "_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=1"
	reading = "_txlock=deferred&_journal_mode=WAL&_busy_timeout=5000&_foreign_keys=1&_query_only=1"
)

// inMemory asks for a database that nothing is left of.
const inMemory = ":memory:"

// pollSQLite is how often a watched file is looked at for what other
// processes, such as an import from the command line, have written.
const pollSQLite = 2 * time.Second

func openSQLite(ctx context.Context, path string, log *slog.Logger) (engine, error) {
	s := &sqliteDB{path: path, turn: newTurn(), poll: pollSQLite}
	switch {
	case path == "":
		return nil, errors.New("database: sqlite:// names no file")
	case path == inMemory: // both pools need one file
		var err error
		if s.folder, err = os.MkdirTemp("", "tamada-"); err != nil {
			return nil, err
		}
		s.path = filepath.Join(s.folder, "tamada.db")
	}
	if err := s.open(ctx, log); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", s.path, err), s.close())
	}
	return s, nil
}

// open opens both pools and migrates, alone among all processes.
func (s *sqliteDB) open(ctx context.Context, log *slog.Logger) error {
	lock, err := lockFile(ctx, s.path+".lock")
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := private(s.path); err != nil {
		return err
	}
	if s.writer, err = openPool(s.path, writing, 1, log); err != nil {
		return err
	}
	if err := migrate(ctx, s.writer, goose.DialectSQLite3, "migrations/sqlite"); err != nil {
		return err
	}
	s.reader, err = openPool(s.path, reading, max(4, 2*runtime.NumCPU()), log)
	return err
}

// private makes a file that only its owner may read, if there is none; what
// SQLite puts beside it is like it.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// openPool opens n connections to a file.
func openPool(path, settings string, n int, log *slog.Logger) (*gorm.DB, error) {
	pool, err := sql.Open(sqliteDriver, "file:"+escape(path)+"?"+settings)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(n)
	pool.SetMaxIdleConns(n) // or every setting is made again and again
	db, err := openGORM(sqliteDialector(pool), log)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

// escape writes a path as it must be in a URI.
func escape(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

func (s *sqliteDB) write(ctx context.Context, f func(tx *gorm.DB) error) error {
	if err := s.turn.take(ctx); err != nil {
		return err
	}
	defer s.turn.leave()
	return s.writer.WithContext(ctx).Transaction(f)
}

func (s *sqliteDB) read(ctx context.Context, f func(tx *gorm.DB) error) error {
	return s.reader.WithContext(ctx).Transaction(f)
}

// announce does nothing: other processes look for themselves.
func (s *sqliteDB) announce(*gorm.DB, string) error { return nil }

func (s *sqliteDB) listen(ctx context.Context, heard func(event string)) {
	every(ctx, s.poll, func() { heard("") })
}

// close moves the write-ahead log into the file and closes it.
func (s *sqliteDB) close() error {
	var errs []error
	for _, db := range []*gorm.DB{s.reader, s.writer} {
		if db == nil {
			continue
		}
		if db == s.writer {
			errs = append(errs, db.Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error)
		}
		pool, err := db.DB()
		if err == nil {
			err = pool.Close()
		}
		errs = append(errs, err)
	}
	if s.folder != "" {
		errs = append(errs, os.RemoveAll(s.folder))
	}
	return errors.Join(errs...)
}

// exists reports whether there is a file of that name.
func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
