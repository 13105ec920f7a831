package web

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/ical"
	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// sessionInvitesPage is the data of templates/organise-invite.html.
type sessionInvitesPage struct {
	frame
	Done    string
	Trouble string // why answers are not read, or ""
	All     string // the address of the list of sessions
	Session words
	When    string
	Form    formView
	People  []suggestion   // who has a role in the session and was not asked
	Preview *invitePreview // the mail that is about to be sent, or nil
	Rows    []inviteView
}

// A suggestion is somebody to ask: a link to the form with their name and role in it.
type suggestion struct {
	Href string
	Name words
	Role string
}

// An invitePreview is a mail to look at before it is sent.
type invitePreview struct {
	To     string
	Letter letterView
	Hidden []field
}

// sessionInvites serves who was asked to take a role in a session.
func (s *Server) sessionInvites(c echo.Context) error {
	d, p, _, err := s.sessionInvitesPage(c)
	if err != nil {
		return err
	}
	if c.QueryParam("done") == "sent" {
		p.Done = d.l.T("calendar.invites.sent")
	}
	if person, err := d.released().Person(c.QueryParam("person")); err == nil {
		p.propose(d, person, c.QueryParam("role"))
	}
	return s.answerPage(c, http.StatusOK, "organise-invite.html", p)
}

// propose fills the form with a name and a role; who they are is known, but not their address.
func (p *sessionInvitesPage) propose(d *eventDesk, person *agenda.Person, role string) {
	p.Form.input("name").Value = d.called(person)
	in := p.Form.input("role")
	for i := range in.Options {
		in.Options[i].Selected = in.Options[i].Value == role
	}
}

// called returns the name of somebody as letters to them have it: in the first language of the
// event, as it is printed.
func (d *eventDesk) called(p *agenda.Person) string {
	name, _ := p.Name.In("", d.released().Languages...)
	return post.OneLine(name)
}

// suggestions returns who has a role in a session, those of its talks first, but for those who
// were asked.
func (d *eventDesk) suggestions(desk inviteDesk, path string) []suggestion {
	var list []suggestion
	done := map[string]bool{}
	for _, i := range desk.invites {
		done[i.To.Name] = done[i.To.Name] || !i.Withdrawn
	}
	for role := range desk.session.AllRoles() {
		person, err := d.released().Person(role.Person)
		if err != nil || len(role.As) == 0 || done[d.called(person)] {
			continue // an organisation, "all"; or known by now
		}
		done[d.called(person)] = true
		list = append(list, suggestion{
			Href: d.at(path, "person", person.Key, "role", string(role.As[0])), Name: d.words(person.Name), Role: d.l.T("role." + string(role.As[0])),
		})
	}
	return list
}

// An inviteDesk is a session with those who were asked to take a role in it.
type inviteDesk struct {
	session *agenda.Session
	invites []post.Invite
}

func (s *Server) sessionInvitesPage(c echo.Context) (*eventDesk, sessionInvitesPage, inviteDesk, error) {
	var p sessionInvitesPage
	d, err := s.desk(c)
	if err != nil {
		return nil, p, inviteDesk{}, err
	}
	if d.release == nil {
		return nil, p, inviteDesk{}, agenda.NotFound("session", c.Param("session"))
	}
	_, session, err := d.released().Session(c.Param("session"))
	if err != nil {
		return nil, p, inviteDesk{}, err
	}
	ctx := c.Request().Context()
	all, err := s.Inviter.Invites(ctx, d.event.ID)
	if err != nil {
		return nil, p, inviteDesk{}, err
	}
	states, err := s.mailStates(ctx, d.event.ID)
	if err != nil {
		return nil, p, inviteDesk{}, err
	}
	desk := inviteDesk{session, of(all, session.ID)}
	path := "/invitations/" + agenda.Code(session.ID)
	p.frame = s.deskFrame(c, d, path, d.l.T("calendar.invites.session", "title", d.plain(session.Title)))
	p.Trouble = s.replyTrouble(d)
	p.All, p.Session = d.at("/invitations"), d.words(session.Title)
	_, p.When = whenSaid(d.l, d, session.ID)
	for _, i := range desk.invites {
		p.Rows = append(p.Rows, d.invite(i, states))
	}
	p.People = d.suggestions(desk, path)
	p.Form = formView{Action: d.at(path), Inputs: []input{
		{Name: "name", Label: p.T("account.name"), Type: "text", Complete: "off"},
		{Name: "email", Label: p.T("account.email"), Type: "email", Complete: "off", Dir: "ltr"},
		{Name: "role", Label: p.T("calendar.invites.role"), Options: roleOptions(d.l)},
		{Name: "language", Label: p.T("calendar.invites.language"), Options: languageOptions(d.released(), d.l)},
	}}
	return d, p, desk, nil
}

