package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// A formPage is the data of templates/form.html: a page that is about one form,
// or, without one, says how it goes on.
type formPage struct {
	frame
	Heading string
	Lead    string
	Form    formView
	Submit  string
	Notes   []string
	Others  []link

	Provider link // to sign in through a provider; nowhere if there is none
}

// formPage returns a page with a heading and a lead by the messages id and
// id.text.
func (s *Server) formPage(c echo.Context, id string, args ...any) (formPage, choice, error) {
	f, chosen, err := s.accountFrame(c)
	if err != nil {
		return formPage{}, chosen, err
	}
	args = append(args, "site", f.Site.Name.Text)
	p := formPage{frame: f, Heading: f.T(id, args...), Lead: f.T(id+".text", args...)}
	p.Title = p.Heading + " · " + p.Site.Name.Text
	return p, chosen, nil
}

// address returns the address of a page of this side in the reader's language,
// with where to go after signing in.
func (c choice) toward(path, to string) string {
	q := toward(url.Values{}, to)
	if c.Explicit {
		q.Set("lang", c.Link)
	}
	return join(path, q)
}

// emailInput asks for an e-mail address.
func emailInput(p formPage) input {
	return input{Name: "email", Label: p.T("account.email"), Type: "email", Complete: "username", Dir: "ltr"}
}

// signInForm returns the page that asks for an address to send a link to.
func (s *Server) signInForm(c echo.Context) (formPage, choice, error) {
	p, chosen, err := s.formPage(c, "account.sign-in")
	if err != nil {
		return p, chosen, err
	}
	to := c.QueryParam("to")
	p.Form = formView{Action: chosen.toward("/sign-in", to), Inputs: []input{emailInput(p)}}
	p.Submit = p.T("account.sign-in.submit")
	p.Others = []link{{Href: chosen.toward("/sign-in/password", to), Words: words{Text: p.T("account.password.instead")}}}
	if s.Provider != nil {
		p.Provider = link{Href: chosen.toward("/sign-in/openid", to), Words: words{Text: p.T("account.openid.button", "name", isolated(s.ProviderName))}}
	}
	return p, chosen, nil
}

// signIn serves the form to sign in. Who is signed in is led on.
func (s *Server) signIn(c echo.Context) error {
	if there, err := s.leadOn(c); there || err != nil {
		return err
	}
	p, _, err := s.signInForm(c)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "form.html", p)
}

// leadOn leads somebody who is signed in to where they wanted to go, and reports
// whether it did.
func (s *Server) leadOn(c echo.Context) (bool, error) {
	v, err := s.visit(c)
	if err != nil || v.User.ID == "" {
		return false, err
	}
	return true, seeOther(c, local(c.QueryParam("to")))
}

// sendLink mails a link to sign in. The answer is the same, and takes as long,
// whether there is an account or not, and whether a limit is reached or not.
func (s *Server) sendLink(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	p, chosen, err := s.signInForm(c)
	if err != nil {
		return err
	}
	p.Form.fill(c)
	address, err := access.ParseAddress(p.Form.input("email").Value)
	if err != nil {
		p.Form.wrong(p.l, "email", p.T("account.email.wrong"))
		return s.answerPage(c, p.Form.code(), "form.html", p)
	}
	free, err := s.free(c, "link:"+address.Key(), access.PerAccount)
	if err != nil {
		return err
	}
	if free {
		link := linkTo{to: c.QueryParam("to"), language: chosen.Interface}
		s.later(c.Request().Context(), "mail a link to sign in", func(ctx context.Context) error {
			return s.mailLink(ctx, address, link)
		})
	}
	return seeOther(c, chosen.address("/sign-in/sent"))
}

// free counts a request by its network and by key, and reports whether neither
// is over its limit.
func (s *Server) free(c echo.Context, key string, limit access.Limit) (bool, error) {
	ctx := c.Request().Context()
	ofNetwork, err := s.Accounts.Take(ctx, "net:"+network(c), access.PerAddress)
	if err != nil {
		return false, err
	}
	ofKey, err := s.Accounts.Take(ctx, key, limit)
	return ofNetwork == 0 && ofKey == 0, err
}

