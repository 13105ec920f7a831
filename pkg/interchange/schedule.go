package interchange

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// ErrNoDate is returned by the writers of schedules for an event none of whose
// days is fixed: these formats cannot say so.
var ErrNoDate = errors.New("no date is fixed: schedules need at least one")

// A timetable is an event in the terms that schedule.xml, schedule.json and
// their second version share: days of slots, each in one room.
type timetable struct {
	event      *agenda.Event
	options    Options
	acronym    string
	language   *locale.Locale
	days       []timetableDay
	start, end time.Time
}

// A timetableDay is one day of a timetable.
type timetableDay struct {
	index      int // from 1
	date       agenda.Date
	start, end time.Time // of its slots, or of the day if it has none
	slots      []timetableSlot
}

// A timetableSlot is a session, or a talk of one, in its room.
type timetableSlot struct {
	id         string // a UUID
	number     int    // positive, unique in the event
	code       string // six digits or capital letters; empty where another slot has the same
	slug       string
	url        string
	room       string // its name
	roomID     string // a UUID
	start, end time.Time
	kind       agenda.Kind
	status     agenda.Status
	title      agenda.Text
	abstract   agenda.Text
	details    agenda.Text // what no other field of the formats can hold, Markdown
	track      *agenda.Track
	language   string
	recorded   bool
	roles      []agenda.Role
	links      []agenda.Link
}

// newTimetable returns the timetable of e. Sessions of which no beginning is
// known are not in it.
func newTimetable(e *agenda.Event, options Options) (*timetable, error) {
	at, err := instantsOf(e)
	if err != nil {
		return nil, err
	}
	if from, _ := e.Dates(); from.IsZero() {
		return nil, fmt.Errorf("event %q: %w", e.Slug, ErrNoDate)
	}
	t := &timetable{event: e, options: options, acronym: acronym(e.Slug)}
	t.language = locale.For(append([]string{options.Language}, e.Languages...)...)
	b := timetableBuilder{timetable: t, instants: at, numbers: map[int]bool{}, codes: map[string]bool{}}
	for i := range e.Days {
		b.day(&e.Days[i])
	}
	if len(e.Days) == 0 {
		b.day(&agenda.Day{Date: e.Span.From})
	}
	slices.SortStableFunc(t.days, func(a, b timetableDay) int { return a.date.Compare(b.date) })
	for i := range t.days {
		t.days[i].index = i + 1
	}
	t.start, t.end = t.days[0].start, t.days[len(t.days)-1].end
	return t, nil
}

// acronym returns slug as schedules allow it: in schedule.json at least four
// of a-z, 0-9 and underscores.
func acronym(slug string) string {
	a := strings.ReplaceAll(slug, "-", "_")
	return a + strings.Repeat("_", max(0, 4-len(a)))
}

// text returns s in the language of the timetable.
func (t *timetable) text(s agenda.Text) string { return t.options.text(t.event, s) }

// title returns the title of slot, which says so if it is cancelled: version 1
// of the formats has no other place for it.
func (t *timetable) title(slot *timetableSlot) string {
	title := t.text(slot.title)
	if slot.status == agenda.Cancelled {
		return t.label(t.language.T("status.cancelled"), title)
	}
	return title
}

// label joins a label and what it labels: "Moderator: Nino Beridze".
func (t *timetable) label(label, value string) string {
	return t.language.T("label", "label", label, "value", value)
}

// version returns the version of the schedule.
func (t *timetable) version() string {
	if t.event.Release == 0 {
		return "draft"
	}
	return fmt.Sprint(t.event.Release)
}

// rooms returns the slots of d by their room, rooms in the order of the event.
func (d *timetableDay) rooms() []timetableRoom {
	var rooms []timetableRoom
	for i := range d.slots {
		at := slices.IndexFunc(rooms, func(r timetableRoom) bool { return r.name == d.slots[i].room })
		if at < 0 {
			at = len(rooms)
			rooms = append(rooms, timetableRoom{name: d.slots[i].room, id: d.slots[i].roomID})
		}
		rooms[at].slots = append(rooms[at].slots, &d.slots[i])
	}
	return rooms
}

// A timetableRoom holds the slots of one room.
type timetableRoom struct {
	name, id string
	slots    []*timetableSlot
}

// A timetableBuilder makes a timetable.
type timetableBuilder struct {
	*timetable
	instants
	numbers map[int]bool
	codes   map[string]bool
}

func (b *timetableBuilder) day(d *agenda.Day) {
	midnight := b.at(d.Date, 0)
	day := timetableDay{date: d.Date, start: midnight, end: b.at(d.Date, agenda.MinutesPerDay)}
	for _, slot := range d.Slots() {
		if !slot.HasStart || b.options.LeaveBreaks && slot.Session.Kind.Pause() {
			continue
		}
		day.slots = append(day.slots, b.slots(d.Date, slot)...)
	}
	for i, s := range day.slots {
		if i == 0 || s.start.Before(day.start) {
			day.start = s.start
		}
		if i == 0 || s.end.After(day.end) {
			day.end = s.end
		}
	}
	b.days = append(b.days, day)
}

