package web

import (
	"context"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// Links are what the pages need of a database to list and to end the tokens
// that were handed out.
type Links interface {
	// Tokens returns those for a purpose at an event that are not over.
	Tokens(ctx context.Context, p access.Purpose, event string) ([]access.Issue, error)
	// RevokeToken ends one. The error wraps agenda.ErrNotFound.
	RevokeToken(ctx context.Context, actor, event string, h access.Hash) error
}

// calendarLinksPage is the data of templates/organise-calendars.html.
type calendarLinksPage struct {
	frame
	Form   formView
	People []option // of the programme; the first is nobody
	Days   []sessionChoices
	Made   *madeLink // the address that was just made, or nil
	Done   string
	Live   []calendarLink
}

// A madeLink is an address that is shown once.
type madeLink struct {
	Text       string
	Address    string
	Webcal     template.URL
	Moderation string // the calendar of what they moderate, or ""
}

// sessionChoices are the sessions of a day to choose from.
type sessionChoices struct {
	Date     words
	Sessions []sessionChoice
}

type sessionChoice struct {
	ID, Time string
	Title    words
	Chosen   bool
}

// A calendarLink is one that is in use. Its secret is not known here.
type calendarLink struct {
	Hash, Made, Count string
	Who               words
}

// calendarLinks serves the addresses of people's own calendars.
func (s *Server) calendarLinks(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p, err := s.calendarLinksPage(c, d)
	if err != nil {
		return err
	}
	if c.QueryParam("done") == "ended" {
		p.Done = p.T("calendar.links.ended")
	}
	return s.answerPage(c, http.StatusOK, "organise-calendars.html", p)
}

func (s *Server) calendarLinksPage(c echo.Context, d *eventDesk) (calendarLinksPage, error) {
	p := calendarLinksPage{frame: s.deskFrame(c, d, "/calendars", d.l.T("calendar.links"))}
	p.Form = formView{Action: d.at("/calendars"), Inputs: []input{
		{Name: "person", Label: p.T("calendar.links.person"), Options: d.programmePeople()},
		{Name: "name", Label: p.T("account.name"), Hint: p.T("calendar.links.name.hint"), Type: "text", Optional: p.T("account.optional")},
	}}
	p.Days = d.sessionChoices()
	issues, err := s.Desk.Tokens(c.Request().Context(), access.ForCalendar, d.event.ID)
	for _, issue := range issues {
		one := calendarLink{Hash: issue.Token.Hash.String(), Made: d.moment(issue.Token.Created), Who: d.holder(issue.Token.Subject)}
		if n := len(issue.Token.Sessions); n > 0 {
			one.Count = p.T("label", "label", p.T("calendar.links.sessions"), "value", d.l.Number(n))
		}
		p.Live = append(p.Live, one)
	}
	return p, err
}

// holder names whom a token is for: a person of the programme, or somebody
// whose name was typed.
func (d *eventDesk) holder(subject string) words {
	if p := personByID(d.event, subject); p != nil {
		return d.words(p.Name)
	}
	if agenda.ValidID(subject) {
		return words{Text: d.l.T("organise.by.former")}
	}
	return words{Text: subject}
}

// programmePeople returns the people of the programme as options, after one
// for nobody.
func (d *eventDesk) programmePeople() []option {
	list := []option{{Words: words{Text: d.l.T("calendar.links.nobody")}}}
	for i := range d.event.People {
		list = append(list, option{Value: d.event.People[i].ID, Words: d.words(d.event.People[i].Name)})
	}
	return list
}

// sessionChoices returns the sessions that calendars show, by day.
func (d *eventDesk) sessionChoices() []sessionChoices {
	var days []sessionChoices
	for i := range d.event.Days {
		day := &d.event.Days[i]
		one := sessionChoices{Date: words{Text: d.l.Date(day.Date, locale.Full)}}
		for _, slot := range day.Slots() {
			if s := slot.Session; !s.Kind.Pause() && s.Kind != agenda.Buffer {
				one.Sessions = append(one.Sessions, sessionChoice{ID: s.ID, Time: d.l.When(slot), Title: d.words(s.Title)})
			}
		}
		if len(one.Sessions) > 0 {
			days = append(days, one)
		}
	}
	return days
}

// changeCalendarLinks makes the address of somebody's own calendar, or ends one.
func (s *Server) changeCalendarLinks(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	if c.FormValue("end") != "" {
		return s.endCalendarLink(c, d)
	}
	p, err := s.calendarLinksPage(c, d)
	if err != nil {
		return err
	}
	token := p.read(c, d)
	if len(p.Form.Problems) > 0 {
		return s.answerPage(c, p.Form.code(), "organise-calendars.html", p)
	}
	secret, err := s.Accounts.NewToken(c.Request().Context(), s.who(c).User, token)
	if err != nil {
		return err
	}
	if p, err = s.calendarLinksPage(c, d); err != nil {
		return err
	}
	p.Made = s.madeLink(d, token, secret)
	return s.answerPage(c, http.StatusOK, "organise-calendars.html", p)
}

// endCalendarLink ends an address.
func (s *Server) endCalendarLink(c echo.Context, d *eventDesk) error {
	h, err := access.ParseHash(c.FormValue("end"))
	if err != nil {
		return agenda.NotFound("token", "")
	}
	if err := s.ofPurpose(c.Request().Context(), d.event.ID, h); err != nil {
		return err
	}
	if err := s.Desk.RevokeToken(c.Request().Context(), s.who(c).User, d.event.ID, h); err != nil {
		return err
	}
	return seeOther(c, d.at("/calendars", "done", "ended"))
}

// ofPurpose returns nil if h is of a calendar's token at an event: who may end
// these need not be allowed to end others.
func (s *Server) ofPurpose(ctx context.Context, event string, h access.Hash) error {
	issues, err := s.Desk.Tokens(ctx, access.ForCalendar, event)
	if err != nil {
		return err
	}
	for _, issue := range issues {
		if issue.Token.Hash.Equal(h) {
			return nil
		}
	}
	return agenda.NotFound("token", h.String())
}

// read reads what was sent, and notes what is wrong with it.
func (p *calendarLinksPage) read(c echo.Context, d *eventDesk) access.Token {
	p.Form.fill(c)
	token := access.Token{Purpose: access.ForCalendar, Event: d.event.ID, Subject: p.Form.input("name").Value}
	person := personByID(d.event, p.Form.input("person").Value)
	if person != nil {
		token.Subject = person.ID
	}
	chosen := map[string]bool{}
	for _, id := range c.Request().PostForm["session"] {
		chosen[id] = true
	}
	for i := range p.Days {
		for j := range p.Days[i].Sessions {
			one := &p.Days[i].Sessions[j]
			if one.Chosen = chosen[one.ID]; one.Chosen {
				token.Sessions = append(token.Sessions, one.ID)
			}
		}
	}
	switch {
	case token.Subject == "" || person == nil && agenda.ValidID(token.Subject):
		p.Form.wrong(p.l, "person", p.T("calendar.links.who-missing"))
	case person == nil && nameProblem(p.frame, token.Subject) != "":
		p.Form.wrong(p.l, "name", nameProblem(p.frame, token.Subject))
	case person == nil && len(token.Sessions) == 0:
		p.Form.wrong(p.l, "sessions", p.T("calendar.links.session-missing"))
	}
	return token
}

// madeLink returns the address of a calendar, for the only time that it is shown.
func (s *Server) madeLink(d *eventDesk, token access.Token, secret access.Secret) *madeLink {
	address := s.BaseURL + "/my/" + secret.String() + ".ics"
	m := &madeLink{
		Text: d.l.T("calendar.links.made", "name", isolated(d.holder(token.Subject).Text)), Address: address,
		Webcal: template.URL(webcal(address)), // our own address with another scheme
	}
	if p := personByID(d.event, token.Subject); p != nil && runsAny(d.event, p.Key) {
		m.Moderation = address + "?only=moderation"
	}
	return m
}

// runsAny reports whether a person moderates or chairs anything in e.
func runsAny(e *agenda.Event, person string) bool {
	for _, s := range e.Sessions() {
		for r := range s.AllRoles() {
			if r.Person == person && (r.Has(agenda.Moderator) || r.Has(agenda.Facilitator) || r.Has(agenda.Chair) || r.Has(agenda.CoChair)) {
				return true
			}
		}
	}
	return false
}
