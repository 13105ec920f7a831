package interchange

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/ical"
	"tamada/pkg/locale"
)

// TestReadCalendars reads real calendars, and counts.
func TestReadCalendars(t *testing.T) {
	type count struct {
		sessions, days, rooms, people int // -1 where prose names them
		zone, language                string
		remarks                       int
	}
	for file, want := range map[string]count{
		"bristol-dataweek.ics":           {9, 5, 3, 0, "UTC", "en", 1},
		"esug-2011-apple.ics":            {57, 6, 2, 0, "Europe/London", "en", 0},
		"exchange-windows-timezones.ics": {372, 270, 0, 0, "Europe/Berlin", "en", 1},
		"industry-forums-ru-google.ics":  {81, 46, 37, 0, "Europe/Moscow", "ru", 0},
		"inpycon-2021-duration.ics":      {60, 3, 0, -1, "UTC", "en", 2},
		"itip-rfc2446-samples.ics":       {11, 8, 5, 0, "America/Chicago", "en", 50}, // answers, tasks and old versions are left out
		"kielux-2020.ics":                {24, 2, 4, -1, "UTC", "de", 1},
		"lanyrd-conferences-allday.ics":  {8, 8, 7, 0, "UTC", "en", 3}, // "Next Year" is no date
		"linuxconfau-2020.ics":           {262, 6, 7, -1, "Australia/Brisbane", "en", 0},
		"outlook-2010-invite.ics":        {1, 1, 1, 1, "America/New_York", "en", 0},
		"pyconau-2023-pretalx.ics":       {94, 3, 4, 84, "Australia/Adelaide", "en", 1},
		"unicamp-educorp-google.ics":     {1008, 366, 3, 0, "America/Sao_Paulo", "pt", 2}, // three years and more, of which one is read,
	} {
		source := read(t, shared(t, "data", "ics", file))
		r, err := Read(source, ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		e := r.Draft.Event
		if err := r.Draft.Validate(); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		got := count{0, len(e.Days), len(e.Rooms), len(e.People), e.Zone, e.Languages[0], len(r.Remarks)}
		for range e.Sessions() {
			got.sessions++
		}
		if want.people < 0 {
			got.people = want.people
		}
		if got != want {
			t.Errorf("%s: got %v, want %v", file, got, want)
		}
	}
}

// TestCalendarsReadBack reads our own calendars: everything that a calendar has a place for
// comes back the same, in every language.
func TestCalendarsReadBack(t *testing.T) {
	for _, lang := range locale.Interface() {
		want := sample(t)
		var b bytes.Buffer
		if err := ical.Write(&b, want, ical.Options{BaseURL: "https://meet.example.org", Lang: lang}); err != nil {
			t.Fatal(err)
		}
		r, err := Read(b.Bytes(), ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got := r.Draft.Event
		if err := r.Draft.Validate(); err != nil {
			t.Fatal(err)
		}
		say := func(e *agenda.Event, t agenda.Text) string { s, _ := t.In(lang, e.Languages...); return s }
		for name, pair := range map[string][2]string{
			"id":     {got.ID, want.ID},
			"slug":   {got.Slug, want.Slug},
			"title":  {say(got, got.Title), say(want, want.Title)},
			"zone":   {got.Zone, want.Zone},
			"status": {string(got.Status), string(want.Status)},
			"format": {string(got.Format), string(want.Format)},
			"venue":  {say(got, got.Venue.Name), say(want, want.Venue.Name)},
			"city":   {say(got, got.Venue.City), say(want, want.Venue.City)},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %s: got %q, want %q", lang, name, pair[0], pair[1])
			}
		}
		compareCalendars(t, lang, got, want)
	}
}

// compareCalendars compares the sessions that calendars hold.
func compareCalendars(t *testing.T, lang string, got, want *agenda.Event) {
	t.Helper()
	for i := range want.Days {
		for _, slot := range want.Days[i].Slots() {
			w := slot.Session
			if w.Kind == agenda.Buffer {
				continue
			}
			_, g, err := got.Session(w.ID)
			if err != nil {
				t.Errorf("%s: %v", lang, err)
				continue
			}
			if g, w := shownInCalendar(got, g, lang), shownInCalendar(want, w, lang); !slices.Equal(g, w) {
				t.Errorf("%s: got %q, want %q", lang, g, w)
			}
			if start := g.Time.Start; slot.HasStart && start != slot.Start {
				t.Errorf("%s: %v: got %v, want %v", lang, g.Title, start, slot.Start)
			}
			if slot.HasStart && slot.HasEnd && g.Time.End != slot.End {
				t.Errorf("%s: %v: got the end %v, want %v", lang, g.Title, g.Time.End, slot.End)
			}
		}
	}
}

// shownInCalendar returns what a calendar shows of a session: title, status, kind, track, rooms.
func shownInCalendar(e *agenda.Event, s *agenda.Session, lang string) []string {
	say := func(t agenda.Text) string { text, _ := t.In(lang, e.Languages...); return text }
	shown := []string{say(s.Title), string(s.Status), string(s.Kind)}
	if track, err := e.Track(s.Track); err == nil {
		shown = append(shown, say(track.Name))
	}
	for _, id := range s.AllRooms() {
		if room, err := e.Room(id); err == nil {
			shown = append(shown, say(room.Name))
		}
	}
	return shown
}

// TestReadOwnCalendars reads the calendars that package ical is held to.
func TestReadOwnCalendars(t *testing.T) {
	paths, err := filepath.Glob("../ical/testdata/*.ics")
	if err != nil || len(paths) < 20 {
		t.Fatalf("got %d calendars, %v; want 20 and more", len(paths), err)
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(source, ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if err := r.Draft.Validate(); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		entries, sessions := bytes.Count(source, []byte("BEGIN:VEVENT")), 0
		for range r.Draft.Event.Sessions() {
			sessions++
		}
		if sessions != entries && sessions != entries-1 { // the event itself is no session
			t.Errorf("%s: got %d sessions of %d entries", path, sessions, entries)
		}
	}
}

const meeting = `BEGIN:VCALENDAR
PRODID:-//Example//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E008
DTSTART;TZID=W. Europe Standard Time:20260601T090000
DTEND;TZID=W. Europe Standard Time:20260601T100000
SUMMARY:Bureau
LOCATION:Microsoft Teams Meeting
DESCRIPTION:Agenda attached.\n________________\nJoin: https://teams.microsoft.com/l/meetup-join/19%3asecret\nModerator: Nino Beridze
ORGANIZER;CN="Doe, Jane":mailto:jane@example.org
ATTENDEE;CN="Rossi, Marco";ROLE=CHAIR:mailto:marco@example.org
ATTENDEE;CN=Ola Nordmann:mailto:ola@example.org
ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@example.org
END:VEVENT
END:VCALENDAR
`

// TestReadInvitation reads an invitation: links to join and the addresses of those who are
// invited are backstage alone; who chairs has a role.
func TestReadInvitation(t *testing.T) {
	r, err := Read([]byte(meeting), ReadOptions{Slug: "bureau"})
	if err != nil {
		t.Fatal(err)
	}
	var public bytes.Buffer
	if err := WriteJSON(&public, r.Draft.Event, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"teams.microsoft.com", "@example.org", "Jane", "Nordmann"} {
		if strings.Contains(public.String(), secret) {
			t.Errorf("got %q in the event, want it backstage alone", secret)
		}
	}
	s := r.Draft.Event.Days[0].Sessions[0]
	if n := r.Draft.Backstage[s.ID]; n.Join != "https://teams.microsoft.com/l/meetup-join/19%3asecret" || !strings.Contains(n.Notes["en"], "ola@example.org") {
		t.Errorf("got %v backstage, want the link to join and who is invited", n)
	}
	checkSessions(t, r.Draft.Event, []string{"09:00-10:00 other Bureau [nino-beridze:moderator] [marco-rossi:chair]"})
	if len(s.Rooms) != 1 || r.Draft.Event.Zone != "Europe/Berlin" {
		t.Errorf("got the rooms %v in %s, want room 4 in Europe/Berlin", s.Rooms, r.Draft.Event.Zone)
	}
}

// TestReadCalendarAgain reads a calendar twice, the second time with another title: sessions
// keep their IDs, for they have UIDs.
func TestReadCalendarAgain(t *testing.T) {
	first, err := Read([]byte(meeting), ReadOptions{Slug: "bureau"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := Read([]byte(strings.Replace(meeting, "SUMMARY:Bureau", "SUMMARY:Bureau meeting", 1)), ReadOptions{Slug: "bureau"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := second.Draft.Event.Days[0].Sessions[0].ID, first.Draft.Event.Days[0].Sessions[0].ID; got != want {
		t.Errorf("got the ID %s, want %s", got, want)
	}
}

func TestReadNoCalendar(t *testing.T) {
	if _, err := ReadCalendar([]byte("hello"), ReadOptions{}); !errors.Is(err, ErrFormat) || !errors.Is(err, ical.ErrNoCalendar) {
		t.Errorf("got %v, want an error that wraps ErrFormat and ErrNoCalendar", err)
	}
}

// FuzzReadInvitation states the law of reading calendars: any bytes give an error of a known
// kind or a draft that keeps to the rules.
func FuzzReadInvitation(f *testing.F) {
	f.Add([]byte(meeting))
	f.Add([]byte("BEGIN:VCALENDAR\nPRODID:-//pretalx//\nX-WR-CALNAME:A\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260601\nSUMMARY:A\nLOCATION:x (y), z\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nRELATED-TO:1\nDTSTART:20260601T090000\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:Cancelled: B - Anna Lind\nSTATUS:CANCELLED\nCATEGORIES:a,Workshop\nGEO:1;2\nURL:https://x.example\nEND:VEVENT\nEND:VCALENDAR"))
	f.Fuzz(func(t *testing.T, source []byte) {
		r, err := ReadCalendar(source, ReadOptions{})
		if err != nil {
			if !errors.Is(err, ErrFormat) {
				t.Fatalf("got %v, want an error that wraps ErrFormat", err)
			}
			return
		}
		if err := r.Draft.Validate(); err != nil {
			t.Fatalf("got a draft that is not valid: %v", err)
		}
	})
}

// TestReadCalendarsOfSystems reads what other systems write in ways of their own.
func TestReadCalendarsOfSystems(t *testing.T) {
	for _, test := range []struct {
		name, product string
		entries       []string
		want          []string
		rooms, tracks int
		venue         string
	}{
		{
			"Indico", "-//CERN//INDICO//EN",
			[]string{
				"SUMMARY:Open data\nDTSTART:20260601T070000Z\nDTEND:20260601T080000Z\nLOCATION:Room 1 (House of Justice)\nURL:https://indico.example/1\nDESCRIPTION:Speakers: Anna Lind (OECD)\\, Ola Nordmann\\n\\nWhat works.\\n\\nhttps://indico.example/1",
				"SUMMARY:Budgets\nDTSTART:20260601T080000Z\nDTEND:20260601T090000Z\nLOCATION:Room 2 (House of Justice)",
			},
			[]string{"07:00-08:00 other Open data [anna-lind:speaker] [ola-nordmann:speaker]", "08:00-09:00 other Budgets"},
			2, 0, "House of Justice",
		},
		{
			"pretalx", "-//pretalx//pretalx.com//",
			[]string{"SUMMARY:Open data - a start - Anna Lind\\, Ola Nordmann\nDTSTART:20260601T070000Z\nDTEND:20260601T080000Z\nLOCATION:Hall C (Plenary)"},
			[]string{"07:00-08:00 other Open data - a start [anna-lind:speaker] [ola-nordmann:speaker]"},
			1, 0, "",
		},
		{
			"Outlook", "-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
			[]string{"SUMMARY;LANGUAGE=en-gb:Bureau\nDTSTART;TZID=\"W. Europe Standard Time\":20260601T090000\nDTEND;TZID=\"W. Europe Standard Time\":20260601T100000\nCATEGORIES:Workshop,Blue Category"},
			[]string{"09:00-10:00 workshop Bureau"},
			0, 1, "",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := "BEGIN:VCALENDAR\nPRODID:" + test.product + "\nX-WR-CALNAME:Meeting\n"
			for _, e := range test.entries {
				source += "BEGIN:VEVENT\n" + e + "\nEND:VEVENT\n"
			}
			r, err := Read([]byte(source+"END:VCALENDAR\n"), ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			e := r.Draft.Event
			checkSessions(t, e, test.want)
			venue := ""
			if e.Venue != nil {
				venue = e.Main(e.Venue.Name)
			}
			if len(e.Rooms) != test.rooms || len(e.Tracks) != test.tracks || venue != test.venue {
				t.Errorf("got the rooms %v, the tracks %v and the venue %q, want %d, %d and %q", e.Rooms, e.Tracks, venue, test.rooms, test.tracks, test.venue)
			}
		})
	}
}
