package interchange

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/ical"
)

// TestReadCalendars reads every real calendar into a valid draft. That the
// entries are as many as other programs read is shown in package ical.
func TestReadCalendars(t *testing.T) {
	for _, test := range []struct {
		file                    string
		sessions, rooms, people int
		zone                    string
	}{
		{"bristol-dataweek.ics", 9, 3, 0, "UTC"},
		{"esug-2011-apple.ics", 57, 2, 0, "Europe/London"},
		{"exchange-windows-timezones.ics", 372, 1, 0, "Europe/Berlin"},
		{"industry-forums-ru-google.ics", 81, 37, 0, "Europe/Moscow"},
		{"inpycon-2021-duration.ics", 60, 0, 0, "UTC"},
		{"itip-rfc2446-samples.ics", 12, 6, 0, "America/Chicago"},
		{"kielux-2020.ics", 24, 4, 20, "UTC"},
		{"lanyrd-conferences-allday.ics", 9, 7, 0, "UTC"},
		{"linuxconfau-2020.ics", 262, 7, 0, "Australia/Brisbane"},
		{"outlook-2010-invite.ics", 1, 1, 1, "America/New_York"},
		{"pyconau-2023-pretalx.ics", 94, 4, 0, "Australia/Adelaide"},
		{"unicamp-educorp-google.ics", 1817, 9, 0, "America/Sao_Paulo"},
	} {
		began := time.Now()
		r, err := Read(read(t, shared(t, "data", "ics", test.file)), ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: took %v, want less than 20 s", test.file, took)
		}
		if err := r.Draft.Validate(); err != nil {
			t.Errorf("%s: got a draft that is not valid: %.500v", test.file, err)
		}
		e := r.Draft.Event
		got := fmt.Sprint(countSessions(e), len(e.Rooms), len(e.People), e.Zone)
		if want := fmt.Sprint(test.sessions, test.rooms, test.people, test.zone); got != want {
			t.Errorf("%s: got %s, want %s", test.file, got, want)
		}
	}
}

func countSessions(e *agenda.Event) int {
	n := 0
	for range e.Sessions() {
		n++
	}
	return n
}

// TestReadOwnCalendar reads back what a calendar of ours carries of an event.
func TestReadOwnCalendar(t *testing.T) {
	e := sample(t)
	var b bytes.Buffer
	if err := ical.Write(&b, e, ical.Options{BaseURL: "https://meet.example.org"}); err != nil {
		t.Fatal(err)
	}
	r, err := Read(b.Bytes(), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got := r.Draft.Event
	if err := r.Draft.Validate(); err != nil || len(r.Remarks) > 0 {
		t.Errorf("got %v and the remarks %v, want neither", err, r.Remarks)
	}
	if got.ID != e.ID || got.Slug != e.Slug || got.Main(got.Title) != e.Main(e.Title) || got.Zone != e.Zone {
		t.Errorf("got %s %s %s %s, want %s %s %s %s", got.ID, got.Slug, got.Main(got.Title), got.Zone, e.ID, e.Slug, e.Main(e.Title), e.Zone)
	}
	if n, want := countSessions(got), countSessions(e); n != want {
		t.Errorf("got %d sessions, want %d", n, want)
	}
	for i := range e.Days {
		for _, slot := range e.Days[i].Slots() {
			want := slot.Session
			_, s, err := got.Session(want.ID)
			if err != nil {
				t.Errorf("%s: %v", want.Title, err)
				continue
			}
			if g, w := calendarLook(got, s), calendarLook(e, want); g != w || slot.HasStart && s.Time.Start != slot.Start {
				t.Errorf("got %s at %s, want %s at %s", g, s.Time, w, slot.Start)
			}
		}
	}
}

// calendarLook returns what of s a calendar carries besides its time.
func calendarLook(e *agenda.Event, s *agenda.Session) string {
	var rooms []string
	for _, id := range s.AllRooms() {
		if r, err := e.Room(id); err == nil {
			rooms = append(rooms, e.Main(r.Name))
		}
	}
	track := ""
	if t, err := e.Track(s.Track); err == nil {
		track = e.Main(t.Name)
	}
	return fmt.Sprint(e.Main(s.Title), s.Kind, s.Status, rooms, track)
}

// TestReadCalendarEntry shows what becomes of what one entry may say.
func TestReadCalendarEntry(t *testing.T) {
	source := strings.Join([]string{
		"begin:vcalendar", "X-WR-CALNAME:Week of data", "X-WR-TIMEZONE:Europe/Oslo", "nonsense",
		"BEGIN:VEVENT", "UID:1@example.org", "SUMMARY:On tables", "DTSTART;TZID=W. Europe Standard Time:20260601T100000", "DURATION:PT45M",
		"STATUS:TENTATIVE", "CATEGORIES:Atelier,Data,Left over", "LOCATION:Hall", "CONFERENCE;VALUE=URI:https://join.example.org/1",
		"ATTENDEE;CN=Ola Nordmann;ROLE=CHAIR:mailto:ola@example.org", "ATTENDEE;CN=Nino Beridze:mailto:nino@example.org",
		"ATTENDEE;PARTSTAT=DECLINED;CN=Jo Bloggs:mailto:jo@example.org", "ATTENDEE:mailto:nameless@example.org", "END:VEVENT",
		"BEGIN:VEVENT", "UID:2@example.org", "SUMMARY:Every month", "DTSTART:20260602T100000", "RRULE:FREQ=MONTHLY", "END:VEVENT",
		"BEGIN:VEVENT", "UID:3@example.org", "SUMMARY:Called off", "DTSTART;TZID=Nowhere:20260602T110000", "STATUS:CANCELLED", "END:VEVENT", "END:VCALENDAR",
	}, "\n")
	r, err := Read([]byte(source), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e := r.Draft.Event
	if err := r.Draft.Validate(); err != nil {
		t.Fatal(err)
	}
	checkSessions(t, e, []string{
		"10:00-10:45 workshop On tables [ola-nordmann:chair] [nino-beridze:speaker]", "10:00 other Every month", "11:00 other Called off",
	})
	s := e.Days[0].Sessions[0]
	if s.ID != agenda.DerivedID("calendar", "1@example.org") || s.Status != agenda.Tentative || s.Track != "data" || len(s.Rooms) != 1 {
		t.Errorf("got %s %s %s %v, want an ID of the UID, tentative, data and the hall", s.ID, s.Status, s.Track, s.Rooms)
	}
	if got := e.Days[1].Sessions[1].Status; got != agenda.Cancelled {
		t.Errorf("got %s, want cancelled", got)
	}
	n := r.Draft.Backstage[s.ID]
	for _, want := range []string{"Left over", "<nino@example.org>", "<jo@example.org>", "<nameless@example.org>"} {
		if !strings.Contains(n.Notes["en"], want) {
			t.Errorf("got the notes %q, want %q in them", n.Notes["en"], want)
		}
	}
	if n.Join != "https://join.example.org/1" {
		t.Errorf("got the link %q", n.Join)
	}
	found := map[Code]int{}
	for _, m := range r.Remarks {
		if found[m.Code] == 0 {
			found[m.Code] = m.Line
		}
	}
	for code, line := range map[Code]int{NotPlaced: 4, PersonGuessed: 5, NotRepeated: 23, ZoneUnknown: 28} {
		if found[code] != line {
			t.Errorf("%s: got line %d, want %d", code, found[code], line)
		}
	}
}
