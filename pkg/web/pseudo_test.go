package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/site"
)

// Every word of every page is a message, or is marked as what it is: in the
// pseudo-locale that mirrors messages, what is neither is in plain letters.
func TestEveryWordIsAMessage(t *testing.T) {
	s, m := newServer(t)
	own := site.Default()
	own.Name = agenda.Text{"en": "Host"}
	own.Languages = []string{"en", "fr", "ar", locale.PseudoRightToLeft}
	s.Site = site.NewKeeper(own, m)
	administrator, stranger := at(t, s, m, newcomer(t, m, "nino", true)), member{}
	draft := "/organise/e/forum-2026"
	for who, paths := range map[member][]string{
		stranger: {
			"/", "/series/forum", "/e/forum-2026", "/e/forum-2026?kind=party", "/e/forum-2026?q=nothing", "/e/forum-2026?zone=America/New_York",
			"/e/forum-2026/s/" + codeOf(t, m), "/e/forum-2026/changes", "/e/forum-2026/subscribe", "/e/forum-2026/print", "/e/forum-2026/now",
			"/e/none", "/about", "/privacy", "/accessibility", "/sign-in", "/sign-in/sent", "/sign-in/password",
		},
		administrator: {
			"/account", "/organise", "/organise/new", "/organise/mail", "/organise/site", draft, draft + "/publish", draft + "/upload", draft + "/history", draft + "/mail",
			draft + "/calendars", draft + "/invitations", draft + "/invitations/" + codeOf(t, m),
		},
	} {
		for _, path := range paths {
			w := who.send(s, http.MethodGet, withLang(path, locale.PseudoRightToLeft), url.Values{})
			if !contains(w, `<html lang="`+locale.PseudoRightToLeft+`"`) {
				t.Errorf("%s = %d, not in the pseudo-locale", path, w.Code)
				continue
			}
			if said := plainWords(t, w.Body.String()); len(said) > 0 {
				t.Errorf("%s says itself: %q", path, said)
			}
		}
	}
}

// withLang returns a path with the language asked for.
func withLang(path, lang string) string {
	if strings.Contains(path, "?") {
		return path + "&lang=" + lang
	}
	return path + "?lang=" + lang
}

var (
	mirroredMessage = regexp.MustCompile("\u202e[^\u202c]*\u202c")
	plainLetters    = regexp.MustCompile(`[A-Za-z]{2,}`)
	// carriedData is what messages carry in any language: people and their addresses,
	// names of files, languages in themselves, tags, zones and colours.
	carriedData = regexp.MustCompile(`\S+@example\.org|nino|\b[a-z]+\.(?:ics|json|atom)\b|English|Français|\b(?:en|ar|es|fr|ka|nb|ru|XB|UTC)\b|#[0-9a-f]{6}`)
)

// plainWords returns what a page says in Latin letters that are not mirrored,
// but for what has a language of its own or is no language at all: code, what a
// program reads and what somebody types.
func plainWords(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && exempt(n) {
			return
		}
		for _, said := range saidBy(n) {
			if plainLetters.MatchString(carriedData.ReplaceAllString(mirroredMessage.ReplaceAllString(said, " "), " ")) {
				out = append(out, strings.Join(strings.Fields(said), " "))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return out
}

// saidBy returns the texts and read-out attributes of a node itself.
func saidBy(n *html.Node) []string {
	if n.Type == html.TextNode {
		return []string{n.Data}
	}
	var out []string
	for _, a := range n.Attr {
		if slices.Contains([]string{"title", "alt", "aria-label", "placeholder"}, a.Key) {
			out = append(out, a.Val)
		}
	}
	return out
}

// exempt reports whether an element is in a language of its own, or in none.
func exempt(n *html.Node) bool {
	if slices.Contains([]string{"head", "script", "code", "textarea", "template"}, n.Data) {
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "lang" && n.Data != "html" || a.Key == "dir" && (a.Val == "auto" || a.Val == "ltr") {
			return true
		}
	}
	return false
}
