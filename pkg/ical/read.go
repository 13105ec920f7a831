package ical

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"tamada/pkg/agenda"
)

// ErrNoCalendar is wrapped by the errors of [Read] for what is no calendar.
var ErrNoCalendar = errors.New("not a calendar (iCalendar)")

// A Reading is what [Read] found in a calendar.
type Reading struct {
	Product     string // of the program that wrote it, as in PRODID
	Name        string
	Description string
	Method      string   // of iTIP (RFC 5546); "PUBLISH" in many feeds
	Zone        string   // in which the entries are; an IANA name
	ZoneGuessed bool     // the calendar names no zone that is known
	Zones       []string // all those that it names, but UTC
	Entries     []Entry  // every VEVENT, in the order of the file
	Problems    []Problem
}

// Own reports whether this package wrote the calendar.
func (r *Reading) Own() bool { return r.Product == product }

// An Entry is one VEVENT of a calendar.
type Entry struct {
	Line        int // where it begins, from 1
	Method      string
	UID         string
	Sequence    int
	Stamp       time.Time // DTSTAMP
	Title       string
	Language    string // of the title, if it says
	Description string
	Location    string
	URL         string
	Status      agenda.Status // [agenda.Confirmed] if it says nothing
	Categories  []string
	Geo         *agenda.Geo
	Parent      string // the UID of what it is part of
	Join        string // how to take part from afar
	Organiser   Mailbox
	Attendees   []Attendee

	// When it is. Of an entry of whole days, First is the first and After the one
	// after the last; Start and End are zero. HasStart and HasEnd say what the entry says.
	HasStart, HasEnd bool
	WholeDays        bool
	Floating         bool // the zone is that of the calendar, for it names none
	First, After     agenda.Date
	Start, End       time.Time // in the zone of the calendar

	// Replaces is which occurrence of the entry with the same UID it stands for: its
	// start or, if that is of whole days, midnight in UTC. It is zero for none.
	Replaces time.Time

	repeats repetition
}

// An Attendee is somebody or something that is invited.
type Attendee struct {
	Mailbox
	Chair  bool
	Answer Answer
	Type   string // "INDIVIDUAL", "GROUP", "ROOM", "RESOURCE", "UNKNOWN"
}

// An Answer is what somebody who is invited has said: a PARTSTAT of RFC 5545 section
// 3.2.12. There are others, which programs make up.
type Answer string

// The answers that there are to an invitation to a session.
const (
	Accepted  Answer = "ACCEPTED"
	Declined  Answer = "DECLINED"
	Tentative Answer = "TENTATIVE" // perhaps
)

// A Fault says what sort of [Problem] one is.
type Fault string

// The faults.
const (
	LineNotRead  Fault = "line"       // it is no line of a calendar, or belongs to nothing
	TimeNotRead  Fault = "time"       // of no form that is known
	EndFirst     Fault = "end-first"  // the end is before the start and was left out
	ZoneNotKnown Fault = "zone"       // it was read in the zone of the calendar
	NotRepeated  Fault = "recurrence" // only the first occurrence was taken
	Replaced     Fault = "replaced"   // the same entry is there in a later version
	NotTaken     Fault = "component"  // a task, a note, free and busy times
	TooLong      Fault = "long"       // a line that is too long, or more entries than are read
	Unended      Fault = "unended"    // a component has no END
)

// A Problem is something in a calendar that could not be read. The rest is there.
type Problem struct {
	Line   int // from 1
	Fault  Fault
	Source string // what stands there, shortened
}

const (
	mostOfSource   = 32 << 20 // bytes of a calendar
	mostEntries    = 20_000
	mostProblems   = 1_000
	mostComponents = 50 // inside each other
)

// Read reads a calendar of any program. What it cannot read it names in
// [Reading.Problems], by line; the rest is there. Times without a zone are in zoneName if
// the calendar names no zone; without either they are in UTC.
//
// The error wraps [ErrNoCalendar]: nothing in source is a VCALENDAR, or it is larger than
// 32 MB.
func Read(source []byte, zoneName string) (*Reading, error) {
	if len(source) > mostOfSource {
		return nil, fmt.Errorf("file of %d MB, at most %d are read: %w", len(source)>>20, mostOfSource>>20, ErrNoCalendar)
	}
	r := &reader{zones: map[string]*foreignZone{}, names: map[string]string{}}
	lines := newLineReader(source)
	for b, n, ok := lines.next(); ok; b, n, ok = lines.next() {
		r.line(b, n)
	}
	r.close(0, lines.number)
	if !r.found {
		return nil, fmt.Errorf("no BEGIN:VCALENDAR: %w", ErrNoCalendar)
	}
	r.resolve(zoneName)
	return &r.reading, nil
}

// A reader reads the lines of a calendar, component by component.
type reader struct {
	reading Reading
	open    []opened
	found   bool
	xZone   string // X-WR-TIMEZONE
	method  string
	raw     []rawEntry              // of the entries, whose zones may follow
	zones   map[string]*foreignZone // VTIMEZONE by TZID
	zone    *foreignZone            // the open one
	names   map[string]string       // of zones by TZID, as far as they were asked for
}

