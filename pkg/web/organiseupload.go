package web

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
)

// uploadPage is the data of templates/organise-upload.html.
type uploadPage struct {
	frame
	Action   string
	Version  int
	Text     string
	Large    bool
	Ready    bool // the file is good, and of this event
	Changes  []changeView
	Edits    []words
	More     string
	Problems []fileProblem
	Other    string    // the slug of the event that the file is of, if not of this one
	Since    []logStep // what others have changed meanwhile
	Back     string
}

// uploading serves the form for a newer agenda file.
func (s *Server) uploading(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "organise-upload.html", s.uploadPage(c, d, ""))
}

func (s *Server) uploadPage(c echo.Context, d *eventDesk, text string) uploadPage {
	return uploadPage{
		frame:  s.deskFrame(c, d, "/upload", d.l.T("organise.upload")),
		Action: d.at("/upload"), Version: d.version, Text: text, Back: d.at(""),
	}
}

// upload shows what an agenda file would change, and changes it when the
// organiser who has seen that says so.
func (s *Server) upload(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	if err := parseMultipart(c.Request()); err != nil {
		return err
	}
	text, name := c.FormValue("text"), "agenda.yaml"
	b, chosen, err := chosenFile(c.Request().MultipartForm)
	if err != nil && !errors.Is(err, errLargeFile) {
		return err
	}
	p := s.uploadPage(c, d, text)
	if p.Large = err != nil; p.Large {
		return s.answerPage(c, http.StatusUnprocessableEntity, "organise-upload.html", p)
	}
	if len(b) > 0 {
		p.Text, name = string(b), cmp.Or(chosen, name)
	}
	draft, err := agendafile.Parse(name, []byte(p.Text))
	var problems agendafile.Problems
	if errors.As(err, &problems) {
		p.Problems = d.fileProblems(problems)
		return s.answerPage(c, http.StatusUnprocessableEntity, "organise-upload.html", p)
	}
	if err != nil {
		return err
	}
	return s.offer(c, d, p, draft)
}

// offer shows what a draft would change of the one that is there, or changes
// it.
func (s *Server) offer(c echo.Context, d *eventDesk, p uploadPage, draft *agenda.Draft) error {
	ctx := c.Request().Context()
	would, err := s.Desk.Preview(ctx, draft)
	if errors.Is(err, agenda.ErrConflict) || err == nil && (would.Created || would.ID != d.event.ID) {
		p.Other = draft.Event.Slug
		return s.answerPage(c, http.StatusConflict, "organise-upload.html", p)
	}
	if err != nil {
		return err
	}
	p.Ready, p.Changes = true, d.changesOf(d.event, draft.Event)
	for i := range p.Changes {
		p.Changes[i].Href = ""
	}
	p.Edits, p.More = d.edits(would.Edits)
	if c.FormValue("do") != "import" {
		return s.answerPage(c, http.StatusOK, "organise-upload.html", p)
	}
	if seen := number(c.FormValue("version")); seen != d.version {
		if p.Since, err = s.steps(ctx, d, seen); err != nil {
			return err
		}
		return s.answerPage(c, http.StatusConflict, "organise-upload.html", p)
	}
	if _, err := s.Desk.Import(ctx, s.who(c).User, draft); err != nil {
		return err
	}
	return seeOther(c, "/organise/e/"+draft.Event.Slug+"?"+pairs([]string{"done", "uploaded"}).Encode())
}

// fileProblems returns the problems of an agenda file with their lines.
func (v *view) fileProblems(problems agendafile.Problems) []fileProblem {
	var out []fileProblem
	for _, p := range problems {
		one := fileProblem{Message: p.Message, Source: p.Source}
		if p.Line > 0 {
			one.Line = v.l.T("organise.line", "number", p.Line)
		}
		out = append(out, one)
	}
	return out
}
