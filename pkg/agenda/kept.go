package agenda

import (
	"errors"
	"fmt"
	"time"
)

// ErrUnchanged says that there was nothing to publish: the draft is what the
// latest release is already.
var ErrUnchanged = errors.New("nothing has changed since the latest release")

// A Summary is what lists of events show of one.
type Summary struct {
	ID         string
	Slug       string // of the draft
	Title      Text
	Languages  []string
	Visibility Visibility
	Status     Status
	From, To   Date      // the first and the last date, as [Event.Dates] returns them
	Updated    time.Time // when the draft was last written
	Version    int       // of the draft
	Release    int       // the number of the latest release; 0 if there is none
}

// An Imported says what an import did, or would do.
type Imported struct {
	ID      string // of the event
	Slug    string
	Created bool   // there was no such event before
	Version int    // of the draft after it
	Edits   []Edit // what it changed of the draft that was there
}

// A Contested error is a [Stale] one with who changed the value since, and
// when, as far as the log knows. It wraps the Stale error.
type Contested struct {
	*Stale
	By string    // empty if nobody is known to have
	At time.Time // when they did
}

// Error names the target, the field and who has changed it.
func (c *Contested) Error() string {
	if c.By == "" {
		return c.Stale.Error()
	}
	return fmt.Sprintf("%v (changed by %s at %s)", c.Stale, c.By, c.At.Format(time.RFC3339))
}

// Unwrap returns the [Stale] error.
func (c *Contested) Unwrap() error { return c.Stale }
