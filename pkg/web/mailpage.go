package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// mailPage is the data of templates/mail.html: the messages of the site, or
// those of one event.
type mailPage struct {
	frame
	Lead     string
	About    words  // the title of the event; empty for the site
	Trouble  string // what keeps everything from going out, or ""
	Outbox   string // that there is no server, or ""
	Filters  []filterLink
	Messages []messageLine
	Earlier  string // the address of the messages before these, or ""
	Later    string
}

// A filterLink leads to the messages in one state, or to all of them.
type filterLink struct {
	link
	Count string
}

// A messageLine is a message in the list.
type messageLine struct {
	Href    string // of its page; "" where there is none for the reader
	Subject string
	To      string
	Kind    string
	When    string
	State   stateView
}

// A stateView says what became of a message.
type stateView struct {
	Kind  string // as of post.State
	Word  string
	Cause string // why it is not sent, or ""
	Said  string // in the words of a server, or ""
}

// mailPerPage is how many messages are on a page.
const mailPerPage = 50

// mailTable is the map of what people see of the mail.
func (s *Server) mailTable() []route {
	if s.Mail == nil {
		return nil
	}
	administer, write := access.Having(access.AdministerAll), access.Having(access.Mail)
	return []route{
		{gets, "/organise/mail", administer, s.siteMail, "all messages, and what became of them", 0},
		{gets, "/organise/mail/:message", administer, s.message, "one message", 0},
		{posts, "/organise/mail/:message", administer, s.moveMessage, "send it again, settle or withdraw it", 0},
		{gets, "/organise/mail/:message/page", administer, s.messageHTML, "what it looks like, from the outbox", 0},
		{gets, "/organise/mail/:message/message.eml", administer, s.messageFile, "the same as a file", 0},
		{gets, "/organise/e/:slug/mail", write, s.eventMail, "the messages of an event", 0},
	}
}

// siteMail serves the messages of the site.
func (s *Server) siteMail(c echo.Context) error {
	p, chosen, err := s.mailPage(c, "/organise/mail", post.Filter{})
	if err != nil {
		return err
	}
	if s.Mail.Outbox() {
		p.Outbox = p.T("account.mail.outbox")
	}
	for i, line := range p.Messages {
		p.Messages[i].Href = chosen.address("/organise/mail/" + line.Href)
	}
	return s.answerPage(c, http.StatusOK, "mail.html", p)
}

// eventMail serves the messages of an event.
func (s *Server) eventMail(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p, chosen, err := s.mailPage(c, d.base+"/mail", post.Filter{Event: d.event.ID})
	if err != nil {
		return err
	}
	p.Event = s.deskFrame(c, d, "/mail", p.T("account.mail")).Event
	administrator := s.may(c, access.AdministerAll, "")
	for i, line := range p.Messages {
		p.Messages[i].Href = ""
		if administrator {
			p.Messages[i].Href = chosen.address("/organise/mail/" + line.Href)
		}
	}
	title, tag := d.event.Title.In(chosen.Link, d.event.Languages...)
	p.About = words{Text: title}
	if tag != chosen.Interface {
		p.About.Lang, p.About.Dir = tag, locale.Dir(tag)
	}
	return s.answerPage(c, http.StatusOK, "mail.html", p)
}

// mailPage returns the page at path with the messages that the filter and the
// address ask for. Each line has the ID of its message for Href.
func (s *Server) mailPage(c echo.Context, path string, f post.Filter) (mailPage, choice, error) {
	fr, chosen, err := s.accountFrame(c)
	if err != nil {
		return mailPage{}, chosen, err
	}
	p := mailPage{frame: fr, Lead: fr.T("account.mail.text"), Trouble: s.troubleView(fr.l)}
	p.Title = p.T("account.mail") + " · " + p.Site.Name.Text
	state, skip, err := mailQuery(c.QueryParams())
	if err != nil {
		return p, chosen, err
	}
	counts, err := s.Mail.Counts(c.Request().Context(), f)
	if err != nil {
		return p, chosen, err
	}
	p.Filters = filterLinks(p.l, chosen, path, counts, state)
	if state != "" {
		f.States = []post.State{state}
	}
	f.Skip, f.Limit = skip, mailPerPage+1
	items, err := s.Mail.List(c.Request().Context(), f)
	if err != nil {
		return p, chosen, err
	}
	if len(items) > mailPerPage {
		items = items[:mailPerPage]
		p.Earlier = chosen.address(path, "state", string(state), "skip", strconv.Itoa(skip+mailPerPage))
	}
	if skip > 0 {
		p.Later = chosen.address(path, "state", string(state), "skip", above(skip-mailPerPage))
	}
	for _, item := range items {
		p.Messages = append(p.Messages, s.messageLine(p.l, item))
	}
	return p, chosen, nil
}

