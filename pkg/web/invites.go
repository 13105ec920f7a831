package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/ical"
	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// An Inviter keeps who was asked to take a role in which session, and mails it. Errors are
// those of packages agenda and post.
type Inviter interface {
	// Invites returns all of an event.
	Invites(ctx context.Context, event string) ([]post.Invite, error)
	// SendInvites keeps invites with the mail that each has now, and sends these mails.
	SendInvites(ctx context.Context, actor string, now time.Time, invites []post.Invite, mails []post.Message) error
	// From returns the mailbox that mails are from.
	From() post.Mailbox
	// ReplyAddress returns the address whose mailbox is read for answers; "" if none is.
	ReplyAddress() string
	// ReplyTrouble returns what keeps that mailbox from being read.
	ReplyTrouble() post.Trouble
}

// inviteTable is the map of the pages from which people are asked to take a role.
func (s *Server) inviteTable() []route {
	if s.Inviter == nil {
		return nil
	}
	mail := access.Having(access.Mail)
	return []route{
		{gets, "/organise/e/:slug/invitations", mail, s.invites, "who was asked to take a role in which session", 0},
		{posts, "/organise/e/:slug/invitations", mail, s.sendChanges, "mail them what has changed", 0},
		{gets, "/organise/e/:slug/invitations/:session", mail, s.sessionInvites, "those of one session, and the form of a new one", 0},
		{posts, "/organise/e/:slug/invitations/:session", mail, s.changeInvites, "show the mail about one, or send it", 0},
	}
}

// collecting is how long after a release changes are collected, so that one that corrects the
// one before makes no mail of its own.
const collecting = 10 * time.Minute

// invitesPage is the data of templates/organise-invites.html.
type invitesPage struct {
	frame
	Done    string
	Problem string
	Trouble string // why answers are not read, or ""
	Action  string
	Release int
	Missing string // why nobody can be invited, or ""
	Wait    string // from when on changes can be sent, or ""
	Due     []dueView
	Days    []inviteDay
}

// A dueView is a mail that somebody should have.
type dueView struct {
	inviteView
	Session words
	Letter  letterView
}

// An inviteDay lists the sessions of a day with how many were asked.
type inviteDay struct {
	Date     words
	Sessions []inviteSession
}

type inviteSession struct {
	Href, Time, Count string
	Title             words
}

// invites serves the list of sessions, and the changes that those who were asked do not know.
func (s *Server) invites(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p, _, err := s.invitesPage(c, d)
	if err != nil {
		return err
	}
	if c.QueryParam("done") == "sent" {
		p.Done = p.T("calendar.invites.sent")
	}
	return s.answerPage(c, http.StatusOK, "organise-invites.html", p)
}

// invitesPage returns the page, and what is due.
func (s *Server) invitesPage(c echo.Context, d *eventDesk) (invitesPage, []dueInvite, error) {
	p := invitesPage{frame: s.deskFrame(c, d, "/invitations", d.l.T("calendar.invites")), Action: d.at("/invitations")}
	if d.release == nil {
		p.Missing = p.T("calendar.invites.unreleased")
		return p, nil, nil
	}
	p.Release, p.Trouble = d.release.Number, s.replyTrouble(d)
	ctx := c.Request().Context()
	list, err := s.Inviter.Invites(ctx, d.event.ID)
	if err != nil {
		return p, nil, err
	}
	due, err := s.due(ctx, d, list)
	if err != nil {
		return p, nil, err
	}
	for _, one := range due {
		p.Due = append(p.Due, dueView{d.invite(one.before, nil), d.words(one.session.Title), letterOf(one.mail.Letter)})
	}
	if ready := d.release.Published.Add(collecting); len(due) > 0 && s.Now().Before(ready) {
		p.Wait = p.T("calendar.invites.wait", "time", d.l.Clock(clock(ready.Add(time.Minute).In(d.home))))
	}
	p.Days = d.inviteDays(list)
	return p, due, nil
}

// replyTrouble returns what keeps answers from being read, in words, or "".
func (s *Server) replyTrouble(d *eventDesk) string {
	t := s.Inviter.ReplyTrouble()
	if t.Since.IsZero() {
		return ""
	}
	return d.l.T("calendar.invites.deaf", "moment", d.moment(t.Since), "detail", t.Detail)
}

// inviteDays returns the sessions to which people can be invited.
func (d *eventDesk) inviteDays(list []post.Invite) []inviteDay {
	var days []inviteDay
	released := d.released()
	for i := range released.Days {
		one := inviteDay{Date: d.dated(d.l.Date(released.Days[i].Date, locale.Full))}
		for _, slot := range released.Days[i].Slots() {
			if s := slot.Session; !s.Kind.Pause() {
				one.Sessions = append(one.Sessions, inviteSession{
					Href: d.at("/invitations/" + agenda.Code(s.ID)), Time: d.l.When(slot), Title: d.words(s.Title),
					Count: d.counted(list, s.ID),
				})
			}
		}
		if len(one.Sessions) > 0 {
			days = append(days, one)
		}
	}
	return days
}

