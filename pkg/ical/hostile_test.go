package ical

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
)

// hostile are texts that have made calendar programs drop a whole feed, or that should.
var hostile = []string{
	`He said "no"; \, and: left`, "O'Brien, Jane; a:b", "^n ^' ^^", "line\nline", "line\r\nEVIL:1", "line\rEVIL:1", "END:VEVENT\r\nBEGIN:VEVENT",
	"nul\x00bell\x07esc\x1bdel\x7f", "bad\xff\xfe\xc3", "\u0085next\u2028line\u2029end", "👩‍👩‍👧‍👦 ქართული العربية", "\u202egnp.exe\u202c", "\u2066open \u2067more",
	"\ufeffmark\ufffe", strings.Repeat("x", 10_000), strings.Repeat("é,", 5_000), strings.Repeat("\\", 200), "\\n", "a\\", " ", "", "\t\ttabs\t", ";:,\"'",
}

// poison writes s wherever a person may write.
func poison(t testing.TB, s string) *agenda.Event {
	e := meeting(t)
	at := en(s)
	e.Slug, e.Title, e.Theme, e.Approach, e.Information, e.Series.Title, e.Online.Platform = s, at, at, at, at, at, at
	e.Venue.Name, e.Venue.Address, e.Venue.City, e.Venue.Country = at, at, at, s
	for i := range e.Rooms {
		e.Rooms[i].Name = at
	}
	e.Tracks[0].Name = at
	for i := range e.People {
		p := &e.People[i]
		p.Name, p.Honorific, p.Organisation, p.Country, p.Posts = at, at, at, s, []agenda.Text{at}
	}
	for _, x := range e.Sessions() {
		x.Title, x.Abstract, x.Audience, x.Questions = at, at, at, []agenda.Text{at}
		x.Links = []agenda.Link{{Title: at, URL: s}}
		x.Language, x.Interpretation = s, []string{s}
		for role := range x.AllRoles() {
			role.Label = at
		}
		for talk := range x.AllTalks() {
			talk.Title, talk.Abstract = at, at
		}
	}
	return e
}

// outputs returns every kind of calendar of e, with s backstage and in addresses.
func outputs(t testing.TB, e *agenda.Event, s string) map[string][]byte {
	first := &e.Days[0].Sessions[0]
	own := Own{ID: "r1", Person: "nino", Sessions: []string{s}, Alarms: true, Backstage: agenda.Backstage{agenda.BackstageEvent: {Join: s, Phone: s, Code: s}}}
	i := invitation()
	i.Organiser.Name, i.Attendee.Name = s, s
	all := map[string]func(*bytes.Buffer) error{
		"feed": func(b *bytes.Buffer) error { return Write(b, e, Options{BaseURL: site + s, EachTalk: true, Lang: s}) },
		"file": func(b *bytes.Buffer) error { return Write(b, e, Options{UTC: true}) },
		"series": func(b *bytes.Buffer) error {
			return WriteSeries(b, *e.Series, []*agenda.Event{e}, Options{BaseURL: site})
		},
		"own":       func(b *bytes.Buffer) error { return WriteOwn(b, e, own, Options{BaseURL: site}) },
		"moderator": func(b *bytes.Buffer) error { return WriteModerator(b, e, own, Options{BaseURL: site}) },
		"request":   func(b *bytes.Buffer) error { return WriteRequest(b, e, first, i) },
		"cancel":    func(b *bytes.Buffer) error { return WriteCancel(b, e, first, i) },
	}
	bytes := map[string][]byte{}
	for name, write := range all {
		bytes[name] = written(t, write)
	}
	return bytes
}

// lawful checks what must hold whatever people write.
func lawful(t testing.TB, s string) {
	t.Helper()
	e := poison(t, s)
	sessions := 0
	for range e.Sessions() {
		sessions++
	}
	for name, calendar := range outputs(t, e, s) {
		b := read(t, calendar)
		for _, v := range b.all("VEVENT") {
			checkEntry(t, name, v)
		}
		if got, want := len(b.all("VEVENT")), sessions-1+1; name == "file" && got != want { // a buffer less, the event more
			t.Fatalf("%q: got %d entries, want %d", s, got, want)
		}
	}
}

// checkEntry checks that v has what every VEVENT must have, once.
func checkEntry(t testing.TB, name string, v *block) {
	t.Helper()
	seen := map[string]int{}
	for _, l := range v.lines {
		seen[l.name]++
	}
	for _, once := range []string{"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS", "TRANSP", "CLASS"} {
		if seen[once] != 1 {
			t.Fatalf("%s: got %d times %s, want 1", name, seen[once], once)
		}
	}
	mail := name == "request" || name == "cancel"
	if mail != (seen["ATTENDEE"] == 1) || mail != (seen["ORGANIZER"] == 1) {
		t.Fatalf("%s: got %d ATTENDEE and %d ORGANIZER", name, seen["ATTENDEE"], seen["ORGANIZER"])
	}
}