// above returns a number for an address, and "" for none at all.
func above(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// mailQuery reads which messages an address asks for.
func mailQuery(q url.Values) (post.State, int, error) {
	state := post.State(q.Get("state"))
	if state != "" && !slices.Contains(post.States(), state) {
		return "", 0, &badParameter{"state", q.Get("state")}
	}
	if !q.Has("skip") {
		return state, 0, nil
	}
	skip, err := strconv.Atoi(q.Get("skip"))
	if err != nil || skip < 0 || skip > 1<<30 {
		return "", 0, &badParameter{"skip", q.Get("skip")}
	}
	return state, skip, nil
}

// filterLinks leads to all messages, and to those in each state that there is.
func filterLinks(l *locale.Locale, chosen choice, path string, counts map[post.State]int, state post.State) []filterLink {
	all := 0
	var links []filterLink
	for _, one := range post.States() {
		all += counts[one]
		if counts[one] > 0 || one == state {
			links = append(links, filterLink{
				link{Href: chosen.address(path, "state", string(one)), Words: words{Text: l.T("mail.state." + string(one))}, Current: one == state},
				l.Number(counts[one]),
			})
		}
	}
	everything := link{Href: chosen.address(path), Words: words{Text: l.T("account.mail.all")}, Current: state == ""}
	return append([]filterLink{{everything, l.Number(all)}}, links...)
}

// messageLine returns a message as the list has it.
func (s *Server) messageLine(l *locale.Locale, item post.Item) messageLine {
	m := item.Message
	return messageLine{
		Href: m.ID, Subject: m.Letter.Subject, To: m.To.Address, Kind: l.T("mail.kind." + string(m.Kind)),
		When: moment(l, m.Created), State: stateOf(l, item.Status),
	}
}

// stateOf says what became of a message.
func stateOf(l *locale.Locale, status post.Status) stateView {
	v := stateView{Kind: string(status.State), Word: l.T("mail.state." + string(status.State)), Said: status.Detail}
	if status.Cause != "" {
		v.Cause = l.T("mail.cause." + string(status.Cause))
	}
	return v
}

// troubleView says what keeps messages from going out; "" if nothing does.
func (s *Server) troubleView(l *locale.Locale) string {
	t := s.Mail.Trouble()
	if t.Since.IsZero() {
		return ""
	}
	return l.T("account.mail.trouble", "moment", moment(l, t.Since), "cause", l.T("mail.cause."+string(t.Cause)), "next", moment(l, t.Next))
}

// found returns the message in the path.
func (s *Server) found(c echo.Context) (post.Item, error) {
	return s.Mail.Find(c.Request().Context(), c.Param("message"))
}

// A verdict is what a person may do to a message, by the name that a form has.
type verdict struct {
	name string
	step post.Step
}

func verdicts() []verdict {
	return []verdict{{"resend", post.Resend}, {"settle", post.Settle}, {"withdraw", post.Withdraw}}
}

// moveMessage does to a message what the button says.
func (s *Server) moveMessage(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	for _, one := range verdicts() {
		if one.name != c.FormValue("step") {
			continue
		}
		item, err := s.Mail.Move(c.Request().Context(), v.User.ID, c.Param("message"), post.Event{Step: one.step})
		if errors.Is(err, post.ErrState) || errors.Is(err, post.ErrLost) { // it has moved meanwhile: the page says where to
			return seeOther(c, messageAddress(c, c.Param("message"), "late"))
		}
		if err != nil {
			return err
		}
		return seeOther(c, messageAddress(c, item.Message.ID, one.name))
	}
	if _, err := s.found(c); err != nil {
		return err
	}
	return (&agenda.Invalid{Problems: []agenda.Problem{{Field: "step", Rule: agenda.Required}}}).Err()
}

// messageAddress is the page of a message, which says what was done.
func messageAddress(c echo.Context, id, done string) string {
	return join("/organise/mail/"+url.PathEscape(id), pairs([]string{"done", done, "lang", c.QueryParam("lang")}))
}
