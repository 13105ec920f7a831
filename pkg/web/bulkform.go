package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// The bounds of a message to many.
const (
	mostBulk       = 512 << 10 // bytes of its form
	longestSubject = 150       // letters
	longestBody    = 20_000    // letters, in one language
)

// bulkForm is the data of templates/organise-message-form.html.
type bulkForm struct {
	frame
	Heading string
	Form    formView
	Version int
	Groups  []bulkGroup
	Nobody  string // what is wrong with the audience, or ""
	Texts   []bulkText
	Hint    string // how a message is written
	Back    string
}

// A bulkGroup is a group to tick, with how many are in it.
type bulkGroup struct {
	tick
	Count string
}

// A bulkText is what a message says in one language.
type bulkText struct {
	Language string // its name; "" where there is one language only
	Subject  input
	Body     textInput
	Problem  string // what is wrong with the body, or ""
	Open     bool   // whether it is shown at once
}

// newBulk serves the form of a new message to many.
func (s *Server) newBulk(c echo.Context) error { return s.serveBulkForm(c, false) }

// editBulk serves the form of a draft.
func (s *Server) editBulk(c echo.Context) error { return s.serveBulkForm(c, true) }

func (s *Server) serveBulkForm(c echo.Context, there bool) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	var b post.Batch
	if there {
		if b, err = s.batch(c, d); err != nil {
			return err
		}
		if !b.Queued.IsZero() {
			return seeOther(c, d.at("/messages/"+b.ID))
		}
	}
	p, err := s.bulkForm(c, d, b)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "organise-message-form.html", p)
}

// bulkForm returns the form with what a message says so far.
func (s *Server) bulkForm(c echo.Context, d *eventDesk, b post.Batch) (bulkForm, error) {
	path, heading := "/messages/new", d.l.T("bulk.new")
	if b.ID != "" {
		path, heading = "/messages/"+b.ID+"/edit", d.l.T("bulk.edit")
	}
	p := bulkForm{frame: s.deskFrame(c, d, path, heading), Heading: heading, Version: b.Version, Back: d.at("/messages")}
	p.Form = formView{Action: d.at(path)}
	p.Hint = d.l.T("bulk.body.hint", "name", isolated(post.PlaceName), "meeting", isolated(post.PlaceMeeting))
	groups, err := s.groups(c.Request().Context(), d)
	if err != nil {
		return p, err
	}
	chosen := strings.Fields(b.Audience)
	for _, g := range bulkGroups() {
		if n := len(groups[g]); n > 0 || slices.Contains(chosen, g) {
			one := bulkGroup{tick{"to", g, words{Text: d.group(g)}, slices.Contains(chosen, g)}, d.l.T("bulk.people", "count", n)}
			p.Groups = append(p.Groups, one)
		}
	}
	for i, lang := range d.event.Languages {
		p.Texts = append(p.Texts, d.bulkText(b, lang, i == 0))
	}
	return p, nil
}

// bulkText returns the fields for one language. The first has to be filled in.
func (d *eventDesk) bulkText(b post.Batch, lang string, first bool) bulkText {
	t := bulkText{
		Subject: input{
			Name: "subject." + lang, Label: d.l.T("bulk.subject") + d.inLanguage(lang), Type: "text", Value: b.Subject[lang],
			Lang: lang, Dir: locale.Dir(lang), Complete: "off",
		},
		Body: textInput{"body." + lang, d.l.T("bulk.body") + d.inLanguage(lang), b.Body[lang], lang, locale.Dir(lang)},
		Open: first || b.Body[lang]+b.Subject[lang] != "",
	}
	if len(d.event.Languages) > 1 {
		t.Language = d.l.Title(d.l.Language(lang))
	}
	if !first {
		t.Subject.Optional = d.l.T("account.optional")
	}
	return t
}

