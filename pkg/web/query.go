package web

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// longestSearch bounds what is searched for, in characters.
const longestSearch = 200

// A filter says which sessions of an agenda are wanted. Its zero value wants
// all.
type filter struct {
	Day   string
	Track string
	Kind  string
	Room  string
	Query string
}

// readFilter reads a filter on e from the parameters of a URL. What the page
// does not know is passed over; what it knows but e has not is an error.
func readFilter(e *agenda.Event, q url.Values) (filter, error) {
	if len(q) == 0 {
		return filter{}, nil
	}
	f := filter{
		Day: q.Get("day"), Track: q.Get("track"), Kind: q.Get("kind"), Room: q.Get("room"),
		Query: strings.Join(strings.Fields(q.Get("q")), " "),
	}
	for _, check := range []struct {
		name, value string
		ok          func() bool
	}{
		{"day", f.Day, func() bool { return hasDay(e, f.Day) }},
		{"track", f.Track, func() bool { _, err := e.Track(f.Track); return err == nil }},
		{"kind", f.Kind, func() bool { return knownKind(f.Kind) }},
		{"room", f.Room, func() bool { _, err := e.Room(f.Room); return err == nil }},
		{"q", f.Query, func() bool { return utf8.ValidString(f.Query) && utf8.RuneCountInString(f.Query) <= longestSearch }},
	} {
		if check.value != "" && !check.ok() {
			return filter{}, &badParameter{check.name, check.value}
		}
	}
	return f, nil
}

func hasDay(e *agenda.Event, s string) bool {
	date, err := agenda.ParseDate(s)
	if err != nil {
		return false
	}
	_, err = e.Day(date)
	return err == nil
}

func knownKind(s string) bool {
	for _, k := range agenda.Kinds() {
		if string(k) == s {
			return true
		}
	}
	return false
}

// readZone reads the time zone that times are wanted in; "" means the event's.
func readZone(e *agenda.Event, q url.Values) (string, error) {
	name := q.Get("zone")
	if name == "" || name == e.Zone {
		return "", nil
	}
	if _, err := zone.Load(name); err != nil {
		return "", &badParameter{"zone", name}
	}
	return name, nil
}

// active reports whether f leaves anything out.
func (f filter) active() bool { return f != filter{} }

// query returns f as parameters, in the form of which there is only one.
func (f filter) query() url.Values {
	return pairs([]string{"day", f.Day, "track", f.Track, "kind", f.Kind, "room", f.Room, "q", f.Query})
}

// wants reports whether f lets session s of day d through.
func (f filter) wants(e *agenda.Event, d *agenda.Day, s *agenda.Session) bool {
	return (f.Day == "" || f.Day == d.Date.String()) &&
		(f.Track == "" || f.Track == s.Track) &&
		(f.Kind == "" || f.Kind == string(s.Kind)) &&
		(f.Room == "" || hasRoom(s, f.Room)) &&
		(f.Query == "" || found(e, s, f.Query))
}

func hasRoom(s *agenda.Session, id string) bool {
	for _, r := range s.AllRooms() {
		if r == id {
			return true
		}
	}
	return false
}
