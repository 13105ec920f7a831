package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// messagePage is the data of templates/message.html.
type messagePage struct {
	frame
	Subject string
	All     string // the address of the list
	Done    string // what was done before, or ""
	Facts   []fact
	State   stateView
	Steps   []messageStep
	Action  string // where they go

	Letter     []letterLine // what it says; none if that is not known here
	LetterLang string
	LetterDir  string
	Page       string // the address of what it looks like, or ""
	File       string // the address of the file, or ""
	Missing    string // why what it says is not known, or ""
}

// A fact is a value with its label.
type fact struct {
	Label string
	Value string
}

// A messageStep is something that may be done to a message.
type messageStep struct {
	Name string
	Word string
	Hint string
}

// A letterLine is a line of a letter; an address by itself is a link.
type letterLine struct {
	Text string
	Href string
}

// message serves one message.
func (s *Server) message(c echo.Context) error {
	item, err := s.found(c)
	if err != nil {
		return err
	}
	f, chosen, err := s.accountFrame(c)
	if err != nil {
		return err
	}
	m := item.Message
	p := messagePage{
		frame: f, Subject: m.Letter.Subject, All: chosen.address("/organise/mail"),
		Action: chosen.address("/organise/mail/" + m.ID), State: stateOf(f.l, item.Status),
		Facts: messageFacts(f.l, item), Steps: stepsOf(f.l, item),
	}
	p.Languages = s.languageLinks(chosen, nil, c.Request().URL.Path, url.Values{})
	p.Title = m.Letter.Subject + " · " + p.Site.Name.Text
	if done := c.QueryParam("done"); done == "late" || slices.ContainsFunc(verdicts(), func(d verdict) bool { return d.name == done }) {
		p.Done = p.T("account.mail.done." + done)
	}
	if err := s.letterView(&p, chosen, m); err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "message.html", p)
}

// messageFacts says what is known of a message besides what it says.
func messageFacts(l *locale.Locale, item post.Item) []fact {
	m, status := item.Message, item.Status
	facts := []fact{
		{l.T("account.mail.to"), m.To.Address},
		{l.T("account.mail.kind"), l.T("mail.kind." + string(m.Kind))},
		{l.T("account.mail.written"), moment(l, m.Created)},
		{l.T("account.mail.changed"), moment(l, status.Changed)},
	}
	if status.Attempts > 0 {
		facts = append(facts, fact{l.T("account.mail.attempts"), l.Number(status.Attempts)})
	}
	if status.State == post.Deferred {
		facts = append(facts, fact{l.T("account.mail.next"), moment(l, status.Next)})
	}
	return facts
}

// stepsOf lists what may be done to a message. One whose letter is forgotten
// cannot be sent again.
func stepsOf(l *locale.Locale, item post.Item) []messageStep {
	var list []messageStep
	for _, one := range verdicts() {
		_, err := post.Next(item.Status, post.Event{Step: one.step}, item.Status.Changed)
		forgotten := one.step == post.Resend && item.Message.Secret() && item.Status.State.Finished()
		if err == nil && !forgotten {
			list = append(list, messageStep{one.name, l.T("account.mail." + one.name), l.T("account.mail." + one.name + ".hint")})
		}
	}
	return list
}

// letterView puts on the page what a message says, if it is in the outbox. What
// went out by a server is not shown: it is between the site and its reader.
func (s *Server) letterView(p *messagePage, chosen choice, m post.Message) error {
	written, err := s.Mail.Written(m)
	switch {
	case errors.Is(err, agenda.ErrNotFound) && s.Mail.Outbox():
		p.Missing = p.T("account.mail.not-written")
		return nil
	case errors.Is(err, agenda.ErrNotFound):
		p.Missing = p.T("account.mail.sealed")
		return nil
	case err != nil:
		return err
	}
	read, err := s.Mail.Read(written)
	if err != nil {
		return err
	}
	p.LetterLang = m.Letter.Language
	if !locale.Valid(p.LetterLang) {
		p.LetterLang = p.Lang
	}
	p.LetterDir = locale.Dir(p.LetterLang)
	p.Letter = letterLines(read.Text)
	p.Page = chosen.address("/organise/mail/" + m.ID + "/page")
	p.File = "/organise/mail/" + m.ID + "/message.eml"
	return nil
}

// letterPolicy is the Content-Security-Policy of a letter: it shows itself,
// loads nothing, runs nothing, and only our own page frames it.
const letterPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// messageHTML serves what a message of the outbox looks like.
func (s *Server) messageHTML(c echo.Context) error {
	item, err := s.found(c)
	if err != nil {
		return err
	}
	written, err := s.Mail.Written(item.Message)
	if err != nil {
		return err
	}
	return s.showLetter(c, written)
}

// showLetter answers with what a message looks like.
func (s *Server) showLetter(c echo.Context, written []byte) error {
	read, err := s.Mail.Read(written)
	if err != nil {
		return err
	}
	c.Response().Header()["Content-Security-Policy"] = []string{letterPolicy}
	page := strings.Replace(read.HTML, "<head>", `<head><base target="_blank">`, 1) // links leave the frame
	return gone(c.HTMLBlob(http.StatusOK, []byte(page)))
}

// messageFile serves a message of the outbox as a file for mail programs.
func (s *Server) messageFile(c echo.Context) error {
	item, err := s.found(c)
	if err != nil {
		return err
	}
	written, err := s.Mail.Written(item.Message)
	if err != nil {
		return err
	}
	c.Response().Header()["Content-Disposition"] = []string{`attachment; filename="message.eml"`}
	return gone(c.Blob(http.StatusOK, "message/rfc822", written))
}
