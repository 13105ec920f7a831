// Package interchange turns agendas into other people's formats and back.
//
// What it writes: [WriteJSON], our own documented form; [WriteScheduleXML],
// [WriteScheduleJSON] and [WriteSchedule2JSON], which conference apps read;
// [WriteText] and [WriteMarkdown] for people.
//
// Writers are pure functions of an event and [Options]: they know no clock and
// no database, and nothing backstage can reach them. They place times by
// package zone, so that every instant carries its offset.
package interchange

import (
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// Options say how an event is written. The zero value writes everything, in
// the event's first language, without links to its pages.
type Options struct {
	BaseURL     string // where the site is: "https://meet.example.org"; empty leaves links out
	Language    string // of formats that hold one language, BCP 47; empty means the event's first
	LeaveBreaks bool   // leave breaks, meals and buffers out of schedules
	EachTalk    bool   // in schedules, write each talk as an event of its own, in place of its session
}

// eventURL returns the address of the event's page, or "".
func (o Options) eventURL(e *agenda.Event) string {
	if o.BaseURL == "" {
		return ""
	}
	return strings.TrimRight(o.BaseURL, "/") + "/e/" + e.Slug
}

// sessionURL returns the address of a session's page, or "".
func (o Options) sessionURL(e *agenda.Event, s *agenda.Session) string {
	if o.BaseURL == "" {
		return ""
	}
	return o.eventURL(e) + "/s/" + agenda.Code(s.ID)
}

// text returns t in the language of o, or the nearest there is.
func (o Options) text(e *agenda.Event, t agenda.Text) string {
	s, _ := t.In(o.Language, e.Languages...)
	return s
}

// A place in time: what turns the clock times of one event into instants.
type instants struct{ loc *time.Location }

// instantsOf returns the instants of e. The error wraps [zone.ErrUnknown].
func instantsOf(e *agenda.Event) (instants, error) {
	loc, err := zone.Load(e.Zone)
	return instants{loc}, err
}

// at returns the instant at which the clock shows c on the day d.
func (i instants) at(d agenda.Date, c agenda.Clock) time.Time {
	t, _ := zone.At(i.loc, d, c)
	return t
}
