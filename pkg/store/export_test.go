package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Documents returns the stored releases as they are.
func Documents(t *testing.T, d *DB) []string {
	t.Helper()
	var rows []releaseRow
	err := d.read(t.Context(), func(r *reader) (err error) {
		rows, err = gorm.G[releaseRow](r.tx).Find(t.Context())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var documents []string
	for _, row := range rows {
		documents = append(documents, string(row.Document)+string(row.Changes))
	}
	return documents
}

// Exec runs a statement as a writer.
func Exec(t *testing.T, d *DB, statement string, values ...any) error {
	t.Helper()
	return d.write(t.Context(), func(w *writer) error { return w.tx.Exec(statement, values...).Error })
}

// Rows counts the rows of all tables of drafts.
func Rows(t *testing.T, d *DB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	err := d.read(t.Context(), func(r *reader) error {
		for _, table := range []string{"days", "sessions", "parts", "talks", "roles", "people", "rooms", "tracks", "notes"} {
			var n int64
			if err := r.tx.Table(table).Count(&n).Error; err != nil {
				return err
			}
			counts[table] = int(n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// Dump returns everything that is in the tables, as text; bytes in hexadecimal
// digits and as they are.
func Dump(t *testing.T, d *DB) string {
	t.Helper()
	var b strings.Builder
	tables := map[string]bool{}
	for _, c := range TableColumns(t, d) {
		tables[c.Table] = true
	}
	for table := range tables {
		var rows []map[string]any
		err := d.read(t.Context(), func(r *reader) error { return r.tx.Table(table).Find(&rows).Error })
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				fmt.Fprintf(&b, "%s.%s: %v\n", table, column, value)
				if bytes, ok := value.([]byte); ok {
					fmt.Fprintf(&b, "%x %s\n", bytes, bytes)
				}
			}
		}
	}
	return b.String()
}

// ExecReading runs a statement as a reader.
func ExecReading(t *testing.T, d *DB, statement string) error {
	t.Helper()
	return d.read(t.Context(), func(r *reader) error { return r.tx.Exec(statement).Error })
}

// LookOften makes a watched SQLite file be looked at without delay.
func LookOften(d *DB) {
	if s, ok := d.engine.(*sqliteDB); ok {
		s.poll = time.Millisecond
	}
}

// A Column is one of a table; Key is whether it is of the primary key.
type Column struct {
	Table, Name string
	Key         bool
}

// RowColumns returns the columns that the row structs have, sorted.
func RowColumns(t *testing.T) []Column {
	t.Helper()
	var columns []Column
	for _, row := range []any{
		eventRow{},
		dayRow{},
		sessionRow{},
		partRow{},
		talkRow{},
		roleRow{},
		personRow{},
		roomRow{},
		trackRow{},
		noteRow{},
		releaseRow{},
		logRow{},
		slugRow{},
		userRow{},
		grantRow{},
		tokenRow{},
		signInRow{},
		limitRow{},
		settingRow{},
		auditRow{},
		batchRow{},
		messageRow{},
		inviteRow{},
		mailboxRow{},
		unsubscribedRow{},
	} {
		s, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range s.Fields {
			columns = append(columns, Column{s.Table, f.DBName, f.PrimaryKey})
		}
	}
	return sortColumns(columns)
}

// TableColumns returns the columns that the tables of a database have, sorted.
func TableColumns(t *testing.T, d *DB) []Column {
	t.Helper()
	query := `SELECT m.name AS "table", c.name, c.pk > 0 AS key FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%'`
	if _, ok := d.engine.(*postgresDB); ok {
		query = `SELECT c.table_name AS "table", c.column_name AS name, k.column_name IS NOT NULL AS key
			FROM information_schema.columns c
			LEFT JOIN information_schema.table_constraints p ON p.table_schema = c.table_schema
				AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY'
			LEFT JOIN information_schema.key_column_usage k ON k.constraint_schema = p.constraint_schema
				AND k.constraint_name = p.constraint_name AND k.column_name = c.column_name
			WHERE c.table_schema = CURRENT_SCHEMA() AND c.table_name NOT LIKE 'goose%'`
	}
	var columns []Column
	err := d.read(t.Context(), func(r *reader) (err error) {
		columns, err = gorm.G[Column](r.tx).Raw(query).Find(t.Context())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sortColumns(columns)
}

func sortColumns(columns []Column) []Column {
	slices.SortFunc(columns, func(a, b Column) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Name, b.Name))
	})
	return columns
}
