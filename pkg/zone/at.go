package zone

import (
	"fmt"
	"time"

	"tamada/pkg/agenda"
)

// A Fold says how often a wall-clock time occurs.
type Fold uint8

// The folds. Where clocks are put forward, the times between are skipped; where they
// are put back, times are repeated.
const (
	Regular Fold = iota
	Skipped
	Repeated
)

// String returns the name of the fold: "regular", "skipped" or "repeated".
func (f Fold) String() string {
	switch f {
	case Regular:
		return "regular"
	case Skipped:
		return "skipped"
	case Repeated:
		return "repeated"
	}
	return fmt.Sprintf("Fold(%d)", f)
}

// At returns the instant at which the clocks in loc show c on day d, or on the day
// after d when c is 1440 or more. Of a repeated time it is the first; a skipped time
// moves forward by the gap, as by somebody who has not yet changed the clock.
func At(loc *time.Location, d agenda.Date, c agenda.Clock) (time.Time, Fold) {
	midnight := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix()
	return at(loc, midnight+int64(c)*60)
}

// reach is more than any zone has ever been from UTC, in seconds, the days that
// islands moved across the date line included.
const reach = 26 * 60 * 60

// at returns the instant at which the clocks in loc show wall, given in seconds as if
// the clocks were those of UTC. It walks over the periods of constant offset around it:
// the time is in one of them (regular), in two (repeated) or between two (skipped).
func at(loc *time.Location, wall int64) (time.Time, Fold) {
	var first, moved time.Time
	found := 0
	for t := time.Unix(wall-reach, 0).In(loc); ; {
		_, offset := t.Zone()
		start, end := t.ZoneBounds()
		candidate := time.Unix(wall-int64(offset), 0).In(loc)
		switch {
		case !start.IsZero() && candidate.Before(start): // of the gap before this period, or later than it
		case !end.IsZero() && !candidate.Before(end):
			moved = candidate // the clock as it was before the gap, so far
		default:
			if found++; found == 1 {
				first = candidate
			}
		}
		if end.IsZero() || end.Unix() > wall+reach {
			break
		}
		t = end
	}
	switch found {
	case 0:
		return moved, Skipped
	case 1:
		return first, Regular
	}
	return first, Repeated
}
