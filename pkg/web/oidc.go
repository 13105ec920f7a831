package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// A Provider knows who somebody is, so that they can sign in without a link or a
// password.
type Provider interface {
	// Begin returns the address that asks somebody who they are, and what their
	// browser keeps until they come back.
	Begin(ctx context.Context) (string, access.Attempt, error)
	// Finish returns who they are, from the parameters that they came back with.
	// Errors wrap [access.ErrDenied] or [access.ErrUnverified]; others are trouble
	// with the provider.
	Finish(ctx context.Context, a access.Attempt, answer url.Values) (access.Identity, error)
}

// providerTable is the map of signing in through a provider.
func (s *Server) providerTable() []route {
	if s.Accounts == nil || s.Provider == nil {
		return nil
	}
	return []route{
		{gets, "/sign-in/openid", access.Anyone(), s.askProvider, "ask the provider who somebody is", 0},
		{gets, "/sign-in/openid/back", access.Anyone(), s.answered, "where its answer comes to", 0},
	}
}

// attemptAge is how long somebody may take at the provider, in seconds.
const attemptAge = 600

// attemptCookie names the cookie that keeps an attempt.
func (s *Server) attemptCookie() string { return s.cookieName() + "-openid" }

// setAttempt lets the browser keep an attempt, and where it leads; a negative age
// makes it forget. Answers come from another site, by a link: Lax cookies come
// with those.
func (s *Server) setAttempt(c echo.Context, q url.Values, age int) {
	c.Response().Header()["Cache-Control"] = noStore
	c.SetCookie(&http.Cookie{
		Name: s.attemptCookie(), Value: url.QueryEscape(q.Encode()), Path: "/", MaxAge: age,
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// attempt returns what the browser has kept; empty if there is nothing.
func (s *Server) attempt(c echo.Context) url.Values {
	cookie, err := c.Cookie(s.attemptCookie())
	if err != nil {
		return url.Values{}
	}
	text, err := url.QueryUnescape(cookie.Value)
	if err != nil {
		return url.Values{}
	}
	q, err := url.ParseQuery(text)
	if err != nil {
		return url.Values{}
	}
	return q
}

// askProvider leads to the provider.
func (s *Server) askProvider(c echo.Context) error {
	address, a, err := s.Provider.Begin(c.Request().Context())
	if err != nil {
		return s.notThrough(c, "", err)
	}
	q := toward(url.Values{"state": {a.State}, "nonce": {a.Nonce}, "verifier": {a.Verifier}}, c.QueryParam("to"))
	if lang := c.QueryParam("lang"); lang != "" && len(lang) < 20 {
		q.Set("lang", lang)
	}
	s.setAttempt(c, q, attemptAge)
	return c.Redirect(http.StatusSeeOther, address)
}

// answered signs in whom the provider knows, if they have an account. No account
// is made.
func (s *Server) answered(c echo.Context) error {
	kept := s.attempt(c)
	s.setAttempt(c, url.Values{}, -1)
	a := access.Attempt{State: kept.Get("state"), Nonce: kept.Get("nonce"), Verifier: kept.Get("verifier")}
	free, err := s.free(c, "openid:"+a.State, access.PerAccount)
	if err != nil {
		return err
	}
	if !free {
		return s.notThrough(c, kept.Get("lang"), access.ErrDenied)
	}
	ctx := c.Request().Context()
	who, err := s.Provider.Finish(ctx, a, c.QueryParams())
	if err != nil {
		return s.notThrough(c, kept.Get("lang"), err)
	}
	u, err := s.Accounts.UserByAddress(ctx, who.Address)
	if errors.Is(err, agenda.ErrNotFound) {
		return s.stranger(c, kept.Get("lang"), who)
	}
	if err != nil {
		return err
	}
	v, err := s.Accounts.SignIn(ctx, u.ID)
	if closed(err) || errors.Is(err, agenda.ErrNotFound) { // disabled, or gone meanwhile
		return s.stranger(c, kept.Get("lang"), who)
	}
	if err != nil {
		return err
	}
	return s.welcomeTo(c, v, kept.Get("to"), kept.Get("lang"))
}

// providerPage returns a page that says why somebody is not signed in, in the
// language that they began in.
func (s *Server) providerPage(c echo.Context, lang, id string, args ...any) (formPage, error) {
	c.Request().URL.RawQuery = pairs([]string{"lang", lang}).Encode() // nothing of the answer is repeated
	p, chosen, err := s.formPage(c, id, append(args, "name", isolated(s.ProviderName))...)
	p.Languages = nil // the answer is good for one page
	p.Others = []link{{Href: chosen.address("/sign-in"), Words: words{Text: p.T("account.openid.again")}}}
	return p, err
}

// notThrough says that the provider did not tell who somebody is. Why is in the
// log: it is the provider's business, or ours.
func (s *Server) notThrough(c echo.Context, lang string, why error) error {
	code := http.StatusBadGateway
	if errors.Is(why, access.ErrDenied) || errors.Is(why, access.ErrUnverified) {
		code = http.StatusUnprocessableEntity
	}
	s.Log.WarnContext(c.Request().Context(), "sign-in through the provider", slog.String("err", why.Error()))
	p, err := s.providerPage(c, lang, "account.openid.failed")
	if err != nil {
		return err
	}
	if errors.Is(why, access.ErrUnverified) {
		p.Lead = p.T("account.openid.unverified.text", "name", isolated(s.ProviderName))
	}
	return s.answerPage(c, code, "form.html", p)
}

// stranger tells somebody that the provider knows and this site does not.
func (s *Server) stranger(c echo.Context, lang string, who access.Identity) error {
	p, err := s.providerPage(c, lang, "account.openid.stranger", "address", isolated(who.Address.Shown()))
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusForbidden, "form.html", p)
}
