package ical

import (
	"bytes"
	"strings"
	"testing"
)

// TestInvitationSaysHowToJoin holds invitations to the link of their own session.
func TestInvitationSaysHowToJoin(t *testing.T) {
	e := meeting(t)
	i := invitation()
	for title, link := range map[string]string{"Commitment clinics": "https://meet.example.org/clinics", "Opening": "https://meet.example.org/all?pwd=a,b;c"} {
		_, s, err := e.Session(session(t, "", "", title).ID)
		if err != nil {
			t.Fatal(err)
		}
		i.Backstage = nil
		bare := written(t, func(b *bytes.Buffer) error { return WriteRequest(b, e, s, i) })
		i.Backstage = behind()
		joined := read(t, written(t, func(b *bytes.Buffer) error { return WriteRequest(b, e, s, i) })).all("VEVENT")[0]
		if got := joined.first("CONFERENCE"); got != link || strings.Contains(string(bare), "CONFERENCE") {
			t.Errorf("%s: got %q, want %q, and nothing without it", title, got, link)
		}
	}
}
