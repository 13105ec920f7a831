package ical

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// whole returns the calendar that [Write] makes of e, as the tests read it.
func whole(t testing.TB, e *agenda.Event, o Options) *block {
	t.Helper()
	return read(t, written(t, func(b *bytes.Buffer) error { return Write(b, e, o) }))
}

// summaries returns the summaries in b, in order.
func summaries(b *block) []string {
	var all []string
	for _, v := range b.all("VEVENT") {
		all = append(all, unescape(v.first("SUMMARY")))
	}
	return all
}

func TestTimes(t *testing.T) {
	b := whole(t, meeting(t), Options{})
	for _, tt := range []struct{ summary, start, end, says string }{
		{"Meeting of Points of Contact", "20261103", "20261105", "Open government"},
		{"Opening", "20261103T090000", "20261103T093000", "Welcome Remarks & Moderator: Ms Nino O'Brien, Head of Division, Point of Contact, Ministry of Justice, Georgia"},
		{"Coffee", "20261103T093000", "20261103T100000", ""},
		{"Topic 1: Driving innovation; services, data", "20261103T110000", "20261103T121500", "Ca. 11:00–12:15\nAll times: Tbilisi time (GMT+4)"},
		{"Seven draft action plans", "20261103T140000", "20261103T150000", "14:00 Norway\n  Presenter: Ola Nordmann, Norway\n– Cancelled: Latvia\n14:07 Georgia"},
		{"Supra", "20261103T223000", "20261104T003000", ""},
		{"Bus back", "20261104T003000", "20261104T013000", ""},
		{"Morning: Visit of the old town", "20261104", "20261105", ""},
		{"Bilateral meetings", "20261104", "20261105", "Time to be confirmed"},
		{"Commitment clinics", "20261104T130000", "20261104T140000", "• Public participation (Blue room)\n  For beginners.\n  Facilitator: Ms Nino O'Brien"},
		{"Closing", "20261104T160000", "20261104T170000", "From 16:00\nThe end is open; the calendar shows one hour."},
	} {
		v := b.entry(t, tt.summary)
		if start, end := v.first("DTSTART"), v.first("DTEND"); start != tt.start || end != tt.end {
			t.Errorf("%s: got %s to %s, want %s to %s", tt.summary, start, end, tt.start, tt.end)
		}
		if says := unescape(v.first("DESCRIPTION")); !strings.Contains(says, tt.says) {
			t.Errorf("%s: got the description %q, want it to contain %q", tt.summary, says, tt.says)
		}
	}
}

// What takes no time lasts a minute: DTEND must be after DTSTART.
func TestNoLength(t *testing.T) {
	e := online(t)
	e.Days[0].Sessions = []agenda.Session{session(t, "10:00 +0", agenda.Other, "Bus leaves")}
	v := whole(t, e, Options{}).entry(t, "Bus leaves")
	if start, end := v.first("DTSTART"), v.first("DTEND"); start != "20210329T100000" || end != "20210329T100100" {
		t.Errorf("got %s to %s, want 20210329T100000 to 20210329T100100", start, end)
	}
}

func TestStatus(t *testing.T) {
	for _, tt := range []struct {
		event, session agenda.Status
		want           string
		summary        string
	}{
		{agenda.Confirmed, agenda.Confirmed, "CONFIRMED", "Introduction"},
		{agenda.Confirmed, agenda.Tentative, "TENTATIVE", "Introduction"},
		{agenda.Confirmed, agenda.Cancelled, "CANCELLED", "Annulée\u00a0: Introduction"},
		{agenda.Tentative, agenda.Confirmed, "TENTATIVE", "Introduction"},
		{agenda.Tentative, agenda.Cancelled, "CANCELLED", "Annulée\u00a0: Introduction"},
		{agenda.Cancelled, agenda.Confirmed, "CANCELLED", "Annulée\u00a0: Introduction"},
	} {
		e := online(t)
		e.Status, e.Days[0].Sessions[0].Status = tt.event, tt.session
		v := whole(t, e, Options{Lang: "fr"}).entry(t, tt.summary)
		if got := v.first("STATUS"); got != tt.want {
			t.Errorf("%s session of %s event: got %s, want %s", tt.session, tt.event, got, tt.want)
		}
	}
}

func TestFilters(t *testing.T) {
	for _, tt := range []struct {
		options Options
		want    []string
	}{
		{Options{Track: "plans"}, []string{"Topic 1: Driving innovation; services, data"}},
		{Options{Kind: agenda.Panel}, []string{"Cancelled: Plugins"}},
		{Options{Kind: agenda.Buffer}, nil},
		{Options{Kind: agenda.Break, NoBreaks: true}, nil},
		{Options{Room: "blue"}, []string{"Topic 1: Driving innovation; services, data", "Commitment clinics"}},
		{Options{Person: "ola", Kind: agenda.LightningTalks}, []string{"Seven draft action plans"}},
		{Options{Session: agenda.DerivedID("Coffee")}, []string{"Coffee"}},
		{Options{Session: strings.ToUpper(agenda.Code(agenda.DerivedID("Coffee")))}, []string{"Coffee"}},
		{Options{Kind: agenda.LightningTalks, EachTalk: true}, []string{"Norway", "Seven draft action plans", "Cancelled: Latvia"}},
	} {
		b := whole(t, meeting(t), tt.options)
		got := summaries(b)
		slices.Sort(got)
		slices.Sort(tt.want)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%+v: got %q, want %q", tt.options, got, tt.want)
		}
		if len(b.all("VTIMEZONE")) != 1 {
			t.Errorf("%+v: got %d VTIMEZONE, want 1", tt.options, len(b.all("VTIMEZONE")))
		}
	}
}

