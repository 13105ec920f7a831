package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// membersPage is the data of templates/organise-members.html.
type membersPage struct {
	frame
	Done     string
	Action   string
	Members  []memberView
	Waiting  []issueView // invitations that nobody has accepted yet
	Previews []issueView
	Fresh    string // the link of a preview that was just made; it is shown once
	Form     formView
	Sessions []tick // that a moderator has
	Conflict string
}

// A memberView is one role of somebody at an event.
type memberView struct {
	User, Role string
	Name       string
	Address    string
	About      string // what the role may do
	Sessions   []words
	Roles      []option
	Self       bool
	Label      string // of the choice of the role
}

// An issueView is a token that is not over.
type issueView struct {
	Hash    string
	Address string
	Role    string
	Note    string // who made it, and until when it is good
}

// members serves who may do what at an event.
func (s *Server) members(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p, err := s.membersPage(c, d)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "organise-members.html", p)
}

func (s *Server) membersPage(c echo.Context, d *eventDesk) (membersPage, error) {
	ctx := c.Request().Context()
	p := membersPage{frame: s.deskFrame(c, d, "/members", d.l.T("organise.members")), Action: d.at("/members")}
	if id := memberOutcomes[c.QueryParam("done")]; id != "" {
		p.Done = p.T(id)
	}
	members, err := s.Desk.Members(ctx, d.event.ID)
	if err != nil {
		return p, err
	}
	me := s.who(c).User
	for _, m := range members {
		p.Members = append(p.Members, d.member(m, me))
	}
	names := map[string]words{}
	if p.Waiting, err = s.issues(ctx, d, access.ForInvitation, names); err != nil {
		return p, err
	}
	if p.Previews, err = s.issues(ctx, d, access.ForPreview, names); err != nil {
		return p, err
	}
	p.Form = formView{Action: d.at("/members"), Inputs: []input{
		{Name: "address", Label: p.T("account.email"), Type: "email", Complete: "off", Dir: "ltr"},
		{Name: "role", Label: p.T("organise.members.role"), Options: d.roleOptions(access.Editor)},
	}}
	for _, session := range d.event.Sessions() {
		if !session.Kind.Pause() {
			p.Sessions = append(p.Sessions, tick{"sessions", session.ID, d.words(session.Title), false})
		}
	}
	return p, nil
}

// memberOutcomes lists what the page may say that has just been done, by ?done=.
var memberOutcomes = map[string]string{
	"invited": "organise.members.invited", "changed": "organise.members.changed", "removed": "organise.members.removed",
	"revoked": "organise.members.revoked",
}

func (d *eventDesk) roleOptions(chosen access.Role) []option {
	var list []option
	for _, r := range access.Roles() {
		list = append(list, option{Value: string(r), Words: words{Text: d.l.T("access.role." + string(r))}, Selected: r == chosen})
	}
	return list
}

func (d *eventDesk) member(m access.Member, me string) memberView {
	v := memberView{
		User: m.User.ID, Role: string(m.Grant.Role), Name: m.User.Name, Address: m.User.Address.Shown(), Self: m.User.ID == me,
		About: d.l.T("organise.role." + string(m.Grant.Role)), Roles: d.roleOptions(m.Grant.Role),
	}
	if v.Name == "" {
		v.Name = v.Address
	}
	v.Label = d.l.T("label", "label", d.l.T("organise.members.role"), "value", quoted(v.Name))
	for _, id := range m.Grant.Sessions {
		if _, session, err := d.event.Session(id); err == nil {
			v.Sessions = append(v.Sessions, d.words(session.Title))
		}
	}
	return v
}

