package web

import (
	"context"
	"encoding/xml"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// changesPage is the data of templates/changes.html.
type changesPage struct {
	frame
	Feed     string
	Releases []releaseView // the latest first
}

// A releaseView is what one release changed.
type releaseView struct {
	ID      string
	Heading string
	Moment  string
	Machine string // the moment for machines
	Note    string
	First   bool // there was none before it
	Changes []changeView
}

// A changeView is one change in words.
type changeView struct {
	Kind  string
	Word  string
	Title words
	Href  string // the session's page, or ""
	Old   words  // the title it had
	Was   *spotView
	Now   *spotView
}

// A spotView is when and where a session is or was.
type spotView struct {
	When  words
	Rooms []words
}

// changes serves what each release changed.
func (s *Server) changes(c echo.Context, r *agenda.Release) error {
	ask, err := s.readAgenda(c.Request(), r.Event)
	if err != nil {
		return err
	}
	draw := func(ctx context.Context) ([]byte, error) {
		v, releases, err := s.history(ctx, r, ask.choice)
		if err != nil {
			return nil, err
		}
		p := changesPage{frame: s.eventFrame(v, r, "/changes", url.Values{}), Feed: v.choice.address(v.base + "/changes.atom"), Releases: releases}
		p.title(p.T("web.changes"), v.plain(r.Event.Title))
		return filled("changes.html", p)
	}
	return s.cached(c, r, "changes", "", draw, reply{mime: mimeHTML, choice: ask.choice, hidden: hidden(r.Event)})
}

// history returns the releases of an event in words, the latest first.
func (s *Server) history(ctx context.Context, r *agenda.Release, choice choice) (*view, []releaseView, error) {
	v, err := s.view(r.Event, choice, "")
	if err != nil {
		return nil, nil, err
	}
	history, err := s.Store.History(ctx, r.Event.Slug)
	if err != nil {
		return nil, nil, err
	}
	var out []releaseView
	for i, past := range history {
		if past.Number > r.Number { // published since this page's release was read
			continue
		}
		out = append(out, v.release(past, i == 0))
	}
	slices.Reverse(out)
	return v, out, nil
}

func (v *view) release(r agenda.Release, first bool) releaseView {
	out := releaseView{
		ID: "release-" + strconv.Itoa(r.Number), Heading: v.l.T("web.release", "number", r.Number),
		Moment: v.moment(r.Published), Machine: r.Published.UTC().Format(time.RFC3339), Note: r.Note, First: first,
	}
	for _, c := range r.Changes {
		out.Changes = append(out.Changes, v.change(c))
	}
	return out
}

func (v *view) change(c agenda.Change) changeView {
	out := changeView{Kind: string(c.Kind), Word: v.l.T("web.change." + string(c.Kind)), Title: v.words(c.Title), Old: v.words(c.OldName)}
	if c.Kind == agenda.EventWide {
		out.Word = v.l.T("web.changed." + c.Field)
	}
	if _, _, err := v.event.Session(c.Session); err == nil {
		out.Href = v.choice.address(v.base + "/s/" + agenda.Code(c.Session))
	}
	switch c.Kind {
	case agenda.Moved, agenda.Retimed, agenda.ReRoomed:
		out.Was, out.Now = v.spot(c.Was), v.spot(c.Now)
	case agenda.Added:
		out.Now = v.spot(c.Now)
	case agenda.Called, agenda.Removed:
		out.Was = v.spot(c.Was)
	}
	return out
}

// spot says when and where a session is.
func (v *view) spot(s *agenda.Spot) *spotView {
	if s == nil {
		return nil
	}
	day := agenda.Day{Date: s.Date, Sessions: []agenda.Session{{Time: s.Time}}}
	when := v.l.Title(v.l.Date(s.Date, locale.Short)) + ", " + v.l.When(day.Slots()[0])
	return &spotView{v.dated(when), v.all(s.Rooms)}
}

// An atomFeed is a feed of RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// changesFeed serves the same as a feed.
func (s *Server) changesFeed(c echo.Context, r *agenda.Release) error {
	ask, err := s.readAgenda(c.Request(), r.Event)
	if err != nil {
		return err
	}
	draw := func(ctx context.Context) ([]byte, error) {
		v, releases, err := s.history(ctx, r, ask.choice)
		if err != nil {
			return nil, err
		}
		return s.atom(v, r, releases)
	}
	answer := reply{mime: mimeAtom, caching: someMinutes, choice: ask.choice, modified: r.Published, shared: true, hidden: hidden(r.Event)}
	return s.cached(c, r, "changes.atom", "", draw, answer)
}

func (s *Server) atom(v *view, r *agenda.Release, releases []releaseView) ([]byte, error) {
	page := s.BaseURL + v.base + "/changes"
	feed := atomFeed{
		Lang: v.l.Tag(), ID: "urn:uuid:" + agenda.DerivedID("changes", r.Event.ID), Author: s.siteView(v.l).Name.Text,
		Title: v.l.T("web.changes.of", "title", v.plain(r.Event.Title)), Updated: r.Published.UTC().Format(time.RFC3339),
		Links: []atomLink{{"self", "application/atom+xml", s.BaseURL + v.choice.address(v.base+"/changes.atom")}, {"alternate", "text/html", page}},
	}
	for _, one := range releases {
		feed.Entries = append(feed.Entries, atomEntry{
			ID: "urn:uuid:" + agenda.DerivedID("changes", r.Event.ID, one.ID), Title: one.Heading, Updated: one.Machine,
			Link: atomLink{"alternate", "text/html", page + "#" + one.ID}, Summary: v.summary(one),
		})
	}
	b, err := xml.MarshalIndent(feed, "", "  ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(b, '\n')...), nil
}

// summary returns what a release changed as lines of text.
func (v *view) summary(r releaseView) string {
	lines := []string{}
	if r.Note != "" {
		lines = append(lines, r.Note)
	}
	if r.First {
		lines = append(lines, v.l.T("web.release.first"))
	}
	for _, c := range r.Changes {
		line := v.l.T("label", "label", c.Word, "value", c.Title.Text)
		if c.Title.Empty() {
			line = c.Word
		}
		if c.Was != nil && c.Now != nil {
			line += " (" + v.l.T("web.from.to", "from", c.Was.line(), "to", c.Now.line()) + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// line returns a spot as one line of text.
func (s *spotView) line() string {
	parts := []string{s.When.Text}
	for _, r := range s.Rooms {
		parts = append(parts, r.Text)
	}
	return strings.Join(parts, ", ")
}
