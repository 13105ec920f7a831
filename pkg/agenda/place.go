package agenda

import (
	"encoding/json"
	"slices"
	"strings"
)

// whole returns a target with its place; its value is nil if it is not there.
func (e *Event) whole(kind, id string) (Whole, error) {
	switch kind {
	case "day":
		i := slices.IndexFunc(e.Days, func(d Day) bool { return d.Date.String() == id })
		if i < 0 {
			return Whole{}, nil
		}
		return newWhole(Place{}, Day{Date: e.Days[i].Date, Title: e.Days[i].Title})
	case "session":
		for i := range e.Days {
			if at, ok := placeOf(e.Days[i].Sessions, id, sessionID); ok {
				at.In = "day/" + e.Days[i].Date.String()
				_, s, _ := e.Session(id)
				return newWhole(at, s)
			}
		}
		return Whole{}, nil
	case "person":
		return wholeIn(e.People, id, personKey)
	case "room":
		return wholeIn(e.Rooms, id, roomID)
	case "track":
		return wholeIn(e.Tracks, id, trackID)
	}
	return Whole{}, NotFound("target", kind+"/"+id)
}

func sessionID(s *Session) string { return s.ID }
func personKey(p *Person) string  { return p.Key }
func roomID(r *Room) string       { return r.ID }
func trackID(t *Track) string     { return t.ID }

func newWhole(at Place, value any) (Whole, error) {
	b, err := json.Marshal(value)
	return Whole{at, b}, err
}

func wholeIn[T any](list []T, id string, name func(*T) string) (Whole, error) {
	at, ok := placeOf(list, id, name)
	if !ok {
		return Whole{}, nil
	}
	return newWhole(at, list[indexOf(list, id, name)])
}

// placeOf returns the place in list of what is called id.
func placeOf[T any](list []T, id string, name func(*T) string) (Place, bool) {
	i := indexOf(list, id, name)
	if i <= 0 {
		return Place{}, i == 0
	}
	return Place{After: name(&list[i-1])}, true
}

func indexOf[T any](list []T, id string, name func(*T) string) int {
	for i := range list {
		if name(&list[i]) == id {
			return i
		}
	}
	return -1
}

// take removes a target, if it is there.
func (e *Event) take(kind, id string) error {
	switch kind {
	case "day":
		return e.takeDay(id)
	case "session":
		for i := range e.Days {
			e.Days[i].Sessions = without(e.Days[i].Sessions, id, sessionID)
		}
	case "person":
		e.People = without(e.People, id, personKey)
	case "room":
		e.Rooms = without(e.Rooms, id, roomID)
	case "track":
		e.Tracks = without(e.Tracks, id, trackID)
	}
	return nil
}

// takeDay removes a day that has no sessions.
func (e *Event) takeDay(id string) error {
	i := slices.IndexFunc(e.Days, func(d Day) bool { return d.Date.String() == id })
	if i < 0 {
		return nil
	}
	if n := len(e.Days[i].Sessions); n > 0 {
		return Conflict("day %s still has %d sessions", id, n)
	}
	e.Days = slices.Delete(e.Days, i, i+1)
	return nil
}

func without[T any](list []T, id string, name func(*T) string) []T {
	if i := indexOf(list, id, name); i >= 0 {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// put adds a target at its place. The value must carry the name of its target.
func (e *Event) put(kind, id string, w Whole) error {
	switch kind {
	case "day":
		return e.putDay(id, w)
	case "session":
		day, err := e.dayAt(w.In)
		if err != nil {
			return err
		}
		return insert(&day.Sessions, id, w, sessionID)
	case "person":
		return insert(&e.People, id, w, personKey)
	case "room":
		return insert(&e.Rooms, id, w, roomID)
	default:
		return insert(&e.Tracks, id, w, trackID)
	}
}

func (e *Event) putDay(id string, w Whole) error {
	var day Day
	if err := decode(w.Value, &day); err != nil || day.Date.String() != id {
		return &Invalid{[]Problem{{"day/" + id, BadValue, string(w.Value)}}}
	}
	i := 0
	for i < len(e.Days) && e.Days[i].Date.Compare(day.Date) < 0 {
		i++
	}
	e.Days = slices.Insert(e.Days, i, day)
	return nil
}

// dayAt returns the day with the given target name.
func (e *Event) dayAt(target string) (*Day, error) {
	date, err := ParseDate(strings.TrimPrefix(target, "day/"))
	if err != nil {
		return nil, NotFound("day", target)
	}
	return e.Day(date)
}

// insert puts the value of w into list after the element it names; at the end
// if that is gone.
func insert[T any](list *[]T, id string, w Whole, name func(*T) string) error {
	var value T
	if err := decode(w.Value, &value); err != nil {
		return &Invalid{[]Problem{{id, BadValue, err.Error()}}}
	}
	if name(&value) != id {
		return &Invalid{[]Problem{{id, BadValue, name(&value)}}}
	}
	i := 0
	if w.After != "" {
		if i = indexOf(*list, w.After, name) + 1; i == 0 {
			i = len(*list)
		}
	}
	*list = slices.Insert(*list, i, value)
	return nil
}