// slots returns the slot of a session or, where that is wanted and their times
// are known, those of its talks.
func (b *timetableBuilder) slots(date agenda.Date, slot agenda.Slot) []timetableSlot {
	s := slot.Session
	whole := b.session(date, slot)
	if !b.options.EachTalk || len(s.Talks) == 0 {
		return []timetableSlot{b.numbered(whole)}
	}
	var list []timetableSlot
	for _, t := range slot.TalkTimes(s.Talks) {
		if !t.HasStart || !t.HasEnd {
			return []timetableSlot{b.numbered(whole)}
		}
		list = append(list, b.talk(date, whole, t))
	}
	for i := range list {
		list[i] = b.numbered(list[i])
	}
	return list
}

// unknownLength is how long a session lasts whose end nobody knows: apps do not
// show what lasts no time.
const unknownLength = 15 * time.Minute

func (b *timetableBuilder) session(date agenda.Date, slot agenda.Slot) timetableSlot {
	s := slot.Session
	t := timetableSlot{
		id: s.ID, url: b.options.sessionURL(b.event, s), start: b.at(date, slot.Start), end: b.at(date, slot.Start).Add(unknownLength),
		kind: s.Kind, status: s.Status, title: s.Title, abstract: s.Abstract, details: b.details(s),
		language: s.Language, recorded: s.Recorded, roles: s.Roles, links: s.Links,
	}
	if slot.HasEnd {
		t.end = b.at(date, slot.End)
	}
	if track, err := b.event.Track(s.Track); err == nil {
		t.track = track
	}
	t.room, t.roomID = b.room(s.AllRooms())
	return t
}

func (b *timetableBuilder) talk(date agenda.Date, whole timetableSlot, at agenda.TalkTime) timetableSlot {
	t := whole
	t.id, t.title, t.abstract, t.details = at.Talk.ID, at.Talk.Title, at.Talk.Abstract, b.holders(at.Talk.Roles)
	t.start, t.end = b.at(date, at.Start), b.at(date, at.End)
	t.roles, t.links, t.kind = at.Talk.Roles, at.Talk.Links, agenda.Presentation
	if at.Talk.Status != agenda.Confirmed {
		t.status = at.Talk.Status
	}
	if at.Talk.Language != "" {
		t.language = at.Talk.Language
	}
	return t
}

// numbered gives t the numbers and names that must be unique.
func (b *timetableBuilder) numbered(t timetableSlot) timetableSlot {
	code := agenda.Code(t.id)
	t.number = 1
	for _, digit := range code {
		t.number = t.number*32 + strings.IndexRune("0123456789abcdefghjkmnpqrstvwxyz", digit)
	}
	for b.numbers[t.number] {
		t.number++
	}
	b.numbers[t.number] = true
	t.slug = b.acronym + "-" + code
	if b.codes[code] {
		t.slug += fmt.Sprintf("_%d", t.number)
	} else {
		t.code = strings.ToUpper(code)
	}
	b.codes[code] = true
	if t.language == "" {
		t.language = b.event.Languages[0]
	}
	return t
}

// room returns the name and the ID of the room that stands for rooms. A session
// without one is in the room of the meeting as a whole.
func (b *timetableBuilder) room(rooms []string) (name, id string) {
	if len(rooms) > 0 {
		if r, err := b.event.Room(rooms[0]); err == nil {
			return b.text(r.Name), roomID(b.event, r.ID)
		}
	}
	switch v := b.event.Venue; {
	case b.event.Format == agenda.OnlineFormat:
		name = b.language.T("format.online")
	case v != nil && !v.Name.Empty():
		name = b.text(v.Name)
	default:
		name = b.language.T("venue")
	}
	return name, roomID(b.event, "")
}

// roomID returns the UUID of a room of e.
func roomID(e *agenda.Event, id string) string { return agenda.DerivedID(e.ID, "room", id) }

// scheduleDuration returns the length of t as "01:30". Apps read it as a time
// of day, so that it is less than a day.
func scheduleDuration(t *timetableSlot) string {
	m := min(int(t.end.Sub(t.start)/time.Minute), agenda.MinutesPerDay-1)
	return fmt.Sprintf("%02d:%02d", m/60, m%60)
}

// scheduleInstant writes t with its offset; for UTC as "+00:00", which the patterns of
// the schemas want.
func scheduleInstant(t time.Time) string { return t.Format("2006-01-02T15:04:05-07:00") }
