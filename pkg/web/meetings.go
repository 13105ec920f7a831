package web

import (
	"cmp"
	"context"
	"html/template"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// meetingsPage is the data of templates/meetings.html.
type meetingsPage struct {
	frame
	Heading  words
	Intro    string
	Upcoming []facts
	Past     []facts
	Feed     template.URL // webcal address of the calendar of a series, or ""
	File     string       // the same to download
}

// meetings serves the list of public meetings.
func (s *Server) meetings(c echo.Context) error {
	return s.list(c, "", func(l listing) (meetingsPage, error) {
		p := meetingsPage{frame: s.listFrame(l, "/")}
		p.Heading = words{Text: p.T("web.meetings")}
		p.Title = p.T("web.meetings") + " · " + p.Site.Name.Text
		p.Intro = p.T("web.intro")
		p.Description = p.Intro
		return p, nil
	})
}

// series serves the meetings of one series.
func (s *Server) series(c echo.Context) error {
	slug := c.Param("slug")
	return s.list(c, slug, func(l listing) (meetingsPage, error) {
		path := "/series/" + slug
		p := meetingsPage{frame: s.listFrame(l, path)}
		last := l.events[len(l.events)-1]
		v, err := s.view(last, s.choice(l.choice.Link, last.Languages), "")
		if err != nil {
			return p, err
		}
		p.Heading = v.words(last.Series.Title)
		p.Title = p.Heading.Text
		p.Intro = p.T("web.series")
		p.File = path + "/calendar.ics?lang=" + l.choice.Link
		p.Feed = template.URL(webcal(s.BaseURL) + p.File) // our own address with another scheme
		return p, nil
	})
}

// A listing is what a list of meetings is made of.
type listing struct {
	events []*agenda.Event // the public ones, earliest first
	choice choice
	hour   time.Time // to which it is told what is past
}

// list answers with a list of the public meetings, of one series if slug is
// not empty. It is made once for each hour: what was upcoming is past then.
func (s *Server) list(c echo.Context, slug string, begin func(listing) (meetingsPage, error)) error {
	choice, err := s.choose(c.Request(), c.Request().URL.Query(), nil)
	if err != nil {
		return err
	}
	events, seen, err := s.public(c.Request().Context(), slug)
	if err != nil {
		return err
	}
	l := listing{events, choice, s.Now().UTC().Truncate(time.Hour)}
	k := key{release: seen, page: "meetings", choice: choice, options: slug + l.hour.Format(time.RFC3339), edition: s.edition().Version}
	b, err := s.state.cache.get(c.Request().Context(), k, func(context.Context) ([]byte, error) {
		p, err := begin(l)
		if err != nil {
			return nil, err
		}
		if err := s.fill(&p, l); err != nil {
			return nil, err
		}
		return filled("meetings.html", p)
	})
	if err != nil {
		return err
	}
	return send(c, b, reply{mime: mimeHTML, choice: choice})
}

// public returns the events that lists show, earliest first; those of one
// series if slug is not empty. A series of which there is none is not found.
func (s *Server) public(ctx context.Context, slug string) ([]*agenda.Event, uint64, error) {
	releases, seen, err := s.state.releases.list(ctx)
	if err != nil {
		return nil, 0, err
	}
	var events []*agenda.Event
	for _, r := range releases {
		e := r.Event
		if e.Visibility == agenda.Public && (slug == "" || e.Series != nil && e.Series.Slug == slug) {
			events = append(events, e)
		}
	}
	if slug != "" && len(events) == 0 {
		return nil, 0, agenda.NotFound("series", slug)
	}
	slices.SortFunc(events, func(a, b *agenda.Event) int {
		from, _ := a.Dates()
		other, _ := b.Dates()
		return cmp.Or(from.Compare(other), cmp.Compare(a.Slug, b.Slug))
	})
	return events, seen, nil
}

// fill puts the events on the page: what is to come earliest first, without a
// date last; what is past latest first.
func (s *Server) fill(p *meetingsPage, l listing) error {
	var undated []facts
	for _, e := range l.events {
		choice := s.choice(l.choice.Link, e.Languages)
		choice.Interface, choice.Dates = l.choice.Interface, l.choice.Dates
		choice.Explicit, choice.Link = l.choice.Explicit, l.choice.Link
		v, err := s.view(e, choice, "")
		if err != nil {
			return err
		}
		_, to := e.Dates()
		switch {
		case to.IsZero():
			undated = append(undated, v.facts())
		case past(to, l.hour, v.home):
			p.Past = append(p.Past, v.facts())
		default:
			p.Upcoming = append(p.Upcoming, v.facts())
		}
	}
	p.Upcoming = append(p.Upcoming, undated...)
	slices.Reverse(p.Past)
	return nil
}

// past reports whether day d is over in loc.
func past(d agenda.Date, now time.Time, loc *time.Location) bool {
	end, _ := zone.At(loc, d, agenda.MinutesPerDay)
	return !now.Before(end)
}

// listFrame returns the frame of a page about several events.
func (s *Server) listFrame(l listing, path string) frame {
	f := s.frame(s.locale(l.choice))
	f.Home = l.choice.address("/")
	f.Languages = s.languageLinks(l.choice, nil, path, url.Values{})
	f.Canonical = s.BaseURL + join(path, url.Values{"lang": {l.choice.Link}})
	f.OpenGraph = openGraph{Locale: territorial(l.choice.Link), Card: "summary"}
	for _, tag := range s.languages() {
		f.Alternates = append(f.Alternates, link{Tag: tag, Href: s.BaseURL + join(path, url.Values{"lang": {tag}})})
	}
	return f
}
