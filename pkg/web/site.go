package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/site"
	"tamada/static"
)

// An edition is the site of now with what browsers load of it. What is empty is
// that of the program.
type edition struct {
	*site.Edition
	style, logo, icon own
}

// An own is a file that a site has for itself, at an address that carries a
// hash of its content. The zero value is none.
type own struct {
	url string
	asset
}

// edition returns the site as it is set now.
func (s *Server) edition() *edition {
	now := s.Site.Now()
	if e := s.state.edition.Load(); e != nil && e.Edition == now {
		return e
	}
	e := &edition{Edition: now, style: newOwn("style.css", assetTypes[".css"], styleOf(now.Site))}
	switch {
	case now.Logo.Type == site.SVG:
		e.logo = newOwn("logo.svg", imageTypes[".svg"], now.Logo.Data)
		e.icon = e.logo
	case now.Logo.Type == site.PNG:
		e.logo = newOwn("logo.png", imageTypes[".png"], now.Logo.Data)
		e.icon = e.logo
	default:
		e.icon = newOwn("icon.svg", imageTypes[".svg"], iconOf(now.Site))
	}
	s.state.edition.Store(e)
	return e
}

// newOwn returns the file with that name and content; none if that is empty.
func newOwn(name string, m mime, content []byte) own {
	if len(content) == 0 {
		return own{}
	}
	b, err := newBody(content)
	if err != nil {
		return own{}
	}
	sum := sha256.Sum256(content)
	base, ext, _ := strings.Cut(name, ".")
	return own{"/site/" + base + "." + hex.EncodeToString(sum[:5]) + "." + ext, asset{b, m}}
}

// styleOf returns the rules that put the site's colours over those of the style
// sheet; none where they are the same.
func styleOf(s site.Site) []byte {
	light, dark := s.Accents()
	if light == site.DefaultLight && dark == site.DefaultDark {
		return nil
	}
	return fmt.Appendf(nil, `:root { --brand: %[1]s; --on-brand: %[2]s; --tint: %[3]s; }
@supports (color: light-dark(#000, #fff)) {
  :root { --brand: light-dark(%[1]s, %[4]s); --on-brand: light-dark(%[2]s, %[5]s); --tint: light-dark(%[3]s, %[6]s); }
}
`, light, site.OnLight.On(light), site.OnLight.Tint(light), dark, site.OnDark.On(dark), site.OnDark.Tint(dark))
}

// iconOf returns the program's icon in the site's colour; none where it is the
// same.
func iconOf(s site.Site) []byte {
	light, _ := s.Accents()
	b, err := fs.ReadFile(static.FS, "icon.svg")
	if err != nil || light == site.DefaultLight {
		return nil
	}
	return []byte(strings.ReplaceAll(string(b), string(site.DefaultLight), string(light)))
}

// A siteView is what every page shows of the site.
type siteView struct {
	Name        words
	Short       words        // the name on narrow screens
	Logo        template.URL // of its own, or ""
	Style       string       // an address, or "" where the program's own colours are right
	Icon        string
	Light, Dark string // colours
	Links       []link // to what the site says of itself
}

// siteView returns what pages in l show of the site.
func (s *Server) siteView(l *locale.Locale) siteView {
	e := s.edition()
	light, dark := e.Accents()
	v := siteView{
		Name: e.said(l, e.Name), Logo: template.URL(e.logo.url), Style: e.style.url,
		Icon: files.url("icon.svg"), Light: string(light), Dark: string(dark),
	}
	if v.Short = e.said(l, e.Short); v.Short.Empty() {
		v.Short = v.Name
	}
	if e.icon.url != "" {
		v.Icon = e.icon.url
	}
	for _, p := range aboutPages {
		v.Links = append(v.Links, link{Href: p.path + "?lang=" + l.Tag(), Words: words{Text: l.T(p.title)}})
	}
	return v
}

// said returns what a site says, on a page in l.
func (e *edition) said(l *locale.Locale, t agenda.Text) words {
	text, lang := t.In(l.Tag(), e.Languages...)
	if lang == "" || lang == l.Tag() {
		return words{Text: text}
	}
	return words{Text: text, Lang: lang, Dir: locale.Dir(lang)}
}

// siteAsset serves a file of the site's own. Under a hash that is not that of the
// file of now, the file is one for a moment only: another instance knows a newer
// one, or the page is old.
func (s *Server) siteAsset(c echo.Context) error {
	e, name := s.edition(), c.Param("name")
	if name == "style.css" {
		return trialStyle(c)
	}
	kind, rest, _ := strings.Cut(name, ".")
	for _, o := range []own{e.style, e.logo, e.icon} {
		switch {
		case o.url == "":
		case o.url == "/site/"+name:
			return send(c, o.body, reply{mime: o.mime, caching: forever})
		case strings.HasPrefix(o.url, "/site/"+kind+".") && strings.HasSuffix(o.url, rest[strings.LastIndexByte(rest, '.')+1:]):
			return send(c, o.body, reply{mime: o.mime})
		}
	}
	return agenda.NotFound("file", name)
}

// trialStyle serves the style of two colours that somebody tries out.
func trialStyle(c echo.Context) error {
	var own site.Site
	for name, to := range map[string]*site.Colour{"light": &own.Light, "dark": &own.Dark} {
		colour, err := site.ParseColour(c.QueryParam(name))
		if err != nil {
			return &badParameter{name, c.QueryParam(name)}
		}
		*to = colour
	}
	b, err := newBody(styleOf(own))
	if err != nil {
		return err
	}
	return send(c, b, reply{mime: assetTypes[".css"], caching: noStore})
}
