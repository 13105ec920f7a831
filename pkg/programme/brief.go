package programme

import (
	"context"
	"slices"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// layoutBrief lays out what the moderator of one session needs: when, where,
// how to join, what comes before and after, who is there and how their names
// are said, the run of the talks, the questions.
func layoutBrief(ctx context.Context, j *job) (*pages, error) {
	day, session, err := j.event.Session(j.o.Session)
	if err != nil {
		return nil, err
	}
	slots := day.Slots()
	at := slices.IndexFunc(slots, func(s agenda.Slot) bool { return s.Session == session })
	f := &flow{}
	e := j.root.in(typeset.Sect)
	s := scope{job: j, flow: f, elements: []*element{e}, heading: typeset.H3}
	j.briefHead(s, day, slots[at])
	j.briefBackstage(s)
	j.briefNeighbours(s, slots, at)
	s.briefSection("", session.Abstract)
	if n := j.o.Note; n != nil {
		s.briefSection("print.document.brief", n.Brief)
		s.briefSection("print.brief.notes", n.Notes)
	}
	s.questions(j.design.pt(12), session.Questions)
	j.briefPeople(s, session)
	if len(session.Talks)+len(session.Parts) > 0 {
		s.briefHeading("print.brief.run")
		s.talks(j.design.pt(3), slots[at], session.Talks)
		s.parts(slots[at])
	}
	list, err := j.flowed(ctx, f)
	return &pages{job: j, title: j.documentTitle(), list: list}, err
}

// briefHead sets what, when and where.
func (j *job) briefHead(s scope, day *agenda.Day, slot agenda.Slot) {
	session := slot.Session
	s.paragraph(0, typeset.P, func(v *voice) []phrase {
		return list(" · ", v.word(kindLook, "print.document.brief"), v.say(j.event.Title, quietLook))
	})
	s.paragraph(0, typeset.H1, func(v *voice) []phrase { return []phrase{v.title(session, sectionLook)} })
	s.paragraph(j.design.pt(4), typeset.P, func(v *voice) []phrase {
		at := leadLook
		at.font, at.tabular = typeset.SemiBold, true
		return list("  ", v.plain(when(v.Locale, slot), at), v.date(dayHead(v, day.Date), leadLook))
	})
	for _, far := range j.clocks.elsewhere(j.first().Locale, day.Date, slot) {
		s.paragraph(0, typeset.P, func(v *voice) []phrase {
			return list(" ", v.plain(far.city, quietLook), v.plain(far.day, quietLook), v.plain(far.time, quietLook))
		})
	}
	s.paragraph(j.design.pt(2), typeset.P, func(v *voice) []phrase { return s.particulars(v, session) })
	s.flow.keepNext(0)
}

// briefBackstage sets how to join and whom to call.
func (j *job) briefBackstage(s scope) {
	n := j.o.Note
	if n == nil {
		return
	}
	items := s.within(typeset.List, typeset.Attrs{Numbering: typeset.Unnumbered})
	before := j.design.pt(10)
	for _, row := range []struct{ label, value string }{
		{"print.brief.join", n.Join}, {"print.brief.phone", n.Phone}, {"print.brief.code", n.Code}, {"print.brief.contact", n.Contact},
	} {
		if row.value == "" {
			continue
		}
		items.labelled(before, j.design.pt(110), func(v *voice) []phrase {
			return []phrase{v.word(labelLook, row.label)}
		}, func(*voice) []phrase {
			return []phrase{{text: clip(row.value, longest), look: strongLook, link: link(address(row.value))}}
		})
		before = j.design.pt(2)
	}
}

// briefNeighbours sets what comes before and after.
func (j *job) briefNeighbours(s scope, slots []agenda.Slot, at int) {
	items := s.within(typeset.List, typeset.Attrs{Numbering: typeset.Unnumbered})
	neighbour := func(before float64, label string, i int) {
		if i < 0 || i >= len(slots) {
			return
		}
		items.labelled(before, j.design.pt(110), func(v *voice) []phrase {
			return []phrase{v.word(labelLook, label)}
		}, func(v *voice) []phrase {
			return list("  ", v.plain(when(v.Locale, slots[i]), bodyLook), v.title(slots[i].Session, bodyLook))
		})
	}
	neighbour(j.design.pt(10), "print.brief.before", at-1)
	neighbour(j.design.pt(2), "print.brief.after", at+1)
}

// briefHeading sets a heading of the brief.
func (s scope) briefHeading(id string) {
	from := s.flow.end()
	s.paragraph(s.design.pt(16), typeset.H2, func(v *voice) []phrase { return []phrase{v.word(groupLook, id)} })
	s.flow.keepNext(from)
}

// briefSection sets Markdown under a heading, if there is any.
func (s scope) briefSection(id string, t agenda.Text) {
	if t.Empty() {
		return
	}
	if id != "" {
		s.briefHeading(id)
	}
	s.prose(s.design.pt(6), t)
}

// briefPeople sets who is in the session, and how their names are said.
func (j *job) briefPeople(s scope, session *agenda.Session) {
	if len(session.Roles) == 0 {
		return
	}
	s.briefHeading("print.people")
	s.roles(j.design.pt(3), session.Roles)
	items := s.within(typeset.List, typeset.Attrs{Numbering: typeset.Unnumbered})
	said := map[*agenda.Person]bool{}
	for r := range session.AllRoles() {
		p := j.people[r.Person]
		if p == nil || p.Say == "" || said[p] {
			continue
		}
		said[p] = true
		items.labelled(j.design.pt(3), j.design.pt(110), func(v *voice) []phrase { return v.name(p, labelLook) },
			func(v *voice) []phrase { return []phrase{v.word(noteLook, "print.say", "value", p.Say)} })
	}
}
