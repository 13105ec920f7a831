package ical

import (
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// A moment is a time as it is written.
type moment struct {
	wall  time.Time // what is written, as if in UTC
	whole bool      // it is a date
	utc   bool
}

// momentLayouts are the forms of times: those of RFC 5545 section 3.3.5, and others that
// programs write.
var momentLayouts = [...]string{localLayout, "20060102T1504", "2006-01-02T15:04:05", "2006-01-02 15:04:05"}

// parseMoment reads a time.
func parseMoment(s string) (moment, bool) {
	s = strings.Trim(upper(s), `"`)
	for _, layout := range [...]string{"20060102", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return moment{wall: t, whole: true}, t.Year() > 0
		}
	}
	s, utc := strings.CutSuffix(s, "Z")
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutSuffix(s, "60"); ok && len(s) == len(localLayout) { // a leap second
		s = rest + "59"
	}
	for _, layout := range momentLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return moment{wall: t, utc: utc}, t.Year() > 0
		}
	}
	return moment{}, false
}

// A clockOf turns what the clocks of an entry show, as if in UTC, into an instant.
type clockOf func(wall time.Time) time.Time

// resolve works out when the entries are, once all zones are known.
func (r *reader) resolve(zoneName string) {
	r.reading.Zone = r.mainZone(zoneName)
	loc, err := zone.Load(r.reading.Zone)
	if err != nil { // all names were looked up before
		loc = time.UTC
	}
	for i := range r.reading.Entries {
		r.times(&r.reading.Entries[i], &r.raw[i], loc)
	}
}

// clock returns the clock of a line: that of its zone, of UTC, or of the calendar.
func (r *reader) clock(l *line, m moment, main *time.Location) (clock clockOf, floating bool) {
	in := func(loc *time.Location) clockOf {
		return func(wall time.Time) time.Time { return instantIn(loc, wall).In(main) }
	}
	id := strings.Trim(strings.TrimSpace(l.parameter("TZID")), `"`)
	switch {
	case m.utc:
		return in(time.UTC), false
	case id == "":
		return in(main), true
	}
	if loc, err := zone.Load(r.zoneNamed(id)); err == nil {
		return in(loc), false
	}
	if z := r.zones[id]; z != nil && len(z.changes) > 0 {
		return func(wall time.Time) time.Time { return z.instant(wall).In(main) }, false
	}
	r.problem(l.number, ZoneNotKnown, id)
	return in(main), false
}

// times works out when an entry is.
func (r *reader) times(e *Entry, raw *rawEntry, main *time.Location) {
	start, ok := parseMoment(raw.start.value)
	if !ok {
		if raw.start.number > 0 || e.Method == "" || e.Method == "PUBLISH" {
			r.problem(max(raw.start.number, e.Line), TimeNotRead, raw.start.value)
		}
		r.repetition(e, raw, start, nil, main)
		return
	}
	clock, floating := r.clock(&raw.start, start, main)
	e.HasStart, e.WholeDays, e.Floating = true, start.whole, floating && !start.whole
	if start.whole {
		e.First = agenda.DateOf(start.wall)
		e.After = e.First.AddDays(1)
	} else {
		e.Start = clock(start.wall)
	}
	r.ending(e, raw, start, main)
	r.repetition(e, raw, start, clock, main)
}

// ending works out when an entry ends (RFC 5545 sections 3.6.1 and 3.8.2.2).
func (r *reader) ending(e *Entry, raw *rawEntry, start moment, main *time.Location) {
	if raw.end.number == 0 {
		r.lasting(e, &raw.length)
		return
	}
	end, ok := parseMoment(raw.end.value)
	if !ok {
		r.problem(raw.end.number, TimeNotRead, raw.end.value)
		return
	}
	if start.whole {
		after := agenda.DateOf(end.wall)
		if !end.whole && end.wall.Hour()+end.wall.Minute() > 0 { // it ends within that day
			after = after.AddDays(1)
		}
		if after.Compare(e.First) > 0 {
			e.After, e.HasEnd = after, true
		} else if after != e.First { // many write the last day for the one after it
			r.problem(raw.end.number, EndFirst, raw.end.value)
		}
		return
	}
	clock, _ := r.clock(&raw.end, end, main)
	if t := clock(end.wall); t.Before(e.Start) {
		r.problem(raw.end.number, EndFirst, raw.end.value)
	} else {
		e.End, e.HasEnd = t, true
	}
}

// lasting sets the end of an entry that says how long it is.
func (r *reader) lasting(e *Entry, l *line) {
	if l.number == 0 {
		return
	}
	days, length, ok := parseDuration(l.value)
	switch {
	case !ok:
		r.problem(l.number, TimeNotRead, l.value)
	case e.WholeDays:
		e.After, e.HasEnd = e.First.AddDays(max(days+int(length/(24*time.Hour)), 1)), true
	default:
		e.End, e.HasEnd = e.Start.AddDate(0, 0, days).Add(length), true
	}
}

// parseDuration reads a duration (RFC 5545 section 3.3.6): "PT1H30M", "P1D", "P2W". Days are
// days of the calendar; the rest is exact.
func parseDuration(s string) (days int, length time.Duration, ok bool) {
	s = strings.TrimPrefix(upper(s), "+")
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || rest == "" {
		return 0, 0, false
	}
	units := map[byte]time.Duration{'H': time.Hour, 'M': time.Minute, 'S': time.Second}
	clock := false
	for rest != "" {
		if after, ok := strings.CutPrefix(rest, "T"); ok && !clock {
			clock, rest = true, after
			continue
		}
		i := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if i <= 0 || i > 6 {
			return 0, 0, false
		}
		n, _ := strconv.Atoi(rest[:i])
		switch unit := rest[i]; {
		case unit == 'W' && !clock:
			days += 7 * n
		case unit == 'D' && !clock:
			days += n
		case clock && units[unit] > 0:
			length += time.Duration(n) * units[unit]
		default:
			return 0, 0, false
		}
		rest = rest[i+1:]
	}
	return days, length, days <= 10_000
}
