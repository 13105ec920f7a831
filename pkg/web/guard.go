package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// Why a route is not for somebody.
var (
	errRefused = errors.New("not allowed")
	errLink    = errors.New("link that opens nothing")
)

// guarded returns the handler of r behind its rule. What is for anyone needs no
// guard, and events guard themselves for readers: there the answer is the same
// for everybody, and comes from the cache.
func (s *Server) guarded(r route) echo.HandlerFunc {
	if r.rule == access.Anyone() || r.rule == access.Readers() {
		return r.serve
	}
	return func(c echo.Context) error {
		c.Response().Header()["Cache-Control"] = noStore
		actor, err := s.actor(c)
		if err != nil {
			return err
		}
		if actor.Token, err = s.held(c, r.rule.Purpose()); err != nil {
			return err
		}
		c.Set(tokenKey, actor.Token)
		at, err := s.place(c)
		if err != nil {
			return err
		}
		if err := s.decide(c, r.rule, actor, at); err != nil || c.Response().Committed {
			return err
		}
		return r.serve(c)
	}
}

// decide returns nil if the rule allows the actor, after an answer that leads to
// the form to sign in if it asks them to.
func (s *Server) decide(c echo.Context, rule access.Rule, actor access.Actor, at access.Place) error {
	switch rule.Decide(actor, at) {
	case access.Allow:
		return nil
	case access.Ask:
		return s.askToSignIn(c)
	case access.Refuse:
		return errRefused
	}
	if rule.Purpose() != "" {
		return errLink
	}
	return agenda.NotFound("page", c.Request().URL.Path)
}

// askToSignIn leads to the form to sign in, and from there back here. The answer
// to a form that was sent leads back to the page it is on.
func (s *Server) askToSignIn(c echo.Context) error {
	req := c.Request()
	to := req.URL.RequestURI()
	if req.Method == http.MethodPost {
		to = ""
		if from, err := url.Parse(req.Referer()); err == nil && from.Host == req.Host {
			to = from.RequestURI()
		}
	}
	return c.Redirect(http.StatusSeeOther, inLanguage(join("/sign-in", toward(url.Values{}, to)), c.QueryParam("lang")))
}

// mayRead returns nil if whoever asks may read an event by invitation, and else
// the error of an event that is not there.
func (s *Server) mayRead(c echo.Context, e *agenda.Event) error {
	actor, err := s.actor(c)
	if err != nil {
		return err
	}
	if access.Readers().Decide(actor, access.Place{Event: e.ID, Visibility: e.Visibility}) != access.Allow {
		return agenda.NotFound("event", e.Slug)
	}
	return nil
}

// nowhere is the place of an address that names no event. It is hidden from
// strangers as events by invitation are.
var nowhere = access.Place{Event: "none", Visibility: agenda.Invited}

// place returns what the address of a request is about: the event whose slug is
// in it, published or not, or the site.
func (s *Server) place(c echo.Context) (access.Place, error) {
	slug := c.Param("slug")
	if slug == "" {
		return access.Place{}, nil
	}
	d, _, err := s.Drafts.Draft(c.Request().Context(), slug)
	if errors.Is(err, agenda.ErrNotFound) {
		return nowhere, nil
	}
	if err != nil {
		return access.Place{}, err
	}
	at := access.Place{Event: d.Event.ID}
	switch r, err := s.state.releases.latest(c.Request().Context(), d.Event.Slug); {
	case err == nil && r.Event.ID == d.Event.ID:
		at.Visibility = r.Event.Visibility
	case err != nil && !errors.Is(err, agenda.ErrNotFound):
		return access.Place{}, err
	}
	return at, nil
}

// keyField names what carries the secret of a token, in addresses and forms.
const keyField = "key"

// tokenKey is where a request keeps the token that it shows.
const tokenKey = "token"

// held returns the token that a request shows, if it is good for the purpose,
// else none.
func (s *Server) held(c echo.Context, p access.Purpose) (access.Token, error) {
	if p == "" {
		return access.Token{}, nil
	}
	secret, err := access.ParseSecret(c.FormValue(keyField))
	if err != nil {
		return access.Token{}, nil
	}
	t, err := s.Accounts.Token(c.Request().Context(), secret, p)
	if closed(err) {
		return access.Token{}, nil
	}
	return t, err
}

// closed reports whether err says that a token or a cookie opens nothing, or no
// longer.
func closed(err error) bool {
	for _, reason := range []error{
		access.ErrSecret, access.ErrPurpose, access.ErrExpired, access.ErrRevoked, access.ErrUsed, access.ErrReplayed,
	} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

// WriteRoutes prints who may use which route; see [access.WriteTable].
func (s *Server) WriteRoutes(w io.Writer) error {
	var routes []access.Route
	for _, r := range s.init().routes {
		routes = append(routes, access.Route{Name: string(r.method) + " " + r.path, Rule: r.rule})
	}
	return access.WriteTable(w, routes)
}
