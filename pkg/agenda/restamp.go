package agenda

import (
	"encoding/json"
	"slices"
	"time"
)

// Restamp gives the event and the sessions of next their sequence numbers and
// times of modification, as calendars need them (RFC 5545 sections 3.8.7.3 and
// 3.8.7.4): raised, with modified time now, where anything that a calendar
// shows differs from previous in any language, its room's name and its zone
// included; carried over where not. A session that previous lacks begins at 0.
// If previous is nil, everything does.
//
// Sessions of previous that next lacks come back, cancelled: what was once
// released is never removed. Restamp changes next and nothing else.
func Restamp(previous, next *Event, now time.Time) {
	now = now.UTC().Truncate(time.Second)
	if previous == nil {
		next.Sequence, next.Modified = 0, now
		for _, s := range next.Sessions() {
			s.Sequence, s.Modified = 0, now
		}
		return
	}
	keepCancelled(previous, next)
	next.Sequence, next.Modified = stamp(previous.Sequence, previous.Modified, same(previous.shown(), next.shown()), now)
	olds, before, after := previous.byID(), previous.shownSessions(), next.shownSessions()
	for _, s := range next.Sessions() {
		old := olds[s.ID]
		if old == nil {
			s.Sequence, s.Modified = 0, now
			continue
		}
		s.Sequence, s.Modified = stamp(old.Sequence, old.Modified, same(before[s.ID], after[s.ID]), now)
	}
}

// stamp returns what follows the given sequence and time of modification.
func stamp(sequence int, modified time.Time, same bool, now time.Time) (int, time.Time) {
	if same {
		return sequence, modified
	}
	return sequence + 1, now
}

// keepCancelled adds the sessions of previous that next lacks to next, as
// cancelled, with the rooms, tracks and people that they name.
func keepCancelled(previous, next *Event) {
	kept, spots := next.byID(), previous.spots()
	for d, s := range previous.Sessions() {
		if kept[s.ID] != nil {
			continue
		}
		gone := *s
		gone.Status, gone.Time = Cancelled, spots[s.ID].Time // its neighbours may have moved
		day, err := next.Day(d.Date)
		if err != nil {
			i := 0
			for i < len(next.Days) && next.Days[i].Date.Compare(d.Date) < 0 {
				i++
			}
			next.Days = slices.Insert(next.Days, i, Day{Date: d.Date, Title: d.Title})
			day = &next.Days[i]
		}
		day.Sessions = append(day.Sessions, gone)
		keepNames(previous, next, &gone)
	}
}

// keepNames adds what s refers to and next lacks.
func keepNames(previous, next *Event, s *Session) {
	for _, id := range s.AllRooms() {
		if _, err := next.Room(id); err != nil {
			if r, err := previous.Room(id); err == nil {
				next.Rooms = append(next.Rooms, *r)
			}
		}
	}
	if _, err := next.Track(s.Track); err != nil {
		if t, err := previous.Track(s.Track); err == nil {
			next.Tracks = append(next.Tracks, *t)
		}
	}
	for r := range s.AllRoles() {
		if _, err := next.Person(r.Person); err != nil {
			if p, err := previous.Person(r.Person); err == nil {
				next.People = append(next.People, *p)
			}
		}
	}
}

// shown returns what a calendar shows of e as a whole: all but its lists and
// its stamps.
func (e *Event) shown() any {
	c := *e
	c.Release, c.Updated, c.Sequence, c.Modified = 0, time.Time{}, 0, time.Time{}
	c.Rooms, c.Tracks, c.People, c.Days, c.Organisers = nil, nil, nil, nil, nil
	c.Languages = c.Languages[:min(1, len(c.Languages))]
	from, to := e.Dates()
	return []any{c, from, to}
}

// shownSessions returns what a calendar shows of each session, by ID.
func (e *Event) shownSessions() map[string]any {
	shown := map[string]any{}
	for i := range e.Days {
		d := &e.Days[i]
		for _, slot := range d.Slots() {
			c := *slot.Session
			c.Time, c.Sequence, c.Modified = Time{}, 0, time.Time{}
			slot.Session = nil
			shown[c.ID] = []any{e.Slug, e.Zone, e.Languages[:min(1, len(e.Languages))], e.Venue, e.Online, e.Format, e.Status, d.Date, slot, c, e.names(&c)}
		}
	}
	return shown
}

// names returns what the rooms, track and people of s are called.
func (e *Event) names(s *Session) []any {
	var names []any
	for _, id := range s.AllRooms() {
		if r, err := e.Room(id); err == nil {
			names = append(names, r.Name)
		}
	}
	if t, err := e.Track(s.Track); err == nil {
		names = append(names, t.Name)
	}
	for r := range s.AllRoles() {
		if p, err := e.Person(r.Person); err == nil {
			names = append(names, p.Name, p.Honorific, p.Posts, p.Organisation, p.Country)
		}
	}
	return names
}

// same reports whether a and b are alike as JSON writes them, which knows no
// difference between a nil and an empty list.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
