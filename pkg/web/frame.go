package web

import (
	"embed"
	"html/template"
	"net/url"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

//go:embed templates/*.html
var templateFS embed.FS

// pages holds one template per page, each parsed together with the layout.
var pages = map[string]*template.Template{
	"meetings.html":  parseTemplate("meetings.html"),
	"agenda.html":    parseTemplate("agenda.html"),
	"session.html":   parseTemplate("session.html"),
	"changes.html":   parseTemplate("changes.html"),
	"subscribe.html": parseTemplate("subscribe.html"),
	"print.html":     parseTemplate("print.html"),
	"now.html":       parseTemplate("now.html"),
	"error.html":     parseTemplate("error.html"),
	"form.html":      parseTemplate("form.html"),
	"account.html":   parseTemplate("account.html"),
	"about.html":     parseTemplate("about.html"),
	"mail.html":      parseTemplate("mail.html"),
	"message.html":   parseTemplate("message.html"),

	"organise-site.html":         parseTemplate("organise-site.html"),
	"organise-home.html":         parseTemplate("organise-home.html"),
	"organise-new.html":          parseTemplate("organise-new.html"),
	"organise-draft.html":        parseTemplate("organise-draft.html"),
	"organise-publish.html":      parseTemplate("organise-publish.html"),
	"organise-upload.html":       parseTemplate("organise-upload.html"),
	"organise-history.html":      parseTemplate("organise-history.html"),
	"organise-calendars.html":    parseTemplate("organise-calendars.html"),
	"organise-session.html":      parseTemplate("organise-session.html"),
	"organise-members.html":      parseTemplate("organise-members.html"),
	"organise-preview.html":      parseTemplate("organise-preview.html"),
	"organise-invites.html":      parseTemplate("organise-invites.html"),
	"organise-messages.html":     parseTemplate("organise-messages.html"),
	"organise-message-form.html": parseTemplate("organise-message-form.html"),
	"organise-message.html":      parseTemplate("organise-message.html"),
	"organise-invite.html":       parseTemplate("organise-invite.html"),
}

func parseTemplate(name string) *template.Template {
	t := template.New(name).Funcs(template.FuncMap{"icon": iconSVG, "file": files.url})
	parts := []string{"templates/layout.html", "templates/parts.html", "templates/forms.html"}
	if strings.HasPrefix(name, "organise-") {
		parts = append(parts, "templates/organise-parts.html")
	}
	return template.Must(t.ParseFS(templateFS, append(parts, "templates/"+name)...))
}

// iconSVG returns the picture of that name among those of static/icons.svg. It
// is never alone: words say the same.
func iconSVG(name string) template.HTML {
	return template.HTML(`<svg class="i" aria-hidden="true"><use href="` + files.url("icons.svg") + "#" + template.HTMLEscapeString(name) + `"/></svg>`)
}

// A speaker says messages in the language of the page.
type speaker struct{ l *locale.Locale }

// T returns a message.
func (s speaker) T(id string, args ...any) string { return s.l.T(id, args...) }

// words are a text on a page. Lang and Dir are set where it is in another
// language than the page.
type words struct {
	Text string
	Lang string
	Dir  string
}

// Empty reports whether there is nothing to say.
func (w words) Empty() bool { return w.Text == "" }

// A link is an address with its words.
type link struct {
	Href    string
	Words   words
	Current bool
	Tag     string // the language that it leads to, or ""
}

// A frame is what every page has around its content.
type frame struct {
	speaker
	Lang, Dir   string
	Title       string // of the document
	Description string
	Site        siteView
	Home        string
	Module      string // the name of the page's module, or ""
	Languages   []link
	Language    string    // the name of the page's language, in itself
	Canonical   string    // "" where there is none
	Alternates  []link    // the page in the event's languages
	OpenGraph   openGraph // of pages with a canonical address
	NoIndex     bool
	Data        any // JSON-LD, or nil

	Event   *masthead   // nil on pages about no event
	Account *accountBar // nil on pages that are the same for everybody
	SignIn  string      // address of the form to sign in, where the page offers it, or ""
}

// A masthead is what every page of an event has at its head.
type masthead struct {
	Title  words
	Home   string
	Nav    []link
	Stamp  string // which release this is, and since when
	IsHome bool   // the agenda page, which has a head of its own
}

// frame returns the frame of a page in l, without languages to choose from.
func (s *Server) frame(l *locale.Locale) frame {
	f := frame{
		speaker: speaker{l}, Lang: l.Tag(), Dir: l.Dir(), Site: s.siteView(l), Home: "/",
		Language: locale.Endonym(l.Tag()),
	}
	if s.Accounts != nil {
		f.SignIn = "/sign-in?lang=" + l.Tag()
	}
	return f
}

// address returns path with its parameters in order, and ?lang= where the
// reader chose a language.
func (c choice) address(path string, query ...string) string {
	q := pairs(query)
	if c.Explicit {
		q.Set("lang", c.Link)
	}
	return join(path, q)
}

// pairs returns names and values as a query, without the empty ones.
func pairs(list []string) url.Values {
	q := url.Values{}
	for i := 0; i+1 < len(list); i += 2 {
		if list[i+1] != "" {
			q.Set(list[i], list[i+1])
		}
	}
	return q
}

func join(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// languageLinks returns the page at path in other languages.
func (s *Server) languageLinks(c choice, content []string, path string, q url.Values) []link {
	var links []link
	for _, tag := range s.menu(content) {
		q.Set("lang", tag)
		links = append(links, link{
			Href: join(path, q), Tag: tag, Current: tag == c.Link,
			Words: words{Text: locale.Endonym(tag), Lang: tag, Dir: locale.Dir(tag)},
		})
	}
	return links
}

// eventFrame returns the frame of a page of v's event at path, which is below
// the event's own address; q is what the page understands of the URL.
func (s *Server) eventFrame(v *view, release *agenda.Release, path string, q url.Values) frame {
	e := v.event
	f := s.frame(v.l)
	f.Home = v.choice.address("/")
	f.Languages = s.languageLinks(v.choice, e.Languages, v.base+path, q)
	f.NoIndex = hidden(e)
	f.OpenGraph = s.openGraph(v)
	f.Canonical = s.BaseURL + join(v.base+path, url.Values{"lang": {v.choice.Link}})
	for _, tag := range e.Languages {
		f.Alternates = append(f.Alternates, link{Tag: tag, Href: s.BaseURL + join(v.base+path, url.Values{"lang": {tag}})})
	}
	if among(v.choice.Link, e.Languages) != "" {
		f.Language = locale.Endonym(v.choice.Link)
	}
	f.Event = &masthead{Title: v.words(e.Title), Home: v.choice.address(v.base), Stamp: v.stamp(release), IsHome: path == ""}
	for _, item := range []struct{ path, id string }{
		{"", "agenda"}, {"/now", "web.now"}, {"/subscribe", "web.subscribe"}, {"/print", "web.print"}, {"/changes", "web.changes"},
	} {
		f.Event.Nav = append(f.Event.Nav, link{
			Href: v.choice.address(v.base + item.path), Words: words{Text: v.l.T(item.id)}, Current: item.path == path,
		})
	}
	f.Title = v.plain(e.Title)
	return f
}

// title puts what a page is about before the name of the event.
func (f *frame) title(parts ...string) {
	f.Title = strings.Join(parts, " · ")
}
