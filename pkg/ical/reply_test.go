package ical

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// answerOf returns a calendar that answers an invitation, with some lines put in place of others.
func answerOf(replace ...string) []byte {
	calendar := strings.NewReplacer(replace...).Replace(`BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261210T080000Z
DTEND:20261210T093000Z
DTSTAMP:20261125T140312Z
ORGANIZER;CN=Forum 2026:mailto:meetings@example.org
UID:6f9619ff-8b86-4d01-b42d-00cf4fc964ff
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN=Nino Beridze;X-NU
 M-GUESTS=0:mailto:nino@example.org
SEQUENCE:2
STATUS:CONFIRMED
SUMMARY:Opening
END:VEVENT
END:VCALENDAR
`)
	return []byte(strings.ReplaceAll(calendar, "\n", "\r\n"))
}

func TestReadReply(t *testing.T) {
	want := Reply{
		UID: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", Attendee: "nino@example.org", Answer: Accepted, Sequence: 2,
		Sent: time.Date(2026, 11, 25, 14, 3, 12, 0, time.UTC),
	}
	declined, tentative, first := want, want, want
	declined.Answer, tentative.Answer, first.Sequence = Declined, Tentative, 0
	for name, test := range map[string]struct {
		calendar []byte
		want     Reply
	}{
		"Google": {answerOf(), want},
		"Outlook": {answerOf("PRODID:-//Google Inc//Google Calendar 70.9054//EN", "PRODID:Microsoft Exchange Server 2010", "X-NU\n M-GUESTS=0:mailto:", "X-X=1:MAILTO:", "PARTSTAT=ACCEPTED", "PARTSTAT=TENTATIVE",
			"STATUS:CONFIRMED", "STATUS:CONFIRMED\nX-MICROSOFT-CDO-APPT-SEQUENCE:2\nX-MICROSOFT-DISALLOW-COUNTER:FALSE"), tentative},
		"Apple":       {answerOf("PARTSTAT=ACCEPTED", "EMAIL=nino@example.org;PARTSTAT=DECLINED;SCHEDULE-STATUS=2.0", "SUMMARY:Opening", "REQUEST-STATUS:2.0;Success"), declined},
		"no sequence": {answerOf("SEQUENCE:2\n", ""), first},
	} {
		got, err := ReadReply(test.calendar)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: got another reply (-want +got):\n%s", name, diff)
		}
	}
}

func TestReadReplyRefusals(t *testing.T) {
	for name, calendar := range map[string][]byte{
		"request":       answerOf("METHOD:REPLY", "METHOD:REQUEST"),
		"proposal":      answerOf("METHOD:REPLY", "METHOD:COUNTER"),
		"no method":     answerOf("METHOD:REPLY\n", ""),
		"late method":   answerOf("METHOD:REPLY\n", "", "END:VEVENT\n", "END:VEVENT\nMETHOD:REPLY\n"),
		"no answer":     answerOf("PARTSTAT=ACCEPTED", "PARTSTAT=NEEDS-ACTION"),
		"delegated":     answerOf("PARTSTAT=ACCEPTED", "PARTSTAT=DELEGATED"),
		"nobody":        answerOf("ATTENDEE", "X-ATTENDEE"),
		"two attendees": answerOf("SEQUENCE:2", "ATTENDEE;PARTSTAT=DECLINED:mailto:ola@example.org"),
		"two entries":   answerOf("END:VEVENT\n", "END:VEVENT\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n"),
		"no UID":        answerOf("UID:6", "X-UID:6"),
		"one of many":   answerOf("SEQUENCE:2", "RECURRENCE-ID:20261210T080000Z"),
		"no entry":      answerOf("VEVENT", "VTODO"),
	} {
		if got, err := ReadReply(calendar); !errors.Is(err, ErrNoReply) {
			t.Errorf("%s: got %+v, %v; want %v", name, got, err, ErrNoReply)
		}
	}
	if _, err := ReadReply([]byte("Dear organisers,")); !errors.Is(err, ErrNoCalendar) {
		t.Errorf("a letter: got %v, want %v", err, ErrNoCalendar)
	}
}

// FuzzReadReply states the law of answers: any bytes are an error or an answer of one address
// to one invitation.
func FuzzReadReply(f *testing.F) {
	f.Add(answerOf())
	f.Add(answerOf("SEQUENCE:2", "SEQUENCE:99999999999999999999"))
	for _, source := range hostileCalendars() {
		if len(source) < 10_000 {
			f.Add(source)
		}
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		r, err := ReadReply(source)
		if err == nil && (r.UID == "" || r.Answer != Accepted && r.Answer != Declined && r.Answer != Tentative) {
			t.Errorf("got %+v, want an answer to an invitation", r)
		}
	})
}
