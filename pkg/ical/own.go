package ical

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"time"

	"tamada/pkg/agenda"
)

// Own says whose calendar a private one is. Nothing else here holds what is backstage.
type Own struct {
	ID        string           // of their registration: what names the calendar for life
	Person    string           // their key in the event; "" for somebody without a role
	Sessions  []string         // the sessions that they have chosen, by ID or code
	Alarms    bool             // remind them ten minutes before each session
	Backstage agenda.Backstage // links to join, and dial-in numbers
}

const (
	alarm     = "-PT10M"         // before a session
	callAlarm = "-PT15M"         // before the call to one
	callTime  = 15 * time.Minute // how long before a session those who run it are called
)

// WriteOwn writes somebody's own calendar: the sessions that they have chosen and those in
// which they have a role, which take their time, and the talks that they give. What e does
// not have, or no longer, is left out. The calendar does not say its own address. Errors are
// those of [Write].
func WriteOwn(w io.Writer, e *agenda.Event, own Own, o Options) error {
	f, err := newOwn(e, own, o)
	if err != nil {
		return err
	}
	f.addSessions(func(s *agenda.Session) bool {
		return slices.ContainsFunc(own.Sessions, func(ref string) bool { return named(s, ref) }) ||
			own.Person != "" && s.HasPerson(own.Person)
	})
	return f.ownCalendar("calendar.own").write(w)
}

// WriteModerator writes the calendar of somebody who moderates or chairs: their sessions,
// and for each an entry of its own that calls them to the room in time, with an alarm.
// Otherwise it is like [WriteOwn].
func WriteModerator(w io.Writer, e *agenda.Event, own Own, o Options) error {
	f, err := newOwn(e, own, o)
	if err != nil {
		return err
	}
	f.calls = true
	f.addSessions(func(s *agenda.Session) bool { return own.runs(s) != "" })
	return f.ownCalendar("calendar.moderation").write(w)
}

// newOwn returns the feed of a private calendar.
func newOwn(e *agenda.Event, own Own, o Options) (*feed, error) {
	f, err := newFeed(e, Options{Lang: o.Lang, UTC: o.UTC, BaseURL: o.BaseURL})
	if err != nil {
		return nil, err
	}
	f.own = &own
	return f, nil
}

// ownCalendar returns the private calendar of what is in f.
func (f *feed) ownCalendar(title string) *calendar {
	c := f.calendar(f.words.T(title, "title", f.say(f.event.Title)))
	c.uid = agenda.DerivedID(title, f.uid, cmp.Or(f.own.ID, f.own.Person))
	return c
}

// named reports whether ref, an ID or code, means s.
func named(s *agenda.Session, ref string) bool {
	return s.ID == ref || agenda.Code(s.ID) == strings.ToLower(ref)
}

// running are the roles of those who run a session, those who moderate first.
var running = [...]agenda.RoleName{agenda.Moderator, agenda.Facilitator, agenda.Chair, agenda.CoChair}

// runs returns the role by which the person runs s or a part of it, or "".
func (o *Own) runs(s *agenda.Session) agenda.RoleName {
	if o.Person == "" {
		return ""
	}
	for _, name := range running {
		for r := range s.AllRoles() {
			if r.Person == o.Person && r.Has(name) {
				return name
			}
		}
	}
	return ""
}

// speaks reports whether the person has a role in t.
func (o *Own) speaks(t *agenda.Talk) bool {
	return o != nil && o.Person != "" &&
		slices.ContainsFunc(t.Roles, func(r agenda.Role) bool { return r.Person == o.Person })
}

// entrance returns how to join s: its own way, or that of the event.
func (o *Own) entrance(s *agenda.Session) entrance {
	n := o.Backstage[s.ID]
	if n.Join == "" && n.Phone == "" {
		n = o.Backstage[agenda.BackstageEvent]
	}
	return entrance{n.Join, n.Phone, n.Code}
}

// claim makes the entry of a session one of a private calendar.
func (f *feed) claim(v *vevent, slot agenda.Slot) {
	s := slot.Session
	v.busy = v.status != agenda.Cancelled && (slot.HasStart || slot.Span == agenda.AllDay)
	v.join = f.own.entrance(s)
	if f.own.Alarms && slot.HasStart {
		v.alarm = alarm
	}
	switch f.own.runs(s) {
	case agenda.Moderator, agenda.Facilitator:
		v.summary = f.words.T("calendar.you-moderate", "title", v.summary)
		v.categories = append(v.categories, f.words.T("calendar.moderating"))
	case agenda.Chair, agenda.CoChair:
		v.summary = f.words.T("calendar.you-chair", "title", v.summary)
		v.categories = append(v.categories, f.words.T("calendar.moderating"))
	}
}

// addCall adds the call to a session to the calendar of who runs it.
func (f *feed) addCall(session vevent, slot agenda.Slot) {
	if !f.calls || !slot.HasStart {
		return
	}
	s := slot.Session
	v := session
	v.uid = agenda.DerivedID("call", session.uid, f.own.Person)
	v.span = span{start: session.span.start.Add(-callTime), end: session.span.start}
	v.summary = f.callTitle(s, session.status)
	v.description = f.describeCall(&v)
	v.categories = []string{f.words.T("calendar.moderating")}
	v.parent = session.uid
	v.alarm = callAlarm
	f.add(v)
}

// describeCall says when to be there, and how to take part from afar.
func (f *feed) describeCall(v *vevent) string {
	var b blocks
	b.add(f.words.T("calendar.call-note"))
	b.add(f.entranceLines(v.join)...)
	b.add(v.url)
	return b.String()
}

// callTitle says where to be.
func (f *feed) callTitle(s *agenda.Session, status agenda.Status) string {
	title := f.words.T("calendar.call-online", "title", f.say(s.Title))
	if rooms := s.AllRooms(); len(rooms) > 0 && f.rooms[rooms[0]] != "" {
		title = f.words.T("calendar.call", "title", f.say(s.Title), "room", f.rooms[rooms[0]])
	}
	return f.called(title, status)
}
