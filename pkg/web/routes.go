package web

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange"
)

// An access says who gets an answer from a route.
type access string

const (
	anyone  access = "anyone"  // every visitor
	readers access = "readers" // those who may read the event: all, unless it is by invitation
)

// A route is one row of the map of the site. Routes answer GET and HEAD.
type route struct {
	path   string // Echo's pattern; a parameter may be followed by ".ics"
	access access
	serve  echo.HandlerFunc
	what   string // what it serves, for those who read the table
}

// table is the map of the public side.
func (s *Server) table() []route {
	return []route{
		{"/", anyone, s.meetings, "the list of meetings"},
		{"/series/:slug", anyone, s.series, "the meetings of a series"},
		{"/series/:slug/calendar.ics", anyone, s.seriesCalendar, "their sessions as a calendar"},

		{"/e/:slug", readers, s.event(s.agenda), "the agenda"},
		{"/e/:slug/s/:session", readers, s.event(s.session), "one session"},
		{"/e/:slug/changes", readers, s.event(s.changes), "what each release changed"},
		{"/e/:slug/changes.atom", readers, s.event(s.changesFeed), "the same as a feed"},
		{"/e/:slug/subscribe", readers, s.event(s.subscribe), "how to have the agenda in a calendar"},
		{"/e/:slug/print", readers, s.event(s.documents), "the documents to print or keep"},
		{"/e/:slug/now", readers, s.event(s.now), "what goes on, for screens in the lobby"},
		{"/e/:slug/now/:room", readers, s.event(s.door), "what goes on in one room, for the screen at its door"},
		{"/e/:slug/calendar.ics", readers, s.event(s.calendar), "the agenda as a calendar"},
		{"/e/:slug/s/:session.ics", readers, s.event(s.sessionCalendar), "one session as a calendar"},
		{"/e/:slug/p/:person.ics", readers, s.event(s.personCalendar), "the sessions of one person as a calendar"},
		{"/e/:slug/programme.pdf", readers, s.event(s.programme), "the printed programme"},
		{"/e/:slug/agenda.json", readers, s.event(s.export("agenda.json", mimeJSON, interchange.WriteJSON)), "the agenda as data"},
		{"/e/:slug/schedule.xml", readers, s.event(s.export("schedule.xml", mimeXML, interchange.WriteScheduleXML)), "the agenda for conference apps"},
		{"/e/:slug/schedule.json", readers, s.event(s.export("schedule.json", mimeJSON, interchange.WriteScheduleJSON)), "the same in JSON"},

		{"/static/:name", anyone, s.asset, "style sheets, modules and icons"},
		{"/healthz", anyone, s.healthz, "200 while the process lives"},
		{"/readyz", anyone, s.readyz, "200 while the database answers"},
	}
}

// register adds routes to e. Echo has no pattern for ":session.ics" beside
// ":session"; such a pair becomes one handler that looks at the ending.
func register(e *echo.Echo, routes []route) {
	dotted := map[string]route{}
	for _, r := range routes {
		if base, ok := r.dotted(); ok {
			dotted[base] = r
		}
	}
	for _, r := range routes {
		serve := r.serve
		if d, ok := dotted[r.path]; ok {
			serve = byEnding(d, serve)
			delete(dotted, r.path)
		}
		if _, ok := r.dotted(); !ok {
			handle(e, r.path, serve)
		}
	}
	for base, d := range dotted {
		handle(e, base, byEnding(d, func(echo.Context) error { return echo.ErrNotFound }))
	}
}

// moved leads to the same page under the slug that the event has now. Slugs
// hold nothing that an address would have to escape.
func moved(c echo.Context, from, to string) error {
	u := c.Request().URL
	address := url.URL{Path: "/e/" + to + strings.TrimPrefix(u.Path, "/e/"+from), RawQuery: u.RawQuery}
	c.Response().Header()["Cache-Control"] = shortly
	return c.Redirect(http.StatusMovedPermanently, address.String())
}

// tidy leads from an address that has a slash too many at its end to the one
// without.
func tidy(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		r := c.Request()
		if !errors.Is(err, echo.ErrNotFound) || !strings.HasSuffix(r.URL.Path, "/") || r.Method != http.MethodGet && r.Method != http.MethodHead {
			return err
		}
		to := url.URL{Path: "/" + strings.Trim(r.URL.Path, "/"), RawQuery: r.URL.RawQuery}
		return c.Redirect(http.StatusMovedPermanently, to.String())
	}
}

func handle(e *echo.Echo, path string, serve echo.HandlerFunc) {
	e.Add(http.MethodGet, path, serve)
	e.Add(http.MethodHead, path, serve)
}

// ending is what may follow a parameter in the pattern of a route.
const ending = ".ics"

// dotted returns the pattern without the ending of its last parameter, and
// whether it has one.
func (r route) dotted() (base string, ok bool) {
	base, ok = strings.CutSuffix(r.path, ending)
	return base, ok && strings.HasPrefix(path.Base(base), ":")
}

// byEnding serves d where the last parameter ends as d's pattern does, and
// otherwise the other.
func byEnding(d route, other echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		names, values := c.ParamNames(), c.ParamValues()
		last := len(names) - 1
		value, ok := strings.CutSuffix(values[last], ending)
		if !ok {
			return other(c)
		}
		values[last] = value
		c.SetPath(d.path)
		return d.serve(c)
	}
}

// event returns a handler that passes on the latest release of the event in
// the path, if the visitor may read it. Whoever may not learns nothing: the
// answer is that of an event that does not exist.
func (s *Server) event(serve func(echo.Context, *agenda.Release) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		slug := c.Param("slug")
		r, err := s.state.releases.latest(c.Request().Context(), slug)
		if err != nil {
			return err
		}
		if r.Event.Visibility == agenda.Invited {
			return agenda.NotFound("event", slug)
		}
		if r.Event.Slug != slug {
			return moved(c, slug, r.Event.Slug)
		}
		if done, err := s.again(c, r); done {
			return err
		}
		return serve(c, r)
	}
}
