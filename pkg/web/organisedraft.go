package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/locale"
)

// draftPage is the data of templates/organise-draft.html.
type draftPage struct {
	frame
	draftView
	Done      string // what has just been done, or ""
	Undo      string // the version that undoes it, or ""
	History   string // where it is undone
	Public    string // the address of the published page, or ""
	Publish   string // where it is published; "" for those who may not
	Upload    string
	File      string
	Clashes   []words
	Gaps      []words
	Missing   []string // how many texts each language lacks
	Changes   []changeView
	First     bool   // nothing has been published yet
	Organiser string // the address of the list
}

// A draftView is a draft as the public would see it.
type draftView struct {
	Facts facts
	Zone  string
	Count string
	Tabs  []link
	Days  []dayView
	edit  func(code string) string // nil for those who may not change it
}

// EditOf returns the address of the form of a session, or "" for those who may
// not change it.
func (d draftView) EditOf(code string) string {
	if d.edit == nil {
		return ""
	}
	return d.edit(code)
}

// draftView returns the event of v, whose sessions have no pages of their own:
// their titles lead to their place on this one.
func (v *view) draftView() draftView {
	d := draftView{Facts: v.facts(), Zone: v.zoneName(v.home)}
	d.Tabs, d.Days, d.Count = v.days(filter{})
	for i := range d.Days {
		for j := range d.Days[i].Blocks {
			for k := range d.Days[i].Blocks[j].Cells {
				s := &d.Days[i].Blocks[j].Cells[k].Session
				s.Href = "#s-" + s.Code
			}
		}
	}
	return d
}

// outcomes lists what a page may say that has just been done, by ?done=.
var outcomes = map[string]string{
	"created": "organise.done.created", "published": "organise.done.published", "unchanged": "organise.done.unchanged",
	"uploaded": "organise.done.uploaded", "edited": "organise.done.edited", "undone": "organise.done.undone", "taken-back": "organise.done.taken-back",
}

// draftOf serves the draft of an event as the public would see it, with what an
// organiser has to know before it is published.
func (s *Server) draftOf(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p := draftPage{
		frame: s.deskFrame(c, d, "", d.l.T("draft")), draftView: d.draftView(), First: d.release == nil,
		Clashes: d.clashes(), Gaps: d.gaps(), Missing: d.missing(), Changes: d.pendingChanges(),
		File: d.base + "/agenda.yaml", Organiser: d.choice.address("/organise"),
	}
	if id := outcomes[c.QueryParam("done")]; id != "" {
		p.Done = p.T(id)
	}
	if s.may(c, access.Publish, d.event.ID) {
		p.Publish = d.at("/publish")
	}
	if s.may(c, access.Edit, d.event.ID) {
		p.Upload, p.History = d.at("/upload"), d.at("/history")
		p.edit = func(code string) string { return d.at("/s/" + code) }
		if undo := c.QueryParam("undo"); p.Done != "" && number(undo) == d.version {
			p.Undo = undo
		}
	}
	if !p.First {
		p.Public = d.choice.address("/e/" + d.release.Event.Slug)
	}
	return s.answerPage(c, http.StatusOK, "organise-draft.html", p)
}

// pendingChanges returns what the draft changes of the latest release.
func (d *eventDesk) pendingChanges() []changeView { return d.changesOf(d.released(), d.event) }

// changesOf says what next changes of previous. Titles lead to the sessions on
// the same page.
func (v *view) changesOf(previous, next *agenda.Event) []changeView {
	var out []changeView
	for _, change := range agenda.Diff(previous, next) {
		one := v.change(change)
		if one.Href != "" {
			one.Href = "#s-" + agenda.Code(change.Session)
		}
		out = append(out, one)
	}
	return out
}

// clashes says what gets in each other's way, naming both sides.
func (v *view) clashes() []words {
	var out []words
	for _, c := range v.event.Clashes() {
		args := []any{"a", v.side(c.A), "b", v.side(c.B), "count", c.Over}
		switch c.Kind {
		case agenda.RoomClash:
			args = append(args, "what", quoted(v.named("room", c.Room)))
		case agenda.PersonClash:
			args = append(args, "what", quoted(v.named("person", c.Person)))
		}
		out = append(out, words{Text: v.l.T("organise.clash."+string(c.Kind), args...)})
	}
	return out
}

