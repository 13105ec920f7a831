package ical

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A block is a component as the tests read it, by rules of their own.
type block struct {
	name   string
	lines  []contentLine
	inside []*block
}

// A contentLine is an unfolded line, taken apart.
type contentLine struct {
	name, params, value string
}

// first returns the value of the first property of that name, or "".
func (b *block) first(name string) string {
	for _, l := range b.lines {
		if l.name == name {
			return l.value
		}
	}
	return ""
}

// all returns the components of that name in b.
func (b *block) all(name string) []*block {
	var found []*block
	for _, i := range b.inside {
		if i.name == name {
			found = append(found, i)
		}
	}
	return found
}

// entries returns the VEVENTs of b by UID.
func (b *block) entries() map[string]*block {
	found := map[string]*block{}
	for _, e := range b.all("VEVENT") {
		found[e.first("UID")] = e
	}
	return found
}

// entry returns the VEVENT with that summary.
func (b *block) entry(t *testing.T, summary string) *block {
	t.Helper()
	for _, e := range b.all("VEVENT") {
		if unescape(e.first("SUMMARY")) == summary {
			return e
		}
	}
	t.Fatalf("no entry with the summary %q", summary)
	return nil
}

// read takes a calendar apart and holds every line to the law: at most 75 octets, ended by
// CRLF, valid UTF-8, no control characters, quotes in pairs, names that we know.
func read(t testing.TB, calendar []byte) *block {
	t.Helper()
	text, ok := bytes.CutSuffix(calendar, []byte("\r\n"))
	if !ok {
		t.Fatal("the last line has no CRLF at its end")
	}
	for _, line := range strings.Split(string(text), "\r\n") {
		checkLine(t, line)
	}
	return readBlocks(t, strings.Split(strings.ReplaceAll(string(text), "\r\n ", ""), "\r\n"))
}

func checkLine(t testing.TB, line string) {
	t.Helper()
	switch {
	case len(line) > 75:
		t.Fatalf("line of %d octets, want 75 at most: %q", len(line), line)
	case line == "" || line == " ":
		t.Fatal("an empty line")
	case !utf8.ValidString(line):
		t.Fatalf("line is not UTF-8: %q", line)
	}
	for _, r := range line {
		if r < 0x20 && r != '\t' || r >= 0x7f && r <= 0x9f || r >= '\u202a' && r <= '\u202e' {
			t.Fatalf("line with the character %U: %q", r, line)
		}
	}
}

// known are the properties that there may be.
const known = " VERSION PRODID CALSCALE METHOD NAME X-WR-CALNAME DESCRIPTION X-WR-CALDESC X-WR-TIMEZONE COLOR UID LAST-MODIFIED URL SOURCE" +
	" REFRESH-INTERVAL X-PUBLISHED-TTL TZID DTSTART RRULE TZOFFSETFROM TZOFFSETTO TZNAME DTSTAMP SEQUENCE DTEND SUMMARY LOCATION GEO STATUS" +
	" TRANSP CLASS CATEGORIES RELATED-TO CONFERENCE ORGANIZER ATTENDEE ACTION TRIGGER "

func readBlocks(t testing.TB, lines []string) *block {
	t.Helper()
	root := &block{}
	open := []*block{root}
	for _, line := range lines {
		l := takeApart(t, line)
		last := open[len(open)-1]
		switch l.name {
		case "BEGIN":
			b := &block{name: l.value}
			last.inside = append(last.inside, b)
			open = append(open, b)
		case "END":
			if last.name != l.value {
				t.Fatalf("got END:%s in %s", l.value, last.name)
			}
			open = open[:len(open)-1]
		default:
			if !strings.Contains(known, " "+l.name+" ") {
				t.Fatalf("a property of an unknown name: %q", line)
			}
			last.lines = append(last.lines, l)
		}
	}
	if len(open) != 1 || len(root.inside) != 1 || root.inside[0].name != "VCALENDAR" {
		t.Fatal("not one VCALENDAR")
	}
	return root.inside[0]
}

