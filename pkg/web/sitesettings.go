package web

import (
	"bytes"
	"encoding/base64"
	"errors"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/site"
)

// sitePage is the data of templates/organise-site.html.
type sitePage struct {
	frame
	Done       string
	Form       formView // what is wrong
	Action     string
	Version    int
	Names      []input // by language
	Shorts     textInputs
	Logo       template.URL
	LogoHint   string
	LogoKept   string // a logo that was sent and is not saved yet, in base64
	LogoWrong  string
	Remove     bool // it is to go
	Colours    []colourInput
	Tongues    input // the languages
	Texts      []textInputs
	Previewing bool
}

// A colourInput is a colour with the contrast that it has.
type colourInput struct {
	input
	Told     string // its contrast, in words
	Pattern  string // the same with {colour} and {ratio}, for the browser
	Surfaces string // what it is on, separated by blanks
	Paper    string // what the tint is mixed from
}

// A textInputs is one text in every language.
type textInputs struct {
	Label  string
	Inputs []input
	Open   bool // there is something wrong in it
}

// maxSiteForm bounds what is sent: texts in every language, and the logo, which
// may be there twice.
const maxSiteForm = 4 << 20

// siteTable is the map of the settings of the site.
func (s *Server) siteTable() []route {
	if s.Accounts == nil {
		return nil
	}
	administer := access.Having(access.AdministerAll)
	return []route{
		{gets, "/organise/site", administer, s.siteSettings, "name, look and texts of the site", 0},
		{posts, "/organise/site", administer, s.setSite, "change them, or show what they would be", maxSiteForm},
	}
}

// siteTexts are the texts that a site has, by the name of their inputs.
var siteTexts = []struct {
	name, label string
	of          func(*site.Site) *agenda.Text
}{
	{"imprint", "web.imprint", func(s *site.Site) *agenda.Text { return &s.Imprint }},
	{"contact", "site.contact", func(s *site.Site) *agenda.Text { return &s.Contact }},
	{"privacy", "web.privacy", func(s *site.Site) *agenda.Text { return &s.Privacy }},
	{"accessibility", "site.accessibility", func(s *site.Site) *agenda.Text { return &s.Accessibility }},
}

// siteNames are its names.
var siteNames = []struct {
	name, label string
	of          func(*site.Site) *agenda.Text
}{
	{"name", "site.name", func(s *site.Site) *agenda.Text { return &s.Name }},
	{"short", "site.short", func(s *site.Site) *agenda.Text { return &s.Short }},
}

// siteSettings serves the form with the site of now.
func (s *Server) siteSettings(c echo.Context) error {
	e := s.edition()
	p, err := s.sitePage(c, e.Site, e.Version)
	if err != nil {
		return err
	}
	if c.QueryParam("done") == "saved" {
		p.Done = p.T("site.done")
	}
	return s.answerPage(c, http.StatusOK, "organise-site.html", p)
}

// sitePage returns the form for a site.
func (s *Server) sitePage(c echo.Context, own site.Site, version int) (sitePage, error) {
	f, chosen, err := s.accountFrame(c)
	if err != nil {
		return sitePage{}, err
	}
	f.Languages = s.languageLinks(chosen, nil, "/organise/site", pairs(nil))
	p := sitePage{
		frame: f, Action: chosen.address("/organise/site"), Version: version,
		LogoHint: f.T("site.logo.hint", "most", site.MaxLogo>>10), Logo: f.Site.Logo,
	}
	p.Module = "site.js"
	p.title(p.T("site.settings"), p.Site.Name.Text)
	tags := s.edition().Languages
	p.Shorts.Label = p.T("site.short")
	for _, tag := range tags {
		p.Names = append(p.Names, translated(p.l, "name", "site.name", tag, own.Name))
		p.Shorts.Inputs = append(p.Shorts.Inputs, translated(p.l, "short", "site.short", tag, own.Short))
	}
	for _, t := range siteTexts {
		one := textInputs{Label: p.T(t.label)}
		for _, tag := range tags {
			one.Inputs = append(one.Inputs, translated(p.l, t.name, t.label, tag, *t.of(&own)))
		}
		p.Texts = append(p.Texts, one)
	}
	light, dark := own.Accents()
	p.Colours = []colourInput{
		accentInput(p.l, input{Name: "light", Label: p.T("site.light"), Value: string(light)}, light, site.OnLight),
		accentInput(p.l, input{Name: "dark", Label: p.T("site.dark"), Hint: p.T("site.dark.hint"), Value: string(own.Dark)}, dark, site.OnDark),
	}
	p.Tongues = input{
		Name: "languages", Label: p.T("site.languages"), Type: "text", Dir: "ltr", Value: strings.Join(own.Languages, ", "),
		Hint: p.T("site.languages.hint", "languages", strings.Join(locale.Interface(), ", ")),
	}
	return p, nil
}

