package web

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/interchange"
)

// A method is how a route is used: to get a page, which covers HEAD, or to send
// a form.
type method string

const (
	gets  method = http.MethodGet
	posts method = http.MethodPost
)

// A route is one row of the map of the site.
type route struct {
	method method
	path   string // Echo's pattern; a parameter may be followed by ".ics"
	rule   access.Rule
	serve  echo.HandlerFunc
	what   string // what it serves, for those who read the table
	most   int64  // bytes that may be sent; maxRequest if 0
}

// table is the map of the site.
func (s *Server) table() []route {
	return slices.Concat(s.publicTable(), s.aboutTable(), s.accountTable(), s.providerTable(), s.mailTable(), s.organiseTable(), s.calendarTable(), s.inviteTable(), s.bulkTable(), s.siteTable())
}

// publicTable is the map of what visitors read. Its handlers are called without
// a guard: they serve the same to everybody, but for events by invitation,
// which [Server.event] guards.
func (s *Server) publicTable() []route {
	anyone, readers := access.Anyone(), access.Readers()
	return []route{
		{gets, "/", anyone, s.meetings, "the list of meetings", 0},
		{gets, "/series/:slug", anyone, s.series, "the meetings of a series", 0},
		{gets, "/series/:slug/calendar.ics", anyone, s.seriesCalendar, "their sessions as a calendar", 0},

		{gets, "/e/:slug", readers, s.event(s.agenda), "the agenda", 0},
		{gets, "/e/:slug/s/:session", readers, s.event(s.session), "one session", 0},
		{gets, "/e/:slug/changes", readers, s.event(s.changes), "what each release changed", 0},
		{gets, "/e/:slug/changes.atom", readers, s.event(s.changesFeed), "the same as a feed", 0},
		{gets, "/e/:slug/subscribe", readers, s.event(s.subscribe), "how to have the agenda in a calendar", 0},
		{gets, "/e/:slug/print", readers, s.event(s.documents), "the documents to print or keep", 0},
		{gets, "/e/:slug/now", readers, s.event(s.now), "what goes on, for screens in the lobby", 0},
		{gets, "/e/:slug/now/:room", readers, s.event(s.door), "what goes on in one room, for the screen at its door", 0},
		{gets, "/e/:slug/calendar.ics", readers, s.event(s.calendar), "the agenda as a calendar", 0},
		{gets, "/e/:slug/s/:session.ics", readers, s.event(s.sessionCalendar), "one session as a calendar", 0},
		{gets, "/e/:slug/p/:person.ics", readers, s.event(s.personCalendar), "the sessions of one person as a calendar", 0},
		{gets, "/e/:slug/programme.pdf", readers, s.event(s.programme), "the printed programme", 0},
		{gets, "/e/:slug/picture.png", readers, s.event(s.linkPicture), "the picture beside links to the meeting", 0},
		{gets, "/e/:slug/programme.svg", readers, s.event(s.picture), "a picture of its first page", 0},
		{gets, "/e/:slug/agenda.json", readers, s.event(s.export("agenda.json", mimeJSON, interchange.WriteJSON)), "the agenda as data", 0},
		{gets, "/e/:slug/schedule.xml", readers, s.event(s.export("schedule.xml", mimeXML, interchange.WriteScheduleXML)), "the agenda for conference apps", 0},
		{gets, "/e/:slug/schedule.json", readers, s.event(s.export("schedule.json", mimeJSON, interchange.WriteScheduleJSON)), "the same in JSON", 0},
		{gets, "/e/:slug/schedule2.json", readers, s.event(s.export("schedule2.json", mimeJSON, interchange.WriteSchedule2JSON)), "the same in the second version of that", 0},

		{gets, "/static/:name", anyone, s.asset, "style sheets, modules and icons", 0},
		{gets, "/healthz", anyone, s.healthz, "200 while the process lives", 0},
		{gets, "/readyz", anyone, s.readyz, "200 while the database answers", 0},
	}
}