// takeApart splits a line at its first colon that is not in quotes.
func takeApart(t testing.TB, line string) contentLine {
	t.Helper()
	quoted := false
	for i, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ':' && !quoted:
			name, params, _ := strings.Cut(line[:i], ";")
			return contentLine{name, params, line[i+1:]}
		}
	}
	t.Fatalf("line without a value: %q", line)
	return contentLine{}
}

// A wallZone is a VTIMEZONE as the tests understand it: what the clocks showed when an
// offset began, and the offset.
type wallZone struct {
	onsets  []time.Time // as if in UTC
	offsets []int
}

// readZone reads a VTIMEZONE, with rules followed until 2040.
func readZone(t testing.TB, b *block) wallZone {
	t.Helper()
	var z wallZone
	for _, o := range b.inside {
		start, err := time.Parse(localLayout, o.first("DTSTART"))
		if err != nil {
			t.Fatal(err)
		}
		to := readOffset(t, o.first("TZOFFSETTO"))
		z.onsets, z.offsets = append(z.onsets, start), append(z.offsets, to)
		rule := o.first("RRULE")
		for year := start.Year() + 1; rule != "" && year <= 2040; year++ {
			z.onsets, z.offsets = append(z.onsets, inYear(t, rule, start, year)), append(z.offsets, to)
		}
	}
	return z
}

// inYear returns when a yearly rule strikes: it looks at each day of the month.
func inYear(t testing.TB, rule string, start time.Time, year int) time.Time {
	t.Helper()
	_, by, _ := strings.Cut(rule, ";BYDAY=")
	days := map[string]time.Weekday{"SU": 0, "MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6}
	weekday, ok := days[by[len(by)-2:]]
	if !ok || !strings.HasPrefix(rule, "FREQ=YEARLY;BYMONTH="+start.Format("1")+";") {
		t.Fatalf("the rule %q does not fit %v", rule, start)
	}
	var found []time.Time
	for day := time.Date(year, start.Month(), 1, start.Hour(), start.Minute(), start.Second(), 0, time.UTC); day.Month() == start.Month(); day = day.AddDate(0, 0, 1) {
		if day.Weekday() == weekday {
			found = append(found, day)
		}
	}
	if by[0] == '-' {
		return found[len(found)-1]
	}
	return found[by[0]-'1']
}

func readOffset(t testing.TB, s string) int {
	t.Helper()
	layout := "-0700"
	if len(s) == len("+010203") {
		layout = "-070000"
	}
	at, err := time.Parse(layout, s)
	if err != nil {
		t.Fatal(err)
	}
	_, offset := at.Zone()
	return offset
}

// instant returns when the clocks show wall, the first time if they do so twice.
func (z wallZone) instant(wall time.Time) time.Time {
	best := -1
	for i, onset := range z.onsets {
		if !onset.After(wall) && (best < 0 || onset.After(z.onsets[best])) {
			best = i
		}
	}
	if best < 0 { // before the first onset: what a program does then is its own affair
		return time.Time{}
	}
	return wall.Add(-time.Duration(z.offsets[best]) * time.Second)
}

// when returns the instant of DTSTART or DTEND; whole days begin at midnight in UTC.
func (b *block) when(t testing.TB, calendar *block, name string) time.Time {
	t.Helper()
	for _, l := range b.lines {
		if l.name != name {
			continue
		}
		layout := map[int]string{8: "20060102", 15: localLayout, 16: utcLayout}[len(l.value)]
		at, err := time.Parse(layout, l.value)
		if err != nil {
			t.Fatal(err)
		}
		id, local := strings.CutPrefix(l.params, "TZID=")
		if !local {
			return at
		}
		for _, z := range calendar.all("VTIMEZONE") {
			if z.first("TZID") == id {
				return readZone(t, z).instant(at)
			}
		}
		t.Fatalf("%s in the zone %s, of which there is no VTIMEZONE", name, id)
	}
	t.Fatalf("no %s", name)
	return time.Time{}
}
