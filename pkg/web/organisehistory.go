package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// historyPage is the data of templates/organise-history.html.
type historyPage struct {
	frame
	Action   string
	Edit     bool // the visitor may take things back
	Steps    []logStep
	Releases []pastRelease // the latest first
	Conflict string        // why something could not be taken back
	Problems []string
}

// A pastRelease is one release with what it changed.
type pastRelease struct {
	releaseView
	Number int
	By     words
}

// history serves the versions of the draft and the releases.
func (s *Server) draftHistory(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p, err := s.historyPage(c, d)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "organise-history.html", p)
}

func (s *Server) historyPage(c echo.Context, d *eventDesk) (p historyPage, err error) {
	ctx := c.Request().Context()
	p = historyPage{
		frame:  s.deskFrame(c, d, "/history", d.l.T("organise.history")),
		Action: d.at("/history"), Edit: s.may(c, access.Edit, d.event.ID),
	}
	if p.Steps, err = s.steps(ctx, d, 0); err != nil {
		return p, err
	}
	past, err := s.Store.History(ctx, d.event.Slug)
	if err != nil && !errors.Is(err, agenda.ErrNotFound) {
		return p, err
	}
	names := map[string]words{}
	for i, r := range past {
		one := pastRelease{releaseView: d.view.release(r, i == 0), Number: r.Number, By: s.name(ctx, d.view, r.By, names)}
		for j := range one.Changes {
			one.Changes[j].Href = ""
		}
		p.Releases = append(p.Releases, one)
	}
	slices.Reverse(p.Releases)
	return p, nil
}

// takeBack undoes a version of the draft, or makes an old release the draft.
// What others have built on since is not lost: the page says what it is.
func (s *Server) takeBack(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	ctx, who, what := c.Request().Context(), s.who(c).User, "undone"
	version, release := number(c.FormValue("version")), number(c.FormValue("release"))
	switch {
	case release > 0:
		what = "taken-back"
		_, err = s.Desk.TakeBack(ctx, who, d.event.Slug, release)
	case version > 0:
		_, err = s.Desk.Undo(ctx, who, d.event.Slug, version)
	default:
		err = &agenda.Invalid{Problems: []agenda.Problem{{Field: "version", Rule: agenda.Required}}}
	}
	if err == nil {
		return seeOther(c, d.at("", "done", what))
	}
	code := status(err)
	if code != http.StatusConflict && code != http.StatusUnprocessableEntity {
		return err
	}
	p, failure := s.historyPage(c, d)
	if failure != nil {
		return failure
	}
	p.Conflict = s.conflict(c, d, err)
	var invalid *agenda.Invalid
	if errors.As(err, &invalid) {
		p.Problems = problemsOf(d.l, invalid)
	}
	return s.answerPage(c, code, "organise-history.html", p)
}

// conflict says why an edit could not be made: who has changed what since.
func (s *Server) conflict(c echo.Context, d *eventDesk, err error) string {
	var contested *agenda.Contested
	if !errors.As(err, &contested) {
		return d.l.T("organise.conflict")
	}
	edits := []agenda.Edit{contested.Edit}
	lines, _ := d.edits(edits)
	return d.l.T("organise.contested", "what", lines[0].Text, "moment", d.moment(contested.At),
		"who", isolated(s.name(c.Request().Context(), d.view, contested.By, map[string]words{}).Text))
}

// number reads a whole number from a form; 0 for anything else.
func number(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0
	}
	return n
}
