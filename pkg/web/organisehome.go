package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// organiserPage is the data of templates/organise-home.html.
type organiserPage struct {
	frame
	Events []eventRow
	New    string // the address where a meeting is made; "" for those who may not
}

// An eventRow is one event of an organiser.
type eventRow struct {
	Href    string
	Title   words
	Dates   words
	Version string
	Release string
	Pending string // what is unpublished, or ""
	Status  *mark
}

// organiser serves the list of the events that the visitor may work on.
func (s *Server) organiser(c echo.Context) error {
	f, choice, err := s.accountFrame(c)
	if err != nil {
		return err
	}
	p := organiserPage{frame: f}
	p.title(p.T("organise.events"), p.Site.Name.Text)
	if s.may(c, access.CreateEvents, "") {
		p.New = choice.address("/organise/new")
	}
	all, err := s.Desk.Drafts(c.Request().Context())
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b agenda.Summary) int {
		return cmp.Or(b.From.Compare(a.From), cmp.Compare(a.Slug, b.Slug))
	})
	for _, e := range all {
		if !s.may(c, access.SeeDraft, e.ID) {
			continue
		}
		row, err := s.eventRow(c, choice, e)
		if err != nil {
			return err
		}
		p.Events = append(p.Events, row)
	}
	return s.answerPage(c, http.StatusOK, "organise-home.html", p)
}

// eventRow says what there is of an event.
func (s *Server) eventRow(c echo.Context, choice choice, e agenda.Summary) (eventRow, error) {
	choice.Content = e.Languages[0]
	if match := among(choice.Link, e.Languages); match != "" {
		choice.Content = match
	}
	v := &view{event: &agenda.Event{Languages: e.Languages}, l: s.locale(choice), choice: choice}
	row := eventRow{
		Href: choice.address("/organise/e/" + e.Slug), Title: v.words(e.Title), Status: v.mark(e.Status),
		Dates:   words{Text: v.l.T("date.open")},
		Version: v.l.T("organise.version", "number", e.Version), Release: v.l.T("organise.unreleased"),
	}
	if !e.From.IsZero() {
		row.Dates = v.dated(v.l.DateRange(e.From, e.To))
		if e.From == e.To {
			row.Dates = v.dated(v.l.Date(e.From, locale.Long))
		}
	}
	if e.Release == 0 {
		return row, nil
	}
	row.Release = v.l.T("web.release", "number", e.Release)
	pending, err := s.pending(c, e.Slug)
	if pending > 0 {
		row.Pending = v.l.T("organise.pending", "count", pending)
	}
	return row, err
}

// pending counts what the draft changes of the latest release.
func (s *Server) pending(c echo.Context, slug string) (int, error) {
	ctx := c.Request().Context()
	draft, _, err := s.Desk.Draft(ctx, slug)
	if err != nil {
		return 0, err
	}
	released, err := s.Store.Latest(ctx, draft.Event.Slug)
	if errors.Is(err, agenda.ErrNotFound) { // its address has changed since
		return 1, nil
	}
	if err != nil {
		return 0, err
	}
	return len(agenda.Diff(released.Event, draft.Event)), nil
}
