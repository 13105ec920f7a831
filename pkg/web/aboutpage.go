package web

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/markdown"
	"tamada/pkg/site"
)

// aboutPage is the data of templates/about.html.
type aboutPage struct {
	frame
	Heading  string
	Sections []section
}

// A section is a part of a text under a heading, which the first part may be
// without.
type section struct {
	Heading string
	Text    prose
}

// aboutPages are the pages on which a site speaks of itself.
var aboutPages = []struct {
	path, title string
	sections    func(*Server, *locale.Locale) []section
}{
	{"/about", "web.imprint", (*Server).imprint},
	{"/privacy", "web.privacy", (*Server).privacy},
	{"/accessibility", "site.accessibility", (*Server).accessibility},
}

// aboutTable is the map of these pages.
func (s *Server) aboutTable() []route {
	var routes []route
	what := []string{"who is responsible for the site", "the privacy notice", "the accessibility statement"}
	for i, p := range aboutPages {
		routes = append(routes, route{gets, p.path, access.Anyone(), s.about(p.path, p.title, p.sections), what[i], 0})
	}
	return append(routes, route{gets, "/site/:name", access.Anyone(), s.siteAsset, "the site's own colours and logo", 0})
}

// about serves one of the pages.
func (s *Server) about(path, title string, sections func(*Server, *locale.Locale) []section) echo.HandlerFunc {
	return func(c echo.Context) error {
		chosen, err := s.choose(c.Request(), c.Request().URL.Query(), nil)
		if err != nil {
			return err
		}
		k := key{page: path, choice: chosen, edition: s.edition().Version}
		b, err := s.state.cache.get(c.Request().Context(), k, func(context.Context) ([]byte, error) {
			p := aboutPage{frame: s.listFrame(listing{choice: chosen}, path)}
			p.Heading = p.T(title)
			p.Title = p.Heading + " · " + p.Site.Name.Text
			p.Sections = sections(s, p.l)
			return filled("about.html", p)
		})
		if err != nil {
			return err
		}
		return send(c, b, reply{mime: mimeHTML, choice: chosen})
	}
}

// written returns what the owner has written, or ok false if that is nothing.
func (e *edition) written(l *locale.Locale, t agenda.Text) (s section, ok bool) {
	w := e.said(l, t)
	return section{Text: prose{markdown.HTML(w.Text, 2), w.Lang, w.Dir}}, strings.TrimSpace(w.Text) != ""
}

// ownWords returns a section in the program's own words, Markdown below the heading.
func ownWords(heading string, paragraphs ...string) section {
	return section{heading, prose{HTML: markdown.HTML(strings.Join(paragraphs, "\n\n"), 3)}}
}

// contact returns whom to write to.
func (s *Server) contact(l *locale.Locale) section {
	c, ok := s.edition().written(l, s.edition().Contact)
	if !ok {
		c = ownWords("", l.T("site.contact.none"))
	}
	c.Heading = l.T("site.contact")
	return c
}

// imprint returns who is responsible for the site.
func (s *Server) imprint(l *locale.Locale) []section {
	first, ok := s.edition().written(l, s.edition().Imprint)
	if !ok {
		first = ownWords("", l.T("site.imprint.own"))
	}
	return []section{first, s.contact(l), ownWords(l.T("site.software"), l.T("site.software.text"))}
}

// privacy returns the privacy notice: the owner's, or what is true of the
// program.
func (s *Server) privacy(l *locale.Locale) []section {
	if own, ok := s.edition().written(l, s.edition().Privacy); ok {
		return []section{own, s.contact(l)}
	}
	const day = 24
	sections := []section{
		ownWords("", l.T("site.privacy.intro")),
		ownWords(l.T("site.privacy.readers"), l.T("site.privacy.readers.text"), l.T("site.privacy.log")),
		ownWords(l.T("site.privacy.people"), l.T("site.privacy.people.text")),
	}
	if s.Accounts != nil {
		sections = append(sections, ownWords(l.T("site.privacy.accounts"),
			l.T("site.privacy.accounts.text"),
			l.T("site.privacy.cookie", "idle", l.T("days", "count", int(access.IdleLifetime.Hours())/day), "most", l.T("days", "count", int(access.AbsoluteLifetime.Hours())/day)),
			l.T("site.privacy.mail")))
	}
	return append(sections, s.contact(l))
}

// accessibility returns the accessibility statement: the owner's, or that of
// the program; what is checked stands below either.
func (s *Server) accessibility(l *locale.Locale) []section {
	first, ok := s.edition().written(l, s.edition().Accessibility)
	if !ok {
		first = ownWords("", l.T("site.accessibility.intro"))
	}
	sections := []section{first, s.evidence(l)}
	if !ok {
		sections = append(sections, ownWords(l.T("site.limits"), l.T("site.limits.text")))
	}
	return append(sections, ownWords(l.T("site.barrier"), l.T("site.barrier.text")), s.contact(l))
}

// evidence returns what is checked automatically.
func (s *Server) evidence(l *locale.Locale) section {
	checked := site.Checked()
	var languages, pages []string
	for _, tag := range checked.Languages {
		languages = append(languages, l.Language(tag))
	}
	for _, p := range checked.Pages {
		pages = append(pages, "- "+l.T(p.Title))
	}
	return ownWords(l.T("site.checked"),
		l.T("site.checked.text", "tool", checked.Tool+" "+checked.Version, "rules", checked.Rules, "languages", l.List(languages...)),
		l.T("site.checked.pages"), strings.Join(pages, "\n"), l.T("site.checked.more", "least", site.Ratio(site.LeastContrast)))
}
