package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// An Invitation is what a letter says that offers somebody a role at an event.
type Invitation struct {
	By    string // who invites
	Event string // the ID of the event
	Title string // of the event
	Dates string // of the event, in the language of the letter; may be ""
	Role  access.Role
	Link  string
}

// invitationForm returns the page that accepts an invitation. It asks those for
// their name who have no account yet.
func (s *Server) invitationForm(c echo.Context) (formPage, choice, error) {
	token, _ := c.Get(tokenKey).(access.Token)
	address, err := access.ParseAddress(token.Subject)
	if err != nil {
		return formPage{}, choice{}, errLink
	}
	f, _, err := s.accountFrame(c)
	if err != nil {
		return formPage{}, choice{}, err
	}
	role := f.T("access.role." + string(token.Role))
	p, chosen, err := s.formPage(c, "account.invitation", "address", isolated(address.Shown()), "role", role)
	if err != nil {
		return p, chosen, err
	}
	p.Languages = nil // their links would repeat the secret
	p.Form = formView{Action: chosen.address("/invitation"), Hidden: []field{{keyField, c.FormValue(keyField)}}}
	p.Submit = p.T("account.invitation.submit")
	_, err = s.Accounts.UserByAddress(c.Request().Context(), address)
	if errors.Is(err, agenda.ErrNotFound) {
		p.Form.Inputs = []input{{Name: "name", Label: p.T("account.name"), Type: "text", Complete: "name"}}
		err = nil
	}
	return p, chosen, err
}

// invitation serves what the link of an invitation opens.
func (s *Server) invitation(c echo.Context) error {
	p, _, err := s.invitationForm(c)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "form.html", p)
}

// accept gives whoever accepts an invitation the account and the role, and signs
// them in.
func (s *Server) accept(c echo.Context) error {
	p, chosen, err := s.invitationForm(c)
	if err != nil {
		return err
	}
	p.Form.fill(c)
	u := access.User{Language: chosen.Interface}
	if in := p.Form.input("name"); in != nil {
		u.Name = in.Value
		if problem := nameProblem(p.frame, u.Name); problem != "" {
			p.Form.wrong(p.l, "name", problem)
			return s.answerPage(c, p.Form.code(), "form.html", p)
		}
	}
	secret, err := access.ParseSecret(c.FormValue(keyField))
	if err != nil {
		return errLink
	}
	v, err := s.Accounts.AcceptInvitation(c.Request().Context(), secret, u)
	if closed(err) {
		return errLink
	}
	if err != nil {
		return err
	}
	return s.welcome(c, v)
}
