package ical

import (
	"fmt"
	"io"
	"net/mail"
	"strings"
	"time"

	"tamada/pkg/agenda"
)

// An Invitation asks somebody to take a role in a session, by mail (RFC 5546). Its entry has
// the UID of the session, as in every feed: see [UID].
type Invitation struct {
	Organiser Mailbox          // of the platform
	Attendee  Mailbox          // the only one that is listed
	Role      agenda.RoleName  // what they are asked to do
	Sequence  int              // raised with every mail to Attendee about the session
	Sent      time.Time        // when the mail is written
	Replies   bool             // answers to Organiser are read; without, none is asked for
	Backstage agenda.Backstage // links to join, and dial-in numbers
	Lang      string           // as in [Options]
	BaseURL   string           // as in [Options]
}

// A Mailbox is somebody's name and mail address.
type Mailbox struct {
	Name    string
	Address string // "nino@example.org"
}

// WriteRequest writes the calendar part of a mail that asks i.Attendee to take a role in
// session s of e, or that says what has changed: METHOD REQUEST (RFC 5546 section 3.2.2).
//
// Errors wrap [agenda.ErrNotFound] if e has no such session, and zone.ErrUnknown if the zone
// of e is unknown. An address that is none is an error too.
func WriteRequest(w io.Writer, e *agenda.Event, s *agenda.Session, i Invitation) error {
	return i.write(w, e, s, "REQUEST")
}

// WriteCancel writes the calendar part of a mail that takes an invitation back: METHOD
// CANCEL (RFC 5546 section 3.2.5). Errors are those of [WriteRequest].
func WriteCancel(w io.Writer, e *agenda.Event, s *agenda.Session, i Invitation) error {
	return i.write(w, e, s, "CANCEL")
}

func (i Invitation) write(w io.Writer, e *agenda.Event, s *agenda.Session, method string) error {
	if err := i.check(); err != nil {
		return err
	}
	date, slot, err := slotOf(e, s)
	if err != nil {
		return err
	}
	f, err := newFeed(e, Options{Lang: i.Lang, BaseURL: i.BaseURL})
	if err != nil {
		return err
	}
	f.add(i.entry(f, date, slot, method))
	c := f.calendar(f.say(s.Title))
	c.method = method
	return c.write(w)
}

// check returns an error if i cannot be sent.
func (i Invitation) check() error {
	for _, m := range []Mailbox{i.Organiser, i.Attendee} {
		if a, err := mail.ParseAddress(m.Address); err != nil || a.Address != m.Address {
			return fmt.Errorf("invitation: %q is not a mail address like nino@example.org", m.Address)
		}
	}
	return nil
}

// slotOf returns when s is in e.
func slotOf(e *agenda.Event, s *agenda.Session) (agenda.Date, agenda.Slot, error) {
	for i := range e.Days {
		for _, slot := range e.Days[i].Slots() {
			if slot.Session.ID == s.ID {
				return e.Days[i].Date, slot, nil
			}
		}
	}
	return agenda.Date{}, agenda.Slot{}, agenda.NotFound("session", s.ID)
}

// entry returns the one entry of an invitation.
func (i Invitation) entry(f *feed, date agenda.Date, slot agenda.Slot, method string) vevent {
	v := f.session(date, slot)
	if method == "CANCEL" && v.status != agenda.Cancelled {
		v.status = agenda.Cancelled
		v.summary = f.called(v.summary, v.status)
	}
	v.modified = i.Sent
	v.sequence = i.Sequence
	v.busy = true
	v.join = (&Own{Backstage: i.Backstage}).entrance(slot.Session)
	v.parent = ""
	v.invitation = &i
	v.description = f.describe(slot, &v)
	return v
}

// add adds who invites and who is invited. In feeds there is no invitation.
func (i *Invitation) add(p *properties) {
	if i == nil {
		return
	}
	p.address("ORGANIZER", i.Organiser, params{})
	rsvp := "FALSE"
	if i.Replies {
		rsvp = "TRUE"
	}
	p.address("ATTENDEE", i.Attendee, params{
		"CUTYPE":   {"INDIVIDUAL"},
		"PARTSTAT": {"NEEDS-ACTION"},
		"ROLE":     {participation(i.Role)},
		"RSVP":     {rsvp},
	})
}

// address adds somebody's mailbox (RFC 5545 section 3.3.3).
func (p *properties) address(name string, m Mailbox, with params) {
	who := m.Name
	if strings.TrimSpace(who) == "" {
		who = m.Address
	}
	with["CN"] = []string{oneLine(who)}
	p.uri(name, mailto(m.Address), with)
}

// mailto returns an address as a URI (RFC 6068 section 2).
func mailto(address string) string {
	return "mailto:" + strings.NewReplacer("%", "%25", "?", "%3F", "&", "%26", ",", "%2C", ";", "%3B").Replace(address)
}

// participation returns the ROLE of somebody who takes a role (RFC 5545 section 3.2.16).
func participation(r agenda.RoleName) string {
	switch r {
	case agenda.Chair, agenda.CoChair, agenda.Moderator, agenda.Facilitator:
		return "CHAIR"
	case agenda.Observer:
		return "OPT-PARTICIPANT"
	}
	return "REQ-PARTICIPANT"
}
