package agenda

import "time"

// A ChangeKind says what a release changed.
type ChangeKind string

// The kinds of changes. Where a session changed in several ways there is a
// [Change] for each.
const (
	Added     ChangeKind = "added"     // a session that was not there
	Moved     ChangeKind = "moved"     // to another day
	Retimed   ChangeKind = "retimed"   // another time on the same day
	ReRoomed  ChangeKind = "re-roomed" // another room, or the room has another name
	Retitled  ChangeKind = "retitled"  //
	Recast    ChangeKind = "recast"    // other people, or in other roles
	Reworded  ChangeKind = "reworded"  // any other text or detail
	Called    ChangeKind = "cancelled" // it will not take place
	Restored  ChangeKind = "restored"  // it was cancelled and takes place after all
	Removed   ChangeKind = "removed"   // a session of a draft that was never released
	EventWide ChangeKind = "event"     // the event as a whole; Field says what
)

// A Change is one thing that differs between two versions of an event.
type Change struct {
	Kind    ChangeKind `json:"kind"`
	Session string     `json:"session,omitempty"` // its ID; empty for the event as a whole
	Title   Text       `json:"title,omitempty"`   // the session's title after the change
	Field   string     `json:"field,omitempty"`   // for EventWide: the field's name in JSON
	OldName Text       `json:"oldName,omitempty"` // for Retitled, and titles of the event
	Was     *Spot      `json:"was,omitempty"`     // when and where the session was
	Now     *Spot      `json:"now,omitempty"`     // when and where it is
}

// A Spot is when and where a session is.
type Spot struct {
	Date  Date   `json:"date"`
	Time  Time   `json:"time,omitzero"` // worked out: FromTo, From, FromFor if long, or a word
	Rooms []Text `json:"rooms,omitempty"`
}

// Diff returns what next changes of previous: first the event as a whole, then
// its sessions in the order of their agenda, then those that are gone. If
// previous is nil there are no changes. What only organisers see (release
// numbers and stamps) does not count.
func Diff(previous, next *Event) []Change {
	if previous == nil {
		return nil
	}
	changes := diffEvent(previous, next)
	before, after := previous.spots(), next.spots()
	olds := previous.byID()
	for _, s := range next.Sessions() {
		old, now := olds[s.ID], after[s.ID]
		if old == nil {
			if s.Status != Cancelled {
				changes = append(changes, Change{Kind: Added, Session: s.ID, Title: s.Title, Now: now})
			}
			continue
		}
		for _, kind := range diffSession(previous, next, old, s, before[s.ID], now) {
			c := Change{Kind: kind, Session: s.ID, Title: s.Title, Was: before[s.ID], Now: now}
			if kind == Retitled {
				c.OldName = old.Title
			}
			changes = append(changes, c)
		}
	}
	for _, s := range previous.Sessions() {
		if after[s.ID] == nil {
			changes = append(changes, Change{Kind: Removed, Session: s.ID, Title: s.Title, Was: before[s.ID]})
		}
	}
	return changes
}

// diffEvent compares the fields of the event as a whole.
func diffEvent(a, b *Event) []Change {
	var changes []Change
	for _, f := range []struct {
		name     string
		old, new any
	}{
		{"title", a.Title, b.Title},
		{"status", a.Status, b.Status},
		{"format", a.Format, b.Format},
		{"venue", a.Venue, b.Venue},
		{"online", a.Online, b.Online},
		{"zone", a.Zone, b.Zone},
		{"dates", a.Span, b.Span},
		{"theme", a.Theme, b.Theme},
		{"approach", a.Approach, b.Approach},
		{"organisers", a.Organisers, b.Organisers},
		{"information", a.Information, b.Information},
	} {
		if same(f.old, f.new) {
			continue
		}
		c := Change{Kind: EventWide, Field: f.name}
		if f.name == "title" {
			c.OldName, c.Title = a.Title, b.Title
		}
		changes = append(changes, c)
	}
	return changes
}

// diffSession returns in which ways s differs from old.
func diffSession(previous, next *Event, old, s *Session, was, now *Spot) []ChangeKind {
	if s.Status == Cancelled || old.Status == Cancelled {
		switch {
		case old.Status != Cancelled:
			return []ChangeKind{Called}
		case s.Status != Cancelled:
			return []ChangeKind{Restored}
		}
		return nil // what else changes of a cancelled session concerns nobody
	}
	var kinds []ChangeKind
	add := func(kind ChangeKind, differs bool) {
		if differs {
			kinds = append(kinds, kind)
		}
	}
	add(Moved, was.Date != now.Date)
	add(Retimed, was.Date == now.Date && was.Time != now.Time)
	add(ReRoomed, !same(was.Rooms, now.Rooms))
	add(Retitled, !old.Title.Equal(s.Title))
	add(Recast, !same(previous.cast(old), next.cast(s)))
	add(Reworded, !same(words(old), words(s)))
	return kinds
}

// cast returns who does what in s, by name.
func (e *Event) cast(s *Session) []any {
	var cast []any
	for r := range s.AllRoles() {
		cast = append(cast, r)
		if p, err := e.Person(r.Person); err == nil {
			cast = append(cast, p.Name, p.Posts, p.Organisation, p.Country)
		}
	}
	return cast
}

// words returns s without what the other kinds of changes are about.
func words(s *Session) Session {
	c := *s
	c.Time, c.Rooms, c.Title, c.Roles = Time{}, nil, nil, nil
	c.Sequence, c.Modified = 0, time.Time{}
	c.Talks = silent(s.Talks)
	c.Parts = make([]Part, len(s.Parts))
	for i, p := range s.Parts {
		p.Roles, p.Room, p.Talks = nil, "", silent(p.Talks)
		c.Parts[i] = p
	}
	return c
}

// silent returns talks without their roles.
func silent(talks []Talk) []Talk {
	out := make([]Talk, len(talks))
	for i, t := range talks {
		t.Roles = nil
		out[i] = t
	}
	return out
}

// spots returns when and where each session of e is, by ID.
func (e *Event) spots() map[string]*Spot {
	spots := map[string]*Spot{}
	for i := range e.Days {
		d := &e.Days[i]
		for _, slot := range d.Slots() {
			spot := &Spot{Date: d.Date, Time: slot.time()}
			for _, id := range slot.Session.AllRooms() {
				if r, err := e.Room(id); err == nil {
					spot.Rooms = append(spot.Rooms, r.Name)
				}
			}
			spots[slot.Session.ID] = spot
		}
	}
	return spots
}

// time returns the slot as a [Time].
func (s Slot) time() Time {
	t := Time{Approximate: s.Approximate}
	switch {
	case s.HasStart && s.HasEnd && s.Minutes() >= 12*60:
		t.Form, t.Start, t.Minutes = FromFor, s.Start, s.Minutes()
	case s.HasStart && s.HasEnd:
		t.Form, t.Start, t.End = FromTo, s.Start, s.End
	case s.HasStart:
		t.Form, t.Start = From, s.Start
	default:
		t.Form = s.Span
	}
	return t
}
