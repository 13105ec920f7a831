package web

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/markdown"
	"tamada/pkg/post"
)

// bulkPage is the data of templates/organise-message.html: a draft as its readers
// will see it, or how far a message has gone.
type bulkPage struct {
	frame
	Done     string
	Problem  string
	Subject  words
	All      string // the address of the list
	Action   string
	Audience string
	Note     string
	Answers  string // whom answers reach, or ""
	Trouble  string
	Outbox   string

	// Of a draft.
	Draft   bool
	Left    string // how many are left out, or ""
	Edit    string // the address of its form
	Version int
	Digest  string // of the audience
	Letters []bulkLetter
	Send    string // the button that sends it; "" if there is nobody to send it to
	Confirm string // what that does
	Several bool   // whether there are letters in several languages

	// Of one that is on its way.
	Going   *bulkProgress
	Refresh string // the address that does, or does not, ask again by itself
	Still   bool   // it does not
	Said    []bulkSaid
}

// A bulkLetter is what readers of one language get, by the example of the first.
type bulkLetter struct {
	ID       string
	Language string
	Count    string
	To       string
	Page     string // the address of what it looks like
	letterView
}

// A bulkSaid is what a message says in one language, with its placeholders.
type bulkSaid struct {
	Subject, Lang, Dir string
	HTML               template.HTML
}

// A bulkProgress is how far a message to many has gone.
type bulkProgress struct {
	Busy   bool // more will become of it by itself
	Done   int
	Total  int
	Text   string // that in words
	Counts []bulkCount
	Steps  []messageStep
	Unsent []messageLine // the first of those that did not go out
	Rest   string        // the address of all of them, or ""
}

// bulk serves a message to many.
func (s *Server) bulk(c echo.Context) error {
	d, b, err := s.bulkDesk(c)
	if err != nil {
		return err
	}
	p, err := s.bulkPage(c, d, b)
	if err != nil {
		return err
	}
	p.Done = s.bulkDone(c, d)
	return s.answerPage(c, http.StatusOK, "organise-message.html", p)
}

func (s *Server) bulkPage(c echo.Context, d *eventDesk, b post.Batch) (bulkPage, error) {
	ctx, path, subject := c.Request().Context(), "/messages/"+b.ID, d.bulkSubject(b)
	p := bulkPage{
		frame: s.deskFrame(c, d, path, subject.Text), Subject: subject, All: d.at("/messages"), Action: d.at(path),
		Audience: d.audience(b.Audience), Version: b.Version, Trouble: s.troubleView(d.l), Draft: b.Queued.IsZero(),
	}
	p.Note = d.bulkLine(b, s.name(ctx, d.view, b.By, map[string]words{}).Text).Note
	author := s.author(ctx, b)
	if author.Address != "" {
		p.Answers = d.l.T("bulk.answers", "address", isolated(author.Address))
	}
	if s.Mail.Outbox() {
		p.Outbox = p.T("account.mail.outbox")
	}
	if !p.Draft {
		return p, s.goingView(c, d, b, &p)
	}
	a, err := s.readers(ctx, d, b)
	if err != nil {
		return p, err
	}
	if a.left > 0 {
		p.Left = d.l.T("bulk.left", "count", a.left)
	}
	return p, s.draftView(d, b, author, a, &p)
}

// draftView puts on the page what readers will get, and the button that sends it.
func (s *Server) draftView(d *eventDesk, b post.Batch, author post.Mailbox, a audience, p *bulkPage) error {
	p.Edit, p.Digest = d.at("/messages/"+b.ID+"/edit"), a.digest()
	samples, err := s.samples(d, b, author, a)
	if err != nil {
		return err
	}
	p.Several = len(samples) > 1
	for _, one := range samples {
		letter, lang := one.message.Letter, one.message.Letter.Language
		written, err := s.Bulk.Compose(one.message)
		if err != nil {
			return err
		}
		read, err := s.Mail.Read(written)
		if err != nil {
			return err
		}
		v := bulkLetter{
			ID: lang, Language: d.l.Title(d.l.Language(lang)), Count: d.l.T("bulk.people", "count", one.count), To: one.message.To.Address,
			Page: d.at("/messages/"+b.ID+"/page", "letter", lang), letterView: letterView{Subject: letter.Subject, Lang: lang, Dir: locale.Dir(lang)},
		}
		v.Lines = letterLines(read.Text)
		p.Letters = append(p.Letters, v)
	}
	if n := len(a.readers); n > 0 {
		p.Send = d.l.T("bulk.send", "count", n)
		p.Confirm = d.l.T("bulk.confirm", "count", n)
	}
	return nil
}

