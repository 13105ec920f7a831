package ical

import (
	"fmt"
	"slices"
	"time"

	ics "github.com/arran4/golang-ical"
)

// timezone returns the VTIMEZONE of loc that is right for all instants between from and
// to (RFC 5545 section 3.6.5), under its IANA name. It takes one of three shapes:
//
//   - one offset all the time: a single STANDARD;
//   - clocks that change twice a year by a lasting rule: a STANDARD and a DAYLIGHT
//     with an RRULE from 1970 on, the only rules that Outlook and Exchange understand;
//   - anything else: one observance for each change of the clocks.
func timezone(loc *time.Location, from, to time.Time) *component {
	seen := observances(loc, from, to)
	pair, regular := yearly(loc, from, to)
	switch {
	case regular:
		seen = pair
	case len(seen) == 1:
		seen[0].onset, seen[0].from = time.Time{}, seen[0].to
	}
	label(seen)
	if regular && seen[0].daylight {
		slices.Reverse(seen)
	}
	var p properties
	p.line("TZID", loc.String())
	inside := make([]ics.Component, len(seen))
	for i, o := range seen {
		inside[i] = o.component(regular)
	}
	return p.component("VTIMEZONE", inside...)
}

// An observance is a period of constant offset from UTC.
type observance struct {
	onset    time.Time // zero if it has lasted for ever
	from, to int       // the offsets before and in it, in seconds east of UTC
	name     string    // "CEST"
	daylight bool
}

// observances returns the periods that contain an instant between from and to, in order.
func observances(loc *time.Location, from, to time.Time) []observance {
	var all []observance
	for t := from.In(loc); ; {
		start, end := t.ZoneBounds()
		name, offset := t.Zone()
		o := observance{onset: start, from: offset, to: offset, name: name, daylight: t.IsDST()}
		if !start.IsZero() {
			_, o.from = start.Add(-time.Second).Zone()
		}
		all = append(all, o)
		if end.IsZero() || end.After(to) {
			return all
		}
		t = end
	}
}

// label marks the observances that are daylight saving: those of the greater offset, if
// the zone knows any. Zone data call the winter of Dublin and Casablanca the exception;
// calendar programs expect it to be the summer.
func label(all []observance) {
	least, most, known := all[0].to, all[0].to, false
	for _, o := range all {
		least, most, known = min(least, o.to), max(most, o.to), known || o.daylight
	}
	for i := range all {
		all[i].daylight = known && least < most && all[i].to == most
	}
}

// yearly returns the first two observances after from if, from then until to and for ten
// years at least, the clocks change twice a year by the same two rules.
func yearly(loc *time.Location, from, to time.Time) ([]observance, bool) {
	if horizon := from.AddDate(10, 0, 0); to.Before(horizon) {
		to = horizon
	}
	all := observances(loc, from, to)
	if all[0].onset.IsZero() || len(all) < 3 {
		return nil, false
	}
	for i := 2; i < len(all); i++ {
		if all[i].rule() != all[i-2].rule() || all[i].wall().Year() != all[i-2].wall().Year()+1 {
			return nil, false
		}
	}
	_, end := all[len(all)-1].onset.ZoneBounds()
	return all[:2], !end.IsZero()
}

// wall returns what the clocks showed at the onset, before they were changed, as if in UTC.
func (o observance) wall() time.Time {
	return o.onset.UTC().Add(time.Duration(o.from) * time.Second)
}

// A rule says on which day of each year an observance begins.
type rule struct {
	month    time.Month
	nth      int // 1 for the first such day of the month, -1 for the last
	weekday  time.Weekday
	seconds  int // after midnight
	from, to int
}

func (o observance) rule() rule {
	t := o.wall()
	nth := (t.Day()-1)/7 + 1
	if t.AddDate(0, 0, 7).Month() != t.Month() {
		nth = -1
	}
	return rule{t.Month(), nth, t.Weekday(), t.Hour()*3600 + t.Minute()*60 + t.Second(), o.from, o.to}
}

// in returns when the observance begins in a year, as shown by the clocks before.
func (r rule) in(year int) time.Time {
	day := time.Date(year, r.month, 1, 0, 0, 0, 0, time.UTC)
	if r.nth < 0 {
		day = time.Date(year, r.month+1, 0, 0, 0, 0, 0, time.UTC)
		day = day.AddDate(0, 0, -(int(day.Weekday())-int(r.weekday)+7)%7)
	} else {
		day = day.AddDate(0, 0, (int(r.weekday)-int(day.Weekday())+7)%7+7*(r.nth-1))
	}
	return day.Add(time.Duration(r.seconds) * time.Second)
}

// String returns the rule as RFC 5545 section 3.3.10 writes it.
func (r rule) String() string {
	day := [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[r.weekday]
	return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", r.month, r.nth, day)
}

// firstYear is when zones begin that have no beginning of their own.
const firstYear = 1970

func (o observance) component(regular bool) ics.Component {
	var p properties
	onset := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	switch {
	case regular:
		onset = o.rule().in(firstYear)
	case !o.onset.IsZero():
		onset = o.wall()
	}
	p.add("DTSTART", onset.Format(localLayout), nil)
	if regular {
		p.add("RRULE", o.rule().String(), nil)
	}
	p.add("TZOFFSETFROM", offset(o.from), nil)
	p.add("TZOFFSETTO", offset(o.to), nil)
	p.line("TZNAME", o.name)
	if o.daylight {
		return p.component("DAYLIGHT")
	}
	return p.component("STANDARD")
}

// offset writes an offset from UTC (RFC 5545 section 3.3.14): "+0530", "-001521".
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	s := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		s += fmt.Sprintf("%02d", seconds%60)
	}
	return s
}
