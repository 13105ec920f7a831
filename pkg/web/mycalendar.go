package web

import (
	"bytes"
	"context"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/ical"
)

// unkept says that a calendar for one person is kept by nobody between them and
// us, and that they ask each time whether theirs is still the latest.
var unkept = []string{"private, no-cache"}

// calendarTable is the map of secret calendars and of the pages that make and
// end their addresses.
func (s *Server) calendarTable() []route {
	if s.Accounts == nil {
		return nil
	}
	edit := access.Having(access.Edit)
	return []route{
		{gets, "/my/:token.ics", access.Holding(access.ForCalendar), s.ownCalendar, "somebody's own calendar", 0},
		{gets, "/organise/e/:slug/calendars", edit, s.calendarLinks, "the addresses of such calendars", 0},
		{posts, "/organise/e/:slug/calendars", edit, s.changeCalendarLinks, "make or end one", 0},
	}
}

// ownCalendar serves the calendar of whoever has its address: the sessions in
// which they have a role, and those listed with the token; with ?only=moderation
// those that they run, with calls to be there in time.
func (s *Server) ownCalendar(c echo.Context) error {
	token, _ := c.Get(tokenKey).(access.Token) // the guard has looked at it
	ctx, q := c.Request().Context(), c.Request().URL.Query()
	r, err := s.releaseByID(ctx, token.Event)
	if err != nil {
		return err
	}
	var o ical.Options
	own := ical.Own{ID: token.Subject, Sessions: token.Sessions}
	write, err := readOwn(q, &o, &own)
	if err != nil {
		return err
	}
	choice, err := s.feedChoice(q, r.Event.Languages)
	if err != nil {
		return err
	}
	o.Lang, o.BaseURL = choice.Content, s.BaseURL
	if p := personByID(r.Event, token.Subject); p != nil {
		own.Person = p.Key
	} else {
		own.ID = token.Hash.String() // people outside the programme may share a name
	}
	if own.Backstage, err = s.entrances(ctx, r.Event.Slug); err != nil {
		return err
	}
	b, err := rendered(ctx, func(context.Context) ([]byte, error) {
		var b bytes.Buffer
		err := write(&b, r.Event, own, o)
		return b.Bytes(), err
	})
	if err != nil {
		return err
	}
	c.Response().Header()["Referrer-Policy"] = []string{"no-referrer"}
	return send(c, b, reply{mime: mimeICS, caching: unkept, choice: choice, file: r.Event.Slug + "-my.ics", hidden: true})
}

// readOwn reads the parameters of a calendar of one's own.
func readOwn(q url.Values, o *ical.Options, own *ical.Own) (func(*bytes.Buffer, *agenda.Event, ical.Own, ical.Options) error, error) {
	moderation := false
	for _, p := range []struct {
		name, value string
		set         *bool
	}{
		{"zone", "utc", &o.UTC}, {"alarms", "1", &own.Alarms}, {"only", "moderation", &moderation},
	} {
		if err := turnedOn(q, p.name, p.value, p.set); err != nil {
			return nil, err
		}
	}
	if moderation {
		return func(b *bytes.Buffer, e *agenda.Event, own ical.Own, o ical.Options) error {
			return ical.WriteModerator(b, e, own, o)
		}, nil
	}
	return func(b *bytes.Buffer, e *agenda.Event, own ical.Own, o ical.Options) error {
		return ical.WriteOwn(b, e, own, o)
	}, nil
}

// turnedOn sets what a parameter with one value turns on.
func turnedOn(q url.Values, name, value string, set *bool) error {
	switch q.Get(name) {
	case "":
		return nil
	case value:
		*set = true
		return nil
	}
	return &badParameter{name, q.Get(name)}
}

// releaseByID returns the latest release of the event with this ID.
func (s *Server) releaseByID(ctx context.Context, id string) (*agenda.Release, error) {
	all, _, err := s.state.releases.list(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Event.ID == id {
			return r, nil
		}
	}
	return nil, agenda.NotFound("event", id)
}

// entrances returns the ways to join the sessions of an event, and nothing else
// of what is backstage.
func (s *Server) entrances(ctx context.Context, slug string) (agenda.Backstage, error) {
	d, _, err := s.Drafts.Draft(ctx, slug)
	if err != nil {
		return nil, err
	}
	ways := agenda.Backstage{}
	for id, n := range d.Backstage {
		if n.Join != "" || n.Phone != "" {
			ways[id] = agenda.Note{Join: n.Join, Phone: n.Phone, Code: n.Code}
		}
	}
	return ways, nil
}

// personByID returns the person of e with this ID, or nil.
func personByID(e *agenda.Event, id string) *agenda.Person {
	for i := range e.People {
		if id != "" && e.People[i].ID == id {
			return &e.People[i]
		}
	}
	return nil
}

// withoutSecret returns the path of a request as the log has it: the secret in
// one is nobody's business there.
func withoutSecret(c echo.Context) string {
	path := c.Request().URL.Path
	if secret := c.Param("token"); secret != "" {
		return strings.ReplaceAll(path, secret, "…")
	}
	return path
}