func TestBreaksAndBuffers(t *testing.T) {
	with, without := summaries(whole(t, meeting(t), Options{})), summaries(whole(t, meeting(t), Options{NoBreaks: true}))
	if !slices.Contains(with, "Coffee") || slices.Contains(without, "Coffee") {
		t.Errorf("got the break %v with breaks and %v without", slices.Contains(with, "Coffee"), slices.Contains(without, "Coffee"))
	}
	if slices.Contains(with, "Change over") {
		t.Error("got a buffer, want none ever")
	}
}

func TestErrors(t *testing.T) {
	for _, o := range []Options{{Track: "no"}, {Kind: "no"}, {Room: "no"}, {Person: "no"}, {Session: "no"}} {
		var b bytes.Buffer
		if err := Write(&b, meeting(t), o); !errors.Is(err, agenda.ErrNotFound) || b.Len() > 0 {
			t.Errorf("%+v: got %v and %d bytes, want ErrNotFound and none", o, err, b.Len())
		}
	}
	e := meeting(t)
	e.Zone = "Europe/Tbilisi"
	for name, err := range map[string]error{
		"Write":          Write(&bytes.Buffer{}, e, Options{}),
		"WriteSeries":    WriteSeries(&bytes.Buffer{}, *e.Series, []*agenda.Event{e}, Options{}),
		"WriteOwn":       WriteOwn(&bytes.Buffer{}, e, Own{}, Options{}),
		"WriteModerator": WriteModerator(&bytes.Buffer{}, e, Own{}, Options{}),
		"WriteRequest":   WriteRequest(&bytes.Buffer{}, e, &e.Days[0].Sessions[0], invitation()),
	} {
		if !errors.Is(err, zone.ErrUnknown) {
			t.Errorf("%s: got %v, want zone.ErrUnknown", name, err)
		}
	}
	if err := Write(broken{}, meeting(t), Options{}); !errors.Is(err, errBroken) {
		t.Errorf("got %v, want the writer's error", err)
	}
}

// broken is a writer that cannot write.
type broken struct{}

var errBroken = errors.New("broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// A file says nothing of addresses, and a secret calendar not its own.
func TestAddresses(t *testing.T) {
	e := meeting(t)
	if b := written(t, func(b *bytes.Buffer) error { return Write(b, e, Options{}) }); bytes.Contains(b, []byte("/e/tbilisi")) {
		t.Error("got addresses in a file, want none")
	}
	for _, tt := range []struct {
		options Options
		want    string
	}{
		{Options{BaseURL: site, Lang: "fr", UTC: true, NoBreaks: true}, site + "/e/tbilisi-2026/calendar.ics?breaks=0&lang=fr&zone=utc"},
		{Options{BaseURL: site, Kind: agenda.RoundTable, Room: "hall", Track: "plans", EachTalk: true}, site + "/e/tbilisi-2026/calendar.ics?kind=round-table&lightning=each&room=hall&track=plans"},
		{Options{BaseURL: site, Person: "nino"}, site + "/e/tbilisi-2026/p/nino.ics"},
		{Options{BaseURL: site, Session: agenda.DerivedID("Opening")}, site + "/e/tbilisi-2026/s/n50ecm.ics"},
	} {
		if got := whole(t, e, tt.options).first("SOURCE"); got != tt.want {
			t.Errorf("%+v: got %s, want %s", tt.options, got, tt.want)
		}
		tt.options.Secret = true
		if got := whole(t, e, tt.options).first("SOURCE"); got != "" {
			t.Errorf("%+v: got %s, want none", tt.options, got)
		}
	}
}

func TestOnlinePlace(t *testing.T) {
	e := online(t)
	for _, tt := range []struct {
		format   agenda.Format
		platform *agenda.Online
		want     string
	}{
		{agenda.OnlineFormat, e.Online, "Online (Zoom)"},
		{agenda.OnlineFormat, nil, "Online"},
		{agenda.Hybrid, nil, "Online"},
		{agenda.InPerson, nil, "Venue to be confirmed"},
	} {
		e.Format, e.Online = tt.format, tt.platform
		for _, v := range whole(t, e, Options{}).all("VEVENT") {
			if got := unescape(v.first("LOCATION")); got != tt.want {
				t.Errorf("%s: got %q, want %q", tt.format, got, tt.want)
			}
		}
	}
}

// The same event gives the same bytes, in a feed of its own as in that of its series.
func TestDeterministic(t *testing.T) {
	for _, s := range samples(t) {
		first := written(t, s.write)
		for range 3 {
			if !bytes.Equal(first, written(t, s.write)) {
				t.Errorf("%s: got other bytes the second time", s.name)
			}
		}
	}
	e := meeting(t)
	alone := whole(t, e, Options{BaseURL: site}).entries()
	series := read(t, written(t, func(b *bytes.Buffer) error {
		return WriteSeries(b, *e.Series, []*agenda.Event{online(t), e}, Options{BaseURL: site})
	})).entries()
	for uid, v := range alone {
		if series[uid] == nil || !slices.Equal(series[uid].lines, v.lines) {
			t.Errorf("%s: another entry in the series", v.first("SUMMARY"))
		}
	}
}
