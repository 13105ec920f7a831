package agendafile_test

import (
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
)

// TestFormatText has a text and how the file says it.
func TestFormatText(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Peers learn from peers", "theme: Peers learn from peers"},
		{"Café, thé & débat (ouvert)", "theme: Café, thé & débat (ouvert)"},
		{"ღია მმართველობა", "theme: ღია მმართველობა"},
		{"It's 10:00", "theme: It's 10:00"},
		{"Topic 1: Peers", `theme: "Topic 1: Peers"`},
		{"Thème 1\u00a0: Pairs", "theme: \"Thème 1\u00a0: Pairs\""},
		{"Peers:", `theme: "Peers:"`},
		{"We are #1", `theme: "We are #1"`},
		{"Room#1", `theme: Room#1`},
		{"- Peers", `theme: "- Peers"`},
		{"“Peers”", `theme: “Peers”`},
		{`"Peers"`, `theme: "\"Peers\""`},
		{`a\b`, `theme: a\b`},
		{"NO", `theme: "NO"`},
		{"Off", `theme: "Off"`},
		{"null", `theme: "null"`},
		{"2021", `theme: "2021"`},
		{"010", `theme: "010"`},
		{"1e3", `theme: "1e3"`},
		{"10:00", `theme: "10:00"`},
		{"2021-03-29", `theme: "2021-03-29"`},
		{"2021 and after", "theme: 2021 and after"},
		{" spaced ", `theme: " spaced "`},
		{"a\tb", `theme: "a\tb"`},
		{"a\x01b\u2028c", `theme: "a\x01b\u2028c"`},
		{"one\ntwo", "theme: |\n  one\n  two"},
		{"one\n\n- two: x\n# three", "theme: |\n  one\n\n  - two: x\n  # three"},
		{"one\n", `theme: "one\n"`},
		{"one  \ntwo", `theme: "one  \ntwo"`},
		{"\none", `theme: "\none"`},
		{" one\ntwo", `theme: " one\ntwo"`},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			d := parseText(t, head)
			d.Event.Theme = agenda.Text{"en": test.text}
			if got := string(format(t, d)); !strings.Contains(got, test.want+"\n") {
				t.Errorf("got\n%s\nwant %s", got, test.want)
			}
			lawful(t, d)
		})
	}
}

// TestFormatValue has a change of a draft and how the file says it.
func TestFormatValue(t *testing.T) {
	tests := []struct {
		name   string
		change func(*agenda.Event)
		want   string
	}{
		{"a text in another language alone", func(e *agenda.Event) { e.Theme = agenda.Text{"fr": "Pairs"} }, "theme: {fr: Pairs}\n"},
		{"languages in the order of the event", func(e *agenda.Event) {
			e.Languages, e.Theme = []string{"fr", "en"}, agenda.Text{"en": "Peers", "fr": "Pairs", "ar": "أقران"}
		}, "theme: {fr: Pairs, en: Peers, ar: أقران}\n"},
		{"a language that is false", func(e *agenda.Event) { e.Theme = agenda.Text{"no": "Tema"} }, `theme: {"no": Tema}` + "\n"},
		{"a text too long for a line", func(e *agenda.Event) {
			e.Theme = agenda.Text{"en": strings.Repeat("peers ", 10) + "x", "fr": strings.Repeat("pairs ", 10) + "x"}
		}, "theme:\n  en: peers "},
		{"a country that is false", func(e *agenda.Event) { e.Venue = &agenda.Venue{Country: "NO"} }, `venue: {country: "NO"}` + "\n"},
		{"a place on the map", func(e *agenda.Event) { e.Venue = &agenda.Venue{Geo: &agenda.Geo{Latitude: -41.5, Longitude: 1e-7}} }, "venue: {geo: [-41.5, 0.0000001]}\n"},
		{"an empty venue", func(e *agenda.Event) { e.Venue = &agenda.Venue{} }, "venue: {}\n"},
		{"a week", func(e *agenda.Event) {
			e.Span = agenda.Span{Week: "2026-W53", From: agenda.Date{Year: 2026, Month: 12, Day: 28}, To: agenda.Date{Year: 2027, Month: 1, Day: 3}}
		}, "week: 2026-W53\n"},
		{"dates", func(e *agenda.Event) {
			e.Span = agenda.Span{From: agenda.Date{Year: 2026, Month: 12, Day: 28}, To: agenda.Date{Year: 2027, Month: 1, Day: 3}}
		}, "dates: 2026-12-28/2027-01-03\n"},
		{"an instant", func(e *agenda.Event) { e.Updated = time.Date(2027, 3, 1, 9, 0, 0, 5000, time.UTC) }, "updated: 2027-03-01T09:00:00.000005Z\n"},
		{"a release", func(e *agenda.Event) { e.Release, e.Sequence = 3, 2 }, "release: 3\n"},
		{"several rooms", func(e *agenda.Event) {
			e.Rooms = append(e.Rooms, agenda.Room{ID: "annex", Name: agenda.Text{"en": "Annex"}})
			e.Days = oneSession(func(s *agenda.Session) { s.Rooms = []string{"annex", "plenary"} })
		}, "        rooms: [annex, plenary]\n"},
		{"one room", func(e *agenda.Event) {
			e.Days = oneSession(func(s *agenda.Session) { s.Rooms = []string{"plenary"} })
		}, "        room: plenary\n"},
		{"an open time", func(e *agenda.Event) { e.Days = oneSession(func(*agenda.Session) {}) }, "4001\n        kind: other\n        title: Opening\n"},
		{"an approximate time", func(e *agenda.Event) {
			e.Days = oneSession(func(s *agenda.Session) {
				s.Time = agenda.Time{Form: agenda.FromTo, Start: 660, End: 735, Approximate: true}
			})
		}, "        time: ca. 11:00-12:15\n"},
		{"a recorded session that is tentative", func(e *agenda.Event) {
			e.Days = oneSession(func(s *agenda.Session) { s.Recorded, s.Status, s.Sequence = true, agenda.Tentative, 4 })
		}, "        status: tentative\n        title: Opening\n        recorded: true\n        sequence: 4\n"},
		{"a question of several lines", func(e *agenda.Event) {
			e.Days = oneSession(func(s *agenda.Session) { s.Questions = []agenda.Text{{"en": "What?\nWhy?"}, {"en": "a\nb", "fr": "c"}} })
		}, "        questions:\n          - |\n            What?\n            Why?\n          - en: |\n              a\n              b\n            fr: c\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := parseText(t, head)
			test.change(d.Event)
			if got := string(format(t, d)); !strings.Contains(got, test.want) {
				t.Errorf("got\n%s\nwant %s", got, test.want)
			}
			lawful(t, d)
		})
	}
}

func TestFormatRefuses(t *testing.T) {
	d := parseText(t, head)
	d.Event.Venue = &agenda.Venue{City: agenda.Text{"en": "Gen\xe8ve"}}
	for _, d := range []*agenda.Draft{d, {}, nil} {
		if b, err := agendafile.Format(d); err == nil {
			t.Errorf("got %q, want an error", b)
		}
	}
}

// oneSession returns a day with one session, changed.
func oneSession(change func(*agenda.Session)) []agenda.Day {
	s := agenda.Session{
		ID: "11111111-1111-4111-8111-111111114001", Kind: agenda.Other, Status: agenda.Confirmed,
		Title: agenda.Text{"en": "Opening"},
	}
	change(&s)
	return []agenda.Day{{Date: agenda.Date{Year: 2027, Month: 3, Day: 29}, Sessions: []agenda.Session{s}}}
}
