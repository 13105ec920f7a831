package programme

import (
	"slices"
	"strconv"

	"tamada/pkg/agenda"
)

// changed says what of a session changed since the release that the options
// name, or nothing.
func (j *job) changed(v *voice, s *agenda.Session) phrase {
	kinds := j.changes[s.ID]
	if len(kinds) == 0 {
		return phrase{}
	}
	since := strconv.Itoa(j.o.Since)
	if slices.Contains(kinds, agenda.Added) {
		return v.word(signalLook, "print.new", "number", since)
	}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = v.T("print.change." + string(k))
	}
	return v.word(signalLook, "print.changed", "number", since, "what", v.List(names...))
}
