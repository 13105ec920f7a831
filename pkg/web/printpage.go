package web

import (
	"context"
	"net/url"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// printPage is the data of templates/print.html.
type printPage struct {
	frame
	Documents []document
	Files     []document // for programs
}

// A document is something to download.
type document struct {
	Name  string
	Text  string // what it is good for
	Links []link
}

// documents serves the list of what can be printed or kept.
func (s *Server) documents(c echo.Context, r *agenda.Release) error {
	ask, err := s.readAgenda(c.Request(), r.Event)
	if err != nil {
		return err
	}
	draw := func(context.Context) ([]byte, error) {
		v, err := s.view(r.Event, ask.choice, "")
		if err != nil {
			return nil, err
		}
		p := printPage{frame: s.eventFrame(v, r, "/print", url.Values{}), Documents: v.documents(), Files: v.files()}
		p.title(p.T("web.print"), v.plain(r.Event.Title))
		return filled("print.html", p)
	}
	return s.cached(c, r, "print", "", draw, reply{mime: mimeHTML, choice: ask.choice, hidden: hidden(r.Event)})
}

// printed lists what is offered of each document. Whoever knows the
// parameters of programme.pdf can have more.
var printed = []struct {
	doc    string
	papers []string
}{
	{"programme", []string{"a4", "a5-booklet", "letter"}},
	{"agenda", []string{"a4", "letter"}},
	{"annotated", []string{"a4", "letter"}},
	{"large-print", []string{"a4", "a3"}},
	{"grid", []string{"a4", "a3", "a1"}},
	{"changes", []string{"a4", "letter"}},
}

// documents returns the prints of the event, in the reader's language and, if
// that is not the event's first, with that beside it.
func (v *view) documents() []document {
	var out []document
	for _, p := range printed {
		if p.doc == "changes" && v.event.Release < 2 {
			continue
		}
		one := document{Name: v.l.T("web.doc." + p.doc), Text: v.l.T("web.doc." + p.doc + ".text")}
		for _, paper := range p.papers {
			q := url.Values{"doc": {p.doc}, "paper": {paper}, "lang": {v.choice.Content}}
			one.Links = append(one.Links, link{Href: join(v.base+"/programme.pdf", q), Words: words{Text: v.l.T("web.paper." + paper)}})
		}
		out = append(out, one)
	}
	if first := v.event.Languages[0]; first != v.choice.Content {
		q := url.Values{"doc": {"programme"}, "lang": {v.choice.Content + "," + first}}
		both := v.l.List(locale.Endonym(v.choice.Content), locale.Endonym(first))
		out[0].Links = append(out[0].Links, link{Href: join(v.base+"/programme.pdf", q), Words: words{Text: both}})
	}
	return out
}

// files returns what programs read.
func (v *view) files() []document {
	return []document{
		{v.l.T("web.file.ics"), v.l.T("web.file.ics.text"), []link{{Href: v.base + "/calendar.ics?lang=" + v.choice.Link, Words: words{Text: "calendar.ics"}}}},
		{v.l.T("web.file.json"), v.l.T("web.file.json.text"), []link{{Href: v.base + "/agenda.json", Words: words{Text: "agenda.json"}}}},
		{v.l.T("web.file.atom"), v.l.T("web.file.atom.text"), []link{{Href: v.choice.address(v.base + "/changes.atom"), Words: words{Text: "changes.atom"}}}},
	}
}
