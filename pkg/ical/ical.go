// Package ical writes agendas as calendars that programs subscribe to and import, and reads
// the calendars of others: the iCalendar format of RFC 5545, with the properties of RFC 7986
// that programs understand.
//
// It is pure: the same event and options give the same bytes, at any time of day, so that
// a feed can be compared, cached and named by a hash of its content. Public feeds are made
// by [Write] and [WriteSeries]. What only one person may see, links to join above all, is in
// [WriteOwn] and [WriteModerator], which alone are given what is backstage. [WriteRequest]
// and [WriteCancel] make the calendar part of invitations by mail (RFC 5546).
//
// [Read] finds the entries of a calendar of any program, and says what it could not read;
// [Reading.Schedule] what takes place by them. To make an agenda of that is left to package
// interchange, which does so for all formats. The package leaves out tasks, notes and
// free/busy times, and all recurrence but that by days and weeks with an end.
//
// # Design
//
// A calendar is built of the components and properties of golang-ical. A layer of ours
// stands before it (property.go) and within it (component.go), because the library lets
// control characters, raw line ends and wrongly quoted parameters through, any of which
// makes some calendar program drop the whole feed. Nothing else adds a property.
//
// Feeds have no METHOD, ORGANIZER or ATTENDEE: with them, programs send mail to the
// organisers, and RFC 5546 puts DTSTAMP in the hands of a clock. Without, DTSTAMP is the time
// of the last change (RFC 5545 section 3.8.7.2). What a session shows is what
// [agenda.Restamp] watches: a change here of what a component shows belongs there too.
//
// Calendars are read line by line by a reader of our own, in a time that grows with their
// length alone. The library's parser takes time that grows with the square of the length
// of a line, and gives nothing at all of a file of which it does not understand one line,
// of two calendars in a file, or of names in small letters: what is wanted here is every
// entry that can be had, and the number of each line that cannot.
//
// Times that are not quite times: a session without a beginning, or whose time is a word
// ("morning"), is an all-day entry of its day. One without an end is shown with a length of
// one hour and says in its description that the end is open: DTSTART alone would be legal,
// but some programs drop such entries and others show nothing of them. One of no length
// lasts a minute, for DTEND must be later than DTSTART.
package ical

import (
	"io"
	"net/url"

	"tamada/pkg/agenda"
)

// MIMEType is the media type of what the package writes.
const MIMEType = "text/calendar; charset=utf-8"

// Options say what a calendar contains and how. The zero value is the whole agenda in the
// event's first language, as a file.
type Options struct {
	Lang     string      // of texts and words, BCP 47; where it is missing, the event's languages
	Track    string      // only sessions of the track with this ID
	Kind     agenda.Kind // only sessions of this kind
	Room     string      // only sessions in the room with this ID
	Person   string      // only sessions in which the person with this key has a role
	Session  string      // only the session with this ID or code
	NoBreaks bool        // leave out breaks and meals
	EachTalk bool        // an entry for each lightning talk, besides the one of its session
	UTC      bool        // times in UTC, for programs with old zone data
	BaseURL  string      // of the site, without a slash at the end; if empty, nothing is linked
	Secret   bool        // do not write the calendar's own address into it
}

// filtered reports whether o leaves out sessions by what they are.
func (o Options) filtered() bool {
	return o.Track != "" || o.Kind != "" || o.Room != "" || o.Person != "" || o.Session != ""
}

// Write writes the calendar of e: the event itself as an entry of whole days, and its
// sessions. With a filter it holds only the sessions that match, and not the event.
//
// Errors wrap [agenda.ErrNotFound] if a filter names what e does not have, and
// zone.ErrUnknown if the zone of e is unknown. Nothing is written then.
func Write(w io.Writer, e *agenda.Event, o Options) error {
	f, err := newFeed(e, o)
	if err != nil {
		return err
	}
	if err := f.checkFilters(); err != nil {
		return err
	}
	if !o.filtered() {
		f.addEvent()
	}
	f.addSessions(f.listed)
	c := f.calendar(f.name())
	if !o.Secret {
		c.source = Address(e, o)
	}
	return c.write(w)
}

// WriteSeries writes the calendar of all of events, the meetings of a series. The filters
// of o do not count. Errors are those of [Write].
func WriteSeries(w io.Writer, series agenda.Series, events []*agenda.Event, o Options) error {
	o.Track, o.Kind, o.Room, o.Person, o.Session = "", "", "", "", ""
	c := seriesCalendar(series, events, o)
	for _, e := range events {
		f, err := newFeed(e, o)
		if err != nil {
			return err
		}
		f.addEvent()
		f.addSessions(f.listed)
		c.add(f)
	}
	return c.write(w)
}

// UID returns the UID in calendars of what has this ID in e: the event itself, a session, a
// talk. It is the same in every feed, mail and export, for life: the bare UUID (RFC 7986
// section 5.3).
func UID(e *agenda.Event, id string) string {
	if agenda.ValidID(id) {
		return id
	}
	return agenda.DerivedID("uid", e.ID, e.Slug, id)
}

// Address returns the address of the calendar that [Write] makes with these options, or ""
// if o has no base. Its parameters are in a fixed order and only those that matter.
func Address(e *agenda.Event, o Options) string {
	if o.BaseURL == "" {
		return ""
	}
	address := eventURL(e, o)
	switch {
	case o.Session != "":
		address += "/s/" + sessionRef(o.Session) + ".ics"
	case o.Person != "":
		address += "/p/" + url.PathEscape(o.Person) + ".ics"
	default:
		address += "/calendar.ics"
	}
	return address + o.query()
}

// query returns the parameters of an address, with the question mark.
func (o Options) query() string {
	q := url.Values{}
	set := func(name, value string, ok bool) {
		if ok && value != "" {
			q.Set(name, value)
		}
	}
	set("lang", o.Lang, true)
	set("track", o.Track, true)
	set("kind", string(o.Kind), true)
	set("room", o.Room, true)
	set("breaks", "0", o.NoBreaks)
	set("lightning", "each", o.EachTalk)
	set("zone", "utc", o.UTC)
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// eventURL returns the address of the page of e, or "".
func eventURL(e *agenda.Event, o Options) string {
	if o.BaseURL == "" {
		return ""
	}
	return o.BaseURL + "/e/" + url.PathEscape(e.Slug)
}

// sessionURL returns the address of the page of s, or "".
func sessionURL(e *agenda.Event, s *agenda.Session, o Options) string {
	if o.BaseURL == "" {
		return ""
	}
	return eventURL(e, o) + "/s/" + sessionRef(s.ID)
}

// sessionRef returns the short code of the session with this ID, or what else names it.
func sessionRef(ref string) string {
	if code := agenda.Code(ref); code != "" {
		return code
	}
	return url.PathEscape(ref)
}