// issues lists the tokens for a purpose that are not over.
func (s *Server) issues(ctx context.Context, d *eventDesk, p access.Purpose, names map[string]words) ([]issueView, error) {
	list, err := s.Desk.Tokens(ctx, p, d.event.ID)
	var out []issueView
	for _, issue := range list {
		t := issue.Token
		one := issueView{Hash: t.Hash.String(), Address: t.Subject}
		if t.Role != "" {
			one.Role = d.l.T("access.role." + string(t.Role))
		}
		by := s.name(ctx, d.view, issue.By, names).Text
		one.Note = d.l.T("organise.members.issued", "who", isolated(by), "made", d.moment(t.Created), "until", d.moment(t.Expires))
		out = append(out, one)
	}
	return out, err
}

// changeMembers invites somebody, changes or takes a role, makes a link to the
// draft, or ends one.
func (s *Server) changeMembers(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	switch c.FormValue("do") {
	case "change":
		return s.changeRole(c, d)
	case "remove":
		return s.removed(c, d, s.Desk.Ungrant(c.Request().Context(), s.who(c).User, c.FormValue("user"), d.event.ID, access.Role(c.FormValue("was"))), "removed")
	case "revoke":
		return s.revoke(c, d)
	case "preview":
		return s.newPreview(c, d)
	}
	return s.invite(c, d)
}

// removed answers after a change of roles: the last owner stays.
func (s *Server) removed(c echo.Context, d *eventDesk, err error, done string) error {
	if err == nil || errors.Is(err, agenda.ErrNotFound) {
		return seeOther(c, d.at("/members", "done", done))
	}
	if status(err) != http.StatusConflict {
		return err
	}
	p, failure := s.membersPage(c, d)
	if failure != nil {
		return failure
	}
	p.Conflict = p.T("organise.members.last")
	return s.answerPage(c, http.StatusConflict, "organise-members.html", p)
}

// changeRole gives somebody another role in the place of one they have.
func (s *Server) changeRole(c echo.Context, d *eventDesk) error {
	was, role := access.Role(c.FormValue("was")), access.Role(c.FormValue("role"))
	if was == role || !slices.Contains(access.Roles(), role) {
		return seeOther(c, d.at("/members"))
	}
	err := s.Desk.Regrant(c.Request().Context(), s.who(c).User, c.FormValue("user"), was, access.Grant{Event: d.event.ID, Role: role})
	return s.removed(c, d, err, "changed")
}

// revoke ends an invitation or a preview.
func (s *Server) revoke(c echo.Context, d *eventDesk) error {
	h, err := access.ParseHash(c.FormValue("token"))
	if err == nil {
		err = s.Desk.RevokeToken(c.Request().Context(), s.who(c).User, d.event.ID, h)
	}
	if err != nil && !errors.Is(err, agenda.ErrNotFound) { // it is over already, which was wanted
		return err
	}
	return seeOther(c, d.at("/members", "done", "revoked"))
}

// newPreview makes a link to the draft and shows it, once.
func (s *Server) newPreview(c echo.Context, d *eventDesk) error {
	secret, err := s.Accounts.NewToken(c.Request().Context(), s.who(c).User, access.Token{Purpose: access.ForPreview, Event: d.event.ID})
	if err != nil {
		return err
	}
	p, err := s.membersPage(c, d)
	if err != nil {
		return err
	}
	p.Fresh = s.BaseURL + "/preview/" + d.event.Slug + "?" + url.Values{keyField: {secret.String()}}.Encode()
	return s.answerPage(c, http.StatusOK, "organise-members.html", p)
}

// perInviter bounds how many letters one organiser has sent.
var perInviter = access.Limit{Every: time.Minute, Burst: 60}

