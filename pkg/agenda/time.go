package agenda

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Date is a day of the calendar. Its zero value is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a date as RFC 3339 writes it: "2021-03-29".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q is not a day like 2021-03-29", s)
	}
	return DateOf(t), nil
}

// DateOf returns the date of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// String returns d as "2021-03-29", or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or 1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// AddDays returns the date n days after d.
func (d Date) AddDays(n int) Date { return DateOf(d.utc().AddDate(0, 0, n)) }

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.utc().Sub(e.utc()) / (24 * time.Hour)) }

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// MarshalText returns [Date.String].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [Date.MarshalText] writes.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}

// MinutesPerDay is the number of minutes on a clock's day.
const MinutesPerDay = 24 * 60

// A Clock is a time of the wall clock: minutes after midnight at the beginning
// of the day it belongs to. 1440 or more is after the next midnight.
type Clock int

// String returns c as the clock shows it: "09:05"; 1470 is "00:30".
func (c Clock) String() string {
	m := ((int(c) % MinutesPerDay) + MinutesPerDay) % MinutesPerDay
	return fmt.Sprintf("%02d:%02d", m/60, m%60)
}

// ParseClock reads "10:00" or "9:05". The last minute is 23:59.
func ParseClock(s string) (Clock, error) {
	h, m, ok := strings.Cut(s, ":")
	hours, errH := strconv.Atoi(h)
	minutes, errM := strconv.Atoi(m)
	if !ok || errH != nil || errM != nil || len(m) != 2 || len(h) > 2 || hours > 23 || minutes > 59 || hours < 0 || minutes < 0 {
		return 0, fmt.Errorf("time %q is not a time of day like 10:00", s)
	}
	return Clock(hours*60 + minutes), nil
}

// A Form says which way a [Time] was given.
type Form uint8

// The forms of a [Time].
const (
	Open      Form = iota // no time is known
	FromTo                // "10:00-10:15"
	From                  // "10:00"; the end follows from what comes next
	FromFor               // "10:00 +15"; the length in minutes
	For                   // "+15"; begins where the session before ended
	AllDay                // "all-day"
	Morning               // "morning"
	Afternoon             // "afternoon"
)

// A Time is when a session is, as its organiser gave it. Its zero value is an
// open time. Times are comparable with ==.
type Time struct {
	Form        Form
	Start       Clock // for FromTo, From and FromFor; from 0 to 2879
	End         Clock // for FromTo; after Start
	Minutes     int   // for FromFor and For; at least 0
	Approximate bool  // "ca."
}

// spans are the times that are words.
var spans = map[string]Form{"all-day": AllDay, "morning": Morning, "afternoon": Afternoon}

// timePattern matches the written forms of a [Time] that are not words.
var timePattern = regexp.MustCompile(`^(\+1\s+)?(?:(\d{1,2}:\d{2})(?:\s*[-–]\s*(\d{1,2}:\d{2})|\s+\+(\d{1,4}))?|\+(\d{1,4}))$`)

// ErrTime is wrapped by the errors of [ParseTime].
var ErrTime = errors.New("not a time of an agenda")

// ParseTime reads a time as agenda files write it: "10:00-10:15", "10:00",
// "10:00 +15", "+15", "22:30-00:30", "+1 00:30-01:30" (after midnight), each
// with "ca. " before it where it is approximate; "all-day", "morning",
// "afternoon"; and "" for an open time. An end before its start is on the next
// day if that makes the session shorter than twelve hours.
// Errors wrap [ErrTime].
func ParseTime(s string) (Time, error) {
	var t Time
	rest := strings.TrimSpace(s)
	if after, ok := strings.CutPrefix(rest, "ca."); ok {
		t.Approximate, rest = true, strings.TrimSpace(after)
	}
	if form, ok := spans[rest]; ok {
		t.Form = form
		return t, nil
	}
	if rest == "" {
		if t.Approximate {
			return Time{}, timeError(s, `give a time after "ca."`)
		}
		return t, nil
	}
	m := timePattern.FindStringSubmatch(rest)
	if m == nil {
		return Time{}, timeError(s, "write 10:00-10:15, 10:00, 10:00 +15, +15, ca. 11:00-12:15, all-day, morning or afternoon")
	}
	return t.parts(s, m[1] != "", m[2], m[3], cmp.Or(m[4], m[5]))
}

// parts completes t from the parts of its written form.
func (t Time) parts(s string, next bool, start, end, minutes string) (Time, error) {
	t.Minutes, _ = strconv.Atoi(minutes) // the pattern leaves only digits
	if t.Minutes > MinutesPerDay {
		return Time{}, timeError(s, "a session is at most 1440 minutes long")
	}
	if start == "" {
		t.Form = For
		return t, nil
	}
	var err error
	if t.Start, err = ParseClock(start); err != nil {
		return Time{}, timeError(s, "hours go from 00 to 23 and minutes from 00 to 59")
	}
	if next {
		t.Start += MinutesPerDay
	}
	switch {
	case end != "":
		t.Form = FromTo
		return t.until(s, end)
	case minutes != "":
		t.Form = FromFor
	default:
		t.Form = From
	}
	return t, nil
}

// until sets the end of t, which may be after midnight.
func (t Time) until(s, end string) (Time, error) {
	midnight := t.Start / MinutesPerDay * MinutesPerDay // before Start
	if end == "24:00" {
		t.End = midnight + MinutesPerDay
		return t, nil
	}
	c, err := ParseClock(end)
	if err != nil {
		return Time{}, timeError(s, "hours go from 00 to 23 and minutes from 00 to 59")
	}
	t.End = midnight + c
	if t.End < t.Start {
		t.End += MinutesPerDay
		if t.End-t.Start >= 12*60 {
			return Time{}, timeError(s, "it ends before it begins")
		}
	}
	return t, nil
}

func timeError(s, advice string) error {
	return fmt.Errorf("%q is %w: %s", s, ErrTime, advice)
}

// String returns t as [ParseTime] reads it.
func (t Time) String() string {
	var b strings.Builder
	if t.Approximate {
		b.WriteString("ca. ")
	}
	for word, form := range spans {
		if form == t.Form {
			b.WriteString(word)
		}
	}
	switch t.Form {
	case FromTo, From, FromFor:
		if t.Start >= MinutesPerDay {
			b.WriteString("+1 ")
		}
		b.WriteString(t.Start.String())
	}
	switch t.Form {
	case FromTo:
		b.WriteString("-" + t.endString())
	case FromFor:
		fmt.Fprintf(&b, " +%d", t.Minutes)
	case For:
		fmt.Fprintf(&b, "+%d", t.Minutes)
	}
	return b.String()
}

// endString writes the end of t; only a whole day ends at "24:00".
func (t Time) endString() string {
	if t.End-t.Start == MinutesPerDay {
		return "24:00"
	}
	return t.End.String()
}

// MarshalText returns [Time.String].
func (t Time) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what [Time.MarshalText] writes.
func (t *Time) UnmarshalText(b []byte) (err error) {
	*t, err = ParseTime(string(b))
	return err
}
