package ical

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/effort"
)

// calendarOf returns a calendar of these lines.
func calendarOf(lines ...string) []byte {
	all := slices.Concat([]string{"BEGIN:VCALENDAR", "VERSION:2.0"}, lines, []string{"END:VCALENDAR", ""})
	return []byte(strings.Join(all, "\r\n"))
}

// entryOf returns a calendar of one entry of these lines.
func entryOf(lines ...string) []byte {
	return calendarOf(slices.Concat([]string{"BEGIN:VEVENT", "UID:1", "SUMMARY:Talk"}, lines, []string{"END:VEVENT"})...)
}

func reading(t testing.TB, source []byte, zone string) *Reading {
	t.Helper()
	r, err := Read(source, zone)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReadTimes(t *testing.T) {
	custom := []string{
		"BEGIN:VTIMEZONE", "TZID:Customized Time Zone",
		"BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
		"BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
		"END:VTIMEZONE",
	}
	for _, test := range []struct {
		lines []string
		zone  string // of the caller
		want  string
		in    string // the zone of the calendar
	}{
		{[]string{"DTSTART:20260601T083000Z", "DTEND:20260601T113000Z"}, "", "20260601T083000Z 20260601T113000Z", "UTC"},
		{[]string{"DTSTART:20260601T083000Z", "DTEND:20260601T113000Z"}, "Europe/Oslo", "20260601T083000Z 20260601T113000Z", "Europe/Oslo"},
		{[]string{"DTSTART;TZID=Europe/Paris:20260601T083000", "DURATION:PT1H30M"}, "", "20260601T063000Z 20260601T080000Z", "Europe/Paris"},
		{[]string{`DTSTART;TZID="W. Europe Standard Time":20260601T083000`, "DTEND:20260601T070000Z"}, "", "20260601T063000Z 20260601T070000Z", "Europe/Berlin"},
		{[]string{"DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20260601T083000"}, "", "20260601T063000Z -", "Europe/Paris"},
		{[]string{"DTSTART;TZID=Customized Time Zone:20260601T083000", "DURATION:P1DT1H"}, "", "20260601T063000Z 20260602T073000Z", "Africa/Ceuta"},
		{[]string{"DTSTART;TZID=Customized Time Zone:20260201T083000"}, "Europe/Oslo", "20260201T073000Z -", "Europe/Oslo"},
		{[]string{"DTSTART;TZID=Nowhere:20260201T083000"}, "Europe/Oslo", "20260201T073000Z -", "Europe/Oslo"},
		{[]string{"DTSTART:20260201T083000"}, "Asia/Tbilisi", "floating:20260201T083000 -", "Asia/Tbilisi"},
		{[]string{"DTSTART;VALUE=DATE:20260201"}, "", "20260201 -", "UTC"},
		{[]string{"DTSTART;VALUE=DATE:20260201", "DTEND;VALUE=DATE:20260204"}, "", "20260201 20260204", "UTC"},
		{[]string{"DTSTART;VALUE=DATE:20260201", "DTEND;VALUE=DATE:20260201"}, "", "20260201 -", "UTC"},
		{[]string{"DTSTART:20260201", "DURATION:P2D"}, "", "20260201 20260203", "UTC"},
		{[]string{"DTSTART:2026-02-01T08:30:00Z", "DTEND:20260201T0900Z"}, "", "20260201T083000Z 20260201T090000Z", "UTC"},
		{[]string{"DTSTART:20260201T083000Z", "DTEND:20260201T080000Z"}, "", "20260201T083000Z -", "UTC"},
		{[]string{"DTSTART:tomorrow"}, "", "- -", "UTC"},
	} {
		source := calendarOf(slices.Concat(custom, []string{"BEGIN:VEVENT", "UID:1"}, test.lines, []string{"END:VEVENT"})...)
		r := reading(t, source, test.zone)
		want := []string{"1 " + test.want}
		if got := shownEntries(r.Entries); !slices.Equal(got, want) {
			t.Errorf("%v: got %q, want %q", test.lines, got, want)
		}
		if test.in == "Africa/Ceuta" { // any zone of these clocks will do
			test.in = r.Zone
		}
		if r.Zone != test.in {
			t.Errorf("%v: got the zone %s, want %s", test.lines, r.Zone, test.in)
		}
	}
}

func TestReadText(t *testing.T) {
	r := reading(t, []byte("\xef\xbb\xbfbegin:vcalendar\nX-WR-CALNAME;CHARSET=utf-8:Names\\, and\n  more\nbegin:vevent\nitem1.SUMMARY;LANGUAGE=fr:R\xc3\n \xa9union\\; a\\\\b\\nc\n"+
		"DESCRIPTION:one\\Ntwo\x07\nCATEGORIES:A\\,B,C\nCATEGORIES:D\nLOCATION:Caf\xe9\nGEO:41.5;44.25\n"+
		`ATTENDEE;CN="Doe, Jane ^'JD^'";ROLE=CHAIR:MAILTO:jane%2Bx@example.org`+"\nRELATED-TO:parent\nSTATUS:TENTATIVE\nEND:VEVENT\nnonsense\n;x:y\nEND:VCALENDAR"), "")
	if len(r.Entries) != 1 {
		t.Fatalf("got %d entries, want 1", len(r.Entries))
	}
	e := r.Entries[0]
	for _, pair := range [][2]string{
		{r.Name, "Names, and more"},
		{e.Title, "Réunion; a\\b\nc"},
		{e.Language, "fr"},
		{e.Description, "one\ntwo"},
		{strings.Join(e.Categories, "|"), "A,B|C|D"},
		{e.Location, "Café"},
		{fmt.Sprint(*e.Geo), "{41.5 44.25}"},
		{fmt.Sprint(e.Attendees), `[{{Doe, Jane "JD" jane+x@example.org} true  INDIVIDUAL}]`},
		{e.Parent, "parent"},
		{string(e.Status), "tentative"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("got %q, want %q", pair[0], pair[1])
		}
	}
	var got []string
	for _, p := range r.Problems {
		got = append(got, fmt.Sprint(p.Line, " ", p.Fault, " ", p.Source))
	}
	if want := []string{"16 line nonsense", "17 line ;x:y", "4 time "}; !slices.Equal(got, want) {
		t.Errorf("got the problems %q, want %q", got, want)
	}
}

func TestSchedule(t *testing.T) {
	for _, test := range []struct {
		name     string
		lines    []string
		want     []string
		problems int
	}{
		{
			"weeks",
			[]string{"DTSTART:20260302T090000Z", "DTEND:20260302T100000Z", "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO,WE", "EXDATE:20260304T090000Z"},
			[]string{"1 20260302T090000Z 20260302T100000Z", "1 20260309T090000Z 20260309T100000Z", "1 20260311T090000Z 20260311T100000Z"},
			0,
		},
		{
			"every other day",
			[]string{"DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260306"},
			[]string{"1 20260302T090000Z -", "1 20260304T090000Z -", "1 20260306T090000Z -"},
			0,
		},
		{"whole days", []string{"DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=DAILY;COUNT=2"}, []string{"1 20260302 -", "1 20260303 -"}, 0},
		{"clocks", []string{"DTSTART;TZID=Europe/Paris:20260327T090000", "RRULE:FREQ=WEEKLY;COUNT=2"}, []string{"1 20260327T080000Z -", "1 20260403T070000Z -"}, 0},
		{
			"dates",
			[]string{"DTSTART:20260302T090000Z", "RDATE:20260310T090000Z,20260312T090000Z"},
			[]string{"1 20260302T090000Z -", "1 20260310T090000Z -", "1 20260312T090000Z -"},
			0,
		},
		{"for ever", []string{"DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY"}, []string{"1 20260302T090000Z -"}, 1},
		{"months", []string{"DTSTART:20260302T090000Z", "RRULE:FREQ=MONTHLY;COUNT=3"}, []string{"1 20260302T090000Z -"}, 1},
		{
			"moved",
			[]string{"DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY;COUNT=2", "END:VEVENT", "BEGIN:VEVENT", "UID:1", "RECURRENCE-ID:20260303T090000Z", "DTSTART:20260303T150000Z"},
			[]string{"1 20260302T090000Z -", "1 20260303T150000Z -"},
			0,
		},
		{
			"later version",
			[]string{"DTSTART:20260302T090000Z", "SEQUENCE:2", "END:VEVENT", "BEGIN:VEVENT", "UID:1", "SEQUENCE:1", "DTSTART:20260303T150000Z"},
			[]string{"1 20260302T090000Z -"},
			1,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, problems := reading(t, entryOf(test.lines...), "").Schedule()
			if got := shownEntries(list); !slices.Equal(got, test.want) || len(problems) != test.problems {
				t.Errorf("got %q and the problems %v, want %q and %d", got, problems, test.want, test.problems)
			}
		})
	}
	list, _ := reading(t, slices.Concat(
		entryOf("DTSTART:20260302T090000Z"), calendarOf("METHOD:CANCEL", "BEGIN:VEVENT", "UID:1", "SEQUENCE:1", "END:VEVENT"),
	), "").Schedule()
	if len(list) != 1 || list[0].Status != agenda.Cancelled || !list[0].HasStart {
		t.Errorf("got %v, want one entry, cancelled, with its time", list)
	}
}