func TestHostileText(t *testing.T) {
	for _, s := range hostile {
		lawful(t, s)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 2_000 {
			lawful(t, s)
		}
	})
}

// FuzzProperty is about the layer alone, and fast.
func FuzzProperty(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var p properties
		p.line("SUMMARY", s)
		p.text("DESCRIPTION", s)
		p.uri("URL", s, nil)
		p.address("ATTENDEE", Mailbox{s, s}, params{"ROLE": {"CHAIR"}})
		b := read(t, serialised(t, p.component("VCALENDAR")))
		got := [2]string{unescape(b.first("SUMMARY")), unescape(b.first("DESCRIPTION"))}
		if want := [2]string{oneLine(s), strings.TrimSpace(clean(s))}; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if again := clean(clean(s)); again != clean(s) {
			t.Errorf("cleaned twice: got %q, want %q", again, clean(s))
		}
		if url := b.first("URL"); strings.ContainsFunc(url, foreign) {
			t.Errorf("got the address %q, which is none", url)
		}
	})
}

// serialised returns what c writes.
func serialised(t testing.TB, c *component) []byte {
	t.Helper()
	return written(t, func(b *bytes.Buffer) error { return c.SerializeTo(b, nil) })
}

// What a person wrote arrives, but for what no calendar can carry.
func TestTextArrives(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{`He said "no"; \, and: left`, `He said "no"; \, and: left`},
		{"line\r\nEVIL:1", "line EVIL:1"},
		{"a\rb", "a b"},
		{"nul\x00bell\x07", "nulbell"},
		{"bad\xff", "bad\ufffd"},
		{"\u202egnp.exe\u202c", "gnp.exe"},
		{"\u2067open", "\u2067open\u2069"},
		{"close\u2069d", "closed"},
		{"👩‍👩‍👧‍👦 ქართული العربية", "👩‍👩‍👧‍👦 ქართული العربية"},
		{`\n is not a line end`, `\n is not a line end`},
	} {
		e := online(t)
		e.Days[0].Sessions[0].Title = en(tt.title)
		b := read(t, written(t, func(b *bytes.Buffer) error { return Write(b, e, Options{Session: e.Days[0].Sessions[0].ID}) }))
		if got := unescape(b.all("VEVENT")[0].first("SUMMARY")); got != tt.want {
			t.Errorf("title %q: got %q, want %q", tt.title, got, tt.want)
		}
	}
}

// unescape reads a TEXT sign by sign.
func unescape(s string) string {
	var b strings.Builder
	escaped := false
	for _, r := range s {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case escaped && (r == 'n' || r == 'N'):
			r = '\n'
		}
		escaped = false
		b.WriteRune(r)
	}
	return b.String()
}

func TestNamesInParameters(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{`O'Brien`, `CN="O'Brien"`},
		{"Doe, Jane", `CN="Doe, Jane"`},
		{"a:b;c", `CN="a:b,c"`},
		{`Jane "JD" Doe`, `CN="Jane 'JD' Doe"`},
		{"x\r\nEVIL:1", `CN="x EVIL:1"`},
		{"José ^ Ñ", `CN="José ^^ Ñ"`},
		{" ", `CN="nino@example.org"`},
	} {
		i := invitation()
		i.Attendee.Name = tt.name
		e := online(t)
		b := read(t, written(t, func(b *bytes.Buffer) error { return WriteRequest(b, e, &e.Days[0].Sessions[0], i) }))
		for _, l := range b.all("VEVENT")[0].lines {
			if l.name == "ATTENDEE" && (!strings.HasPrefix(l.params, tt.want+";") || l.value != "mailto:nino@example.org") {
				t.Errorf("%q: got %s:%s, want %s", tt.name, l.params, l.value, tt.want)
			}
		}
	}
}

func TestURI(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a?b=1,2;c": "https://example.org/a?b=1,2;c",
		"https://example.org/\r\nX:1":   "https://example.org/X:1",
		"https://example.org/a b\"é":    "https://example.org/a%20b%22%C3%A9",
		"https://example.org/\xff\x00":  "https://example.org/%FF",
	} {
		if got := uri(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func invitation() Invitation {
	return Invitation{
		Replies:   true,
		Organiser: Mailbox{"Points of Contact", "calendar+1@example.org"},
		Attendee:  Mailbox{"Nino Beridze", "nino@example.org"},
		Role:      agenda.Moderator, Sequence: 2,
		Sent: time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC), BaseURL: site,
	}
}
