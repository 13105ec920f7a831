package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// A choice is the language of a response: that of the content, and those of
// the interface's messages and dates. It is small whatever visitors ask for,
// so that it can be part of a cache key.
type choice struct {
	Content   string // one of the event's languages; "" where there is no event
	Interface string // the language of messages
	Dates     string // the language of dates and names
	Link      string // what links on the page carry as ?lang=
	Explicit  bool   // the URL says so
}

// locale returns the locale of c.
func (s *Server) locale(c choice) *locale.Locale {
	l := locale.For(c.Dates, c.Interface)
	if len(s.Countries) > 0 {
		l = l.WithCountries(s.Countries)
	}
	return l
}

// languages returns the languages of the interface, the site's own first.
func (s *Server) languages() []string { return s.edition().Languages }

// choose returns the language for a request about an event with content in
// these languages; none of them where there is no event. A ?lang= that is not
// well-formed is an error; one without a translation falls back.
func (s *Server) choose(r *http.Request, q url.Values, content []string) (choice, error) {
	asked := q.Get("lang")
	if asked == "" {
		offered := content
		if len(offered) == 0 {
			offered = s.languages()
		}
		c := s.choice(locale.Match(r.Header.Get("Accept-Language"), offered), content)
		return c, nil
	}
	return s.chosen(asked, content)
}

// chosen returns what a reader gets who asked for tag.
func (s *Server) chosen(tag string, content []string) (choice, error) {
	if !locale.Valid(tag) {
		return choice{}, &badParameter{"lang", tag}
	}
	c := s.choice(tag, content)
	if locale.Pseudo(c.Interface) && !slices.Contains(s.languages(), c.Interface) {
		return choice{}, &badParameter{"lang", tag}
	}
	c.Explicit = true
	return c, nil
}

// choice returns what a reader of tag gets.
func (s *Server) choice(tag string, content []string) choice {
	l := locale.For(tag, s.languages()[0])
	c := choice{Interface: l.Tag(), Dates: l.DateTag(), Link: l.DateTag()}
	if len(content) > 0 {
		c.Content = content[0]
		if match := among(tag, content); match != "" {
			c.Content, c.Link = match, match
		}
	}
	if locale.Pseudo(c.Interface) { // it has the dates of a real language, but is not one of content
		c.Dates, c.Link = c.Interface, c.Interface
	}
	return c
}

// among returns the one of offered that a reader of tag reads: itself, a
// parent, or a regional variant; or "".
func among(tag string, offered []string) string {
	t := agenda.Text{}
	for _, o := range offered {
		t[o] = o
	}
	match, _ := t.In(tag)
	base, _, _ := strings.Cut(tag, "-")
	if got, _, _ := strings.Cut(match, "-"); !strings.EqualFold(got, base) {
		return ""
	}
	return match
}

// siteLocale is the locale of pages that can have no other: those that say
// what went wrong.
func (s *Server) siteLocale(r *http.Request) *locale.Locale {
	c, err := s.choose(r, r.URL.Query(), nil)
	if err != nil {
		c = s.choice(locale.Match(r.Header.Get("Accept-Language"), s.languages()), nil)
	}
	return s.locale(c)
}

// menu returns the languages that a page about content in these languages
// exists in: the content's first, then those of the interface.
func (s *Server) menu(content []string) []string {
	menu := slices.Clone(content)
	for _, tag := range s.languages() {
		if among(tag, menu) == "" {
			menu = append(menu, tag)
		}
	}
	return menu
}
