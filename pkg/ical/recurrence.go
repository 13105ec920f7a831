package ical

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
)

// A repetition says when else an entry is.
type repetition struct {
	wall   time.Time // the first start, as its clocks show it, as if in UTC
	clock  clockOf
	rule   rrule
	simple bool // it is understood whole
	line   int
	source string // the line that says so, or ""
	dates  []time.Time
	except []time.Time
}

// A rrule is a rule of recurrence (RFC 5545 section 3.3.10).
type rrule struct {
	frequency  string
	interval   int
	count      int
	until      time.Time
	untilForm  moment
	days       []weekday
	months     []int
	monthDays  []int
	weekStart  time.Weekday
	restricted bool // by a part that is not understood
}

// A weekday is "TU", or "-1SU": the last Sunday.
type weekday struct {
	nth int // 0 for every one
	day time.Weekday
}

var weekdays = map[string]time.Weekday{
	"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday, "TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
}

// parseRule reads a rule.
func parseRule(s string) (rrule, bool) {
	r := rrule{interval: 1, weekStart: time.Monday}
	ok := true
	for part := range strings.SplitSeq(s, ";") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "FREQ":
			r.frequency = value
		case "INTERVAL":
			r.interval, _ = strconv.Atoi(value)
		case "COUNT":
			r.count, _ = strconv.Atoi(value)
		case "UNTIL":
			r.untilForm, ok = parseMoment(value)
			r.until = r.untilForm.wall
		case "BYDAY":
			r.days = parseWeekdays(value)
			ok = ok && len(r.days) > 0
		case "BYMONTH":
			r.months = numbersOf(value)
		case "BYMONTHDAY":
			r.monthDays = numbersOf(value)
		case "WKST":
			r.weekStart = weekdays[value]
		case "":
		default:
			r.restricted = true
		}
	}
	return r, ok && r.interval > 0 && r.count >= 0
}

func parseWeekdays(s string) []weekday {
	var list []weekday
	for part := range strings.SplitSeq(s, ",") {
		if len(part) < 2 || len(part) > 5 || len(list) > 400 {
			return nil
		}
		day, ok := weekdays[part[len(part)-2:]]
		nth, err := strconv.Atoi(strings.TrimPrefix(part[:len(part)-2], "+"))
		if !ok || err != nil && len(part) > 2 {
			return nil
		}
		list = append(list, weekday{nth, day})
	}
	return list
}

func numbersOf(s string) []int {
	var list []int
	for part := range strings.SplitSeq(s, ",") {
		if n, err := strconv.Atoi(part); err == nil {
			list = appendSome(list, n)
		}
	}
	return list
}

// inYear returns when a yearly rule is met in a year, in the shapes that zones use.
func (r *rrule) inYear(year int, first time.Time) (time.Time, bool) {
	month := first.Month()
	if len(r.months) > 0 {
		month = time.Month(r.months[0])
	}
	if month < time.January || month > time.December {
		return time.Time{}, false
	}
	clock := time.Duration(first.Hour())*time.Hour + time.Duration(first.Minute())*time.Minute + time.Duration(first.Second())*time.Second
	begin := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	switch {
	case len(r.days) == 0:
		return begin.AddDate(0, 0, first.Day()-1).Add(clock), true
	case len(r.monthDays) > 0: // "the Sunday from the 8th on"
		begin = begin.AddDate(0, 0, slices.Min(r.monthDays)-1)
		return begin.AddDate(0, 0, (int(r.days[0].day)-int(begin.Weekday())+7)%7).Add(clock), true
	}
	d := rule{month: month, nth: r.days[0].nth, weekday: r.days[0].day, seconds: int(clock / time.Second)}
	if d.nth < 0 {
		return d.in(year).AddDate(0, 0, 7*(d.nth+1)), true
	}
	d.nth = max(d.nth, 1)
	return d.in(year), true
}

const (
	mostOccurrences = 366     // of one entry
	mostDays        = 3 * 366 // between its first and its last
)

// simple reports whether r is one of those that are followed: every so many days or weeks,
// perhaps on certain days of the week, with an end.
func (r *rrule) simple() bool {
	if r.restricted || len(r.months) > 0 || len(r.monthDays) > 0 || r.count == 0 && r.until.IsZero() {
		return false
	}
	every := !slices.ContainsFunc(r.days, func(d weekday) bool { return d.nth != 0 })
	return every && (r.frequency == "DAILY" || r.frequency == "WEEKLY")
}