// roleOptions returns the roles that people can be asked to take.
func roleOptions(l *locale.Locale) []option {
	var list []option
	for _, r := range agenda.RoleNames() {
		list = append(list, option{Value: string(r), Words: words{Text: l.T("role." + string(r))}, Selected: r == agenda.Moderator})
	}
	return list
}

// languageOptions returns the languages in which a mail can be written: those of the event and
// of the site.
func languageOptions(e *agenda.Event, l *locale.Locale) []option {
	var list []option
	seen := map[string]bool{}
	for _, tag := range append(append([]string{}, e.Languages...), locale.Interface()...) {
		if !seen[tag] {
			seen[tag] = true
			list = append(list, option{Value: tag, Words: words{Text: l.Language(tag)}})
		}
	}
	return list
}

// changeInvites shows the mail of a new invitation, or of one that is taken back; and sends it
// once it was looked at.
func (s *Server) changeInvites(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	d, p, desk, err := s.sessionInvitesPage(c)
	if err != nil {
		return err
	}
	now := s.Now()
	var after post.Invite
	notice := ical.CancelNotice
	hidden := []field{}
	if id := c.FormValue("end"); id != "" {
		before, ok := desk.open(id)
		if !ok {
			return agenda.NotFound("invitation", id)
		}
		after = before.Next("", true, now)
		hidden = append(hidden, field{"end", id})
	} else {
		invite := p.readInvite(c, d, desk)
		if len(p.Form.Problems) > 0 {
			return s.answerPage(c, p.Form.code(), "organise-invite.html", p)
		}
		var knows string
		if notice, knows, err = ical.Due("", d.released(), desk.session); err != nil {
			return err
		}
		if notice == ical.NoNotice {
			p.Form.wrong(p.l, "", p.T("calendar.cancelled"))
			return s.answerPage(c, p.Form.code(), "organise-invite.html", p)
		}
		after = invite.Next(knows, false, now)
		for _, name := range []string{"name", "email", "role", "language"} {
			hidden = append(hidden, field{name, p.Form.input(name).Value})
		}
		hidden = append(hidden, field{"id", after.ID})
	}
	mail, err := s.inviteMail(d, after, desk.session, notice)
	if err != nil {
		return err
	}
	if err := mail.Check(); err != nil {
		return err
	}
	if c.FormValue("do") != "send" {
		p.Preview = &invitePreview{To: after.To.Name + " <" + after.To.Address + ">", Letter: letterOf(mail.Letter), Hidden: hidden}
		return s.answerPage(c, http.StatusOK, "organise-invite.html", p)
	}
	if err := s.send(c.Request().Context(), s.who(c).User, after, mail); err != nil {
		return err
	}
	return seeOther(c, d.at("/invitations/"+agenda.Code(desk.session.ID), "done", "sent"))
}

func (s *Server) send(ctx context.Context, by string, i post.Invite, mail post.Message) error {
	return s.Inviter.SendInvites(ctx, by, i.Sent, []post.Invite{i}, []post.Message{mail})
}

// open returns the invite of that ID, if it holds.
func (d inviteDesk) open(id string) (post.Invite, bool) {
	for _, i := range d.invites {
		if i.ID == id && !i.Withdrawn {
			return i, true
		}
	}
	return post.Invite{}, false
}

// readInvite reads whom the form names, and notes what is wrong.
func (p *sessionInvitesPage) readInvite(c echo.Context, d *eventDesk, desk inviteDesk) post.Invite {
	p.Form.fill(c)
	value := func(name string) string { return p.Form.input(name).Value }
	i := post.Invite{
		ID: c.FormValue("id"), Event: d.event.ID, Session: desk.session.ID,
		Role: agenda.RoleName(value("role")), Language: value("language"),
	}
	if !agenda.ValidID(i.ID) {
		i.ID = agenda.NewID()
	}
	i.To.Name = post.OneLine(value("name"))
	if problem := nameProblem(p.frame, i.To.Name); problem != "" {
		p.Form.wrong(p.l, "name", problem)
	}
	address, err := access.ParseAddress(value("email"))
	if err != nil {
		p.Form.wrong(p.l, "email", p.T("account.email.wrong"))
	}
	i.To.Address = address.String()
	for _, other := range desk.invites {
		switch {
		case err != nil || other.To.Address != i.To.Address:
		case other.Withdrawn: // they are asked once more
			i.ID, i.Sequence, i.Message = other.ID, other.Sequence, other.Message
		case other.ID != i.ID:
			p.Form.wrong(p.l, "email", p.T("calendar.invites.twice", "address", isolated(i.To.Address)))
		}
	}
	for _, name := range []string{"role", "language"} {
		if !p.Form.input(name).chosen() {
			p.Form.wrong(p.l, name, p.T("calendar.invites.choose"))
		}
	}
	return i
}

// chosen reports whether the value is one of the options.
func (i *input) chosen() bool {
	for _, o := range i.Options {
		if o.Selected {
			return true
		}
	}
	return false
}
