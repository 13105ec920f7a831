package ical

import (
	"bytes"
	"io/fs"
	"slices"
	"testing"

	"tamada/agendas"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/golden"
)

// A sample is a calendar that is kept in testdata.
type sample struct {
	name  string
	write func(*bytes.Buffer) error
}

func samples(t testing.TB) []sample {
	e, bureau := meeting(t), online(t)
	whole := func(e *agenda.Event, o Options) func(*bytes.Buffer) error {
		return func(b *bytes.Buffer) error { return Write(b, e, o) }
	}
	nino := Own{ID: "r1", Person: "nino", Sessions: []string{agenda.DerivedID("Closing")}, Alarms: true, Backstage: behind()}
	all := []sample{
		{"file", whole(e, Options{})},
		{"feed", whole(e, Options{BaseURL: site, EachTalk: true})},
		{"feed-ka", whole(e, Options{BaseURL: site, Lang: "ka", NoBreaks: true})},
		{"feed-fr-utc", whole(e, Options{BaseURL: site, Lang: "fr", UTC: true})},
		{"room", whole(e, Options{BaseURL: site, Room: "blue"})},
		{"person", whole(e, Options{BaseURL: site, Person: "ola", Secret: true})},
		{"session", whole(e, Options{BaseURL: site, Session: agenda.DerivedID("Opening")})},
		{"nothing", whole(e, Options{BaseURL: site, Kind: agenda.Keynote})},
		{"undated", whole(undated(), Options{BaseURL: site})},
		{"online-ar", whole(bureau, Options{BaseURL: site, Lang: "ar"})},
		{"series", func(b *bytes.Buffer) error {
			return WriteSeries(b, *e.Series, []*agenda.Event{bureau, e}, Options{BaseURL: site})
		}},
		{"series-empty", func(b *bytes.Buffer) error { return WriteSeries(b, *e.Series, nil, Options{}) }},
		{"own", func(b *bytes.Buffer) error { return WriteOwn(b, e, nino, Options{BaseURL: site}) }},
		{"moderator", func(b *bytes.Buffer) error { return WriteModerator(b, e, nino, Options{BaseURL: site}) }},
		{"request", func(b *bytes.Buffer) error { return WriteRequest(b, e, &e.Days[0].Sessions[0], invitation()) }},
		{"cancel", func(b *bytes.Buffer) error { return WriteCancel(b, e, &e.Days[0].Sessions[0], invitation()) }},
		{"changes-of-clocks", whole(changing(t), Options{})},
	}
	for _, real := range meetings(t) {
		all = append(all, sample{real.Slug, whole(real, Options{BaseURL: site})})
	}
	return all
}

// meetings returns the events of the agenda files.
func meetings(t testing.TB) []*agenda.Event {
	t.Helper()
	names, err := fs.Glob(agendas.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("agenda files: got %d, %v", len(names), err)
	}
	var all []*agenda.Event
	for _, name := range names {
		b, err := agendas.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := agendafile.Parse(name, b)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d.Event)
	}
	return all
}

func TestGolden(t *testing.T) {
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			golden.Equal(t, "testdata/"+s.name+".ics", written(t, s.write))
		})
	}
}

// A UID is the ID itself; what has none gets one that stays.
func TestUID(t *testing.T) {
	e := meeting(t)
	for _, id := range []string{e.ID, e.Days[0].Sessions[0].ID, e.Days[0].Sessions[4].Talks[0].ID} {
		if got := UID(e, id); got != id {
			t.Errorf("got %s, want %s", got, id)
		}
	}
	if got := UID(e, "no UUID"); !agenda.ValidID(got) || got != UID(e, "no UUID") || got == UID(e, "another") {
		t.Errorf("got %q, want a UUID of its own", got)
	}
}

// A series has a zone for each of its meetings, and says where it is itself.
func TestSeries(t *testing.T) {
	e, bureau := meeting(t), online(t)
	b := read(t, written(t, func(b *bytes.Buffer) error {
		return WriteSeries(b, *e.Series, []*agenda.Event{bureau, e}, Options{BaseURL: site, Room: "hall", UTC: false, NoBreaks: true})
	}))
	var zones []string
	for _, z := range b.all("VTIMEZONE") {
		zones = append(zones, z.first("TZID"))
	}
	got := append(zones, b.first("NAME"), b.first("URL"), b.first("SOURCE"))
	want := []string{"Europe/Paris", "Asia/Tbilisi", "Points of Contact", site + "/series/points-of-contact", site + "/series/points-of-contact/calendar.ics?breaks=0"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if titles := summaries(b); slices.Contains(titles, "Coffee") || !slices.Contains(titles, "Introduction") || !slices.Contains(titles, "Supra") {
		t.Errorf("got %q, want all but the break", titles)
	}
}

func BenchmarkWrite(b *testing.B) {
	e := large(b, 1000)
	var out bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		if err := Write(&out, e, Options{BaseURL: site}); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(out.Len()))
}
