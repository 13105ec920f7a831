package programme

import (
	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// contents sets the table of contents, where there is enough to find: the
// days with their sessions, and what comes after them. The practical
// information is listed if it comes last.
func (j *job) contents(f *flow, informationLast bool) {
	const few = 10
	if n := j.mainSessions(); len(j.event.Days) < 2 && n < few {
		return
	}
	e := j.root.in(typeset.Sect)
	s := j.scope(f, e, false)
	s.paragraph(0, typeset.H2, func(v *voice) []phrase { return []phrase{v.word(sectionLook, "print.contents")} })
	f.at(0).places = []place{{bookmark: j.first().T("print.contents")}}
	f.at(0).head = j.first().T("print.contents")
	f.keepNext(0)
	list := s.within(typeset.Contents, typeset.Attrs{})
	for i := range j.event.Days {
		day := &j.event.Days[i]
		from := f.end()
		list.entry(dayPlace(i), j.design.pt(13), groupLook, nil, func(v *voice) phrase { return v.date(dayHead(v, day.Date), groupLook) })
		f.keepNext(f.end() - 1)
		again, first := f.heading(from), f.end()
		for _, slot := range day.Slots() {
			if isPause(slot) {
				continue
			}
			from := f.end()
			if list.sessionEntry(slot); from > first {
				f.under(from, again)
			}
		}
	}
	before := j.design.pt(13)
	if len(j.whoIsWho()) > 0 {
		list.entry("people", before, groupLook, nil, func(v *voice) phrase { return v.word(groupLook, "print.people") })
		before = j.design.pt(4)
	}
	if informationLast && !j.event.Information.Empty() {
		list.entry("information", before, groupLook, nil, func(v *voice) phrase { return v.word(groupLook, "information") })
	}
}

// mainSessions counts the sessions that are not pauses.
func (j *job) mainSessions() int {
	n := 0
	for _, s := range j.event.Sessions() {
		if !s.Kind.Pause() {
			n++
		}
	}
	return n
}

// sessionEntry sets the line of a session.
func (s scope) sessionEntry(slot agenda.Slot) {
	at := tableLook
	at.tabular, at.colour = true, soft
	s.entry("s-"+slot.Session.ID, s.design.pt(2.5), tableLook, func(v *voice) phrase {
		return v.plain(when(v.Locale, slot), at)
	}, func(v *voice) phrase { return v.title(slot.Session, tableLook) })
}

// entry sets a line of the contents: a time, a title that leads there, and
// the page at the end.
func (s scope) entry(name string, before float64, l look, label, title func(v *voice) phrase) {
	item := s.within(typeset.Entry, typeset.Attrs{})
	from := s.flow.end()
	number, beside := s.design.pt(30), 0.0
	var cells []cell
	for i, v := range s.voices {
		m := s.measure(i)
		if label != nil {
			beside = s.design.pt(76)
			at := m
			at.width = beside - s.design.pt(4)
			if i == 0 {
				cells = append(cells, s.set(at, item.elements[i].in(typeset.Label), label(v)))
			}
		}
		if i > 0 {
			beside = 0
		}
		m.offset += beside
		m.width = max(m.width-beside-number, 24)
		e := item.elements[i].in(typeset.Reference)
		cells = append(cells, s.set(m, e, title(v).to(typeset.Link{Place: name})))
	}
	s.flow.row(before, cells...)
	last := s.measure(len(s.voices) - 1)
	last.offset, last.width = last.offset+last.width-number, number
	l.tabular = true
	s.pageNumber(s.flow.at(from), item.elements[len(s.voices)-1].in(typeset.Reference), last, name, l)
	s.flow.keep(from)
}
