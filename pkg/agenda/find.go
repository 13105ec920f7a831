package agenda

import (
	"iter"
	"slices"
	"strings"
)

// Sessions yields every session of e with its day, in the order of the agenda.
func (e *Event) Sessions() iter.Seq2[*Day, *Session] {
	return func(yield func(*Day, *Session) bool) {
		for i := range e.Days {
			for j := range e.Days[i].Sessions {
				if !yield(&e.Days[i], &e.Days[i].Sessions[j]) {
					return
				}
			}
		}
	}
}

// Session returns the session with the given ID or, in any case of letters,
// the given [Code], and its day. The error wraps [ErrNotFound].
func (e *Event) Session(ref string) (*Day, *Session, error) {
	code := strings.ToLower(ref)
	for d, s := range e.Sessions() {
		if s.ID == ref || len(code) == codeLength && Code(s.ID) == code {
			return d, s, nil
		}
	}
	return nil, nil, NotFound("session", ref)
}

// byID returns the sessions of e by ID.
func (e *Event) byID() map[string]*Session {
	sessions := map[string]*Session{}
	for _, s := range e.Sessions() {
		sessions[s.ID] = s
	}
	return sessions
}

// Person returns the person with the given key.
// The error wraps [ErrNotFound].
func (e *Event) Person(key string) (*Person, error) {
	if i := slices.IndexFunc(e.People, func(p Person) bool { return p.Key == key }); i >= 0 {
		return &e.People[i], nil
	}
	return nil, NotFound("person", key)
}

// Room returns the room with the given ID. The error wraps [ErrNotFound].
func (e *Event) Room(id string) (*Room, error) {
	if i := slices.IndexFunc(e.Rooms, func(r Room) bool { return r.ID == id }); i >= 0 {
		return &e.Rooms[i], nil
	}
	return nil, NotFound("room", id)
}

// Track returns the track with the given ID. The error wraps [ErrNotFound].
func (e *Event) Track(id string) (*Track, error) {
	if i := slices.IndexFunc(e.Tracks, func(t Track) bool { return t.ID == id }); i >= 0 {
		return &e.Tracks[i], nil
	}
	return nil, NotFound("track", id)
}

// Day returns the day of the given date. The error wraps [ErrNotFound].
func (e *Event) Day(date Date) (*Day, error) {
	if i := slices.IndexFunc(e.Days, func(d Day) bool { return d.Date == date }); i >= 0 {
		return &e.Days[i], nil
	}
	return nil, NotFound("day", date.String())
}

// Dates returns the first and the last date of e: those of its days or, where
// none is fixed, of its span. Both are zero if nothing is known.
func (e *Event) Dates() (from, to Date) {
	if len(e.Days) == 0 {
		return e.Span.From, e.Span.To
	}
	from, to = e.Days[0].Date, e.Days[0].Date
	for _, d := range e.Days[1:] {
		if d.Date.Compare(from) < 0 {
			from = d.Date
		}
		if d.Date.Compare(to) > 0 {
			to = d.Date
		}
	}
	return from, to
}

// AllRoles yields the roles of s, of its talks, its parts and their talks.
func (s *Session) AllRoles() iter.Seq[*Role] {
	return func(yield func(*Role) bool) {
		for talk := range s.AllTalks() {
			if !each(talk.Roles, yield) {
				return
			}
		}
		for i := range s.Parts {
			if !each(s.Parts[i].Roles, yield) {
				return
			}
		}
		each(s.Roles, yield)
	}
}

// AllTalks yields the talks of s and of its parts.
func (s *Session) AllTalks() iter.Seq[*Talk] {
	return func(yield func(*Talk) bool) {
		if !each(s.Talks, yield) {
			return
		}
		for i := range s.Parts {
			if !each(s.Parts[i].Talks, yield) {
				return
			}
		}
	}
}

// each yields pointers to the elements of list; it reports whether to go on.
func each[T any](list []T, yield func(*T) bool) bool {
	for i := range list {
		if !yield(&list[i]) {
			return false
		}
	}
	return true
}

// HasPerson reports whether the person with the given key has a role in s or
// in anything inside it.
func (s *Session) HasPerson(key string) bool {
	for r := range s.AllRoles() {
		if r.Person == key {
			return true
		}
	}
	return false
}

// AllRooms returns the rooms of s and of its parts, each once, in order.
func (s *Session) AllRooms() []string {
	rooms := slices.Clone(s.Rooms)
	for _, p := range s.Parts {
		if p.Room != "" && !slices.Contains(rooms, p.Room) {
			rooms = append(rooms, p.Room)
		}
	}
	return rooms
}

// Has reports whether r is held as name.
func (r *Role) Has(name RoleName) bool { return slices.Contains(r.As, name) }
