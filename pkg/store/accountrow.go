package store

import (
	"database/sql/driver"
	"fmt"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
)

// The rows of the tables of people, settings and mail, one struct for each.

type userRow struct {
	ID            string `gorm:"primaryKey"`
	Key           string
	Address       string
	Name          string
	Language      string
	Password      string
	Administrator bool
	Disabled      bool
	Created       instant
	Seen          instant
}

type grantRow struct {
	Account  string      `gorm:"primaryKey"`
	Event    string      `gorm:"primaryKey"`
	Role     access.Role `gorm:"primaryKey"`
	Sessions document
}

type tokenRow struct {
	Hash     string `gorm:"primaryKey"`
	Purpose  access.Purpose
	Subject  string
	Event    optional
	Sessions document
	Role     access.Role
	Author   string
	Created  instant
	Expires  instant
	Used     instant
	Revoked  instant
}

type signInRow struct {
	Hash     string `gorm:"primaryKey"`
	Family   string
	Account  string
	Created  instant
	Issued   instant
	Seen     instant
	Replaced instant
	Revoked  instant
}

type limitRow struct {
	Key   string `gorm:"primaryKey"`
	Whole instant
}

type settingRow struct {
	Key     string `gorm:"primaryKey"`
	Value   document
	Version int
	Changed instant
	Author  string
}

type auditRow struct {
	Number  int `gorm:"primaryKey;autoIncrement"`
	At      instant
	Author  string
	What    string
	Subject string
	Event   string
	Details document
}

type batchRow struct {
	ID       string `gorm:"primaryKey"`
	Event    optional
	Author   string
	Audience string
	Subject  document
	Body     document
	Version  int
	Created  instant
	Changed  instant
	Queued   instant
}

type messageRow struct {
	ID       string `gorm:"primaryKey"`
	Kind     post.Kind
	Address  string
	Name     string
	Subject  string
	Event    string
	Batch    string
	Bulk     bool
	Created  instant
	Sealed   []byte
	State    post.State
	Attempts int
	First    instant
	Next     instant
	Changed  instant
	Claim    string
	Worker   string
	Cause    post.Cause
	Detail   string
}

func (userRow) TableName() string    { return "users" }
func (grantRow) TableName() string   { return "grants" }
func (tokenRow) TableName() string   { return "tokens" }
func (signInRow) TableName() string  { return "sign_ins" }
func (limitRow) TableName() string   { return "limits" }
func (settingRow) TableName() string { return "settings" }
func (auditRow) TableName() string   { return "audit" }
func (batchRow) TableName() string   { return "batches" }
func (messageRow) TableName() string { return "messages" }

// An optional is text that refers to something, or NULL for none.
type optional string

// Value implements [driver.Valuer].
func (o optional) Value() (driver.Value, error) {
	if o == "" {
		return nil, nil
	}
	return string(o), nil
}

// Scan implements the Scanner of database/sql.
func (o *optional) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*o = ""
	case string:
		*o = optional(v)
	case []byte:
		*o = optional(v)
	default:
		return fmt.Errorf("text stored as %T", v)
	}
	return nil
}

// checkText returns an *[agenda.Invalid] that names those fields whose values
// are not text that both databases keep. Fields and values alternate.
func checkText(pairs ...string) error {
	var invalid agenda.Invalid
	for i := 0; i+1 < len(pairs); i += 2 {
		if !plain(pairs[i+1]) {
			invalid.Problems = append(invalid.Problems, agenda.Problem{Field: pairs[i], Rule: agenda.BadText})
		}
	}
	return invalid.Err()
}