// accountTable is the map of what people do with their accounts. A site without
// accounts has none of it.
func (s *Server) accountTable() []route {
	if s.Accounts == nil {
		return nil
	}
	anyone, signedIn := access.Anyone(), access.SignedIn()
	byLink, first := access.Holding(access.ForSignIn), access.Holding(access.ForFirstOrganiser)
	invited := access.Holding(access.ForInvitation)
	return []route{
		{gets, "/sign-in", anyone, s.signIn, "the form to ask for a link to sign in", 0},
		{posts, "/sign-in", anyone, s.sendLink, "mail the link", 0},
		{gets, "/sign-in/sent", anyone, s.linkSent, "what to do next", 0},
		{gets, "/sign-in/link", byLink, s.confirmLink, "what the link in the mail opens", 0},
		{posts, "/sign-in/link", byLink, s.useLink, "sign in by it", 0},
		{gets, "/sign-in/password", anyone, s.signInPassword, "the form to sign in with a password", 0},
		{posts, "/sign-in/password", anyone, s.usePassword, "sign in with it", 0},
		{posts, "/sign-out", anyone, s.signOut, "end a sign-in", 0},

		{gets, "/first-organiser", first, s.first, "the form of the first organiser", 0},
		{posts, "/first-organiser", first, s.begin, "make the first organiser", 0},

		{gets, "/invitation", invited, s.invitation, "what the link of an invitation opens", 0},
		{posts, "/invitation", invited, s.accept, "accept it", 0},

		{gets, "/account", signedIn, s.account, "one's own account", 0},
		{posts, "/account", signedIn, s.changeProfile, "change name and language", 0},
		{posts, "/account/password", signedIn, s.changePassword, "set a password", 0},
		{posts, "/account/sign-ins", signedIn, s.endSignIns, "end sign-ins", 0},
	}
}

// register adds routes to e. Echo has no pattern for ":session.ics" beside
// ":session"; such a pair becomes one handler that looks at the ending.
func (s *Server) register(e *echo.Echo, routes []route) {
	dotted := map[string]route{}
	for _, r := range routes {
		if base, ok := r.dotted(); ok {
			r.serve = s.guarded(r)
			dotted[base] = r
		}
	}
	for _, r := range routes {
		serve := s.guarded(r)
		if d, ok := dotted[r.path]; ok && r.method == gets {
			serve = byEnding(d, serve)
			delete(dotted, r.path)
		}
		if _, ok := r.dotted(); !ok {
			handle(e, r.method, r.path, serve)
		}
	}
	for base, d := range dotted {
		handle(e, gets, base, byEnding(d, func(echo.Context) error { return echo.ErrNotFound }))
	}
}

// moved leads to the same page under the slug that the event has now. Slugs
// hold nothing that an address would have to escape.
func moved(c echo.Context, from string, to *agenda.Event) error {
	u := c.Request().URL
	address := url.URL{Path: "/e/" + to.Slug + strings.TrimPrefix(u.Path, "/e/"+from), RawQuery: u.RawQuery}
	c.Response().Header()["Cache-Control"] = shortly
	if invited(to) {
		c.Response().Header()["Cache-Control"] = noStore
	}
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

func handle(e *echo.Echo, m method, path string, serve echo.HandlerFunc) {
	e.Add(string(m), path, serve)
	if m == gets {
		e.Add(http.MethodHead, path, serve)
	}
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
// answer is that of an event that does not exist. Who asks does not matter
// unless the event is by invitation.
func (s *Server) event(serve func(echo.Context, *agenda.Release) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		slug := c.Param("slug")
		r, err := s.state.releases.latest(c.Request().Context(), slug)
		if err != nil {
			return err
		}
		if invited(r.Event) {
			if err := s.mayRead(c, r.Event); err != nil {
				return err
			}
		}
		if r.Event.Slug != slug {
			return moved(c, slug, r.Event)
		}
		if done, err := s.again(c, r); done {
			return err
		}
		return serve(c, r)
	}
}