// saveBulk keeps what was typed as a draft, and shows it as its readers will see it.
func (s *Server) saveBulk(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	var b post.Batch
	if c.Param("batch") != "" {
		if b, err = s.batch(c, d); err != nil {
			return err
		}
	}
	b.Event = d.event.ID
	version, err := strconv.Atoi(c.FormValue("version"))
	if b.ID == "" {
		version = 0
	} else if err != nil || version < 1 {
		return &badParameter{"version", c.FormValue("version")}
	}
	typedBulk(c, d.event, &b)
	p, err := s.bulkForm(c, d, b)
	if err != nil {
		return err
	}
	p.Version = version
	p.check(d, b)
	if code := p.Form.code(); code != http.StatusOK {
		return s.answerPage(c, code, "organise-message-form.html", p)
	}
	b.Version = version
	saved, err := s.Bulk.SaveBatch(c.Request().Context(), s.who(c).User, b)
	if errors.Is(err, agenda.ErrConflict) {
		return s.contestedBulk(c, d, p)
	}
	if err != nil {
		return err
	}
	return seeOther(c, d.at("/messages/"+saved.ID, "done", "saved"))
}

// contestedBulk answers where somebody else has changed the draft, or sent it: what
// was typed is still there. Saved again, it takes the place of what they wrote.
func (s *Server) contestedBulk(c echo.Context, d *eventDesk, p bulkForm) error {
	now, err := s.batch(c, d)
	if err != nil {
		return err
	}
	if !now.Queued.IsZero() {
		p.Form.wrong(d.l, "", d.l.T("bulk.gone"))
	} else {
		p.Form.wrong(d.l, "", d.l.T("bulk.changed"))
		p.Version = now.Version
	}
	return s.answerPage(c, http.StatusConflict, "organise-message-form.html", p)
}

// typedBulk puts what was sent into a message.
func typedBulk(c echo.Context, e *agenda.Event, b *post.Batch) {
	sent := c.Request().PostForm["to"]
	var chosen []string
	for _, g := range bulkGroups() {
		if slices.Contains(sent, g) {
			chosen = append(chosen, g)
		}
	}
	b.Audience = strings.Join(chosen, " ")
	b.Subject, b.Body = agenda.Text{}, agenda.Text{}
	for _, lang := range e.Languages {
		if subject := typed(c, "subject."+lang); subject != "" {
			b.Subject[lang] = subject
		}
		if body := typedText(c, "body."+lang); body != "" {
			b.Body[lang] = body
		}
	}
}

// check notes what is wrong with a message.
func (p *bulkForm) check(d *eventDesk, b post.Batch) {
	if b.Audience == "" {
		p.Nobody = d.l.T("bulk.nobody.chosen")
		p.Form.Problems = append(p.Form.Problems, link{Href: "#to", Words: words{Text: p.Nobody}})
	}
	for i, lang := range d.event.Languages {
		t := &p.Texts[i]
		subject, body := b.Subject[lang], b.Body[lang]
		if i == 0 || subject+body != "" { // both, or neither
			t.Subject.Problem = d.bulkProblem("bulk.subject", subject, longestSubject)
			t.Problem = d.bulkProblem("bulk.body", body, longestBody)
		}
		for _, wrong := range []struct{ name, label, problem string }{
			{t.Subject.Name, t.Subject.Label, t.Subject.Problem}, {t.Body.Name, t.Body.Label, t.Problem},
		} {
			if wrong.problem != "" {
				t.Open = true
				text := d.l.T("label", "label", wrong.label, "value", wrong.problem)
				p.Form.Problems = append(p.Form.Problems, link{Href: "#" + wrong.name, Words: words{Text: text}})
			}
		}
	}
	p.Form.Summary = d.l.T("account.problems", "count", len(p.Form.Problems))
}

// bulkProblem says what is wrong with a text, or "". Messages about it begin with id.
func (d *eventDesk) bulkProblem(id, text string, longest int) string {
	var wrong *post.PlaceholderError
	switch {
	case text == "":
		return d.l.T(id + ".missing")
	case utf8.RuneCountInString(text) > longest:
		return d.l.T("bulk.long", "count", longest)
	case errors.As(post.CheckPlaceholders(text), &wrong):
		return d.l.T("bulk.placeholder", "written", quoted(wrong.Written), "name", isolated(post.PlaceName), "meeting", isolated(post.PlaceMeeting))
	}
	return ""
}
