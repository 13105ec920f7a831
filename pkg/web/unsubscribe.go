package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
)

// leaving serves what the link in a message to many opens: nothing has been done
// yet, for programs look at links, too.
func (s *Server) leaving(c echo.Context) error {
	p, err := s.leavePage(c)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Referrer-Policy", "no-referrer") // the address is a secret
	return s.answerPage(c, http.StatusOK, "form.html", p)
}

// leavePage returns the page, which offers to unsubscribe, or to take that back.
func (s *Server) leavePage(c echo.Context) (formPage, error) {
	token, _ := c.Get(tokenKey).(access.Token)
	all, err := s.Bulk.Unsubscribed(c.Request().Context(), token.Event)
	if err != nil {
		return formPage{}, err
	}
	_, chosen, err := s.accountFrame(c)
	if err != nil {
		return formPage{}, err
	}
	title, err := s.titleOf(c.Request().Context(), token.Event, chosen)
	if err != nil {
		return formPage{}, err
	}
	id, do := "bulk.leave", "leave"
	if slices.Contains(all, strings.ToLower(token.Subject)) {
		id, do = "bulk.away", "return"
	}
	p, _, err := s.formPage(c, id, "event", title, "address", isolated(token.Subject))
	p.Languages = nil // their links would repeat the secret
	p.Form = formView{Action: chosen.address("/unsubscribe"), Hidden: []field{{keyField, c.FormValue(keyField)}, {"do", do}}}
	p.Submit = p.T(id + ".submit")
	return p, err
}

// titleOf returns the title of an event by its ID, in quotation marks.
func (s *Server) titleOf(ctx context.Context, event string, chosen choice) (string, error) {
	all, err := s.Desk.Drafts(ctx)
	for _, e := range all {
		if e.ID == event {
			title, _ := e.Title.In(chosen.Link, e.Languages...)
			return quoted(title), err
		}
	}
	return "", err
}

// unsubscribe has the holder of a token get no more messages to many about an event: what
// a mail program posts for its reader (RFC 8058) does as much as the button of the
// page. Another button takes that back.
func (s *Server) unsubscribe(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	token, _ := c.Get(tokenKey).(access.Token)
	change := s.Bulk.Unsubscribe
	if c.FormValue("do") == "return" {
		change = s.Bulk.Resubscribe
	}
	if err := change(c.Request().Context(), token.Event, token.Subject); err != nil {
		return err
	}
	if c.FormValue("List-Unsubscribe") != "" {
		return gone(c.NoContent(http.StatusNoContent))
	}
	q := url.Values{keyField: {c.FormValue(keyField)}}
	return seeOther(c, inLanguage(join("/unsubscribe", q), c.QueryParam("lang")))
}
