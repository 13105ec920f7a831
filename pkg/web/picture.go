package web

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/card"
	"tamada/pkg/locale"
	"tamada/pkg/typeset"
)

var mimePNG = mime{"image/png"}

// A linkPicture is what social sites show beside a link to a page.
type linkPicture struct {
	URL           string
	Alt           string
	Width, Height int
}

// openGraph is what social sites learn of a page beside its title
// (https://ogp.me).
type openGraph struct {
	About   string // when and where, for pages without a description
	Locale  string // "en_GB"; "" if the language is of no one country
	Locales []string
	Card    string       // the kind of preview on Twitter and its likes
	Picture *linkPicture // nil where there is none
}

// linkPicture serves the picture of an event: to those who may read it. Only pages
// of public events name it.
func (s *Server) linkPicture(c echo.Context, r *agenda.Release) error {
	choice, err := s.choose(c.Request(), c.Request().URL.Query(), r.Event.Languages)
	if err != nil {
		return err
	}
	answer := reply{
		mime: mimePNG, caching: someMinutes, modified: r.Published, shared: true, hidden: hidden(r.Event), choice: choice,
		file: r.Event.Slug + "-" + choice.Link + ".png",
	}
	return s.cached(c, r, "picture.png", "", func(ctx context.Context) ([]byte, error) {
		v, err := s.view(r.Event, choice, "")
		if err != nil {
			return nil, err
		}
		select { // it is set and drawn as prints are, in turn with them
		case s.state.prints <- struct{}{}:
			defer func() { <-s.state.prints }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return s.card(v).PNG()
	}, answer)
}

// card returns what the picture of the event shows.
func (s *Server) card(v *view) card.Card {
	f := v.facts()
	c := card.Card{
		RightToLeft: v.l.Dir() == "rtl", Title: v.onCard(f.Title), Dates: v.onCard(f.Dates), Place: v.placeOnCard(),
	}
	if f.Series != nil {
		c.Series = v.onCard(f.Series.Words)
	}
	if f.Status != nil {
		c.Mark = v.onCard(words{Text: f.Status.Word})
	}
	s.hallmark(v, &c)
	return c
}

// hallmark puts on a card whose site it is from. A logo that print cannot draw
// is left out: the name says the same.
func (s *Server) hallmark(v *view, c *card.Card) {
	e := s.edition()
	c.Site = v.onCard(e.said(v.l, e.Name))
	light, _ := e.Accents()
	c.Accent, _ = typeset.ParseColour(string(light)) // it is checked
	if len(e.Logo.Data) > 0 {
		c.Logo, _ = typeset.ReadArtwork(e.Logo.Data)
	}
}

// onCard returns words with the language they are in.
func (v *view) onCard(w words) card.Text {
	lang := w.Lang
	if lang == "" {
		lang = v.l.Tag()
	}
	return card.Text{Text: w.Text, Language: lang, RightToLeft: locale.Dir(lang) == "rtl"}
}

// placeOnCard returns where the event is, the most particular first; and that
// it is online too, where it is, but not by which program.
func (v *view) placeOnCard() []card.Text {
	said := v.building()
	if len(said) == 0 {
		said = v.platform()
	}
	if v.event.Format != agenda.InPerson {
		said = append(said, words{Text: v.l.T("format." + string(v.event.Format))})
	}
	place := make([]card.Text, len(said))
	for i, w := range said {
		place[i] = v.onCard(w)
	}
	return place
}

// openGraph returns what social sites learn of a page of the event.
func (s *Server) openGraph(v *view) openGraph {
	p := openGraph{Locale: territorial(v.choice.Link), Card: "summary"}
	for _, tag := range v.event.Languages {
		if l := territorial(tag); l != "" && l != p.Locale {
			p.Locales = append(p.Locales, l)
		}
	}
	f := v.facts()
	said := []string{f.Dates.Text}
	for _, t := range v.placeOnCard() {
		said = append(said, t.Text)
	}
	p.About = strings.Join(said, " · ")
	if hidden(v.event) || s.BaseURL == "" { // a page in a file has no picture beside it
		return p
	}
	p.Card = "summary_large_image"
	p.Picture = &linkPicture{
		URL: s.BaseURL + v.base + "/picture.png?lang=" + v.choice.Link, Alt: f.Title.Text + " · " + p.About,
		Width: card.Width, Height: card.Height,
	}
	return p
}

// territories are where the languages of the interface are at home, as Open
// Graph has them.
var territories = map[string]string{
	"en": "GB", "fr": "FR", "ar": "AR", "ru": "RU", "nb": "NO", "ka": "GE", "es": "ES",
}

// territorial returns a language as Open Graph writes it, language_TERRITORY,
// or "" for one that names no territory and is not at home in one.
func territorial(tag string) string {
	language, rest, _ := strings.Cut(tag, "-")
	territory := territories[language]
	for part := range strings.SplitSeq(rest, "-") {
		if len(part) == 2 {
			territory = strings.ToUpper(part)
		}
	}
	if territory == "" {
		return ""
	}
	return language + "_" + territory
}
