package ical

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// A foreignZone is a VTIMEZONE, of use where its TZID is not the name of a zone.
type foreignZone struct {
	id       string
	location string // X-LIC-LOCATION
	changes  []change
}

// A change is a STANDARD or DAYLIGHT: from when on which offset is in force.
type change struct {
	onset    time.Time   // what the clocks showed before, as if in UTC
	more     []time.Time // RDATE
	rule     rrule
	from, to int // offsets, in seconds east of UTC
}

// property reads a property of z or, if outer is false, of its last change.
func (z *foreignZone) property(l *line, outer bool) {
	if outer {
		switch l.name {
		case "TZID":
			z.id = unescapeText(l.value)
		case "X-LIC-LOCATION":
			z.location = l.value
		}
		return
	}
	if len(z.changes) == 0 {
		return
	}
	c := &z.changes[len(z.changes)-1]
	switch l.name {
	case "DTSTART":
		c.onset, _ = time.Parse(localLayout, strings.TrimSuffix(upper(l.value), "Z"))
	case "RDATE":
		for _, s := range strings.Split(l.value, ",") {
			if t, err := time.Parse(localLayout, upper(s)); err == nil {
				c.more = appendSome(c.more, t)
			}
		}
	case "RRULE":
		c.rule, _ = parseRule(upper(l.value))
	case "TZOFFSETFROM":
		c.from = offsetOf(l.value)
	case "TZOFFSETTO":
		c.to = offsetOf(l.value)
	}
}

// offsetOf reads an offset from UTC (RFC 5545 section 3.3.14).
func offsetOf(s string) int {
	s = strings.TrimSpace(s)
	if len(s) < 5 {
		return 0
	}
	hours, _ := strconv.Atoi(s[1:3])
	minutes, _ := strconv.Atoi(s[3:5])
	n := hours*3600 + minutes*60
	if s[0] == '-' {
		return -n
	}
	return n
}

// instant returns the instant at which the clocks show wall, a time as if in UTC.
func (z *foreignZone) instant(wall time.Time) time.Time {
	var last time.Time
	offset := 0
	for i := range z.changes {
		c := &z.changes[i]
		if i == 0 {
			offset = c.from
		}
		if onset, ok := c.last(wall); ok && (last.IsZero() || onset.After(last)) {
			last, offset = onset, c.to
		}
	}
	return wall.Add(-time.Duration(offset) * time.Second)
}

// last returns the last onset that is not after wall.
func (c *change) last(wall time.Time) (onset time.Time, ok bool) {
	if c.onset.IsZero() || c.onset.After(wall) {
		return onset, false
	}
	onset = c.onset
	for _, t := range c.more {
		if !t.After(wall) && t.After(onset) {
			onset = t
		}
	}
	if c.rule.frequency != "YEARLY" {
		return onset, true
	}
	for year := wall.Year(); year >= wall.Year()-1; year-- {
		t, ok := c.rule.inYear(year, c.onset)
		if ok && !t.After(wall) && t.After(onset) && (c.rule.until.IsZero() || !t.After(c.rule.until.AddDate(0, 0, 1))) {
			return t, true
		}
	}
	if u := c.rule.until; !u.IsZero() && u.Before(wall) {
		if t, ok := c.rule.inYear(u.Year(), c.onset); ok && t.After(onset) {
			return t, true
		}
	}
	return onset, true
}

// zoneNamed returns the IANA name of the zone that a TZID means, or "".
func (r *reader) zoneNamed(id string) string {
	id = strings.Trim(strings.TrimSpace(id), `"`)
	if name, ok := r.names[id]; ok {
		return name
	}
	name := nameOfZone(id)
	if z := r.zones[id]; z != nil && name == "" {
		name = nameOfZone(z.location)
	}
	if r.names[id] = name; name != "" && name != "UTC" && !slices.Contains(r.reading.Zones, name) {
		r.reading.Zones = append(r.reading.Zones, name)
	}
	return name
}

// longestZone is longer than any name of a zone.
const longestZone = 200

// nameOfZone returns the IANA name of a zone that is called so by Windows, or that stands
// at the end of a longer name, or "".
func nameOfZone(id string) string {
	if name := windowsZones[id]; name != "" {
		return name
	}
	if len(id) > longestZone {
		return ""
	}
	for name := id; name != ""; _, name, _ = strings.Cut(name, "/") {
		if _, err := zone.Load(name); err == nil {
			return name
		}
		if !strings.Contains(name, "/") {
			break
		}
	}
	return ""
}

// mainZone returns the zone of the calendar: the one that most entries are in, the one that
// it names, zoneName, or one whose clocks show what those of a VTIMEZONE of no name do.
func (r *reader) mainZone(zoneName string) string {
	used := map[string]int{}
	main, unnamed := "", ""
	for i := range r.raw {
		id := r.raw[i].start.parameter("TZID")
		if id == "" {
			continue
		}
		name := r.zoneNamed(id)
		if name == "" {
			unnamed = cmp.Or(unnamed, id)
			continue
		}
		if used[name]++; used[name] > used[main] {
			main = name
		}
	}
	if main = cmp.Or(main, nameOfZone(r.xZone)); main != "" {
		return main
	}
	r.reading.ZoneGuessed = true
	return cmp.Or(nameOfZone(zoneName), r.alike(unnamed), "UTC")
}

// alike returns a zone whose clocks show what those of a VTIMEZONE do in the year of the
// first entry, or "".
func (r *reader) alike(id string) string {
	z := r.zones[id]
	if z == nil || len(r.raw) == 0 {
		return ""
	}
	when, ok := parseMoment(r.raw[0].start.value)
	if !ok {
		return ""
	}
	for _, name := range slices.Sorted(maps.Values(windowsZones)) {
		loc, err := zone.Load(name)
		if err != nil {
			continue
		}
		same := true
		for month := time.January; month <= time.December && same; month++ {
			wall := time.Date(when.wall.Year(), month, 15, 12, 0, 0, 0, time.UTC)
			same = instantIn(loc, wall).Equal(z.instant(wall))
		}
		if same {
			return name
		}
	}
	return ""
}

// instantIn returns the instant at which the clocks in loc show wall, a time as if in UTC.
func instantIn(loc *time.Location, wall time.Time) time.Time {
	c := agenda.Clock(wall.Hour()*60 + wall.Minute())
	t, _ := zone.At(loc, agenda.DateOf(wall), c)
	return t.Add(time.Duration(wall.Second()) * time.Second)
}
