package ical

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := zone.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// vtimezone returns the VTIMEZONE of loc for a time as the tests read it.
func vtimezone(t testing.TB, loc *time.Location, from, to time.Time) *block {
	t.Helper()
	var p properties
	return read(t, serialised(t, p.component("VCALENDAR", timezone(loc, from, to)))).inside[0]
}

// agree checks that a VTIMEZONE gives t the offset that the zone data give it, if a local
// time can say t at all: what clocks show twice it cannot.
func agree(t *testing.T, loc *time.Location, z wallZone, at time.Time) {
	t.Helper()
	at = at.In(loc)
	if shownTwice(at) {
		return
	}
	wall := time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
	if got := z.instant(wall); !got.Equal(at) {
		t.Errorf("%s: %s is %v, want %v", loc, wall.Format(localLayout), got.UTC(), at.UTC())
	}
}

func TestTimezoneToTheSecond(t *testing.T) {
	for _, tt := range []struct {
		name, change string // an instant about which the clocks change, or changed for the last time
		shape        string // the observances
	}{
		{"Europe/Paris", "2026-03-29T01:00:00Z", "STANDARD RRULE, DAYLIGHT RRULE"},
		{"Europe/Paris", "2026-10-25T01:00:00Z", "STANDARD RRULE, DAYLIGHT RRULE"},
		{"Asia/Tbilisi", "2026-11-03T00:00:00Z", "STANDARD"},
		{"Asia/Almaty", "2024-02-29T19:00:00Z", "STANDARD, STANDARD"},
		{"Africa/Casablanca", "2026-02-15T02:00:00Z", ""},
		{"Asia/Tehran", "2022-09-21T19:30:00Z", "STANDARD, DAYLIGHT, STANDARD"},
		{"Australia/Lord_Howe", "2026-04-04T15:00:00Z", "STANDARD RRULE, DAYLIGHT RRULE"},
		{"America/New_York", "2026-03-08T07:00:00Z", "STANDARD RRULE, DAYLIGHT RRULE"},
		{"Europe/Dublin", "2026-03-29T01:00:00Z", "STANDARD RRULE, DAYLIGHT RRULE"},
		{"Asia/Gaza", "2026-03-28T00:00:00Z", ""},
		{"America/Sao_Paulo", "2018-11-04T03:00:00Z", ""},
		{"Pacific/Apia", "2011-12-30T10:00:00Z", ""},
		{"Asia/Kathmandu", "2026-01-01T00:00:00Z", "STANDARD"},
		{"UTC", "2026-01-01T00:00:00Z", "STANDARD"},
	} {
		loc := load(t, tt.name)
		change, err := time.Parse(time.RFC3339, tt.change)
		if err != nil {
			t.Fatal(err)
		}
		from, to := change.AddDate(-1, 0, 0), change.AddDate(1, 0, 0)
		b := vtimezone(t, loc, from, to)
		if got := shape(b); tt.shape != "" && got != tt.shape {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.shape)
		}
		z := readZone(t, b)
		for s := -2 * time.Hour; s <= 2*time.Hour; s += time.Second {
			agree(t, loc, z, change.Add(s))
		}
		for at := from; at.Before(to); at = at.Add(time.Hour) {
			agree(t, loc, z, at)
		}
	}
}