// hostileCalendars are calendars that mean harm, or no calendars.
func hostileCalendars() map[string][]byte {
	repeat := func(s string, n int) string { return strings.Repeat(s, n) }
	rules := repeat("BEGIN:VEVENT\nUID:x\nDTSTART;TZID=Europe/Paris:20260101T000000\nRRULE:FREQ=DAILY;COUNT=366\nEND:VEVENT\n", 20_000)
	return map[string][]byte{
		"parameters":      calendarOf("X;" + repeat("A=1;", 2_000_000) + ":"),
		"folded":          calendarOf("SUMMARY:" + repeat("\r\n a", 4_000_000)),
		"values":          entryOf("X;A=" + repeat("1,", 100_000) + ":x"),
		"quotes":          entryOf("X;A=" + repeat(`"`, 100_001) + ":x"),
		"semicolons":      entryOf("X" + repeat(";", 200_000)),
		"components":      []byte(repeat("BEGIN:A\n", 4_000_000)),
		"calendars":       []byte(repeat("BEGIN:VCALENDAR\n", 1_000_000)),
		"zones":           calendarOf(repeat("BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\n", 200_000)),
		"unknown zones":   calendarOf(repeat("BEGIN:VEVENT\nDTSTART;TZID="+repeat("Europe/", 20)+":20260101T000000\nEND:VEVENT\n", 20_000)),
		"rules":           calendarOf(rules),
		"excepted":        calendarOf(strings.ReplaceAll(rules, "COUNT=366", "COUNT=1")),
		"rule":            entryOf("DTSTART:20260101T000000Z", "RRULE:FREQ=DAILY;COUNT=999999999", "RRULE:FREQ=WEEKLY;INTERVAL=0", "RRULE:"+repeat("BYDAY=MO,", 20_000)),
		"years":           entryOf("DTSTART:00010101T000000Z", "DTEND:99991231T235959Z", "RRULE:FREQ=DAILY;UNTIL=99991231"),
		"durations":       entryOf("DTSTART:20260101T000000Z", "DURATION:PT999999H", "DURATION:P999999W"),
		"categories":      entryOf("CATEGORIES:" + repeat("a,", 100_000)),
		"attendees":       entryOf(repeat("ATTENDEE:mailto:a@example.org\r\n", 100_000) + "X:"),
		"binary":          slices.Concat([]byte("BEGIN:VCALENDAR\n"), bytes.Repeat([]byte{0, 1, 0xff, '\r'}, 500_000)),
		"carriage return": []byte(strings.ReplaceAll(string(entryOf("DTSTART:20260101T000000Z")), "\r\n", "\r")),
		"unended":         []byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nBEGIN:VCALENDAR\nEND:VEVENT\nEND:VALARM"),
	}
}

