package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// backup copies the file as it is at one moment, without making writers wait:
// to a file beside the one that is wanted, which takes its name once it is
// safe on disk and has been checked.
func (s *sqliteDB) backup(ctx context.Context, path string) error {
	there, err := exists(path)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if there {
		return fmt.Errorf("backup: %s is there already", path)
	}
	part := path + ".part"
	if err := s.copyTo(ctx, part); err != nil {
		return errors.Join(fmt.Errorf("backup %s: %w", path, err), os.RemoveAll(part))
	}
	return replace(part, path)
}

// copyTo writes a compact copy, and checks it.
func (s *sqliteDB) copyTo(ctx context.Context, path string) error {
	if err := os.RemoveAll(path); err != nil { // left by one that was cut short
		return err
	}
	err := inspect(s.path, "_busy_timeout=5000", func(pool *sql.DB) error { // those that read may not even do this
		_, err := pool.ExecContext(ctx, "VACUUM INTO ?", path)
		return err
	})
	if err != nil {
		return err
	}
	if err := errors.Join(os.Chmod(path, 0o600), flush(path)); err != nil {
		return err
	}
	return verify(ctx, path)
}

// Restore makes the named backup the SQLite database that url names, and
// returns where it put the one that was there, if there was one: beside it,
// under the time that now shows. It refuses a backup that is damaged or of
// another program, a database that a process has open and, unless force is
// set, any database at all.
func Restore(ctx context.Context, backup, url string, force bool, now time.Time) (aside string, err error) {
	path, ok := strings.CutPrefix(url, "sqlite://")
	if !ok || path == "" || path == inMemory {
		return "", errors.New("restore: want sqlite://FILE; PostgreSQL is restored with pg_restore")
	}
	lock, err := lockFile(ctx, path+".lock")
	if err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	defer lock.Close()
	if err := verify(ctx, backup); err != nil {
		return "", fmt.Errorf("restore: %s: %w", backup, err)
	}
	part := path + ".part"
	if err := copyFile(backup, part); err != nil {
		return "", errors.Join(fmt.Errorf("restore: %w", err), os.RemoveAll(part))
	}
	if aside, err = setAside(ctx, path, force, now); err != nil {
		return "", errors.Join(fmt.Errorf("restore: %w", err), os.RemoveAll(part))
	}
	return aside, replace(part, path)
}

// setAside gives a database that is there, and what SQLite keeps beside it,
// another name, which it returns.
func setAside(ctx context.Context, path string, force bool, now time.Time) (string, error) {
	there, err := exists(path)
	if err != nil || !there {
		return "", err
	}
	if !force {
		return "", fmt.Errorf("%s is there already; to restore over it must be forced", path)
	}
	if inUse(ctx, path) {
		return "", fmt.Errorf("%s is in use; stop the program first", path)
	}
	aside := path + ".before-" + now.UTC().Format("20060102T150405")
	for _, suffix := range []string{"-wal", "-shm", ""} {
		err := os.Rename(path+suffix, aside+suffix)
		if err != nil && (suffix == "" || !errors.Is(err, fs.ErrNotExist)) {
			return "", err
		}
	}
	return aside, nil
}

// inUse reports whether a process has the database open: SQLite gives up the
// write-ahead log for nobody who is not alone with it. A file that is broken
// is nobody's.
func inUse(ctx context.Context, path string) bool {
	return busy(inspect(path, "_busy_timeout=0", func(pool *sql.DB) error {
		_, err := pool.ExecContext(ctx, "PRAGMA journal_mode = DELETE")
		return err
	}))
}

// verify returns an error unless the file is a whole database of this program,
// with a schema that it knows.
func verify(ctx context.Context, path string) error {
	there, err := exists(path)
	if err != nil {
		return err
	}
	if !there {
		return errors.New("there is no such file")
	}
	return inspect(path, "mode=ro&immutable=1", func(pool *sql.DB) error {
		var report string
		if err := pool.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&report); err != nil {
			return fmt.Errorf("the file is damaged or no database: %w", err)
		}
		if report != "ok" {
			return fmt.Errorf("the file is damaged: %s", report)
		}
		return verifySchema(ctx, pool)
	})
}

func verifySchema(ctx context.Context, pool *sql.DB) error {
	var version, releases int
	const query = "SELECT (SELECT MAX(version_id) FROM goose_db_version WHERE is_applied), (SELECT COUNT(*) FROM releases)"
	if err := pool.QueryRowContext(ctx, query).Scan(&version, &releases); err != nil {
		return fmt.Errorf("the file is not a database of this program: %w", err)
	}
	steps, err := fs.Glob(migrations, "migrations/sqlite/*.sql")
	if err != nil {
		return err
	}
	if version > len(steps) {
		return fmt.Errorf("the file is of a later version of this program (schema %d, known up to %d)", version, len(steps))
	}
	return nil
}

// inspect opens a file with one connection for as long as look takes.
func inspect(path, settings string, look func(pool *sql.DB) error) error {
	pool, err := sql.Open(sqliteDriver, "file:"+escape(path)+"?"+settings)
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(1)
	return errors.Join(look(pool), pool.Close())
}

// copyFile copies a file and sees it safe on disk.
func copyFile(from, to string) (err error) {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, r); err != nil {
		return errors.Join(err, w.Close())
	}
	return errors.Join(w.Sync(), w.Close())
}

// flush sees a file or folder safe on disk.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// replace gives a file its name, for good.
func replace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return flush(filepath.Dir(to))
}