// letterLines returns the lines of a letter; an address by itself is a link.
func letterLines(text string) []letterLine {
	var lines []letterLine
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		l := letterLine{Text: line}
		if address := strings.TrimSpace(line); post.WebAddress(address) {
			l.Href = address
		}
		lines = append(lines, l)
	}
	return lines
}

// A sample is what the first reader of a language gets, with how many read it.
type sample struct {
	message post.Message
	count   int
}

// samples returns a message in each language that the readers get one in, in the
// order of the event's languages.
func (s *Server) samples(d *eventDesk, b post.Batch, author post.Mailbox, a audience) ([]sample, error) {
	by := map[string]*sample{}
	var langs []string
	for _, r := range a.readers {
		_, lang := b.Body.In(r.Language, d.event.Languages...)
		if one, there := by[lang]; there {
			one.count++
			continue
		}
		m, err := s.bulkMessage(d, b, author, r, access.Secret{}) // one that opens nothing
		if err != nil {
			return nil, err
		}
		by[lang], langs = &sample{m, 1}, append(langs, lang)
	}
	list := make([]sample, 0, len(langs))
	for _, lang := range slices.Concat(d.event.Languages, langs) {
		if one := by[lang]; one != nil {
			list = append(list, *one)
			delete(by, lang)
		}
	}
	return list, nil
}