func TestReadHostile(t *testing.T) {
	for name, source := range hostileCalendars() {
		t.Run(name, func(t *testing.T) {
			var err error
			took := effort.Of(t, func() {
				var r *Reading
				if r, err = Read(source, ""); err == nil {
					r.Schedule()
				}
			})
			if err != nil && !errors.Is(err, ErrNoCalendar) {
				t.Errorf("got %v, want one that wraps ErrNoCalendar", err)
			}
			if took > 2*time.Second {
				t.Errorf("took %v, want less than 2 s", took)
			} else if testing.Verbose() {
				t.Logf("%d bytes took %v", len(source), took)
			}
		})
	}
	for _, s := range []string{"", "hello", "BEGIN:VCARD\r\nEND:VCARD\r\n"} {
		if _, err := Read([]byte(s), ""); !errors.Is(err, ErrNoCalendar) {
			t.Errorf("%q: got %v, want one that wraps ErrNoCalendar", s, err)
		}
	}
}

// FuzzReadCalendar states the law of reading: any bytes are an error or a calendar whose entries
// have ends after their starts and lines that are there.
func FuzzReadCalendar(f *testing.F) {
	for _, source := range hostileCalendars() {
		if len(source) < 10_000 {
			f.Add(source)
		}
	}
	f.Add(entryOf("DTSTART;TZID=Europe/Paris:20260327T090000", "DTEND:20260327T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=FR", "EXDATE:20260403T070000Z"))
	f.Fuzz(func(t *testing.T, source []byte) {
		r, err := Read(source, "Asia/Tbilisi")
		if err != nil {
			return
		}
		lines := 1 + bytes.Count(source, []byte("\n")) + bytes.Count(source, []byte("\r"))
		list, problems := r.Schedule()
		for _, e := range slices.Concat(r.Entries, list) {
			if e.Line < 1 || e.Line > lines {
				t.Errorf("got an entry on line %d of %d", e.Line, lines)
			}
			if e.HasStart && e.HasEnd && !e.WholeDays && e.End.Before(e.Start) || e.WholeDays && e.After.Compare(e.First) <= 0 {
				t.Errorf("got an entry that ends before it begins: %v", e)
			}
			if strings.ContainsRune(e.Title, 0) {
				t.Errorf("got the title %q", e.Title)
			}
		}
		for _, p := range slices.Concat(r.Problems, problems) {
			if p.Line < 1 || p.Line > lines {
				t.Errorf("got a problem on line %d of %d", p.Line, lines)
			}
		}
	})
}
