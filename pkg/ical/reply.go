package ical

import (
	"errors"
	"fmt"
	"time"
)

// ErrNoReply is wrapped by the errors of [ReadReply].
var ErrNoReply = errors.New("not an answer to an invitation")

// A Reply is the answer to an [Invitation] that a mail program sends when its user presses a
// button (RFC 5546 section 3.2.3).
type Reply struct {
	UID      string    // of the session
	Attendee string    // the address that answers
	Answer   Answer    // one of those to which there is a name
	Sequence int       // of the invitation that is answered
	Sent     time.Time // by the clock of whoever sent it; zero if it does not say
}

// ReadReply reads a calendar as it comes back by mail: METHOD REPLY, with one entry and one
// ATTENDEE. The error wraps [ErrNoReply], or is that of [Read].
//
// Anybody can write such a calendar. What it says is what somebody claims, for one address
// and one session.
func ReadReply(source []byte) (Reply, error) {
	r, err := Read(source, "")
	if err != nil {
		return Reply{}, err
	}
	if len(r.Entries) != 1 || r.Entries[0].Method != "REPLY" {
		return Reply{}, fmt.Errorf("method %q, %d entries: %w", abridge(r.Method), len(r.Entries), ErrNoReply)
	}
	e := &r.Entries[0]
	if len(e.Attendees) != 1 || e.UID == "" || !e.Replaces.IsZero() {
		return Reply{}, fmt.Errorf("entry %q of %d attendees: %w", abridge(e.UID), len(e.Attendees), ErrNoReply)
	}
	a := &e.Attendees[0]
	switch a.Answer {
	case Accepted, Declined, Tentative:
		return Reply{UID: e.UID, Attendee: a.Address, Answer: a.Answer, Sequence: e.Sequence, Sent: e.Stamp}, nil
	}
	return Reply{}, fmt.Errorf("PARTSTAT %q: %w", abridge(string(a.Answer)), ErrNoReply)
}
