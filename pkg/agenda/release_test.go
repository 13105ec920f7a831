package agenda

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var (
	monday  = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	tuesday = monday.AddDate(0, 0, 1)
)

// sequences writes the sequence of the event and of its sessions down, with a
// star where it was raised on Tuesday.
func sequences(e *Event) string {
	list := []string{fmt.Sprintf("event %d%s", e.Sequence, star(e.Modified))}
	for _, s := range e.Sessions() {
		list = append(list, fmt.Sprintf("%s %d%s", s.Title["en"], s.Sequence, star(s.Modified)))
	}
	return strings.Join(list, ", ")
}

func star(t time.Time) string {
	if t.Equal(tuesday) {
		return "*"
	}
	return ""
}

func TestRestamp(t *testing.T) {
	const unchanged = "event 0, Opening 0, Work 0, End 0"
	for _, tt := range []struct {
		name string
		edit func(e *Event)
		want string
	}{
		{"nothing", func(*Event) {}, unchanged},
		{"room renamed", func(e *Event) { e.Rooms[0].Name = Text{"en": "Great hall"} }, "event 0, Opening 1*, Work 0, End 0"},
		{"unused room renamed", func(e *Event) { e.Rooms[1].Name = Text{"en": "Tower"} }, unchanged},
		{"capacity of a room", func(e *Event) { e.Rooms[0].Capacity = 300 }, unchanged},
		{"post", func(e *Event) { e.People[0].Posts = []Text{{"en": "Minister"}} }, "event 0, Opening 1*, Work 0, End 0"},
		{"another language", func(e *Event) { e.Days[0].Sessions[1].Title["ka"] = "მუშაობა" }, "event 0, Opening 0, Work 1*, End 0"},
		{"start moves the end before it", func(e *Event) { e.Days[0].Sessions[1].Time.Start = 615 }, "event 0, Opening 1*, Work 1*, End 0"},
		{"same time in other words", func(e *Event) { e.Days[0].Sessions[1].Time, _ = ParseTime("10:00 +60") }, unchanged},
		{"zone", func(e *Event) { e.Zone = "Asia/Almaty" }, "event 1*, Opening 1*, Work 1*, End 1*"},
		{"title of the event", func(e *Event) { e.Title = Text{"en": "Sample 2"} }, "event 1*, Opening 0, Work 0, End 0"},
		{"new session", func(e *Event) {
			e.Days[1].Sessions = append(e.Days[1].Sessions, Session{ID: NewID(), Title: Text{"en": "Party"}})
		}, "event 0, Opening 0, Work 0, End 0, Party 0*"},
		{"session gone", func(e *Event) { e.Days[0].Sessions = e.Days[0].Sessions[:1] }, "event 0, Opening 0, Work 1*, End 0"},
		{"day gone", func(e *Event) { e.Days = e.Days[:1] }, "event 0, Opening 0, Work 0, End 1*"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			previous, next := sample().Event, sample().Event
			Restamp(nil, previous, monday)
			tt.edit(next)
			Restamp(previous, next, tuesday)
			if got := sequences(next); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestRestampKeepsCancelled(t *testing.T) {
	previous, next := sample().Event, sample().Event
	next.Days[0].Sessions = next.Days[0].Sessions[1:] // Opening is gone,
	next.Rooms, next.People = nil, nil                // and all it names
	Restamp(previous, next, tuesday)
	_, opening, err := next.Session(DerivedID("Opening"))
	if err != nil {
		t.Fatal(err)
	}
	if opening.Status != Cancelled || opening.Time.String() != "09:00-10:00" {
		t.Errorf("got %s at %s, want cancelled at 09:00-10:00", opening.Status, opening.Time)
	}
	if err := next.Validate(); err != nil {
		t.Errorf("what it names is not kept: %v", err)
	}
	again := sample().Event
	again.Days[0].Sessions = again.Days[0].Sessions[1:]
	Restamp(next, again, tuesday.Add(time.Hour))
	if _, s, err := again.Session(opening.ID); err != nil || s.Sequence != opening.Sequence {
		t.Errorf("in the release after: got %v, %v, want sequence %d", s, err, opening.Sequence)
	}
}

func TestDiff(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(e *Event)
		want string
	}{
		{"nothing", func(*Event) {}, ""},
		{"retimed", func(e *Event) { e.Days[1].Sessions[0].Time.End = 630 }, "retimed End 09:00-10:00→09:00-10:30"},
		{"moved", func(e *Event) {
			e.Days[1].Sessions = append(e.Days[1].Sessions, e.Days[0].Sessions[1])
			e.Days[0].Sessions = e.Days[0].Sessions[:1]
		}, "retimed Opening 09:00-10:00→09:00, moved Work 10:00-11:00→10:00-11:00"},
		{"room renamed", func(e *Event) { e.Rooms[0].Name = Text{"en": "Tower"} }, "re-roomed Opening 09:00-10:00→09:00-10:00"},
		{"retitled", func(e *Event) { e.Days[1].Sessions[0].Title = Text{"en": "Finish"} }, "retitled Finish 09:00-10:00→09:00-10:00"},
		{"recast", func(e *Event) { e.Days[0].Sessions[0].Roles[0].Status = RoleTBC }, "recast Opening 09:00-10:00→09:00-10:00"},
		{"reworded", func(e *Event) { e.Days[0].Sessions[1].Talks[0].Minutes = 8 }, "reworded Work 10:00-11:00→10:00-11:00"},
		{"cancelled", func(e *Event) { e.Days[0].Sessions[1].Status = Cancelled }, "cancelled Work 10:00-11:00→10:00-11:00"},
		{"added", func(e *Event) {
			e.Days[1].Sessions = append(e.Days[1].Sessions, Session{ID: NewID(), Title: Text{"en": "Party"}})
		}, "added Party →"},
		{"event", func(e *Event) { e.Venue, e.Title = &Venue{City: Text{"en": "Oslo"}}, Text{"en": "New"} }, "event title, event venue"},
		{"stamps do not count", func(e *Event) { Restamp(nil, e, tuesday); e.Release = 7 }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, after := sample().Event, sample().Event
			tt.edit(after)
			if got := changesOf(Diff(before, after)); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestDiffRestored(t *testing.T) {
	before, after := sample().Event, sample().Event
	before.Days[0].Sessions[1].Status = Cancelled
	after.Days[0].Sessions = after.Days[0].Sessions[1:]
	want := "restored Work 10:00-11:00→10:00-11:00, removed Opening 09:00-10:00→"
	if got := changesOf(Diff(before, after)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// changesOf writes changes down shortly.
func changesOf(changes []Change) string {
	var list []string
	for _, c := range changes {
		if c.Session == "" {
			list = append(list, string(c.Kind)+" "+c.Field)
			continue
		}
		spot := func(s *Spot) string {
			if s == nil {
				return ""
			}
			return s.Time.String()
		}
		list = append(list, fmt.Sprintf("%s %s %s→%s", c.Kind, c.Title["en"], spot(c.Was), spot(c.Now)))
	}
	return strings.Join(list, ", ")
}

func TestEncode(t *testing.T) {
	e := sample().Event
	Restamp(nil, e, monday)
	b, err := Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Encode(back)
	if err != nil || string(again) != string(b) {
		t.Errorf("round trip, %v:\n got %s\nwant %s", err, again, b)
	}
	for _, bad := range []string{``, `{}`, `{"format":99,"event":{}}`, `[]`} {
		if _, err := Decode([]byte(bad)); err == nil {
			t.Errorf("Decode(%q): got no error", bad)
		}
	}
}

// TestDecodeFormat1 holds that what was stored in format 1 can always be read.
func TestDecodeFormat1(t *testing.T) {
	b, err := os.ReadFile("testdata/format1.json")
	if err != nil {
		t.Fatal(err)
	}
	e, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Validate(); err != nil {
		t.Error(err)
	}
	_, s, err := e.Session(DerivedID("Work"))
	if err != nil || s.Time.String() != "10:00-11:00" || s.Talks[0].Minutes != 7 || s.Sequence != 3 {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestValidate(t *testing.T) {
	if err := sample().Validate(); err != nil {
		t.Fatalf("the sample: %v", err)
	}
	for _, tt := range []struct {
		want string // the problem
		edit func(d *Draft)
	}{
		{"title is required", func(d *Draft) { d.Event.Title = nil }},
		{`slug "A b" must be 3 to 80 of a-z, 0-9 and single hyphens`, func(d *Draft) { d.Event.Slug = "A b" }},
		{"days[0].sessions[1].title is too long: at most 500 characters", func(d *Draft) {
			d.Event.Days[0].Sessions[1].Title["en"] = strings.Repeat("ა", 501)
		}},
		{`days[0].sessions[0].rooms[0] "attic" is not known`, func(d *Draft) { d.Event.Days[0].Sessions[0].Rooms[0] = "attic" }},
		{`days[0].sessions[0].roles[0].person "ola" is not known`, func(d *Draft) { d.Event.Days[0].Sessions[0].Roles[0].Person = "ola" }},
		{"days[0].sessions[0].roles[0] names exactly one of a person, an organisation, a country and words", func(d *Draft) {
			d.Event.Days[0].Sessions[0].Roles[0].Country = "GE"
		}},
		{`days[1].sessions[0].id "` + DerivedID("Work") + `" is there twice`, func(d *Draft) {
			d.Event.Days[1].Sessions[0].ID = DerivedID("Work")
		}},
		{`days[1].date "2026-11-23" is there twice`, func(d *Draft) { d.Event.Days[1].Date.Day = 23 }},
		{`days[1].sessions[0].time "+15" cannot be worked out`, func(d *Draft) { d.Event.Days[1].Sessions[0].Time = Time{Form: For, Minutes: 15} }},
		{"people.nino.name contains bytes that are not text (UTF-8, without NUL)", func(d *Draft) { d.Event.People[0].Name["en"] = "Nin\xff" }},
		{"zone contains bytes that are not text (UTF-8, without NUL)", func(d *Draft) { d.Event.Zone = "Asia/\x00" }},
		{`backstage.event.join "javascript:alert(1)" is not a web address beginning with https:// or http://`, func(d *Draft) {
			d.Backstage[BackstageEvent] = Note{Join: "javascript:alert(1)"}
		}},
		{`backstage.nobody "nobody" is not known`, func(d *Draft) { d.Backstage["nobody"] = Note{Phone: "1"} }},
	} {
		d := sample()
		tt.edit(d)
		var invalid *Invalid
		if err := d.Validate(); !errors.As(err, &invalid) || len(invalid.Problems) != 1 || err.Error() != tt.want {
			t.Errorf("\n got %v\nwant %s", err, tt.want)
		}
	}
}

func TestTextIn(t *testing.T) {
	text := Text{"en": "tea", "fr": "thé", "pt-BR": "chá", "ka": ""}
	for _, tt := range []struct{ lang, text, language string }{
		{"fr", "thé", "fr"},
		{"fr-CA", "thé", "fr"},
		{"pt", "chá", "pt-BR"},
		{"ka", "tea", "en"},
		{"nb", "tea", "en"},
		{"", "tea", "en"},
	} {
		if s, l := text.In(tt.lang, "de", "en"); s != tt.text || l != tt.language {
			t.Errorf("In(%q): got %q in %q, want %q in %q", tt.lang, s, l, tt.text, tt.language)
		}
	}
	if s, l := (Text{"ru": "чай"}).In("en", "fr"); s != "чай" || l != "ru" {
		t.Errorf("got %q in %q, want the one there is", s, l)
	}
	if s, l := Text(nil).In("en"); s != "" || l != "" {
		t.Errorf("got %q in %q of nothing", s, l)
	}
}

func TestSessionByCode(t *testing.T) {
	e := sample().Event
	id := DerivedID("Work")
	for _, ref := range []string{id, Code(id), strings.ToUpper(Code(id))} {
		if d, s, err := e.Session(ref); err != nil || s.ID != id || d != &e.Days[0] {
			t.Errorf("Session(%q): got %v, %v", ref, s, err)
		}
	}
	for _, ref := range []string{"", "zzzzzz", NewID()} {
		if _, _, err := e.Session(ref); !errors.Is(err, ErrNotFound) {
			t.Errorf("Session(%q): got %v, want ErrNotFound", ref, err)
		}
	}
}
