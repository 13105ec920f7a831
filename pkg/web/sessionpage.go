package web

import (
	"context"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// sessionPage is the data of templates/session.html.
type sessionPage struct {
	frame
	Session  sessionView
	Date     words
	Zone     string
	Back     string // the session's place on the agenda
	Calendar string // its calendar file
	People   []personLink
	Before   *link
	After    *link
}

// A personLink leads to the calendar of one who takes part.
type personLink struct {
	Name words
	Href string
}

// session serves one session.
func (s *Server) session(c echo.Context, r *agenda.Release) error {
	ask, err := s.readAgenda(c.Request(), r.Event)
	if err != nil {
		return err
	}
	d, session, err := r.Event.Session(c.Param("session"))
	if err != nil {
		return err
	}
	ask.filter = filter{} // it is one session already
	draw := func(context.Context) ([]byte, error) {
		page, err := s.sessionPage(r, d, session, ask)
		if err != nil {
			return nil, err
		}
		return filled("session.html", page)
	}
	return s.cached(c, r, "s/"+session.ID, ask.options(), draw, reply{mime: mimeHTML, choice: ask.choice, hidden: hidden(r.Event)})
}

func (s *Server) sessionPage(r *agenda.Release, d *agenda.Day, session *agenda.Session, ask agendaQuery) (sessionPage, error) {
	v, err := s.view(r.Event, ask.choice, ask.zone)
	if err != nil {
		return sessionPage{}, err
	}
	code := agenda.Code(session.ID)
	path := "/s/" + code
	slots := d.Slots()
	i := slices.IndexFunc(slots, func(slot agenda.Slot) bool { return slot.Session.ID == session.ID })
	p := sessionPage{
		frame:   s.eventFrame(v, r, path, ask.query()),
		Session: v.session(d, slots[i], 1), Date: v.dated(v.l.Title(v.l.Date(d.Date, locale.Full))),
		Zone: v.zoneName(v.shown), Back: ask.address(v.base, filter{}, ask.zone) + "#s-" + code,
		Calendar: v.base + path + ".ics?lang=" + v.choice.Link, People: v.peopleOf(session),
	}
	p.Module = "agenda.js"
	p.title(v.plain(session.Title), v.plain(r.Event.Title))
	p.Description = clip(p.Session.When.Text+", "+p.Date.Text, 200)
	p.Before, p.After = v.neighbours(session, ask)
	return p, nil
}

// peopleOf returns those who have a role in s, each once.
func (v *view) peopleOf(s *agenda.Session) []personLink {
	var out []personLink
	seen := map[string]bool{}
	for r := range s.AllRoles() {
		if r.Person == "" || seen[r.Person] {
			continue
		}
		seen[r.Person] = true
		name, _ := v.person(r.Person)
		out = append(out, personLink{name, v.base + "/p/" + url.PathEscape(r.Person) + ".ics?lang=" + v.choice.Link})
	}
	return out
}

// neighbours returns links to the sessions before and after s in the order of
// time, pauses left out.
func (v *view) neighbours(s *agenda.Session, ask agendaQuery) (before, after *link) {
	var all []*agenda.Session
	for i := range v.event.Days {
		for _, slot := range v.event.Days[i].Slots() {
			if !slot.Session.Kind.Pause() || slot.Session.ID == s.ID {
				all = append(all, slot.Session)
			}
		}
	}
	to := func(s *agenda.Session) *link {
		return &link{Href: ask.address(v.base+"/s/"+agenda.Code(s.ID), filter{}, ask.zone), Words: v.words(s.Title)}
	}
	i := slices.IndexFunc(all, func(o *agenda.Session) bool { return o.ID == s.ID })
	if i > 0 {
		before = to(all[i-1])
	}
	if i+1 < len(all) {
		after = to(all[i+1])
	}
	return before, after
}
