package web

import (
	"errors"
	"net/http"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
)

// longestName bounds the name of a person, in characters.
const longestName = 200

// firstForm returns the page on which somebody becomes the first organiser.
func (s *Server) firstForm(c echo.Context) (formPage, choice, error) {
	p, chosen, err := s.formPage(c, "account.first")
	if err != nil {
		return p, chosen, err
	}
	p.Languages = nil // their links would repeat the secret
	password := newPassword(p.l)
	password.Optional = p.T("account.optional")
	p.Form = formView{
		Action: chosen.address("/first-organiser"),
		Hidden: []field{{keyField, c.FormValue(keyField)}},
		Inputs: []input{
			{Name: "name", Label: p.T("account.name"), Type: "text", Complete: "name"},
			emailInput(p), password,
		},
	}
	p.Submit = p.T("account.first.submit")
	return p, chosen, nil
}

// first serves the form of the first organiser.
func (s *Server) first(c echo.Context) error {
	p, _, err := s.firstForm(c)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "form.html", p)
}

// begin makes the first organiser, who is signed in then.
func (s *Server) begin(c echo.Context) error {
	p, chosen, err := s.firstForm(c)
	if err != nil {
		return err
	}
	p.Form.fill(c)
	u := access.User{Name: p.Form.input("name").Value, Language: chosen.Interface}
	if problem := nameProblem(p.frame, u.Name); problem != "" {
		p.Form.wrong(p.l, "name", problem)
	}
	if u.Address, err = access.ParseAddress(p.Form.input("email").Value); err != nil {
		p.Form.wrong(p.l, "email", p.T("account.email.wrong"))
	}
	password := c.FormValue("new-password")
	if problem := s.passwordProblem(p.l, password, u); password != "" && problem != "" {
		p.Form.wrong(p.l, "new-password", problem)
	}
	if len(p.Form.Problems) > 0 {
		return s.answerPage(c, p.Form.code(), "form.html", p)
	}
	if password != "" {
		if u.Password, err = s.Hasher.Hash(c.Request().Context(), password); err != nil {
			return err
		}
	}
	secret, err := access.ParseSecret(c.FormValue(keyField))
	if err != nil {
		return errLink
	}
	v, err := s.Accounts.FirstOrganiser(c.Request().Context(), secret, u)
	if closed(err) || errors.Is(err, access.ErrStarted) {
		return errLink
	}
	if err != nil {
		return err
	}
	return s.welcome(c, v)
}

// nameProblem says what is wrong with the name of a person, in words; "" if
// nothing is.
func nameProblem(f frame, name string) string {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return f.T("account.name.missing")
	case n > longestName:
		return f.T("account.name.long", "count", longestName)
	}
	return ""
}
