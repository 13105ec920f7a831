// Package interchange turns agendas into other people's formats and back.
//
// What it writes: [WriteJSON], our own documented form; [WriteScheduleXML],
// [WriteScheduleJSON] and [WriteSchedule2JSON], which conference apps read;
// [WriteText] and [WriteMarkdown] for people.
//
// What it reads: all of these, and more: [Read] tells the format by the content.
// [ReadPlain] reads what was written for people (text, Markdown, HTML, Word),
// [ReadCSV] tables, [ReadScheduleXML] and [ReadScheduleJSON] the exports of
// pentabarf, frab, pretalx and others, [ReadIndico] Indico's, [ReadJSONList]
// other JSON with a list of sessions, [ReadCalendar] calendars. A reader gives a [Result]: a draft that
// keeps to the rules of package agenda, and remarks on what was guessed, was not
// understood, or contradicts itself.
//
// Writers and readers are pure functions of their arguments: they know no clock
// and no database. Writers cannot be given anything backstage. Both place times
// by package zone.
//
// # Design
//
// Package block makes any document a flat list of lines that says how each stood
// on the page; package phrase understands what single lines say, by tables of
// words in ten languages. The recogniser between them (plain_*.go) has general
// rules only: it finds days and sessions first, settles dates and times with the
// whole document in view, and then reads each session. Nothing is dropped: what
// has no place in an agenda is in the notes of the event or the session, and in
// [Result.Unplaced].
//
// The readers of other systems all fill one list of foreignSession, so that
// each of them only says where its format keeps what.
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

// An instants turns the clock times of one event into instants.
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
