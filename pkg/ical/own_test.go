package ical

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"tamada/pkg/agenda"
)

func own(t testing.TB, o Own, options Options) *block {
	t.Helper()
	return read(t, written(t, func(b *bytes.Buffer) error { return WriteOwn(b, meeting(t), o, options) }))
}

func TestOwn(t *testing.T) {
	b := own(t, Own{ID: "r1", Person: "ola", Sessions: []string{agenda.DerivedID("Supra"), agenda.Code(agenda.DerivedID("Plugins")), "gone"}, Alarms: true, Backstage: behind()}, Options{BaseURL: site})
	got := summaries(b)
	want := []string{"Topic 1: Driving innovation; services, data (you chair)", "Norway", "Seven draft action plans", "Supra", "A case", "Commitment clinics", "Cancelled: Plugins"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for summary, want := range map[string][2]string{
		"Supra":              {"OPAQUE", "-PT10M"},
		"Norway":             {"TRANSPARENT", ""},
		"Cancelled: Plugins": {"TRANSPARENT", ""},
	} {
		v := b.entry(t, summary)
		trigger := ""
		for _, a := range v.all("VALARM") {
			trigger = a.first("TRIGGER")
		}
		if got := [2]string{v.first("TRANSP"), trigger}; got != want {
			t.Errorf("%s: got %v, want %v", summary, got, want)
		}
	}
	if got := b.first("SOURCE"); got != "" {
		t.Errorf("got its own address %s, want none", got)
	}
	if got, want := b.entry(t, "Norway").first("RELATED-TO"), agenda.DerivedID("Seven draft action plans"); got != want {
		t.Errorf("got the talk in %s, want %s", got, want)
	}
}

func TestOwnWithoutAlarms(t *testing.T) {
	b := own(t, Own{Person: "ola"}, Options{})
	for _, v := range b.all("VEVENT") {
		if len(v.all("VALARM")) > 0 || v.first("CONFERENCE") != "" {
			t.Errorf("%s: got an alarm or a link to join, want none", v.first("SUMMARY"))
		}
	}
}

// Links to join come from the session or, where it has none, from the event.
func TestJoin(t *testing.T) {
	b := own(t, Own{Person: "nino", Backstage: behind()}, Options{})
	for summary, want := range map[string]string{
		"Opening (you moderate)":            "https://meet.example.org/all?pwd=a,b;c tel:+33123456789",
		"Commitment clinics (you moderate)": "https://meet.example.org/clinics",
	} {
		v := b.entry(t, summary)
		var got []string
		for _, l := range v.lines {
			if l.name == "CONFERENCE" {
				got = append(got, l.value)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", summary, got, want)
		}
		if says := unescape(v.first("DESCRIPTION")); !strings.Contains(says, "Join online: "+got[0]) {
			t.Errorf("%s: got the description %q, without the link", summary, says)
		}
	}
}

// What is backstage is in no public calendar. (They cannot be given it; this is about
// what they make of the event.)
func TestPublicCalendarsHaveNoLinksToJoin(t *testing.T) {
	for _, s := range samples(t) {
		if s.name != "own" && s.name != "moderator" && bytes.Contains(written(t, s.write), []byte("meet.example")) {
			t.Errorf("%s: got a link to join", s.name)
		}
	}
}

func TestModerator(t *testing.T) {
	b := read(t, written(t, func(b *bytes.Buffer) error {
		return WriteModerator(b, meeting(t), Own{ID: "m1", Person: "nino", Backstage: behind()}, Options{BaseURL: site})
	}))
	want := []string{"Be in Plenary hall: Opening", "Opening (you moderate)", "Be in Blue room: Commitment clinics", "Commitment clinics (you moderate)"}
	if got := summaries(b); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	call, s := b.entry(t, want[0]), b.entry(t, want[1])
	if call.first("DTEND") != s.first("DTSTART") || call.first("DTSTART") != "20261103T084500" {
		t.Errorf("got the call from %s to %s, want the quarter of an hour before the session", call.first("DTSTART"), call.first("DTEND"))
	}
	if call.first("UID") == s.first("UID") || call.first("RELATED-TO") != s.first("UID") || len(call.all("VALARM")) != 1 {
		t.Errorf("got the call %s, related to %s, with %d alarms", call.first("UID"), call.first("RELATED-TO"), len(call.all("VALARM")))
	}
}

func TestInvitations(t *testing.T) {
	e := meeting(t)
	s := &e.Days[0].Sessions[0]
	for _, tt := range []struct {
		name                string
		write               func(*bytes.Buffer, Invitation) error
		method, status, sum string
	}{
		{"request", func(b *bytes.Buffer, i Invitation) error { return WriteRequest(b, e, s, i) }, "REQUEST", "CONFIRMED", "Opening"},
		{"cancel", func(b *bytes.Buffer, i Invitation) error { return WriteCancel(b, e, s, i) }, "CANCEL", "CANCELLED", "Cancelled: Opening"},
	} {
		b := read(t, written(t, func(b *bytes.Buffer) error { return tt.write(b, invitation()) }))
		v := b.entry(t, tt.sum)
		got := []string{b.first("METHOD"), v.first("STATUS"), v.first("UID"), v.first("SEQUENCE"), v.first("DTSTAMP"), v.first("ORGANIZER"), v.first("ATTENDEE")}
		want := []string{tt.method, tt.status, UID(e, s.ID), "2", "20261002T090000Z", "mailto:calendar+1@example.org", "mailto:nino@example.org"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, want)
		}
		other := session(t, "10:00", agenda.Other, "Elsewhere")
		if err := WriteRequest(&bytes.Buffer{}, e, &other, invitation()); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
		for _, bad := range []Invitation{{}, {Attendee: invitation().Attendee, Organiser: Mailbox{"", "no one"}}} {
			if err := tt.write(&bytes.Buffer{}, bad); err == nil {
				t.Errorf("%s: got no error for %+v", tt.name, bad)
			}
		}
	}
}
