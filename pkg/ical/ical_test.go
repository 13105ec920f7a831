package ical

import (
	"bytes"
	"io/fs"
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
