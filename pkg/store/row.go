package store

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"tamada/pkg/agenda"
)

// The rows of the tables, one struct for each, column for column. They are
// comparable, so that an edit can tell which of them it changed.

type eventRow struct {
	ID          string `gorm:"primaryKey"`
	Slug        string
	Series      document
	Title       document
	Theme       document
	Visibility  agenda.Visibility
	Status      agenda.Status
	Languages   document
	Zone        string
	Format      agenda.Format
	Approach    document
	Online      document
	Venue       document
	Organisers  document
	Information document
	Span        document
	Updated     instant
	Sequence    int
	Modified    instant
	Version     int
	Latest      int
}

type dayRow struct {
	Event string `gorm:"primaryKey"`
	Date  string `gorm:"primaryKey"`
	Title document
}

type sessionRow struct {
	Event          string `gorm:"primaryKey"`
	ID             string `gorm:"primaryKey"`
	Day            string
	Position       int
	Time           string
	Kind           agenda.Kind
	Status         agenda.Status
	Title          document
	Abstract       document
	Questions      document
	Rooms          document
	Track          string
	Language       string
	Interpretation document
	Recorded       bool
	Audience       document
	Capacity       int
	Links          document
	Sequence       int
	Modified       instant
}

type partRow struct {
	Event     string `gorm:"primaryKey"`
	ID        string `gorm:"primaryKey"`
	Session   string
	Position  int
	Title     document
	Abstract  document
	Questions document
	Room      string
	Language  string
	Capacity  int
}

type talkRow struct {
	Event    string `gorm:"primaryKey"`
	ID       string `gorm:"primaryKey"`
	Session  string
	Part     string
	Position int
	Title    document
	Abstract document
	Minutes  int
	Status   agenda.Status
	Language string
	Links    document
}

type roleRow struct {
	Event        string `gorm:"primaryKey"`
	Owner        string `gorm:"primaryKey"`
	Position     int    `gorm:"primaryKey"`
	Names        document
	Label        document
	Person       string
	Organisation document
	Country      string
	Words        document
	Status       agenda.RoleStatus
}

type personRow struct {
	Event        string `gorm:"primaryKey"`
	Key          string `gorm:"primaryKey"`
	ID           string
	Position     int
	Name         document
	Honorific    document
	Say          string
	Bio          document
	Posts        document
	Organisation document
	Country      string
}

type roomRow struct {
	Event    string `gorm:"primaryKey"`
	ID       string `gorm:"primaryKey"`
	Position int
	Name     document
	Capacity int
	Floor    string
}

type trackRow struct {
	Event    string `gorm:"primaryKey"`
	ID       string `gorm:"primaryKey"`
	Position int
	Name     document
	Colour   string
}

type noteRow struct {
	Event   string `gorm:"primaryKey"`
	Key     string `gorm:"primaryKey"`
	Link    string
	Phone   string
	Code    string
	Notes   document
	Brief   document
	Contact string
}

type releaseRow struct {
	Event     string `gorm:"primaryKey"`
	Number    int    `gorm:"primaryKey"`
	Published instant
	Author    string
	Note      string
	Document  document
	Changes   document
}

type logRow struct {
	Event   string `gorm:"primaryKey"`
	Version int    `gorm:"primaryKey"`
	At      instant
	Author  string
	Edits   document
}

type slugRow struct {
	Slug     string `gorm:"primaryKey"`
	Event    string
	Released bool
}

func (eventRow) TableName() string   { return "events" }
func (dayRow) TableName() string     { return "days" }
func (sessionRow) TableName() string { return "sessions" }
func (partRow) TableName() string    { return "parts" }
func (talkRow) TableName() string    { return "talks" }
func (roleRow) TableName() string    { return "roles" }
func (personRow) TableName() string  { return "people" }
func (roomRow) TableName() string    { return "rooms" }
func (trackRow) TableName() string   { return "tracks" }
func (noteRow) TableName() string    { return "notes" }
func (releaseRow) TableName() string { return "releases" }
func (logRow) TableName() string     { return "log" }
func (slugRow) TableName() string    { return "slugs" }

// A document is JSON in a column.
type document string

// Value hands the database a plain string: given a type of our own, the driver
// of PostgreSQL would make JSON of the JSON.
func (d document) Value() (driver.Value, error) { return string(d), nil }

// nothing is the document of a nil value.
const nothing document = "null"

// An encoder makes documents; its first error stays.
type encoder struct{ err error }

func (e *encoder) document(v any) document {
	b, err := json.Marshal(v)
	if err != nil && e.err == nil {
		e.err = err
	}
	return document(bytes.ToValidUTF8(b, []byte("\uFFFD"))) // edits hold JSON as it was sent
}

// text is document for what most columns hold.
func (e *encoder) text(t agenda.Text) document {
	if t == nil {
		return nothing
	}
	return e.document(t)
}

// A decoder reads documents; its first error stays.
type decoder struct{ err error }

// read fills what v points to.
func (d *decoder) read(doc document, v any) {
	if doc == nothing || d.err != nil {
		return
	}
	if err := json.Unmarshal([]byte(doc), v); err != nil {
		d.err = fmt.Errorf("stored JSON: %w", err)
	}
}

func (d *decoder) text(doc document) (t agenda.Text) {
	d.read(doc, &t)
	return t
}

// check keeps an error of what is not a document.
func (d *decoder) check(err error) {
	if d.err == nil {
		d.err = err
	}
}

// An instant is a moment as instantLayout writes it, in UTC and to the
// microsecond, as both databases keep it; empty, and NULL, for none. Written
// so, instants sort as text.
type instant string

const instantLayout = "2006-01-02T15:04:05.000000Z"

func newInstant(t time.Time) instant {
	if t.IsZero() {
		return ""
	}
	return instant(t.UTC().Format(instantLayout))
}

// time returns i as a time; what is not one is the zero time.
func (i instant) time() time.Time {
	t, err := time.Parse(instantLayout, string(i))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Value implements [driver.Valuer].
func (i instant) Value() (driver.Value, error) {
	if i == "" {
		return nil, nil
	}
	return string(i), nil
}

// Scan implements the Scanner of database/sql: SQLite has text, PostgreSQL a
// time.
func (i *instant) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i = ""
	case string:
		*i = instant(v)
	case []byte:
		*i = instant(v)
	case time.Time:
		*i = newInstant(v)
	default:
		return fmt.Errorf("a time stored as %T", v)
	}
	return nil
}
