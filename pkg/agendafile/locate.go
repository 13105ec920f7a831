package agendafile

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tamada/pkg/agenda"
)

// validate checks the draft by the rules of the domain, and places what it
// finds at the field it is about.
func (r *reader) validate(root *node, d *agenda.Draft) {
	if !r.bounded(root, d.Event) {
		return
	}
	invalid, ok := d.Validate().(*agenda.Invalid)
	if !ok {
		return
	}
	told := map[[2]int]bool{}
	for _, p := range r.problems {
		told[[2]int{p.Line, p.Column}] = true
	}
	for _, p := range invalid.Problems {
		if p.Rule == agenda.BadTime && r.badTimes {
			continue // it follows from a time that could not be read
		}
		n, found := locate(root, p)
		if told[[2]int{n.line, n.column}] && (found || n.shape != mapping) {
			continue // it follows from what was told already
		}
		r.wrong(n, "%s", message(d.Event, p, len(r.problems)))
	}
}

// maxRooms is how often rooms are named on a day. What begins and ends when
// takes time by the square of it.
const maxRooms = 10_000

// bounded reports whether the agenda is small enough to be worked out.
func (r *reader) bounded(root *node, e *agenda.Event) bool {
	sessions := 0
	for i, d := range e.Days {
		sessions += len(d.Sessions)
		rooms := 0
		for _, s := range d.Sessions {
			rooms += len(s.Rooms)
		}
		if rooms > maxRooms {
			r.wrong(root.entry("days").value.items[i], "rooms are named more than %d times on this day", maxRooms)
			return false
		}
	}
	if sessions > agenda.MaxSessions {
		r.wrong(root.entry("days").key, "%d sessions; an event has at most %d", sessions, agenda.MaxSessions)
		return false
	}
	return true
}

// isNote reports whether p is about a key of backstage.
func isNote(p agenda.Problem) bool {
	return p.Rule == agenda.Unknown && strings.HasPrefix(p.Field, "backstage.")
}

// locate returns the node that p is about: the field itself or, where it is
// missing, what it is missing in.
func locate(root *node, p agenda.Problem) (n *node, found bool) {
	n, path := root, p.Field
	for path != "" {
		next, rest := step(n, path)
		if next == nil {
			return n, false
		}
		if rest == "" && isNote(p) {
			return keyOf(n, next), true
		}
		n, path = next, rest
	}
	if p.Rule == agenda.BadTag && n.shape == mapping {
		if e := n.entry(p.Value); e != nil {
			return e.key, true
		}
	}
	return n, true
}

// keyOf returns the key that value has in n.
func keyOf(n, value *node) *node {
	for _, e := range n.entries {
		if e.value == value {
			return e.key
		}
	}
	return value
}

// step goes from n down the first step of path, which is a key or an index. It
// returns nil if there is no such way.
func step(n *node, path string) (next *node, rest string) {
	path = strings.TrimPrefix(path, ".")
	if after, ok := strings.CutPrefix(path, "["); ok {
		number, rest, _ := strings.Cut(after, "]")
		i, err := strconv.Atoi(number)
		if err == nil && n.shape == list && i < len(n.items) {
			return n.items[i], rest
		}
		if err == nil && i == 0 && n.shape == scalar {
			return n, rest // one stands for a list of one
		}
		return nil, ""
	}
	if one, ok := strings.CutPrefix(path, "rooms["); ok && n.entry("room") != nil && n.entry("rooms") == nil {
		_, rest, _ = strings.Cut(one, "]")
		return n.entry("room").value, rest
	}
	return longestKey(n, path)
}

// longestKey goes down the longest key of n that path begins with: keys may
// have dots in them.
func longestKey(n *node, path string) (next *node, rest string) {
	longest := -1
	for _, e := range n.entries {
		after, ok := strings.CutPrefix(path, e.key.text)
		if ok && len(e.key.text) > longest && (after == "" || after[0] == '.' || after[0] == '[') {
			next, rest, longest = e.value, after, len(e.key.text)
		}
	}
	return next, rest
}

// message says what is wrong, for p at its place. Only the first of many
// problems come with the nearest of all people or sessions.
func message(e *agenda.Event, p agenda.Problem, nth int) string {
	p.Value = clip(p.Value)
	if isNote(p) {
		return unknownNote(e, p.Value, nth)
	}
	if p.Value == "" && (p.Rule == agenda.Unknown || p.Rule == agenda.BadSlug) {
		p.Rule = agenda.Required
	}
	text := fieldName(p.Field) + " " + p.Text()
	if p.Rule == agenda.BadTime {
		return text + ": the end of the session before it is not known; give this one a beginning"
	}
	if p.Rule != agenda.Unknown || nth >= maxProblems {
		return text
	}
	if near := nearest(p.Value, known(e, fieldName(p.Field))); near != "" {
		text += `; did you mean "` + near + `"?`
	}
	return text
}

// fieldName returns the last name of a path, without an index.
func fieldName(path string) string {
	path = path[strings.LastIndexByte(path, '.')+1:]
	name, _, indexed := strings.Cut(path, "[")
	if indexed {
		return strings.TrimSuffix(name, "s")
	}
	return name
}

// known returns the keys that a field may refer to.
func known(e *agenda.Event, field string) []string {
	var keys []string
	switch field {
	case "person":
		for _, p := range e.People {
			keys = append(keys, p.Key)
		}
	case "room":
		for _, m := range e.Rooms {
			keys = append(keys, m.ID)
		}
	case "track":
		for _, t := range e.Tracks {
			keys = append(keys, t.ID)
		}
	}
	return keys
}

// unknownNote says which sessions a key of backstage may mean: for one of the
// first few problems of a file, those with the nearest titles or ids.
func unknownNote(e *agenda.Event, key string, nth int) string {
	const few, most = 3, 10
	text := fmt.Sprintf("%q is not the id of a session; write an id, or event for the whole event", key)
	if nth >= most {
		return text
	}
	type candidate struct {
		words    string
		distance int
	}
	var near []candidate
	for _, s := range e.Sessions() {
		title := clip(e.Main(s.Title))
		d := min(distance(strings.ToLower(key), strings.ToLower(title)), distance(key, s.ID))
		near = append(near, candidate{fmt.Sprintf("%s %q", s.ID, title), d})
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	for i, c := range near[:min(few, len(near))] {
		text += []string{"; the nearest: ", ", ", ", "}[i] + c.words
	}
	return text
}
