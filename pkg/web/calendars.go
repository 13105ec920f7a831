package web

import (
	"bytes"
	"context"
	"fmt"
	"net/url"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/ical"
)

// calendar serves the agenda as a calendar.
func (s *Server) calendar(c echo.Context, r *agenda.Release) error {
	return s.feed(c, r, "calendar", ical.Options{})
}

// sessionCalendar serves one session as a calendar.
func (s *Server) sessionCalendar(c echo.Context, r *agenda.Release) error {
	_, session, err := r.Event.Session(c.Param("session"))
	if err != nil {
		return err
	}
	return s.feed(c, r, "s/"+session.ID+".ics", ical.Options{Session: session.ID})
}

// personCalendar serves the sessions of one person as a calendar.
func (s *Server) personCalendar(c echo.Context, r *agenda.Release) error {
	p, err := r.Event.Person(c.Param("person"))
	if err != nil {
		return err
	}
	return s.feed(c, r, "p/"+p.Key+".ics", ical.Options{Person: p.Key})
}

// feed answers with a calendar of r. Calendars ask without a language that
// their owner would have chosen, so that ?lang= alone counts.
func (s *Server) feed(c echo.Context, r *agenda.Release, page string, o ical.Options) error {
	e, q := r.Event, c.Request().URL.Query()
	filter, err := readFilter(e, q)
	if err != nil {
		return err
	}
	if err := readCalendar(q, &o); err != nil {
		return err
	}
	choice, err := s.feedChoice(q, e.Languages)
	if err != nil {
		return err
	}
	o.Lang, o.BaseURL = choice.Content, s.BaseURL
	o.Track, o.Kind, o.Room = filter.Track, agenda.Kind(filter.Kind), filter.Room
	answer := reply{
		mime: mimeICS, caching: someMinutes, choice: choice, modified: r.Published,
		file: e.Slug + ".ics", shared: true, hidden: hidden(e),
	}
	return s.cached(c, r, page, calendarOptions(filter, o), func(context.Context) ([]byte, error) {
		var b bytes.Buffer
		err := ical.Write(&b, e, o)
		return b.Bytes(), err
	}, answer)
}

// feedChoice returns the language that ?lang= asks for, or the content's first.
func (s *Server) feedChoice(q url.Values, content []string) (choice, error) {
	tag := q.Get("lang")
	if tag == "" {
		tag = content[0] // every event has one
	}
	return s.chosen(tag, content)
}

// readCalendar reads the parameters that only calendars have.
func readCalendar(q url.Values, o *ical.Options) error {
	for _, p := range []struct {
		name, value string
		set         *bool
	}{
		{"zone", "utc", &o.UTC}, {"breaks", "0", &o.NoBreaks}, {"lightning", "each", &o.EachTalk},
	} {
		switch q.Get(p.name) {
		case "":
		case p.value:
			*p.set = true
		default:
			return &badParameter{p.name, q.Get(p.name)}
		}
	}
	return nil
}

// calendarOptions returns what a calendar is a function of besides the release
// and the language.
func calendarOptions(f filter, o ical.Options) string {
	f.Day, f.Query = "", "" // a calendar has all days
	return fmt.Sprint(f.query().Encode(), " ", o.UTC, o.NoBreaks, o.EachTalk)
}

// seriesCalendar serves the sessions of a series as a calendar.
func (s *Server) seriesCalendar(c echo.Context) error {
	slug, q := c.Param("slug"), c.Request().URL.Query()
	var o ical.Options
	if err := readCalendar(q, &o); err != nil {
		return err
	}
	events, seen, err := s.public(c.Request().Context(), slug)
	if err != nil {
		return err
	}
	last := events[len(events)-1]
	choice, err := s.feedChoice(q, last.Languages)
	if err != nil {
		return err
	}
	o.Lang, o.BaseURL = choice.Content, s.BaseURL
	answer := reply{mime: mimeICS, caching: someMinutes, choice: choice, file: slug + ".ics", shared: true}
	for _, e := range events {
		if e.Updated.After(answer.modified) {
			answer.modified = e.Updated
		}
	}
	k := key{release: seen, page: "series/" + slug + ".ics", choice: choice, options: calendarOptions(filter{}, o), edition: s.edition().Version}
	b, err := s.state.cache.get(c.Request().Context(), k, func(context.Context) ([]byte, error) {
		var b bytes.Buffer
		err := ical.WriteSeries(&b, *last.Series, events, o)
		return b.Bytes(), err
	})
	if err != nil {
		return err
	}
	return send(c, b, answer)
}
