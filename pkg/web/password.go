package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// passwordForm returns the page that asks for an address and a password.
func (s *Server) passwordForm(c echo.Context) (formPage, error) {
	p, chosen, err := s.formPage(c, "account.password.sign-in")
	if err != nil {
		return p, err
	}
	to := c.QueryParam("to")
	p.Form = formView{Action: chosen.toward("/sign-in/password", to), Inputs: []input{
		emailInput(p),
		{Name: "password", Label: p.T("account.password"), Type: "password", Complete: "current-password", Dir: "ltr"},
	}}
	p.Submit = p.T("account.sign-in")
	p.Others = []link{{Href: chosen.toward("/sign-in", to), Words: words{Text: p.T("account.link.instead")}}}
	return p, nil
}

// signInPassword serves the form to sign in with a password.
func (s *Server) signInPassword(c echo.Context) error {
	if there, err := s.leadOn(c); there || err != nil {
		return err
	}
	p, err := s.passwordForm(c)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "form.html", p)
}

// usePassword signs in whoever knows the password of an account. Where there is
// no such account, or it has no password, the work and the answer are the same.
func (s *Server) usePassword(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	p, err := s.passwordForm(c)
	if err != nil {
		return err
	}
	p.Form.fill(c)
	address, err := access.ParseAddress(p.Form.input("email").Value)
	if err != nil {
		p.Form.wrong(p.l, "email", p.T("account.email.wrong"))
		return s.answerPage(c, p.Form.code(), "form.html", p)
	}
	free, err := s.free(c, "password:"+address.Key(), access.PerPassword)
	if err != nil {
		return err
	}
	if !free {
		p.Form.wrong(p.l, "", p.T("account.password.wait"))
		return s.answerPage(c, http.StatusTooManyRequests, "form.html", p)
	}
	v, err := s.proved(c.Request().Context(), address, c.FormValue("password"))
	if errors.Is(err, errPassword) {
		p.Form.wrong(p.l, "password", p.T("account.password.wrong"))
		return s.answerPage(c, p.Form.code(), "form.html", p)
	}
	if err != nil {
		return err
	}
	return s.welcome(c, v)
}

// errPassword says that an address and a password do not go together.
var errPassword = errors.New("wrong address or password")

// proved signs in the user with that address, if the password is theirs.
func (s *Server) proved(ctx context.Context, address access.Address, password string) (access.Visit, error) {
	u, err := s.Accounts.UserByAddress(ctx, address)
	if err != nil && !errors.Is(err, agenda.ErrNotFound) {
		return access.Visit{}, err
	}
	ok, rehash, err := s.Hasher.Verify(ctx, u.Password, password)
	switch {
	case err != nil:
		return access.Visit{}, err
	case !ok || u.Disabled:
		return access.Visit{}, errPassword
	}
	if rehash {
		hash, err := s.Hasher.Hash(ctx, password)
		if err != nil {
			return access.Visit{}, err
		}
		if err := s.Accounts.Rehash(ctx, u.ID, u.Password, hash); err != nil {
			return access.Visit{}, err
		}
	}
	v, err := s.Accounts.SignIn(ctx, u.ID)
	if closed(err) || errors.Is(err, agenda.ErrNotFound) { // between this and that
		return access.Visit{}, errPassword
	}
	return v, err
}

// newPassword asks for a password to set.
func newPassword(l *locale.Locale) input {
	return input{
		Name: "new-password", Label: l.T("account.password.new"), Type: "password", Complete: "new-password", Dir: "ltr",
		Hint: l.T("account.password.hint", "count", access.ShortestPassword),
	}
}

// passwordProblem says what is wrong with a password that somebody wants to set,
// in words; "" if nothing is.
func (s *Server) passwordProblem(l *locale.Locale, password string, u access.User) string {
	switch err := access.CheckPassword(password, u.Name, u.Address.Local, u.Address.Domain, s.siteView(l).Name.Text); {
	case errors.Is(err, access.ErrTooShort):
		return l.T("account.password.short", "count", access.ShortestPassword)
	case errors.Is(err, access.ErrTooLong):
		return l.T("account.password.long", "count", access.LongestPassword)
	case err != nil:
		return l.T("account.password.guessable")
	}
	return ""
}
