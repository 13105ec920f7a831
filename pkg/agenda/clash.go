package agenda

import (
	"cmp"
	"slices"
)

// A ClashKind says in what two things get in each other's way.
type ClashKind string

// The kinds of clashes.
const (
	RoomClash    ClashKind = "room"   // one room is used twice at a time
	PersonClash  ClashKind = "person" // one person is needed twice at a time
	TalksTooLong ClashKind = "talks"  // the talks take longer than their session
	OutsideDay   ClashKind = "day"    // a session is not on the day it is listed under
)

// A Clash is something in an agenda that cannot be, or hardly. It never keeps
// an agenda from being published: it is for the organisers to decide.
type Clash struct {
	Kind   ClashKind
	A, B   Side   // both sides; for OutsideDay, B names the day only
	Room   string // the ID of the room, for RoomClash
	Person string // the key of the person, for PersonClash
	Over   int    // by how many minutes, for TalksTooLong
}

// A Side is one of the things that clash.
type Side struct {
	Day        *Day
	Session    *Session
	Part       *Part // if it is a part of the session
	Talk       *Talk // if it is a talk
	Start, End Clock
}

// Clashes returns the clashes of e, in the order of the agenda. Persons and
// rooms clash; organisations, countries and plain words never do. Cancelled
// sessions and buffers are in nobody's way, nor are times that are words or
// not known. An open-ended session is taken to last a minute.
func (e *Event) Clashes() []Clash {
	var clashes []Clash
	var uses []use
	for i := range e.Days {
		d := &e.Days[i]
		for _, slot := range d.Slots() {
			if slot.Session.Status == Cancelled || slot.Session.Kind == Buffer || !slot.HasStart {
				continue
			}
			clashes = append(clashes, e.outside(d, slot)...)
			clashes = append(clashes, overlong(d, slot)...)
			uses = append(uses, usesOf(d, slot)...)
		}
	}
	return append(clashes, collisions(uses)...)
}

// outside finds a session that belongs to another day, or ends at noon of the
// next or later.
func (e *Event) outside(d *Day, s Slot) []Clash {
	side := Side{Day: d, Session: s.Session, Start: s.Start, End: s.End}
	if s.HasEnd && s.End > MinutesPerDay+12*60 {
		return []Clash{{Kind: OutsideDay, A: side, B: Side{Day: d}}}
	}
	next, err := e.Day(d.Date.AddDays(1))
	if err != nil || s.Start < MinutesPerDay {
		return nil
	}
	slots := next.Slots()
	if len(slots) == 0 || !slots[0].HasStart || slots[0].Start > s.Start-MinutesPerDay {
		return nil // the night belongs to the day before
	}
	return []Clash{{Kind: OutsideDay, A: side, B: Side{Day: next}}}
}

// overlong finds talks that end after their session, in it and in its parts.
func overlong(d *Day, s Slot) []Clash {
	var clashes []Clash
	look := func(p *Part, talks []Talk) {
		sum := 0
		for _, t := range talks {
			if t.Status != Cancelled {
				sum += t.Minutes
			}
		}
		if s.HasEnd && sum > s.Minutes() {
			a := Side{Day: d, Session: s.Session, Part: p, Start: s.Start, End: s.End}
			b := Side{Day: d, Session: s.Session, Part: p, Talk: &talks[len(talks)-1], Start: s.Start, End: s.Start + Clock(sum)}
			clashes = append(clashes, Clash{Kind: TalksTooLong, A: a, B: b, Over: sum - s.Minutes()})
		}
	}
	look(nil, s.Session.Talks)
	for i := range s.Session.Parts {
		look(&s.Session.Parts[i], s.Session.Parts[i].Talks)
	}
	return clashes
}

// A use is the need of one room or one person for a stretch of time.
type use struct {
	room, person string
	from, to     int // minutes on a scale across days
	side         Side
}

// usesOf returns what a session needs: its rooms and people for all of its
// time, and what its parts need beyond that.
func usesOf(d *Day, s Slot) []use {
	end := s.End
	if !s.HasEnd {
		end = s.Start + 1
	}
	base := d.Date.Sub(Date{2000, 1, 1}) * MinutesPerDay
	var uses []use
	add := func(room, person string, p *Part) {
		side := Side{Day: d, Session: s.Session, Part: p, Start: s.Start, End: end}
		uses = append(uses, use{room, person, base + int(s.Start), base + int(end), side})
	}
	for _, r := range s.Session.Rooms {
		add(r, "", nil)
	}
	for _, key := range persons(s.Session.Roles, s.Session.Talks) {
		add("", key, nil)
	}
	for i := range s.Session.Parts {
		p := &s.Session.Parts[i]
		if p.Room != "" {
			add(p.Room, "", p)
		}
		for _, key := range persons(p.Roles, p.Talks) {
			add("", key, p)
		}
	}
	return uses
}

// persons returns the keys of the people in roles and talks, each once.
func persons(roles []Role, talks []Talk) []string {
	var keys []string
	add := func(roles []Role) {
		for _, r := range roles {
			if r.Person != "" && !slices.Contains(keys, r.Person) {
				keys = append(keys, r.Person)
			}
		}
	}
	add(roles)
	for _, t := range talks {
		add(t.Roles)
	}
	return keys
}

// collisions finds the uses of one room or person that overlap.
func collisions(uses []use) []Clash {
	slices.SortStableFunc(uses, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.room, b.room), cmp.Compare(a.person, b.person), cmp.Compare(a.from, b.from))
	})
	var clashes []Clash
	for i, a := range uses {
		for _, b := range uses[i+1:] {
			if a.room != b.room || a.person != b.person || b.from >= a.to {
				break
			}
			if within(a.side, b.side) {
				continue
			}
			kind := RoomClash
			if a.person != "" {
				kind = PersonClash
			}
			clashes = append(clashes, Clash{Kind: kind, A: a.side, B: b.side, Room: a.room, Person: a.person})
		}
	}
	slices.SortStableFunc(clashes, func(a, b Clash) int {
		return cmp.Or(a.A.Day.Date.Compare(b.A.Day.Date), cmp.Compare(a.A.Start, b.A.Start))
	})
	return clashes
}

// within reports whether one side is a session and the other a part of it: a
// moderator may move among the tables, and a part may keep its session's room.
func within(a, b Side) bool {
	return a.Session == b.Session && (a.Part == nil || b.Part == nil)
}