// side names one side of a clash: its title, day and time.
func (v *view) side(s agenda.Side) string {
	day := v.l.Date(s.Day.Date, locale.Short)
	if s.Session == nil {
		return day
	}
	titles := []string{v.plain(s.Session.Title)}
	if s.Part != nil {
		titles = append(titles, v.plain(s.Part.Title))
	}
	if s.Talk != nil {
		titles = append(titles, v.plain(s.Talk.Title))
	}
	return quoted(strings.Join(titles, " / ")) + " (" + day + ", " + v.l.ClockRange(s.Start, s.End) + ")"
}

// gaps says which stretches no session covers.
func (v *view) gaps() []words {
	var out []words
	for i := range v.event.Days {
		d := &v.event.Days[i]
		for _, g := range d.Gaps() {
			out = append(out, words{Text: v.l.T("organise.gap",
				"day", v.l.Date(d.Date, locale.Short), "time", v.l.ClockRange(g.Start, g.End),
				"before", quoted(v.plain(g.Before.Title)), "after", quoted(v.plain(g.After.Title)))})
		}
	}
	return out
}

// missing says how many texts the further languages of the event lack.
func (v *view) missing() []string {
	var out []string
	for _, lang := range v.event.Languages[1:] {
		if n := untranslated(v.event, lang); n > 0 {
			out = append(out, v.l.T("organise.missing", "count", n, "language", v.l.Language(lang)))
		}
	}
	return out
}

// draftFile serves the draft as an agenda file, with what is backstage.
func (s *Server) draftFile(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	b, err := agendafile.Format(d.draft)
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header["Cache-Control"] = noStore
	header.Set("Content-Disposition", `attachment; filename="`+d.event.Slug+`.yaml"`)
	return gone(c.Blob(http.StatusOK, "application/yaml; charset=utf-8", b))
}

// publishPage is the data of templates/organise-publish.html.
type publishPage struct {
	frame
	Action   string
	Version  int
	Note     string
	Next     string // "Release 3"
	First    bool
	Changes  []changeView
	Clashes  []words
	Problems []string
	Since    []logStep // what others have changed meanwhile
	Back     string
}

// publishing serves the form that publishes the draft.
func (s *Server) publishing(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "organise-publish.html", s.publishPage(c, d, ""))
}

func (s *Server) publishPage(c echo.Context, d *eventDesk, note string) publishPage {
	p := publishPage{
		frame:  s.deskFrame(c, d, "/publish", d.l.T("organise.publish")),
		Action: d.at("/publish"), Version: d.version, Note: note, First: d.release == nil,
		Changes: d.pendingChanges(), Clashes: d.clashes(), Back: d.at(""),
	}
	for i := range p.Changes {
		if p.Changes[i].Href != "" {
			p.Changes[i].Href = d.at("") + p.Changes[i].Href
		}
	}
	number := 1
	if d.release != nil {
		number = d.release.Number + 1
	}
	p.Next = p.T("web.release", "number", number)
	return p
}

// publish makes a release of the draft that the organiser has looked at. If it
// has been changed meanwhile, the form comes again and says by whom.
func (s *Server) publish(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	note := strings.TrimSpace(c.FormValue("note"))
	p := s.publishPage(c, d, note)
	if seen := number(c.FormValue("version")); seen != d.version {
		if p.Since, err = s.steps(c.Request().Context(), d, seen); err != nil {
			return err
		}
		return s.answerPage(c, http.StatusConflict, "organise-publish.html", p)
	}
	_, err = s.Desk.Publish(c.Request().Context(), s.who(c).User, d.event.Slug, note)
	var invalid *agenda.Invalid
	switch {
	case errors.As(err, &invalid):
		p.Problems = problemsOf(d.l, invalid)
		return s.answerPage(c, http.StatusUnprocessableEntity, "organise-publish.html", p)
	case errors.Is(err, agenda.ErrUnchanged):
		return seeOther(c, d.at("", "done", "unchanged"))
	case err != nil:
		return err
	}
	return seeOther(c, d.at("", "done", "published"))
}
