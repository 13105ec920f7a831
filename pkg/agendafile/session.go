package agendafile

import "tamada/pkg/agenda"

func (r *reader) day(n *node) (d agenda.Day) {
	r.fields(n, "a day", set{"date": r.date(&d.Date), "title": r.text(&d.Title), "sessions": each(r, &d.Sessions, r.session)})
	return d
}

func (r *reader) session(n *node) agenda.Session {
	s := agenda.Session{Kind: agenda.Other, Status: agenda.Confirmed}
	r.fields(n, "a session", set{
		"id": r.str(&s.ID), "time": r.time(&s.Time),
		"kind":   word(r, &s.Kind, "a kind of session", agenda.Kinds()),
		"status": word(r, &s.Status, "a status", agenda.Statuses()),
		"title":  r.text(&s.Title), "abstract": r.text(&s.Abstract), "questions": r.texts(&s.Questions),
		"roles": each(r, &s.Roles, r.role),
		"room":  func(n *node) { r.oneRoom(n, &s.Rooms) }, "rooms": r.strs(&s.Rooms),
		"track": r.str(&s.Track), "language": r.str(&s.Language), "interpretation": r.strs(&s.Interpretation),
		"recorded": r.boolean(&s.Recorded), "audience": r.text(&s.Audience), "capacity": r.number(&s.Capacity, "places"),
		"links": each(r, &s.Links, r.link), "parts": each(r, &s.Parts, r.part), "talks": each(r, &s.Talks, r.talk),
		"sequence": r.number(&s.Sequence, "how often calendars were told of a change"), "modified": r.instant(&s.Modified),
	})
	if one, several := n.entry("room"), n.entry("rooms"); one != nil && several != nil {
		r.wrong(several.key, "either room or rooms, not both")
	}
	return s
}

// oneRoom reads the only room of a session.
func (r *reader) oneRoom(n *node, to *[]string) {
	if n.shape == list {
		r.wrong(n, "room is one room; write rooms for several")
		return
	}
	if s, ok := r.scalar(n, "the id of a room"); ok {
		*to = append(*to, s)
	}
}

func (r *reader) part(n *node) (p agenda.Part) {
	r.fields(n, "a part", set{
		"id": r.str(&p.ID), "title": r.text(&p.Title), "abstract": r.text(&p.Abstract), "questions": r.texts(&p.Questions),
		"roles": each(r, &p.Roles, r.role), "room": r.str(&p.Room), "language": r.str(&p.Language),
		"capacity": r.number(&p.Capacity, "places"), "talks": each(r, &p.Talks, r.talk),
	})
	return p
}

func (r *reader) talk(n *node) agenda.Talk {
	t := agenda.Talk{Status: agenda.Confirmed}
	r.fields(n, "a talk", set{
		"id": r.str(&t.ID), "title": r.text(&t.Title), "abstract": r.text(&t.Abstract),
		"minutes": r.number(&t.Minutes, "minutes"), "status": word(r, &t.Status, "a status", agenda.Statuses()),
		"language": r.str(&t.Language), "roles": each(r, &t.Roles, r.role), "links": each(r, &t.Links, r.link),
	})
	return t
}

func (r *reader) role(n *node) agenda.Role {
	role := agenda.Role{Status: agenda.RoleConfirmed}
	r.fields(n, "a role", set{
		"as": func(n *node) {
			r.oneOrMore(n, func(n *node) {
				var name agenda.RoleName
				word(r, &name, "a role", agenda.RoleNames())(n)
				role.As = append(role.As, name)
			})
		},
		"label": r.text(&role.Label), "person": r.str(&role.Person), "organisation": r.text(&role.Organisation),
		"country": r.str(&role.Country), "words": r.text(&role.Words),
		"status": word(r, &role.Status, "a status of a role", agenda.RoleStatuses()),
	})
	return role
}

func (r *reader) link(n *node) (l agenda.Link) {
	r.fields(n, "a link", set{"title": r.text(&l.Title), "url": r.str(&l.URL)})
	return l
}
