package ical

import (
	"fmt"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// The forms of times in RFC 5545 section 3.3.5.
const (
	localLayout = "20060102T150405"
	utcLayout   = "20060102T150405Z"
)

const (
	openEnd  = time.Hour   // the length shown for a session without an end
	shortest = time.Minute // the length shown for a session of no length
)

// A span is when a component is: from one instant to another, and of which days if it
// fills whole ones.
type span struct {
	start, end   time.Time
	first, after agenda.Date // the first day and the one after the last; zero if there are times
}

// days returns the span of whole days from one to another, both included.
func days(loc *time.Location, from, to agenda.Date) span {
	s := span{first: from, after: to.AddDays(1)}
	s.start, _ = zone.At(loc, s.first, 0)
	s.end, _ = zone.At(loc, s.after, 0)
	return s
}

// spanOf returns the span of a slot on a day.
func spanOf(loc *time.Location, date agenda.Date, slot agenda.Slot) span {
	if !slot.HasStart {
		return days(loc, date, date)
	}
	var s span
	s.start, _ = zone.At(loc, date, slot.Start)
	if !slot.HasEnd {
		s.end = s.start.Add(openEnd)
		return s
	}
	s.end, _ = zone.At(loc, date, slot.End)
	if !s.end.After(s.start) { // of no length, or begun in an hour that the clocks skip
		s.end = s.start.Add(max(time.Duration(slot.Minutes())*time.Minute, shortest))
	}
	return s
}

// wholeDays reports whether s has no times.
func (s span) wholeDays() bool { return !s.first.IsZero() }

// A clock writes times in one zone.
type clock struct {
	loc   *time.Location
	utc   bool
	local params
	date  params
}

func newClock(loc *time.Location, utc bool) clock {
	name := loc.String()
	return clock{
		loc:   loc,
		utc:   utc || name == "UTC" || name == "Etc/UTC",
		local: params{"TZID": {name}},
		date:  params{"VALUE": {"DATE"}},
	}
}

// span adds DTSTART and DTEND.
func (c *clock) span(p *properties, s span) {
	if s.wholeDays() {
		p.add("DTSTART", compact(s.first), c.date)
		p.add("DTEND", compact(s.after), c.date)
		return
	}
	c.instant(p, "DTSTART", s.start)
	c.instant(p, "DTEND", s.end)
}

// instant adds a time as the clocks of the zone show it. What they show twice would mean
// the first by RFC 5545 section 3.3.5, but most programs take it for the second: both are
// written in UTC.
func (c *clock) instant(p *properties, name string, t time.Time) {
	t = t.In(c.loc)
	if c.utc || shownTwice(t) {
		p.add(name, t.UTC().Format(utcLayout), nil)
		return
	}
	p.add(name, t.Format(localLayout), c.local)
}

// shownTwice reports whether the clocks of t's own zone show t another time: as long before
// they are put back as they are put back by, or after.
func shownTwice(t time.Time) bool {
	start, end := t.ZoneBounds()
	_, now := t.Zone()
	if !start.IsZero() {
		_, before := start.Add(-time.Second).Zone()
		if t.Sub(start) < time.Duration(before-now)*time.Second {
			return true
		}
	}
	if end.IsZero() {
		return false
	}
	_, after := end.Zone()
	return end.Sub(t) <= time.Duration(now-after)*time.Second
}

// compact writes a date as RFC 5545 section 3.3.4 does.
func compact(d agenda.Date) string { return fmt.Sprintf("%04d%02d%02d", d.Year, d.Month, d.Day) }

// stamp writes a time in UTC.
func stamp(t time.Time) string { return t.UTC().Format(utcLayout) }
