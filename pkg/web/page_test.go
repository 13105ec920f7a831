package web

import (
	"net/url"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/golden"
)

// codeOf returns the short code of the forum's opening.
func codeOf(t testing.TB, m *archive) string {
	t.Helper()
	return agenda.Code(openingID(t, m.drafts["forum-2026"].Event))
}

func TestPages(t *testing.T) {
	s, m := newServer(t)
	for file, target := range map[string]string{
		"agenda.html":     "/e/forum-2026",
		"agenda-ar.html":  "/e/forum-2026?lang=ar",
		"session.html":    "/e/forum-2026/s/" + codeOf(t, m),
		"changes.atom":    "/e/forum-2026/changes.atom",
		"meetings.html":   "/?lang=fr",
		"bad-request.txt": "/e/forum-2026?day=tomorrow&lang=ka",
	} {
		golden.Equal(t, "testdata/"+file, unhashed(get(s, target).Body.String()))
	}
}

// unhashed takes the hashes out of the names of assets, so that a change of
// the style sheet does not change every golden page.
func unhashed(page string) []byte {
	for name, url := range files.urls {
		page = strings.ReplaceAll(page, url, "/static/"+name)
	}
	return []byte(page)
}

// Every link on the pages leads somewhere.
func TestLinksLead(t *testing.T) {
	s, m := newServer(t)
	seen := map[string]bool{}
	queue := []string{"/?lang=ar", "/e/forum-2026?zone=Europe/Oslo", "/e/forum-2026/s/" + codeOf(t, m)}
	for len(queue) > 0 {
		target := queue[0]
		queue = queue[1:]
		if seen[target] || len(seen) > 400 {
			continue
		}
		seen[target] = true
		w := get(s, target)
		if w.Code != 200 {
			t.Errorf("%s = %d, want 200", target, w.Code)
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		for _, link := range hrefs(w.Body.String()) {
			path, _, _ := strings.Cut(link, "#")
			print := strings.Contains(path, "programme.pdf")
			if strings.HasPrefix(path, "/") && (!print || strings.Contains(path, "lang=ar")) { // one language of prints is enough
				queue = append(queue, path)
			}
		}
	}
	if len(seen) < 50 {
		t.Errorf("followed %d links, want at least 60", len(seen))
	}
}

// hrefs returns the addresses that a page links to.
func hrefs(page string) []string {
	var out []string
	for _, part := range strings.Split(page, `href="`)[1:] {
		address, _, _ := strings.Cut(part, `"`)
		out = append(out, strings.ReplaceAll(address, "&amp;", "&"))
	}
	return out
}

// Whatever the parameters, a page answers with itself or says what is wrong
// with them; it never breaks, and never says a parameter without escaping it.
func FuzzParameters(f *testing.F) {
	s, _ := newServer(f)
	for _, seed := range []string{
		"lang=ar", "lang=x-private", "day=2026-11-23&track=digital", "zone=Asia/Kathmandu", "q=%ff%00<script>",
		"zone=../../etc/passwd", "kind=break&room=a", "lang=en;q=1", "%zz", "q=a&q=b", "breaks=0&zone=utc&lightning=each",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, path := range []string{"/", "/e/forum-2026", "/e/forum-2026/calendar.ics", "/e/forum-2026/now"} {
			target := (&url.URL{Path: path, RawQuery: query}).String()
			if _, err := url.ParseRequestURI(target); err != nil || strings.ContainsFunc(query, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
				t.Skip("no request can have this query")
			}
			w := get(s, target)
			if w.Code != 200 && w.Code != 400 || strings.Contains(w.Body.String(), "<script>") {
				t.Errorf("%s = %d\n%s", target, w.Code, w.Body)
			}
		}
	})
}
