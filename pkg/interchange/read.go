package interchange

import (
	"errors"

	"tamada/pkg/agenda"
)

// ErrFormat is wrapped by the errors of readers for a source that is not of
// their format, or of none that is known.
var ErrFormat = errors.New("not an agenda in a known format")

// ReadOptions are what a reader cannot know from its source.
type ReadOptions struct {
	Slug     string      // of the event; made from its title if empty
	Near     agenda.Date // dates without a year are taken as the nearest to it; today, say
	Zone     string      // of times for which the source names none
	Language string      // of a source that does not show its own
}

// A Result is what a reader understood.
type Result struct {
	Draft    *agenda.Draft
	Remarks  []Remark // in the order of the source
	Unplaced []string // lines that have no place in an agenda; the notes of the event hold them, too, up to their limit
}
