package web

import (
	"html/template"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"

	"github.com/jba/templatecheck"

	"tamada/pkg/locale"
	"tamada/static"
)

// data is the page of each template.
var data = map[string]any{
	"meetings.html":      meetingsPage{},
	"agenda.html":        agendaPage{},
	"session.html":       sessionPage{},
	"changes.html":       changesPage{},
	"subscribe.html":     subscribePage{},
	"print.html":         printPage{},
	"now.html":           nowPage{},
	"error.html":         errorPage{},
	"form.html":          formPage{},
	"account.html":       accountPage{},
	"about.html":         aboutPage{},
	"organise-site.html": sitePage{},
	"mail.html":          mailPage{},
	"message.html":       messagePage{},

	"organise-home.html": organiserPage{}, "organise-new.html": newPage{}, "organise-draft.html": draftPage{},
	"organise-publish.html": publishPage{}, "organise-upload.html": uploadPage{}, "organise-history.html": historyPage{},
	"organise-calendars.html": calendarLinksPage{}, "organise-session.html": sessionForm{},
	"organise-members.html": membersPage{}, "organise-preview.html": previewPage{},
	"organise-invites.html":  invitesPage{},
	"organise-messages.html": bulksPage{}, "organise-message.html": bulkPage{}, "organise-message-form.html": bulkForm{},
	"organise-invite.html": sessionInvitesPage{},
}

// Every field that a template uses exists in its page. Templates are parsed
// afresh: one that has been executed can no longer be checked.
func TestTemplatesFitTheirPages(t *testing.T) {
	if len(data) != len(pages) {
		t.Errorf("%d pages are checked, want all %d", len(data), len(pages))
	}
	for name := range pages {
		layout := parseTemplate(name).Lookup("layout.html")
		if err := templatecheck.CheckHTML(layout, data[name]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every word that a template says comes from pkg/locale: what stands between
// its tags, and in the attributes that are read out, has no letters of its own.
func TestTemplatesSayNothingThemselves(t *testing.T) {
	for name := range pages {
		for _, tree := range trees(parseTemplate(name)) {
			source := texts(tree.Root)
			for _, said := range spoken(source) {
				if strings.ContainsFunc(said, unicode.IsLetter) {
					t.Errorf("%s, %s says %q itself", name, tree.Name, strings.TrimSpace(said))
				}
			}
		}
	}
}

// Every message that templates ask for exists.
func TestTemplatesAskForMessagesThatExist(t *testing.T) {
	english := locale.For("en")
	ids := regexp.MustCompile(`\.T "([^"]+)"`)
	err := fs.WalkDir(templateFS, "templates", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(templateFS, file)
		for _, m := range ids.FindAllStringSubmatch(string(b), -1) {
			if english.T(m[1]) == "⟦"+m[1]+"⟧" {
				t.Errorf("%s asks for %q, which is no message", file, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// No page shows a message that is missing, in any language.
func TestPagesMissNoMessage(t *testing.T) {
	s, m := newServer(t)
	code := "/s/" + codeOf(t, m)
	for _, lang := range locale.Interface() {
		for _, path := range []string{"/", "/e/forum-2026", "/e/forum-2026" + code, "/e/forum-2026/changes", "/e/forum-2026/subscribe", "/e/forum-2026/print", "/e/forum-2026/now", "/e/none"} {
			if w := get(s, path+"?lang="+lang); contains(w, "⟦") || contains(w, "ZgotmplZ") || contains(w, "<no value>") {
				t.Errorf("%s in %s misses a message or a value", path, lang)
			}
		}
	}
}

func trees(t *template.Template) []*parse.Tree {
	var out []*parse.Tree
	for _, one := range t.Templates() {
		if one.Tree != nil {
			out = append(out, one.Tree)
		}
	}
	return out
}

// texts returns what is literal below n; what is not becomes a dot.
func texts(n parse.Node) string {
	var b strings.Builder
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				b.WriteString(texts(child))
			}
		}
	case *parse.TextNode:
		b.Write(n.Text)
	case *parse.IfNode:
		b.WriteString(texts(n.List) + texts(n.ElseList))
	case *parse.RangeNode:
		b.WriteString(texts(n.List) + texts(n.ElseList))
	case *parse.WithNode:
		b.WriteString(texts(n.List) + texts(n.ElseList))
	default:
		b.WriteByte('.')
	}
	return b.String()
}

var (
	tags       = regexp.MustCompile(`<[^>]*>`)
	attributes = regexp.MustCompile(`(?:title|alt|aria-label|placeholder|content)="([^"]*)"`)
	entities   = regexp.MustCompile(`&[a-z]+;`)
	machine    = []string{"width=device-width, initial-scale=1", "noindex", "light dark", "website", "image/png"}
)

// spoken returns the texts and read-out attributes of HTML.
func spoken(source string) []string {
	out := []string{entities.ReplaceAllString(tags.ReplaceAllString(source, " "), "")}
	for _, m := range attributes.FindAllStringSubmatch(source, -1) {
		if !slices.Contains(machine, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// The style sheet serves both directions: it has no property of one side.
func TestStyleIsLogical(t *testing.T) {
	physical := regexp.MustCompile(`(?m)(margin|padding|border|inset)-(left|right|top|bottom)|text-align:\s*(left|right)|\bfloat:\s*(left|right)|[{;\s](left|right|top|bottom|width|height|min-width|max-width):`)
	for _, name := range []string{"site.css", "organise.css"} {
		b, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		source := regexp.MustCompile(`\([^()]*\)`).ReplaceAllString(string(b), "") // conditions of @media
		for _, found := range physical.FindAllString(source, -1) {
			t.Errorf("%s has %q, want its logical counterpart", name, strings.TrimSpace(found))
		}
	}
}

// Pages have no inline style or script: the policy would not let them work.
func TestTemplatesHaveNothingInline(t *testing.T) {
	inline := regexp.MustCompile(`\sstyle=|\son[a-z]+=|<style|javascript:`)
	for name := range pages {
		for _, tree := range trees(parseTemplate(name)) {
			if found := inline.FindString(texts(tree.Root)); found != "" {
				t.Errorf("%s, %s has %q", name, tree.Name, found)
			}
		}
	}
}

// What a phone loads for an agenda stays small: the page with everything it
// refers to, compressed, in bytes.
func TestWeight(t *testing.T) {
	const most, mostCode = 60 << 10, 15 << 10
	s, _ := newServer(t)
	page := get(s, "/e/forum-2026", "Accept-Encoding", "gzip").Body.Len()
	total, code := page, 0
	for _, name := range []string{"site.css", "icons.svg", "icon.svg", "agenda.js"} {
		n := get(s, files.url(name), "Accept-Encoding", "gzip").Body.Len()
		total += n
		if strings.HasSuffix(name, ".js") {
			code += n
		}
	}
	t.Logf("page %d, all %d, code %d bytes", page, total, code)
	if total > most || code > mostCode {
		t.Errorf("got %d bytes, %d of them code, want at most %d and %d", total, code, most, mostCode)
	}
}
