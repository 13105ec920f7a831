//go:build !cgo

package store

import (
	"database/sql"
	"errors"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	driver "modernc.org/sqlite"
)

// sqliteDriver is SQLite translated to Go: nothing but Go is needed to build
// it, and the program is one static file.
const sqliteDriver = "sqlite"

func sqliteDialector(pool *sql.DB) gorm.Dialector {
	return pureDialector{&sqlite.Dialector{DriverName: sqliteDriver, Conn: pool}}
}

// A pureDialector tells GORM what the errors of the driver in Go mean; the
// dialector it wraps understands those of the driver in C only.
type pureDialector struct {
	*sqlite.Dialector
}

// Translate implements [gorm.ErrorTranslator]. The numbers are result codes of
// SQLite.
func (d pureDialector) Translate(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case 1555, 2067: // SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE
		return gorm.ErrDuplicatedKey
	case 787: // SQLITE_CONSTRAINT_FOREIGNKEY
		return gorm.ErrForeignKeyViolated
	}
	return err
}

// busy reports whether err says that another process is in the way.
func busy(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && e.Code()&0xff == 5 // SQLITE_BUSY, whatever the details
}