// opened is a component that has begun.
type opened struct {
	name string
	line int
}

// A rawEntry holds the lines of an entry that say when it is.
type rawEntry struct {
	start, end, length, replaces line
	rules, dates, except         []line
}

// problem notes what could not be read.
func (r *reader) problem(line int, fault Fault, source string) {
	if len(r.reading.Problems) < mostProblems {
		r.reading.Problems = append(r.reading.Problems, Problem{line, fault, abridge(source)})
	}
}

// abridge cuts what a problem quotes, and makes it text.
func abridge(s string) string {
	if len(s) > mostOfLine {
		s = strings.ToValidUTF8(s[:mostOfLine], "")
	}
	s = oneLine(s)
	const most = 120
	runes := 0
	for i := range s {
		if runes++; runes > most {
			return s[:i] + "…"
		}
	}
	return s
}

// line reads one line.
func (r *reader) line(b []byte, number int) {
	if len(b) > mostOfLine {
		if r.within("VEVENT") && !bytes.HasPrefix(b, []byte("ATTACH")) {
			r.problem(number, TooLong, decodeLine(b[:200]))
		}
		return
	}
	s := decodeLine(b)
	l, ok := parseLine(s)
	if !ok {
		r.problem(number, LineNotRead, s)
		return
	}
	l.number = number
	switch l.name {
	case "BEGIN":
		r.begin(upper(l.value), number)
	case "END":
		r.end(upper(l.value), number)
	default:
		r.property(&l)
	}
}

// within reports whether the innermost component is of that name.
func (r *reader) within(name string) bool {
	return len(r.open) > 0 && r.open[len(r.open)-1].name == name
}

// begin opens a component.
func (r *reader) begin(name string, number int) {
	if name == "VCALENDAR" {
		r.close(0, number)
		r.found, r.method = true, ""
	}
	if len(r.open) >= mostComponents {
		r.problem(number, LineNotRead, "BEGIN:"+name)
		return
	}
	r.open = append(r.open, opened{name, number})
	switch name {
	case "VEVENT":
		if len(r.reading.Entries) >= mostEntries {
			r.problem(number, TooLong, "BEGIN:VEVENT")
			r.open[len(r.open)-1].name = "" // its lines belong to nothing
			return
		}
		r.reading.Entries = append(r.reading.Entries, Entry{Line: number, Method: r.method, Status: agenda.Confirmed})
		r.raw = append(r.raw, rawEntry{})
	case "VTODO", "VJOURNAL", "VFREEBUSY":
		r.problem(number, NotTaken, "BEGIN:"+name)
	case "VTIMEZONE":
		r.zone = &foreignZone{}
	case "STANDARD", "DAYLIGHT":
		if r.zone != nil && len(r.zone.changes) < 1000 {
			r.zone.changes = append(r.zone.changes, change{})
		}
	}
}

// end closes the innermost component of that name, and what is open inside it.
func (r *reader) end(name string, number int) {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name == name {
			r.close(i+1, number)
			r.open = r.open[:i]
			if name == "VTIMEZONE" && r.zone != nil {
				if _, ok := r.zones[r.zone.id]; !ok {
					r.zones[r.zone.id] = r.zone
				}
				r.zone = nil
			}
			return
		}
	}
	if len(r.open) > 0 && r.open[len(r.open)-1].name == "" {
		r.open = r.open[:len(r.open)-1]
	}
}

// close ends the components from the depth on that the file does not end.
func (r *reader) close(depth, number int) {
	for _, o := range r.open[min(depth, len(r.open)):] {
		if o.name != "" {
			r.problem(o.line, Unended, "BEGIN:"+o.name)
		}
	}
	r.open = r.open[:min(depth, len(r.open))]
}

// property reads a property of the innermost component.
func (r *reader) property(l *line) {
	switch {
	case r.within("VCALENDAR"):
		r.calendarProperty(l)
	case r.within("VEVENT"):
		r.entryProperty(l)
	case r.zone != nil:
		r.zone.property(l, r.within("VTIMEZONE"))
	case len(r.open) == 0:
		r.problem(l.number, LineNotRead, l.name+":"+l.value)
	}
}

// calendarProperty reads what is said of the whole calendar. The first calendar of a file
// gives it its name.
func (r *reader) calendarProperty(l *line) {
	first := func(s *string) {
		if *s == "" {
			*s = unescapeText(l.value)
		}
	}
	switch l.name {
	case "PRODID":
		first(&r.reading.Product)
	case "METHOD":
		r.method = upper(l.value)
		first(&r.reading.Method)
	case "X-WR-CALNAME", "NAME":
		first(&r.reading.Name)
	case "X-WR-CALDESC", "DESCRIPTION":
		first(&r.reading.Description)
	case "X-WR-TIMEZONE", "TIMEZONE-ID":
		first(&r.xZone)
	}
}
