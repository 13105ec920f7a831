package web

import (
	"fmt"
	"strings"
	"testing"

	"tamada/pkg/agenda"
)

// day returns a day of sessions written as "10:00-11:00 room", without a room
// where none is given.
func day(t *testing.T, sessions ...string) *agenda.Day {
	t.Helper()
	d := &agenda.Day{Date: agenda.Date{Year: 2026, Month: 11, Day: 23}}
	for i, s := range sessions {
		clock, room, _ := strings.Cut(s, " ")
		at, err := agenda.ParseTime(clock)
		if err != nil {
			t.Fatal(err)
		}
		one := agenda.Session{ID: agenda.DerivedID(fmt.Sprint(i)), Time: at}
		if room != "" {
			one.Rooms = []string{room}
		}
		d.Sessions = append(d.Sessions, one)
	}
	return d
}

func TestPlaces(t *testing.T) {
	v := &view{event: &agenda.Event{Rooms: []agenda.Room{{ID: "a"}, {ID: "b"}, {ID: "c"}}}}
	for _, tt := range []struct {
		sessions []string
		want     string // classes of the sessions of each cluster
	}{
		{[]string{"09:00-10:00", "10:00-11:00"}, "- | -"},
		{[]string{"09:00-10:00 b", "09:00-10:00 a"}, "c2 r1 s1, c1 r1 s1"},
		{[]string{"09:00-11:00 a", "09:00-10:00 b", "10:00-11:00 b", "11:00-12:00"}, "c1 r1 s2, c2 r1 s1, c2 r2 s1 | -"},
		{[]string{"09:00-10:30 a", "10:00-11:00 a"}, "c1 r1 s2, c2 r2 s2"},
		{[]string{"09:00-10:00", "09:30-10:00"}, "c1 r1 s2, c2 r2 s1"},
		{[]string{"09:00-10:00 a", "09:00-09:00 b"}, "c1 r1 s2, c2 r1 s1"},
		{[]string{"09:00", "09:00"}, "c1 r1 s1, c2 r1 s1"},
		{[]string{"morning", "morning"}, "- | -"},
		{[]string{"09:00-10:00 a", "09:00-10:00 b", "09:00-10:00 c", "09:00-10:00", "09:00-10:00", "09:00-10:00", "09:00-10:00"}, "-"},
	} {
		var got []string
		for _, cluster := range clusters(day(t, tt.sessions...).Slots()) {
			classes, _ := v.places(cluster)
			if classes == nil {
				classes = []string{"-"}
			}
			got = append(got, strings.Join(classes, ", "))
		}
		if got := strings.Join(got, " | "); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.sessions, got, tt.want)
		}
	}
}

// A meeting of which no day is fixed has a page that says so.
func TestEventWithoutDays(t *testing.T) {
	s, m := newServer(t)
	d := forumAs(t, "later-2027")
	e := d.Event
	e.Days, d.Backstage = nil, nil
	m.publish(t, d, "")
	if w := get(s, "/e/later-2027"); !contains(w, "The sessions have not been published yet.") || !contains(w, "dates to be confirmed") {
		t.Errorf("got %d %s, want a page that says what is open", w.Code, w.Body)
	}
	e.Span = agenda.Span{Week: "2027-W26", From: agenda.Date{Year: 2027, Month: 6, Day: 28}, To: agenda.Date{Year: 2027, Month: 7, Day: 4}}
	m.publish(t, d, "")
	if w := get(s, "/e/later-2027"); !contains(w, "Week 26 of 2027 (28 June – 4 July 2027)") {
		t.Errorf("got %d %s, want the week", w.Code, w.Body)
	}
	for _, path := range []string{"/", "/e/later-2027/now", "/e/later-2027/changes", "/e/later-2027/subscribe", "/e/later-2027/print", "/e/later-2027/calendar.ics"} {
		if w := get(s, path); w.Code != 200 {
			t.Errorf("%s = %d, want 200", path, w.Code)
		}
	}
}