// shape returns the observances of a VTIMEZONE and which of them have rules.
func shape(b *block) string {
	var parts []string
	for _, o := range b.inside {
		part := o.name
		if o.first("RRULE") != "" {
			part += " RRULE"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// All zones, over the changes of their clocks from 2000 to 2030.
func TestTimezoneOfEveryZone(t *testing.T) {
	for _, name := range zone.Names() {
		loc := load(t, name)
		for year := 2000; year < 2030; year += 5 {
			from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
			to := from.AddDate(5, 0, 0)
			z := readZone(t, vtimezone(t, loc, from, to))
			for _, o := range observances(loc, from, to) {
				for _, s := range []time.Duration{-time.Hour, -time.Second, 0, time.Second, time.Hour, 1000 * time.Hour} {
					if at := o.onset.Add(s); at.After(from) && at.Before(to) {
						agree(t, loc, z, at)
					}
				}
			}
		}
	}
}

// Sessions about changes of the clocks begin and end in the feed when they do.
func TestTimesAcrossChanges(t *testing.T) {
	for _, tt := range []struct {
		zone, date string
		when       string
		start, end string // in UTC
	}{
		{"Europe/Paris", "2026-03-29", "01:30-03:30", "20260329T003000Z", "20260329T013000Z"},
		{"Europe/Paris", "2026-03-29", "02:30-03:15", "20260329T013000Z", "20260329T021500Z"}, // begins in a skipped hour
		{"Europe/Paris", "2026-10-25", "02:30-03:30", "20261025T003000Z", "20261025T023000Z"}, // the first 02:30
		{"Europe/Paris", "2026-10-24", "22:30-03:00", "20261024T203000Z", "20261025T020000Z"},
		{"Asia/Tbilisi", "2026-11-03", "+1 00:30-01:30", "20261103T203000Z", "20261103T213000Z"},
		{"Asia/Almaty", "2024-02-29", "09:00-10:00", "20240229T030000Z", "20240229T040000Z"},
		{"Asia/Almaty", "2024-03-01", "09:00-10:00", "20240301T040000Z", "20240301T050000Z"},
		{"Africa/Casablanca", "2026-12-01", "09:00-10:00", "20261201T090000Z", "20261201T100000Z"},
		{"Asia/Tehran", "2022-09-21", "09:00-10:00", "20220921T043000Z", "20220921T053000Z"},
		{"Asia/Tehran", "2022-09-22", "09:00-10:00", "20220922T053000Z", "20220922T063000Z"},
		{"Australia/Lord_Howe", "2026-04-05", "01:45-03:00", "20260404T144500Z", "20260404T163000Z"},
		{"America/New_York", "2026-11-01", "00:30-02:30", "20261101T043000Z", "20261101T073000Z"},
		{"UTC", "2026-11-01", "00:30-02:30", "20261101T003000Z", "20261101T023000Z"},
	} {
		e := online(t)
		date, err := agenda.ParseDate(tt.date)
		if err != nil {
			t.Fatal(err)
		}
		e.Zone, e.Days = tt.zone, []agenda.Day{{Date: date, Sessions: []agenda.Session{session(t, tt.when, agenda.Plenary, "Work")}}}
		for _, utc := range []bool{false, true} {
			b := read(t, written(t, func(b *bytes.Buffer) error { return Write(b, e, Options{UTC: utc}) }))
			v := b.entry(t, "Work")
			start, end := v.when(t, b, "DTSTART").Format(utcLayout), v.when(t, b, "DTEND").Format(utcLayout)
			if start != tt.start || end != tt.end {
				t.Errorf("%s %s %s: got %s to %s, want %s to %s", tt.zone, tt.date, tt.when, start, end, tt.start, tt.end)
			}
		}
	}
}

// Programs disagree about which of the two is meant.
func TestTimesShownTwiceAreInUTC(t *testing.T) {
	c := newClock(load(t, "Europe/Paris"), false)
	for _, tt := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 10, 24, 23, 59, 59, 0, time.UTC), "20261025T015959"},
		{time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC), "20261025T000000Z"},
		{time.Date(2026, 10, 25, 0, 59, 59, 0, time.UTC), "20261025T005959Z"},
		{time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC), "20261025T010000Z"},
		{time.Date(2026, 10, 25, 1, 59, 59, 0, time.UTC), "20261025T015959Z"},
		{time.Date(2026, 10, 25, 2, 0, 0, 0, time.UTC), "20261025T030000"},
	} {
		var p properties
		c.instant(&p, "DTSTART", tt.at)
		if got := p[0].Value; got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.at, got, tt.want)
		}
	}
}

func TestOffset(t *testing.T) {
	for seconds, want := range map[int]string{0: "+0000", 19800: "+0530", -18000: "-0500", -921: "-001521", 45900: "+1245"} {
		if got := offset(seconds); got != want {
			t.Errorf("%d: got %s, want %s", seconds, got, want)
		}
	}
}