// invitable reports whether whoever asks may invite people to a session of the draft: it is
// released, and no pause.
func (s *Server) invitable(c echo.Context, d *eventDesk, session *agenda.Session) bool {
	if s.Inviter == nil || d.release == nil || session.Kind.Pause() || !s.may(c, access.Mail, d.event.ID) {
		return false
	}
	_, _, err := d.released().Session(session.ID)
	return err == nil
}

// A dueInvite is an invite with the mail that is due.
type dueInvite struct {
	before, after post.Invite
	session       *agenda.Session
	mail          post.Message
}

// due returns the mails that the latest release makes due to those who were asked.
func (s *Server) due(ctx context.Context, d *eventDesk, list []post.Invite) ([]dueInvite, error) {
	var all []dueInvite
	for _, i := range list {
		if i.Withdrawn {
			continue
		}
		_, session, err := d.released().Session(i.Session)
		if err != nil {
			continue // a release does not lose sessions; an older one was taken back
		}
		notice, knows, err := ical.Due(i.Told, d.released(), session)
		if err != nil {
			return nil, err
		}
		if notice == ical.NoNotice {
			continue
		}
		one := dueInvite{before: i, after: i.Next(knows, false, s.Now()), session: session}
		if one.mail, err = s.inviteMail(d, one.after, session, notice); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// sendChanges mails what has changed. The form names the release whose changes were looked at.
func (s *Server) sendChanges(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p, due, err := s.invitesPage(c, d)
	if err != nil {
		return err
	}
	if p.Wait != "" || c.FormValue("release") != strconv.Itoa(p.Release) {
		p.Problem = p.T("calendar.invites.meanwhile")
		return s.answerPage(c, http.StatusUnprocessableEntity, "organise-invites.html", p)
	}
	var after []post.Invite
	var mails []post.Message
	for _, one := range due {
		after, mails = append(after, one.after), append(mails, one.mail)
	}
	if err := s.Inviter.SendInvites(c.Request().Context(), s.who(c).User, s.Now(), after, mails); err != nil {
		return err
	}
	return seeOther(c, d.at("/invitations", "done", "sent"))
}

// An inviteView is what became of an invite.
type inviteView struct {
	ID, Name, Address, Role, Status, Sent string
	State                                 *stateView  // of its last mail; nil if that is not known
	Answer                                *answerView // nil for none
	Open                                  bool        // it can be taken back
}

// invite returns the view of an invite; states are those of mails by ID.
func (d *eventDesk) invite(i post.Invite, states map[string]post.Status) inviteView {
	v := inviteView{
		ID: i.ID, Name: i.To.Name, Address: i.To.Address, Role: d.l.T("role." + string(i.Role)),
		Status: d.l.T("calendar.invites.asked"), Sent: d.moment(i.Sent), Open: !i.Withdrawn,
	}
	if i.Withdrawn {
		v.Status = d.l.T("calendar.invites.withdrawn")
	}
	v.Answer = d.answer(i)
	if status, ok := states[i.Message]; ok {
		state := stateOf(d.l, status)
		v.State = &state
	}
	return v
}

// An answerView is what somebody has answered, in words.
type answerView struct {
	Word, Kind string
	At         string
}

// answer returns the view of the answer to an invite, or nil.
func (d *eventDesk) answer(i post.Invite) *answerView {
	if i.Answer == post.NoAnswer {
		return nil
	}
	v := answerView{Word: d.l.T("calendar.invites." + string(i.Answer)), Kind: string(i.Answer), At: d.moment(i.Answered)}
	if i.Current() == post.NoAnswer {
		v = answerView{Word: d.l.T("calendar.invites.before", "answer", v.Word), At: v.At}
	}
	return &v
}

// counted returns how many were asked to a session, and what they have answered.
func (d *eventDesk) counted(list []post.Invite, session string) string {
	n := map[string]int{}
	for _, i := range list {
		if i.Session == session && !i.Withdrawn {
			n["asked"]++
			n[string(i.Current())]++
		}
	}
	var parts []string
	for _, what := range []string{"asked", string(post.Accepted), string(post.Tentative), string(post.Declined)} {
		if n[what] > 0 {
			parts = append(parts, d.l.T("label", "label", d.l.T("calendar.invites."+what), "value", d.l.Number(n[what])))
		}
	}
	return strings.Join(parts, " · ")
}

// mailStates returns what became of the mails of an event about sessions, by ID.
func (s *Server) mailStates(ctx context.Context, event string) (map[string]post.Status, error) {
	states := map[string]post.Status{}
	if s.Mail == nil {
		return states, nil
	}
	items, err := s.Mail.List(ctx, post.Filter{Event: event, Limit: 2000})
	for _, item := range items {
		if item.Message.Kind == post.KindSession {
			states[item.Message.ID] = item.Status
		}
	}
	return states, err
}

// of returns the invites of a session, those that hold first.
func of(list []post.Invite, session string) []post.Invite {
	var all []post.Invite
	for _, i := range list {
		if i.Session == session {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b post.Invite) int {
		switch {
		case a.Withdrawn == b.Withdrawn:
			return 0
		case a.Withdrawn:
			return 1
		}
		return -1
	})
	return all
}