// A linkTo says what a link that is mailed leads to.
type linkTo struct {
	to       string
	language string // of the page it was asked for on
}

// mailLink mails a link to the user with that address, if there is one who may
// sign in.
func (s *Server) mailLink(ctx context.Context, address access.Address, l linkTo) error {
	u, err := s.Accounts.UserByAddress(ctx, address)
	if errors.Is(err, agenda.ErrNotFound) || err == nil && u.Disabled {
		return nil
	}
	if err != nil {
		return err
	}
	secret, err := s.Accounts.NewToken(ctx, "", access.Token{Purpose: access.ForSignIn, Subject: u.Address.String()})
	if err != nil {
		return err
	}
	if u.Language == "" {
		u.Language = l.language
	}
	q := toward(url.Values{keyField: {secret.String()}, "lang": {u.Language}}, l.to)
	return s.Letters.SignIn(ctx, u, s.BaseURL+join("/sign-in/link", q))
}

// linkSent says that a link is on its way if there is an account.
func (s *Server) linkSent(c echo.Context) error {
	p, chosen, err := s.formPage(c, "account.sent")
	if err != nil {
		return err
	}
	p.Notes = []string{p.T("account.sent.once", "count", int(access.ForSignIn.Lifetime().Minutes())), p.T("account.sent.missing")}
	p.Others = []link{{Href: chosen.address("/sign-in"), Words: words{Text: p.T("account.sent.again")}}}
	return s.answerPage(c, http.StatusOK, "form.html", p)
}

// confirmLink asks whoever opened a link to confirm it. Programs that look into
// mail open links too; they send no forms.
func (s *Server) confirmLink(c echo.Context) error {
	token, _ := c.Get(tokenKey).(access.Token)
	address, err := access.ParseAddress(token.Subject)
	if err != nil {
		return errLink
	}
	p, chosen, err := s.formPage(c, "account.link", "address", isolated(address.Shown()))
	if err != nil {
		return err
	}
	p.Languages = nil // their links would repeat the secret
	p.Form = formView{
		Action: chosen.toward("/sign-in/link", c.QueryParam("to")),
		Hidden: []field{{keyField, c.QueryParam(keyField)}},
	}
	p.Submit = p.T("account.sign-in")
	return s.answerPage(c, http.StatusOK, "form.html", p)
}

// useLink signs in whoever confirmed a link.
func (s *Server) useLink(c echo.Context) error {
	secret, err := access.ParseSecret(c.FormValue(keyField))
	if err != nil {
		return errLink
	}
	v, err := s.Accounts.SignInByLink(c.Request().Context(), secret)
	if closed(err) {
		return errLink
	}
	if err != nil {
		return err
	}
	return s.welcome(c, v)
}

// welcome ends the sign-in that the browser had before, gives it the cookie of
// the new one, and leads on.
func (s *Server) welcome(c echo.Context, v access.Visit) error {
	return s.welcomeTo(c, v, c.QueryParam("to"), c.QueryParam("lang"))
}

// welcomeTo is welcome where the address does not say where to go, and in which
// language.
func (s *Server) welcomeTo(c echo.Context, v access.Visit, to, lang string) error {
	if err := s.leave(c); err != nil {
		return err
	}
	s.setCookie(c, v.Secret)
	return seeOther(c, inLanguage(local(to), lang))
}

// leave ends the sign-in of the cookie, if there is one.
func (s *Server) leave(c echo.Context) error {
	cookie, err := c.Cookie(s.cookieName())
	if err != nil {
		return nil
	}
	secret, err := access.ParseSecret(cookie.Value)
	if err != nil {
		return nil
	}
	return s.Accounts.SignOut(c.Request().Context(), secret)
}

// signOut ends the sign-in of the cookie and makes the browser forget it.
func (s *Server) signOut(c echo.Context) error {
	if err := s.leave(c); err != nil {
		return err
	}
	s.clearCookie(c)
	return seeOther(c, inLanguage("/", c.QueryParam("lang")))
}