// translated asks for a text in one language.
func translated(l *locale.Locale, name, label, tag string, t agenda.Text) input {
	return input{
		Name: name + "." + tag, Label: l.T("site.in", "label", l.T(label), "language", l.Language(tag)),
		Type: "text", Value: t[tag], Dir: locale.Dir(tag), Lang: tag, Optional: l.T("account.optional"),
	}
}

// accentInput asks for a colour, of which it says how well it can be read.
func accentInput(l *locale.Locale, in input, c site.Colour, on site.Surfaces) colourInput {
	in.Type, in.Dir, in.Optional = "text", "ltr", l.T("account.optional")
	ratio, _ := on.Worst(c)
	told := func(colour, ratio string) string {
		if l.Dir() == "rtl" {
			colour = "\u2066" + colour + "\u2069" // the mark stays before the digits
		}
		return l.T("site.contrast", "colour", isolated(colour), "ratio", ratio, "least", site.Ratio(site.LeastContrast))
	}
	return colourInput{in, told(string(c), site.Ratio(ratio)), told("{colour}", "{ratio}"), on.String(), string(on.Paper())}
}

// setSite changes the site, or shows what it would be.
func (s *Server) setSite(c echo.Context) error {
	if err := parseMultipart(c.Request()); err != nil {
		return err
	}
	own, version, err := s.readSite(c)
	if err != nil {
		return err
	}
	problems := own.site.Check(s.interfaces())
	if len(problems) == 0 && len(own.problems) == 0 && c.FormValue("do") != "preview" {
		err := s.Site.Set(c.Request().Context(), s.who(c).User, version, own.site)
		if err == nil {
			return seeOther(c, join("/organise/site", pairs([]string{"done", "saved", "lang", c.QueryParam("lang")})))
		}
		if !errors.Is(err, agenda.ErrConflict) {
			return err
		}
		if err := s.Site.Load(c.Request().Context()); err != nil {
			return err
		}
		return s.siteAgain(c, own, s.edition().Version, http.StatusConflict, nil)
	}
	code := http.StatusOK
	if problems = append(own.problems, problems...); len(problems) > 0 {
		code = http.StatusUnprocessableEntity
	}
	return s.siteAgain(c, own, version, code, problems)
}