// walls returns when a simple rule is met, as the clocks show it, the first start
// included. It reports whether these are all.
func (r *rrule) walls(first time.Time, clock clockOf) ([]time.Time, bool) {
	var all []time.Time
	week := first.AddDate(0, 0, -(int(first.Weekday())-int(r.weekStart)+7)%7)
	for n := range mostDays {
		t := first.AddDate(0, 0, n)
		if r.over(t, clock) || r.count > 0 && len(all) == r.count {
			return all, true
		}
		if n > 0 && !r.meets(t, n, int(t.Sub(week)/(7*24*time.Hour))) {
			continue
		}
		if len(all) == mostOccurrences {
			return all, false
		}
		all = append(all, t)
	}
	return all, r.count > 0 && len(all) == r.count
}

// meets reports whether a rule is met on a day, so many days and weeks after the first.
func (r *rrule) meets(t time.Time, days, weeks int) bool {
	on := slices.ContainsFunc(r.days, func(d weekday) bool { return d.day == t.Weekday() })
	if r.frequency == "DAILY" {
		return days%r.interval == 0 && (on || len(r.days) == 0)
	}
	if len(r.days) == 0 {
		on = days%7 == 0
	}
	return on && weeks%r.interval == 0
}

// over reports whether t is after the end of a rule.
func (r *rrule) over(t time.Time, clock clockOf) bool {
	switch u := r.untilForm; {
	case r.until.IsZero():
		return false
	case u.whole:
		return agenda.DateOf(t).Compare(agenda.DateOf(u.wall)) > 0
	case u.utc && clock != nil:
		return clock(t).After(u.wall)
	}
	return t.After(r.until)
}

// repetition works out what an entry says of its repetition.
func (r *reader) repetition(e *Entry, raw *rawEntry, start moment, clock clockOf, main *time.Location) {
	at := func(l *line, s string) (time.Time, bool) {
		s, _, _ = strings.Cut(s, "/") // of a period, its start
		m, ok := parseMoment(s)
		switch {
		case !ok:
			r.problem(l.number, TimeNotRead, s)
			return time.Time{}, false
		case m.whole:
			return m.wall, true
		}
		c, _ := r.clock(l, m, main)
		return c(m.wall), true
	}
	if l := &raw.replaces; l.number > 0 {
		e.Replaces, _ = at(l, l.value)
		if l.parameter("RANGE") != "" {
			r.problem(l.number, NotRepeated, "RECURRENCE-ID;RANGE="+l.parameter("RANGE"))
		}
	}
	p := &e.repeats
	p.wall, p.clock, p.simple = start.wall, clock, true
	list := func(lines []line) (times []time.Time) {
		for i := range lines {
			for s := range strings.SplitSeq(lines[i].value, ",") {
				if t, ok := at(&lines[i], s); ok {
					times = appendSome(times, t)
				}
			}
		}
		return times
	}
	p.dates, p.except = list(raw.dates), list(raw.except)
	for i := range raw.rules {
		l := &raw.rules[i]
		rule, ok := parseRule(upper(l.value))
		p.simple = ok && i == 0 && l.name == "RRULE" && rule.simple()
		p.rule, p.line, p.source = rule, l.number, l.name+":"+l.value
	}
}

// occurrences returns the starts of all occurrences of an entry, as [Entry.Replaces] has
// them, without those that it excepts. It reports whether these are all.
func (e *Entry) occurrences() ([]time.Time, bool) {
	p := &e.repeats
	first := e.Start
	if e.WholeDays {
		first = p.wall
	}
	all, complete := []time.Time{first}, true
	if p.source != "" {
		var walls []time.Time
		if complete = p.simple; complete {
			walls, complete = p.rule.walls(p.wall, p.clock)
		}
		if complete {
			all = all[:0]
			for _, wall := range walls {
				if !e.WholeDays {
					wall = p.clock(wall)
				}
				all = append(all, wall)
			}
		}
	}
	all = append(all, p.dates...)
	slices.SortFunc(all, time.Time.Compare)
	all = slices.CompactFunc(all, time.Time.Equal)
	skip := map[int64]bool{}
	for _, t := range p.except {
		skip[t.Unix()] = true
	}
	return slices.DeleteFunc(all, func(t time.Time) bool { return skip[t.Unix()] }), complete
}

// onDay returns the occurrence of e that begins at t.
func (e *Entry) onDay(t time.Time) Entry {
	o := *e
	o.Replaces = t
	if e.WholeDays {
		length := e.After.Sub(e.First)
		o.First = agenda.DateOf(t)
		o.After = o.First.AddDays(length)
		return o
	}
	o.Start = t
	if e.HasEnd {
		o.End = t.Add(e.End.Sub(e.Start))
	}
	return o
}
