package phrase

import (
	"strings"

	"tamada/pkg/agenda"
)

// Kind guesses from its title what sort of session one is. The second result
// says whether a word showed it.
func Kind(title string) (agenda.Kind, bool) {
	list := words(title)
	if open := strings.IndexAny(title, "(["); open > 0 {
		list = words(title[:open])
	}
	if len(list) > 24 {
		list = list[:24]
	}
	for _, t := range kinds {
		limit := t.limit
		if limit > 0 && len(list) > limit {
			continue
		}
		if _, at, _ := t.words.find(list); at >= 0 {
			return t.kind, true
		}
	}
	return agenda.Other, false
}

// WholeDay reports whether a time is a word for the whole day.
func WholeDay(s string) bool {
	_, ok := wholeDay.exact(s)
	return ok
}

// LeadingSpan reads a word for a part of the day, or that the time is open,
// before a colon and a title: "All day: Fair", "time to be confirmed: Walk".
func LeadingSpan(s string) (form agenda.Form, rest string, ok bool) {
	head, rest, colon := strings.Cut(s, ":")
	if !colon || strings.TrimSpace(rest) == "" || len(head) > 80 {
		return agenda.Open, s, false
	}
	form, ok = spans.exact(head)
	return form, strings.TrimSpace(rest), ok
}
