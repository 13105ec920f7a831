package web

import (
	"strings"

	"tamada/pkg/agenda"
)

// found reports whether each word of query occurs somewhere in s, in any
// language and case: in what it is about, and who takes part.
func found(e *agenda.Event, s *agenda.Session, query string) bool {
	var h haystack
	h.text(s.Title, s.Abstract, s.Audience)
	h.text(s.Questions...)
	for i := range s.Parts {
		h.text(s.Parts[i].Title, s.Parts[i].Abstract)
		h.text(s.Parts[i].Questions...)
	}
	for t := range s.AllTalks() {
		h.text(t.Title, t.Abstract)
	}
	for r := range s.AllRoles() {
		h.text(r.Label, r.Organisation, r.Words)
		if p, err := e.Person(r.Person); err == nil {
			h.text(p.Name, p.Organisation)
			h.text(p.Posts...)
		}
	}
	all := h.String()
	for _, word := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

// A haystack is what is searched, in small letters.
type haystack struct{ strings.Builder }

func (h *haystack) text(texts ...agenda.Text) {
	for _, t := range texts {
		for _, s := range t {
			h.WriteString(strings.ToLower(s))
			h.WriteByte('\n')
		}
	}
}