// interfaces lists the languages that a site may offer.
func (s *Server) interfaces() []string {
	tags := locale.Interface()
	for _, tag := range s.Site.Base().Languages {
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// siteAgain answers with the form as it was sent: what is wrong with it, that
// somebody else was quicker, or what the site would look like.
func (s *Server) siteAgain(c echo.Context, own typedSite, version, code int, problems []site.Problem) error {
	p, err := s.sitePage(c, own.site, version)
	if err != nil {
		return err
	}
	p.Colours[0].Value, p.Colours[1].Value, p.Tongues.Value = own.light, own.dark, own.languages
	p.LogoKept, p.Remove = own.kept, own.remove
	for _, problem := range problems {
		p.wrong(problem)
	}
	switch {
	case code == http.StatusConflict:
		p.Form.wrong(p.l, "", p.T("site.conflict"))
	case code == http.StatusOK:
		p.Previewing = true
		s.preview(c, &p, own.site)
	}
	return s.answerPage(c, code, "organise-site.html", p)
}

// preview dresses the page as the site would be. Its style and its logo are not
// at any address: the style is made of the form's own values, and the logo is
// part of the page.
func (s *Server) preview(c echo.Context, p *sitePage, own site.Site) {
	e := &edition{Edition: &site.Edition{Site: own}}
	light, dark := own.Accents()
	p.Site.Name, p.Site.Short = e.said(p.l, own.Name), e.said(p.l, own.Short)
	if p.Site.Short.Empty() {
		p.Site.Short = p.Site.Name
	}
	p.Site.Light, p.Site.Dark = string(light), string(dark)
	p.Site.Style = join("/site/style.css", pairs([]string{"light", string(light), "dark", string(dark)}))
	p.Logo = ""
	if len(own.Logo.Data) > 0 {
		p.Logo = template.URL("data:" + own.Logo.Type + ";base64," + base64.StdEncoding.EncodeToString(own.Logo.Data))
		c.Response().Header().Set("Content-Security-Policy", policy+"; img-src 'self' data:")
	}
	p.Site.Logo = p.Logo
}

// wrong notes a problem of the site at its input.
func (p *sitePage) wrong(problem site.Problem) {
	said := p.T("site.problem."+problem.Code, problem.Args...)
	name := problem.Field
	for i := 0; i+1 < len(problem.Args); i += 2 {
		if tag, ok := problem.Args[i+1].(string); ok && problem.Args[i] == "language" && name != "languages" {
			name += "." + tag
		}
	}
	l := link{Words: words{Text: said}}
	if p.mark(name, said) {
		l.Href = "#" + name
	} else if first := name + "." + p.firstLanguage(); p.mark(first, said) {
		l.Href = "#" + first
	}
	p.Form.Problems = append(p.Form.Problems, l)
	p.Form.Summary = p.T("account.problems", "count", len(p.Form.Problems))
}

// firstLanguage is the one of the first input of a name.
func (p *sitePage) firstLanguage() string {
	_, tag, _ := strings.Cut(p.Names[0].Name, ".")
	return tag
}

// mark puts a problem at the input of that name, and reports whether there is one.
func (p *sitePage) mark(name, said string) bool {
	if name == "logo" {
		p.LogoWrong = said
		return true
	}
	inputs := []*input{&p.Tongues, &p.Colours[0].input, &p.Colours[1].input}
	for i := range p.Names {
		inputs = append(inputs, &p.Names[i])
	}
	folded := []*textInputs{&p.Shorts}
	for i := range p.Texts {
		folded = append(folded, &p.Texts[i])
	}
	for _, f := range folded {
		for k := range f.Inputs {
			if in := &f.Inputs[k]; in.Name == name {
				f.Open, in.Problem = true, said
				return true
			}
		}
	}
	for _, in := range inputs {
		if in.Name == name {
			in.Problem = said
			return true
		}
	}
	return false
}

// A typedSite is what somebody has typed: a site as far as it can be read, and
// what cannot as it was typed.
type typedSite struct {
	site                   site.Site
	light, dark, languages string
	kept                   string // a logo, in base64
	remove                 bool
	problems               []site.Problem
}

// readSite reads the form, over the site of now: what the form does not ask for
// stays.
func (s *Server) readSite(c echo.Context) (own typedSite, version int, err error) {
	if version, err = strconv.Atoi(c.FormValue("version")); err != nil || version < 0 {
		version = 0
	}
	now := s.edition()
	own.site = now.Site
	for _, n := range siteNames {
		*n.of(&own.site) = readTexts(c, n.name, *n.of(&own.site), now.Languages, true)
	}
	for _, t := range siteTexts {
		*t.of(&own.site) = readTexts(c, t.name, *t.of(&own.site), now.Languages, false)
	}
	own.languages = typed(c, "languages")
	own.site.Languages = strings.FieldsFunc(own.languages, func(r rune) bool { return r == ',' || r == ' ' || r == '،' })
	own.light, own.site.Light = own.colour(c, "light")
	own.dark, own.site.Dark = own.colour(c, "dark")
	if own.site.Light == site.DefaultLight && s.Site.Base().Light == "" {
		own.site.Light = ""
	}
	return own, version, own.readLogo(c)
}

// readTexts reads a text in each of the languages.
func readTexts(c echo.Context, name string, before agenda.Text, tags []string, line bool) agenda.Text {
	t := maps.Clone(before)
	if t == nil {
		t = agenda.Text{}
	}
	for _, tag := range tags {
		value := strings.TrimSpace(strings.ReplaceAll(c.FormValue(name+"."+tag), "\r\n", "\n"))
		if line {
			value = typed(c, name+"."+tag)
		}
		delete(t, tag)
		if value != "" {
			t[tag] = value
		}
	}
	return t
}

// colour reads a colour, "" for none.
func (own *typedSite) colour(c echo.Context, name string) (string, site.Colour) {
	value := typed(c, name)
	if value == "" {
		return "", ""
	}
	colour, err := site.ParseColour(value)
	if err != nil {
		own.problems = append(own.problems, site.Problem{Field: name, Code: "colour", Args: []any{"colour", clip(value, 40)}})
		return value, ""
	}
	return string(colour), colour
}

// readLogo reads a logo that was chosen, or that was sent before and not saved
// yet, or that there is to be none.
func (own *typedSite) readLogo(c echo.Context) error {
	own.remove = c.FormValue("remove") != ""
	chosen, _, err := chosenFile(c.Request().MultipartForm)
	if err != nil && !errors.Is(err, errLargeFile) {
		return err
	}
	if errors.Is(err, errLargeFile) {
		chosen = bytes.Repeat([]byte{'x'}, site.MaxLogo+1)
	}
	if len(chosen) == 0 {
		chosen, _ = base64.StdEncoding.DecodeString(c.FormValue("logo")) // what is no base64 is no logo
	}
	switch {
	case len(chosen) > 0:
		own.site.Logo = site.LogoOf(chosen)
		if len(chosen) <= site.MaxLogo {
			own.kept = base64.StdEncoding.EncodeToString(chosen)
		}
	case own.remove:
		own.site.Logo = site.Logo{}
	}
	return nil
}