// invite sends somebody a letter with the link that gives them a role.
func (s *Server) invite(c echo.Context, d *eventDesk) error {
	p, err := s.membersPage(c, d)
	if err != nil {
		return err
	}
	ctx, me := c.Request().Context(), s.who(c).User
	p.Form.fill(c)
	sessions := c.Request().PostForm["sessions"]
	for i := range p.Sessions {
		p.Sessions[i].On = slices.Contains(sessions, p.Sessions[i].Value)
	}
	address, err := access.ParseAddress(typed(c, "address"))
	if err != nil {
		p.Form.wrong(p.l, "address", p.T("account.email.wrong"))
	}
	role := access.Role(c.FormValue("role"))
	if !slices.Contains(access.Roles(), role) {
		p.Form.wrong(p.l, "role", p.T("organise.refused"))
	}
	if code := p.Form.code(); code != http.StatusOK {
		return s.answerPage(c, code, "organise-members.html", p)
	}
	wait, err := s.Accounts.Take(ctx, "invite:"+me, perInviter)
	if err != nil {
		return err
	}
	if wait > 0 {
		p.Form.wrong(p.l, "", p.T("organise.members.slow"))
		return s.answerPage(c, http.StatusTooManyRequests, "organise-members.html", p)
	}
	token := access.Token{Purpose: access.ForInvitation, Subject: address.String(), Event: d.event.ID, Role: role}
	if role == access.Moderator {
		for _, session := range p.Sessions {
			if session.On {
				token.Sessions = append(token.Sessions, session.Value)
			}
		}
	}
	secret, err := s.Accounts.NewToken(ctx, me, token)
	if err != nil {
		return err
	}
	to := s.reader(ctx, address, d)
	if err := s.Letters.Invite(ctx, to, s.letterOf(c, d, to, role, secret)); err != nil {
		return err
	}
	return seeOther(c, d.at("/members", "done", "invited"))
}

// reader returns who gets a letter: the user with that address, or somebody who
// is not known yet and reads the language of the event.
func (s *Server) reader(ctx context.Context, a access.Address, d *eventDesk) access.User {
	u, err := s.Accounts.UserByAddress(ctx, a)
	if err != nil {
		return access.User{Address: a, Language: d.event.Languages[0]}
	}
	return u
}

// letterOf returns what the letter says.
func (s *Server) letterOf(c echo.Context, d *eventDesk, to access.User, role access.Role, secret access.Secret) Invitation {
	title, _ := d.event.Title.In(to.Language, d.event.Languages...)
	i := Invitation{
		Event: d.event.ID, Title: title, Role: role,
		Link: s.BaseURL + "/invitation?" + url.Values{keyField: {secret.String()}}.Encode(),
	}
	if first, last := d.event.Dates(); !first.IsZero() {
		i.Dates = locale.For(to.Language).DateRange(first, last)
	}
	if v, err := s.visit(c); err == nil {
		i.By = v.User.Name
	}
	return i
}

// previewPage is the data of templates/organise-preview.html.
type previewPage struct {
	frame
	draftView
	Until string
}

// previewOf serves the draft of an event to whoever holds the link to it.
func (s *Server) previewOf(c echo.Context) error {
	draft, version, err := s.Desk.Draft(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return err
	}
	choice, err := s.choose(c.Request(), url.Values{"lang": {c.QueryParam("lang")}}, draft.Event.Languages)
	if err != nil {
		return err
	}
	v, err := s.view(draft.Event, choice, "")
	if err != nil {
		return err
	}
	f := s.frame(v.l)
	f.NoIndex, f.Home = true, choice.address("/")
	f.Languages = s.languageLinks(choice, v.event.Languages, "/preview/"+v.event.Slug, url.Values{keyField: {c.QueryParam(keyField)}})
	f.title(v.l.T("draft"), v.plain(v.event.Title))
	p := previewPage{frame: f, draftView: v.draftView()}
	token, _ := c.Get(tokenKey).(access.Token)
	p.Until = p.T("organise.preview.text", "version", version, "moment", v.moment(v.event.Updated), "until", v.moment(orNow(token.Expires, s.Now())))
	c.Response().Header().Set("Referrer-Policy", "no-referrer") // the address is a secret
	return s.answerPage(c, http.StatusOK, "organise-preview.html", p)
}

func orNow(t, now time.Time) time.Time {
	if t.IsZero() {
		return now
	}
	return t
}
