package ical

import (
	"strings"

	"tamada/pkg/agenda"
)

// A Notice is the mail about an invitation that is due.
type Notice string

// The notices.
const (
	NoNotice      Notice = ""
	RequestNotice Notice = "request" // the first, and whenever time, place or status change; see [WriteRequest]
	CancelNotice  Notice = "cancel"  // see [WriteCancel]
)

// calledOff is what somebody knows of a session that they were told is cancelled.
const calledOff = "cancelled"

// Due returns which mail about session s of e is due to somebody, and what they know once they
// have it; told is what they know so far, "" if they were told nothing. Only what matters to
// somebody who has to be there counts: when, where, and whether. A title or an abstract that
// changes is no reason for a mail. Who was never asked is not told that it is off.
//
// Errors wrap [agenda.ErrNotFound] if e has no such session, and zone.ErrUnknown if the zone of
// e is unknown.
func Due(told string, e *agenda.Event, s *agenda.Session) (n Notice, knows string, err error) {
	date, slot, err := slotOf(e, s)
	if err != nil {
		return NoNotice, told, err
	}
	f, err := newFeed(e, Options{})
	if err != nil {
		return NoNotice, told, err
	}
	v := f.session(date, slot)
	if v.status == agenda.Cancelled {
		if told == "" || told == calledOff {
			return NoNotice, told, nil
		}
		return CancelNotice, calledOff, nil
	}
	knows = strings.Join([]string{string(v.status), stamp(v.span.start), stamp(v.span.end), compact(v.span.first), v.location}, "\n")
	if knows == told {
		return NoNotice, told, nil
	}
	return RequestNotice, knows, nil
}
