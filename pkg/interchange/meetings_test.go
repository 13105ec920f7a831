package interchange

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"tamada/agendas"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/interchange/phrase"
	"tamada/pkg/markdown"
)

// meetings returns the five real meetings.
func meetings(t *testing.T) map[string]*agenda.Event {
	t.Helper()
	files, err := agendas.FS.ReadDir(".")
	if err != nil || len(files) != 5 {
		t.Fatalf("got %d files, %v, want five", len(files), err)
	}
	list := map[string]*agenda.Event{}
	for _, f := range files {
		b, err := agendas.FS.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		d, err := agendafile.Parse(f.Name(), b)
		if err != nil {
			t.Fatal(err)
		}
		list[d.Event.Slug] = d.Event
	}
	return list
}

// conference returns the largest real export, as our own reader reads it.
func conference(t *testing.T) *agenda.Event {
	t.Helper()
	r, err := Read(read(t, shared(t, "data", "pentabarf-xml", "fosdem-2025.xml")), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Draft.Event
}

// TestWriteMeetingsAsSchedules writes the five meetings, and a conference of
// 943 sessions that was read, in the three formats of schedules: each is valid
// by its schema and comes back with the same sessions.
func TestWriteMeetingsAsSchedules(t *testing.T) {
	xmlOf := func(t *testing.T, b []byte) { validXML(t, b); suitsGiggity(t, b); suitsEventFahrplan(t, b) }
	schema, schema2 := compile(t, shared(t, "data", "validators", "json", "schema.json")), compile(t, shared(t, "data", "validators", "json", "schema2.json"))
	list := meetings(t)
	list["conference"] = conference(t)
	for name, e := range list {
		for _, format := range []struct {
			name  string
			write func(io.Writer, *agenda.Event, Options) error
			check func(*testing.T, []byte)
		}{
			{"schedule.xml", WriteScheduleXML, xmlOf},
			{"schedule.json", WriteScheduleJSON, func(t *testing.T, b []byte) { valid(t, schema, b) }},
			{"schedule.json 2", WriteSchedule2JSON, func(t *testing.T, b []byte) { valid(t, schema2, b) }},
		} {
			t.Run(name+" "+format.name, func(t *testing.T) {
				var b bytes.Buffer
				if err := format.write(&b, e, options); err != nil {
					t.Fatal(err)
				}
				format.check(t, b.Bytes())
				r, err := Read(b.Bytes(), ReadOptions{})
				if err != nil {
					t.Fatal(err)
				}
				sameTimes(t, e, r.Draft.Event)
			})
		}
	}
}

// sameTimes compares the day, the beginning, the title and the status of all
// sessions that begin at a known time.
func sameTimes(t *testing.T, want, got *agenda.Event) {
	t.Helper()
	for i := range want.Days {
		for _, slot := range want.Days[i].Slots() {
			if !slot.HasStart {
				continue
			}
			day, s, err := got.Session(slot.Session.ID)
			if err != nil {
				t.Errorf("%q: %v", want.Main(slot.Session.Title), err)
				continue
			}
			if day.Date != want.Days[i].Date || s.Time.Start != slot.Start || got.Main(s.Title) != want.Main(slot.Session.Title) || s.Status != slot.Session.Status {
				t.Errorf("got %s %s %q %s, want %s %s %q %s", day.Date, s.Time, got.Main(s.Title), s.Status,
					want.Days[i].Date, slot.Start, want.Main(slot.Session.Title), slot.Session.Status)
			}
		}
	}
}

// A pentabarf is what the apps for phones read of a schedule.xml.
type pentabarf struct {
	Conference struct {
		Title     string `xml:"title"`
		DayChange string `xml:"day_change"`
	} `xml:"conference"`
	Days []struct {
		Date  string `xml:"date,attr"`
		Index int    `xml:"index,attr"`
		Start string `xml:"start,attr"`
		End   string `xml:"end,attr"`
		Rooms []struct {
			Name   string `xml:"name,attr"`
			Events []struct {
				ID       int      `xml:"id,attr"`
				GUID     string   `xml:"guid,attr"`
				Date     string   `xml:"date"`
				Start    string   `xml:"start"`
				Duration string   `xml:"duration"`
				Title    string   `xml:"title"`
				Persons  []string `xml:"persons>person"`
				Links    []struct {
					Href string `xml:"href,attr"`
				} `xml:"links>link"`
			} `xml:"event"`
		} `xml:"room"`
	} `xml:"day"`
}

// suitsGiggity holds a schedule to what Giggity's Schedule.java and its
// PentabarfParser ask: it tells the format by "<schedule" and "<conference" in
// the first bytes, reads the length as a time of day (so under 24 hours), the
// beginning as an instant with its offset, and drops entries without a title or
// an address of its own.
func suitsGiggity(t *testing.T, b []byte) {
	t.Helper()
	head := string(b[:min(len(b), 1024)])
	if !strings.Contains(head, "<schedule") || !strings.Contains(head, "<conference") {
		t.Errorf("Giggity does not recognise what begins with %.200q", head)
	}
	var p pentabarf
	if err := xml.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	if p.Conference.Title == "" {
		t.Error("got no title, want one")
	}
	ids := map[string]bool{}
	for _, d := range p.Days {
		for _, r := range d.Rooms {
			for _, e := range r.Events {
				if _, err := time.Parse("15:04", e.Duration); err != nil {
					t.Errorf("%q: got the length %q, want one under 24 hours", e.Title, e.Duration)
				}
				if _, err := time.Parse(time.RFC3339, e.Date); err != nil {
					t.Errorf("%q: got the beginning %q, want an instant", e.Title, e.Date)
				}
				if e.Title == "" || ids[e.GUID] || e.GUID == "" {
					t.Errorf("%q: got the id %q, want a title and an id of its own", e.Title, e.GUID)
				}
				ids[e.GUID] = true
				for _, link := range e.Links {
					if !strings.Contains(link.Href, ":") {
						t.Errorf("%q: got the link %q, want one with a scheme", e.Title, link.Href)
					}
				}
			}
		}
	}
}

// suitsEventFahrplan holds a schedule to what EventFahrplan's FahrplanParser
// asks: days numbered from 1 with a beginning and an end, numbers of events
// that are unique 32-bit integers, rooms with names, and clock times that are
// those of the instants.
func suitsEventFahrplan(t *testing.T, b []byte) {
	t.Helper()
	var p pentabarf
	if err := xml.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	ids := map[int]bool{}
	for i, d := range p.Days {
		from, err := time.Parse(time.RFC3339, d.Start)
		to, err2 := time.Parse(time.RFC3339, d.End)
		if err != nil || err2 != nil || !from.Before(to) || d.Index != i+1 {
			t.Errorf("day %s: got number %d from %q to %q, want number %d and two instants", d.Date, d.Index, d.Start, d.End, i+1)
		}
		for _, r := range d.Rooms {
			if r.Name == "" {
				t.Errorf("day %s: got a room without a name", d.Date)
			}
			for _, e := range r.Events {
				if e.ID <= 0 || e.ID > 1<<31-1 || ids[e.ID] {
					t.Errorf("%q: got the number %d, want a positive one of its own", e.Title, e.ID)
				}
				ids[e.ID] = true
				at, err := time.Parse(time.RFC3339, e.Date)
				if err != nil || at.Format("15:04") != e.Start || at.Before(from) || !at.Before(to) {
					t.Errorf("%q: got %q at %q, want one time within its day", e.Title, e.Date, e.Start)
				}
			}
		}
	}
}

// TestWriteMeetingsForPeople writes the five meetings as text and as Markdown
// and reads them back: the same sessions at the same times.
func TestWriteMeetingsForPeople(t *testing.T) {
	for slug, e := range meetings(t) {
		for name, write := range writers {
			t.Run(slug+" "+name, func(t *testing.T) {
				var b bytes.Buffer
				if err := write(&b, e, Options{}); err != nil {
					t.Fatal(err)
				}
				r, err := Read(b.Bytes(), ReadOptions{Language: e.Languages[0]})
				if err != nil {
					t.Fatal(err)
				}
				if got, want := outline(r.Draft.Event), outline(unmarked(e)); got != want {
					t.Errorf("%s", firstDifference(got, want))
				}
			})
		}
	}
}

// unmarked returns e as documents for people have it: abstracts without
// emphasis, what goes on in parallel as talks, and roles as their labels say.
func unmarked(e *agenda.Event) *agenda.Event {
	for _, s := range e.Sessions() {
		for _, p := range s.Parts {
			s.Talks = append(s.Talks, agenda.Talk{Title: p.Title})
		}
		s.Parts = nil
		for r := range s.AllRoles() {
			if label, _, ok := phrase.CutLabel(e.Main(r.Label) + ": x"); ok && label.Field == phrase.RoleField {
				r.As = label.Roles
			}
		}
		for tag, text := range s.Abstract {
			s.Abstract[tag] = strings.Join(strings.Fields(markdown.Plain(text)), " ")
		}
	}
	return e
}