// bulkLetter serves what readers of one language, the first if none is asked for, will
// see, as mail programs show it.
func (s *Server) bulkLetter(c echo.Context) error {
	d, b, err := s.bulkDesk(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	a, err := s.readers(ctx, d, b)
	if err != nil {
		return err
	}
	samples, err := s.samples(d, b, s.author(ctx, b), a)
	if err != nil {
		return err
	}
	for _, one := range samples {
		if asked := c.QueryParam("letter"); asked != "" && asked != one.message.Letter.Language {
			continue
		}
		written, err := s.Bulk.Compose(one.message)
		if err != nil {
			return err
		}
		return s.showLetter(c, written)
	}
	return agenda.NotFound("letter", c.QueryParam("letter"))
}

// goingView puts on the page how far a message has gone.
func (s *Server) goingView(c echo.Context, d *eventDesk, b post.Batch, p *bulkPage) error {
	ctx := c.Request().Context()
	progress, err := s.Bulk.Progress(ctx, b.ID)
	if err != nil {
		return err
	}
	p.Going = d.bulkProgress(progress[b.ID])
	p.Still = c.QueryParam("still") != ""
	if p.Going.Busy && !p.Still {
		p.Module, p.Refresh = "progress.js", d.at("/messages/"+b.ID, "still", "yes")
	} else if p.Going.Busy {
		p.Refresh = d.at("/messages/" + b.ID)
	}
	const most = 20
	items, err := s.Mail.List(ctx, post.Filter{Batch: b.ID, States: []post.State{post.Refused, post.Uncertain, post.Deferred}, Limit: most + 1})
	if err != nil {
		return err
	}
	if len(items) > most {
		items, p.Going.Rest = items[:most], d.at("/mail")
	}
	for _, item := range items {
		line := s.messageLine(d.l, item)
		line.Subject = item.Message.To.Name
		p.Going.Unsent = append(p.Going.Unsent, line)
	}
	p.Said = d.said(b)
	return nil
}

// said returns what a message says in each of the event's languages that it has.
func (d *eventDesk) said(b post.Batch) []bulkSaid {
	var list []bulkSaid
	for _, lang := range d.event.Languages {
		if b.Body[lang] != "" {
			list = append(list, bulkSaid{b.Subject[lang], lang, locale.Dir(lang), markdown.HTML(b.Body[lang], 4)})
		}
	}
	return list
}

// A bulkStep is something that may be done to the messages of a batch that are in
// some states, by the name that a form has.
type bulkStep struct {
	name string
	step post.Step
	from []post.State
	done string
}

func bulkSteps() []bulkStep {
	return []bulkStep{
		{"stop", post.Withdraw, []post.State{post.Waiting, post.Deferred}, "stopped"},
		{"again", post.Resend, []post.State{post.Refused}, "again"},
		{"settle", post.Settle, []post.State{post.Uncertain}, "settled"},
		{"resend", post.Resend, []post.State{post.Uncertain}, "again"},
	}
}

// bulkProgress says how far a message to many has gone.
func (d *eventDesk) bulkProgress(progress map[post.State]int) *bulkProgress {
	p := &bulkProgress{Counts: d.bulkCounts(progress)}
	for state, n := range progress {
		p.Total += n
		if state.Finished() || state == post.Uncertain {
			p.Done += n
		}
	}
	p.Busy = p.Done < p.Total
	p.Text = d.l.T("bulk.progress", "sent", d.l.Number(progress[post.Sent]), "total", d.l.Number(p.Total))
	for _, one := range bulkSteps() {
		n := 0
		for _, state := range one.from {
			n += progress[state]
		}
		if n > 0 {
			p.Steps = append(p.Steps, messageStep{one.name, d.l.T("bulk.step."+one.name, "count", n), d.l.T("bulk.step." + one.name + ".hint")})
		}
	}
	return p
}

// decideBulk does to a message to many what the button says.
func (s *Server) decideBulk(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	d, b, err := s.bulkDesk(c)
	if err != nil {
		return err
	}
	ctx, wish := c.Request().Context(), c.FormValue("do")
	for _, one := range bulkSteps() {
		if one.name == wish {
			if _, err := s.Bulk.MoveBatch(ctx, s.who(c).User, b.ID, one.step, one.from...); err != nil {
				return err
			}
			return seeOther(c, d.at("/messages/"+b.ID, "done", one.done))
		}
	}
	switch wish {
	case "send":
		return s.sendBulk(c, d, b)
	case "discard":
		return s.discardBulk(c, d, b)
	}
	return &badParameter{"do", wish}
}

// discardBulk removes a draft.
func (s *Server) discardBulk(c echo.Context, d *eventDesk, b post.Batch) error {
	version, err := strconv.Atoi(c.FormValue("version"))
	if err != nil {
		return &badParameter{"version", c.FormValue("version")}
	}
	err = s.Bulk.DiscardBatch(c.Request().Context(), s.who(c).User, b.ID, version)
	if errors.Is(err, agenda.ErrConflict) {
		return s.otherwise(c, d, b.ID)
	}
	if err != nil {
		return err
	}
	return seeOther(c, d.at("/messages", "done", "discarded"))
}

// sendBulk sends a draft, if it and its audience are as they were shown. One that is
// on its way already is not sent again: its page says how far it is.
func (s *Server) sendBulk(c echo.Context, d *eventDesk, b post.Batch) error {
	ctx := c.Request().Context()
	if !b.Queued.IsZero() {
		return seeOther(c, d.at("/messages/"+b.ID))
	}
	a, err := s.readers(ctx, d, b)
	if err != nil {
		return err
	}
	if c.FormValue("version") != strconv.Itoa(b.Version) || c.FormValue("audience") != a.digest() || len(a.readers) == 0 {
		return s.otherwise(c, d, b.ID)
	}
	messages, tokens, err := s.bulkMessages(ctx, d, b, a)
	if err != nil {
		return err
	}
	err = s.Bulk.QueueBatch(ctx, s.who(c).User, b.ID, b.Version, messages, tokens)
	if errors.Is(err, agenda.ErrConflict) {
		return s.otherwise(c, d, b.ID)
	}
	if err != nil {
		return err
	}
	return seeOther(c, d.at("/messages/"+b.ID, "done", "sent"))
}

// bulkMessages returns the messages to all readers, each with the token with which
// they unsubscribe.
func (s *Server) bulkMessages(ctx context.Context, d *eventDesk, b post.Batch, a audience) ([]post.Message, []access.Token, error) {
	author, now := s.author(ctx, b), s.Now()
	messages, tokens := make([]post.Message, 0, len(a.readers)), make([]access.Token, 0, len(a.readers))
	for _, r := range a.readers {
		secret, token := access.NewToken(access.Token{Purpose: access.ForUnsubscribing, Subject: r.To.Address, Event: d.event.ID}, now)
		m, err := s.bulkMessage(d, b, author, r, secret)
		if err != nil {
			return nil, nil, err
		}
		messages, tokens = append(messages, m), append(tokens, token)
	}
	return messages, tokens, nil
}

// otherwise answers where a draft or its audience is not as it was shown: nothing
// was done, and the page shows what there is now. One that is on its way meanwhile
// was sent by the same button, pressed twice, or by somebody else.
func (s *Server) otherwise(c echo.Context, d *eventDesk, id string) error {
	b, err := s.Bulk.Batch(c.Request().Context(), id)
	if err != nil {
		return err
	}
	if !b.Queued.IsZero() {
		return seeOther(c, d.at("/messages/"+b.ID))
	}
	p, err := s.bulkPage(c, d, b)
	if err != nil {
		return err
	}
	p.Problem = p.T("bulk.meanwhile")
	return s.answerPage(c, http.StatusConflict, "organise-message.html", p)
}
