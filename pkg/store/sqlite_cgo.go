//go:build cgo

package store

import (
	"database/sql"
	"errors"

	driver "github.com/mattn/go-sqlite3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// sqliteDriver is SQLite itself, compiled by a C compiler.
const sqliteDriver = "sqlite3"

func sqliteDialector(pool *sql.DB) gorm.Dialector {
	return sqlite.New(sqlite.Config{DriverName: sqliteDriver, Conn: pool})
}

// busy reports whether err says that another process is in the way.
func busy(err error) bool {
	var e driver.Error
	return errors.As(err, &e) && e.Code == driver.ErrBusy
}
