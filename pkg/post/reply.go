package post

import (
	"strings"
	"time"
)

// An Answer is what somebody says who was asked to take a role.
type Answer string

// The answers.
const (
	NoAnswer  Answer = ""
	Accepted  Answer = "accepted"
	Declined  Answer = "declined"
	Tentative Answer = "tentative" // perhaps
)

// A Reply is an answer to an [Invite], as it came by mail.
type Reply struct {
	Session  string // the ID of the session: the UID that it names
	Address  string // whose answer it claims to be
	Answer   Answer
	Sequence int       // of the mail that is answered
	Sent     time.Time // by the clock of whoever sent it; zero if it does not say
	Received time.Time
}

// An Outcome says what became of a reply; it is the name that the figures of operators have.
type Outcome string

// The outcomes.
const (
	Taken     Outcome = "taken"      // it is the answer of the invite now
	Known     Outcome = "known"      // it was that before
	Outdated  Outcome = "outdated"   // a mail about a change went out since, or a later answer came
	TakenBack Outcome = "taken-back" // nobody is asked any more
	Stranger  Outcome = "stranger"   // there is no such invite, or it went to another address
	Unread    Outcome = "unread"     // a message that is no reply, or too large to be read
)

// Take returns i with the answer of r, if that is one. It counts only for the address that
// i went to: whatever a mail claims, it can change no other answer. The session is public, so
// who knows the address can forge one; and sets no more than what is shown as the answer of
// that address, which its owner can change by another reply. Nothing else depends on it.
//
// An answer to a mail before the last does not count: since then, time, place or status have
// changed. Of several to the same mail the one counts that was sent last; none was sent after
// it was received.
func (i Invite) Take(r Reply) (Invite, Outcome) {
	at := r.Sent
	if at.IsZero() || at.After(r.Received) {
		at = r.Received
	}
	at = at.UTC().Truncate(time.Second) // as calendars have it
	switch {
	case !strings.EqualFold(r.Session, i.Session) || !strings.EqualFold(r.Address, i.To.Address):
		return i, Stranger
	case i.Withdrawn:
		return i, TakenBack
	case r.Sequence < i.Sequence || i.AnswerTo == i.Sequence && at.Before(i.Answered):
		return i, Outdated
	case i.AnswerTo == i.Sequence && i.Answer == r.Answer && !at.After(i.Answered):
		return i, Known
	}
	i.Answer, i.AnswerTo, i.Answered = r.Answer, i.Sequence, at
	return i, Taken
}

// Current returns the answer to the last mail; [NoAnswer] if the answer that there is was to
// one before.
func (i Invite) Current() Answer {
	if i.AnswerTo != i.Sequence {
		return NoAnswer
	}
	return i.Answer
}

// A Place is how far a mailbox was read (RFC 9051 section 2.3.1.1).
type Place struct {
	Validity uint32 // of the numbers; 0 for a mailbox that was never read
	Last     uint32 // the number of the last message that was read
}
