package post

import (
	"fmt"
	"time"

	"tamada/pkg/agenda"
)

// An Invite asks one person to take a role in a session, by mails that put it into their
// calendar (RFC 5546). It begins with the first mail and ends with one that takes it back;
// who is asked once more has the same one again, so that their calendar takes it.
type Invite struct {
	ID        string // a UUID for life
	Event     string // the ID of the event
	Session   string // the ID of the session: the UID of the entry in their calendar
	To        Mailbox
	Role      agenda.RoleName
	Language  string // of the mails
	Sequence  int    // of the last mail: 0 for the first
	Told      string // what they know by the last mail, as of ical.Due
	Withdrawn bool
	Message   string    // the ID of the last mail
	Sent      time.Time // when it was queued

	Answer   Answer    // the last that counted; see [Invite.Current]
	AnswerTo int       // the sequence of the mail that it is to
	Answered time.Time // when it was given
}

// Next returns i after one more mail, which says told, or takes the invitation back.
func (i Invite) Next(told string, withdrawn bool, now time.Time) Invite {
	if i.Message != "" {
		i.Sequence++
	}
	i.Told, i.Withdrawn, i.Sent = told, withdrawn, now
	i.Message = agenda.DerivedID("invite", i.ID, fmt.Sprint(i.Sequence)) // sending twice is one mail
	return i
}
