package web

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// newServer returns the site over a store with the forum, published twice, an
// unlisted copy of it and one by invitation.
func newServer(t testing.TB) (*Server, *archive) {
	t.Helper()
	m := newArchive(t)
	d := forum(t)
	m.publish(t, d, "")
	_, session, err := d.Event.Session(openingID(t, d.Event))
	if err != nil {
		t.Fatal(err)
	}
	session.Time.Start += 15
	m.publish(t, d, "The minister’s plane is late.")
	for visibility, slug := range map[agenda.Visibility]string{agenda.Unlisted: "quiet-2026", agenda.Invited: "closed-2026"} {
		copied := forumAs(t, slug)
		copied.Event.Visibility = visibility
		m.publish(t, copied, "")
	}
	s := &Server{
		Store: m, Log: slog.New(slog.DiscardHandler), BaseURL: "https://tamada.example",
		Now: func() time.Time { return time.Date(2026, time.November, 1, 12, 0, 0, 0, time.UTC) },

		Accounts: m, Drafts: m, Desk: m, Letters: m.letters, Mail: m.mail, Inviter: m.mail, Bulk: m.mail, Hasher: access.NewHasher(access.Cost{Memory: 64, Passes: 1, Threads: 1}, 2),
	}
	return s, m
}

// openingID returns the ID of the forum's second session.
func openingID(t testing.TB, e *agenda.Event) string {
	t.Helper()
	for _, s := range e.Sessions() {
		if s.Kind == agenda.Opening {
			return s.ID
		}
	}
	t.Fatal("no opening")
	return ""
}

// get asks s for target with the given headers, in pairs.
func get(s *Server, target string, headers ...string) *httptest.ResponseRecorder {
	return do(s, http.MethodGet, target, headers...)
}

func do(s *Server, method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

func TestSite(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["forum-2026"].Event
	code := agenda.Code(openingID(t, e))
	for _, tt := range []struct {
		target string
		status int
		want   string // in the body
	}{
		{"/", 200, "Peer Learning Forum 2026"},
		{"/?lang=ar", 200, `<html lang="ar" dir="rtl">`},
		{"/?lang=ar", 200, "منتدى تعلّم النظراء 2026"},
		{"/?lang=de", 200, "23.–24. November 2026"},
		{"/?lang=x", 400, "lang=x"},
		{"/?utm_source=mail", 200, "Upcoming"},
		{"/series/forum", 200, "<h1>Peer Learning Forum</h1>"},
		{"/series/none", 404, "There is no such page"},
		{"/series/forum/calendar.ics", 200, "BEGIN:VCALENDAR"},

		{"/e/forum-2026", 200, "All times: Tbilisi time (GMT+4)"},
		{"/e/forum-2026", 200, "Welcome Remarks & Moderator"},
		{"/e/forum-2026", 200, "Ms\u00a0Nino Beridze"},
		{"/e/forum-2026", 200, "09:15–10:00"},
		{"/e/forum-2026", 200, "ca. 13:00–14:30"},
		{"/e/forum-2026", 200, "from 14:00"},
		{"/e/forum-2026", 200, "Interpretation: French and Arabic"},
		{"/e/forum-2026?lang=fr", 200, "Langue\u00a0: anglais"},
		{"/e/forum-2026", 200, `<span class="tbc">(to be confirmed)</span>`},
		{"/e/forum-2026", 200, `fill="#0b7285"`},
		{"/e/forum-2026", 200, "10:37"},
		{"/e/forum-2026", 200, "Take bus 37"},
		{"/e/forum-2026", 200, "mlat=41.69380"},
		{"/e/forum-2026?lang=ar", 200, "كلمة ترحيب وإدارة الجلسة"},
		{"/e/forum-2026?lang=ar", 200, `<span lang="en" dir="ltr">Digital identity across borders</span>`},
		{"/e/forum-2026?lang=de", 200, "Montag, 23. November 2026"},
		{"/e/forum-2026?lang=tlh", 200, `<html lang="en"`},
		{"/e/forum-2026?lang=%00", 400, "This address is not quite right"},
		{"/e/forum-2026?track=digital", 200, "1 session"},
		{"/e/forum-2026?track=digital&kind=opening", 200, "No session matches"},
		{"/e/forum-2026?room=b", 200, "2 sessions"},
		{"/e/forum-2026?day=2026-11-24", 200, "2 sessions"},
		{"/e/forum-2026?day=2026-11-25", 400, "day=2026-11-25"},
		{"/e/forum-2026?day=tomorrow", 400, "day=tomorrow"},
		{"/e/forum-2026?kind=party", 400, "kind=party"},
		{"/e/forum-2026?q=haddad+identity", 200, "1 session"},
		{"/e/forum-2026?q=%D8%AD%D8%AF%D8%A7%D8%AF", 200, "2 sessions"},
		{"/e/forum-2026?q=" + strings.Repeat("x", 201), 400, "not quite right"},
		{"/e/forum-2026?zone=America/New_York", 200, "Times are shown in New York time (GMT-5). The meeting takes place in Tbilisi time (GMT+4)."},
		{"/e/forum-2026?zone=America/Los_Angeles", 200, `datetime="2026-11-23T05:15:00Z">21:15–22:00</time> <span class="day-mark">Sun 22 Nov</span> <span class="home">(09:15–10:00)</span>`},
		{"/e/forum-2026?zone=Mars/Olympus", 400, "zone=Mars/Olympus"},
		{"/e/none", 404, "There is no such page"},

		{"/e/forum-2026/s/" + code, 200, "Opening: what we learned since Oslo"},
		{"/e/forum-2026/s/" + openingID(t, e), 200, "Opening: what we learned since Oslo"},
		{"/e/forum-2026/s/zzzzzz", 404, "There is no such page"},
		{"/e/forum-2026/s/" + code + ".ics", 200, "SUMMARY:Opening: what we learned since Oslo"},
		{"/e/forum-2026/s/zzzzzz.ics", 404, "There is no such page"},
		{"/e/forum-2026/p/haddad.ics", 200, "SUMMARY:Digital identity across borders"},
		{"/e/forum-2026/p/haddad", 404, "There is no such page"},
		{"/e/forum-2026/p/nobody.ics", 404, "There is no such page"},
		{"/e/forum-2026/calendar.ics", 200, "SUMMARY:Closing"},
		{"/e/forum-2026/calendar.ics?lang=ar", 200, "منتدى تعلّم النظراء"},
		{"/e/forum-2026/calendar.ics?breaks=maybe", 400, "breaks=maybe"},
		{"/e/forum-2026/changes", 200, "The minister’s plane is late."},
		{"/e/forum-2026/changes", 200, "<del>Mon 23 Nov, 09:00–10:00"},
		{"/e/forum-2026/changes.atom", 200, "Other time: Opening: what we learned since Oslo"},
		{"/e/forum-2026/subscribe", 200, `href="webcal://tamada.example/e/forum-2026/calendar.ics?lang=en"`},
		{"/e/forum-2026/subscribe", 200, "cid=webcal%3A%2F%2Ftamada.example"},
		{"/e/forum-2026/subscribe?lang=ru", 200, "Проверяет изменения каждые 8–24 часа."},
		{"/e/forum-2026/print", 200, "Large print"},
		{"/e/forum-2026/now", 200, `data-start="2026-11-23T05:15:00Z" data-end="2026-11-23T06:00:00Z"`},

		{"/e/forum-2026/programme.pdf", 200, "%PDF-"},
		{"/e/forum-2026/programme.pdf?lang=en,ar&paper=a3&zones=Africa/Tunis", 200, "%PDF-"},
		{"/e/forum-2026/programme.pdf?doc=changes", 200, "%PDF-"},
		{"/e/quiet-2026/programme.pdf?doc=changes", 404, "There is no such page"},
		{"/e/forum-2026/programme.pdf?doc=badges", 400, "doc=badges"},
		{"/e/forum-2026/programme.pdf?paper=b5", 400, "paper=b5"},
		{"/e/forum-2026/programme.pdf?lang=en,ar,fr", 400, "lang=en,ar,fr"},
		{"/e/forum-2026/programme.pdf?zones=Mars", 400, "zones=Mars"},

		{"/e/forum-2026/agenda.json", 200, `"slug": "forum-2026"`},
		{"/e/forum-2026/schedule.xml", 200, "<schedule"},
		{"/e/forum-2026/schedule.json", 200, `"schedule": {`},
		{"/e/forum-2026/schedule2.json", 200, `"$schema": "https://c3voc.de/schema/schedule2"`},

		{"/e/forum-2026/now/b", 200, "Whistle-blower protection clinic"},
		{"/e/forum-2026/now/cellar", 404, "There is no such page"},

		{"/e/quiet-2026", 200, `<meta name="robots" content="noindex">`},
		{"/static/site.0000000000.css", 404, "There is no such page"},
		{"/static/%2e%2e%2fweb.go", 404, "There is no such page"},
		{"/healthz", 200, "ok"},
		{"/readyz", 200, "ready"},
		{"/nowhere", 404, "There is no such page"},
	} {
		w := get(s, tt.target)
		if w.Code != tt.status || !contains(w, tt.want) {
			t.Errorf("%s = %d, want %d with %q in\n%.3000s", tt.target, w.Code, tt.status, tt.want, w.Body)
		}
	}
}

// Every address of an event by invitation answers a stranger as that of an
// event that does not exist.
func TestInvitedIsNotThere(t *testing.T) {
	s, m := newServer(t)
	s.init()
	tried := 0
	ask := func(r route, slug, sessionOf string) *httptest.ResponseRecorder {
		code := agenda.Code(openingID(t, m.drafts[sessionOf].Event))
		return get(s, strings.NewReplacer(":slug", slug, ":session", code, ":person", "haddad", ":room", "b").Replace(r.path))
	}
	for _, r := range s.state.routes {
		if (r.rule == access.Readers()) != strings.HasPrefix(r.path, "/e/:slug") {
			t.Errorf("%s is for %s", r.path, r.rule)
		}
		if r.rule != access.Readers() {
			continue
		}
		tried++
		closed, none := ask(r, "closed-2026", "closed-2026"), ask(r, "none-2026", "closed-2026")
		if open := ask(r, "forum-2026", "forum-2026"); open.Code != 200 {
			t.Errorf("%s of a public event = %d, want 200", r.path, open.Code)
		}
		if closed.Code != 404 || closed.Body.String() != none.Body.String() {
			t.Errorf("%s of an event by invitation = %d, want the 404 of one that does not exist", r.path, closed.Code)
		}
	}
	if tried < 10 {
		t.Errorf("tried %d routes, want at least 10", tried)
	}
}

func TestListsShowPublicEventsOnly(t *testing.T) {
	s, _ := newServer(t)
	for _, target := range []string{"/", "/series/forum", "/series/forum/calendar.ics"} {
		body := get(s, target).Body.String()
		for _, slug := range []string{"quiet-2026", "closed-2026"} {
			if strings.Contains(body, slug) {
				t.Errorf("%s names %s", target, slug)
			}
		}
		if !strings.Contains(body, "forum-2026") {
			t.Errorf("%s does not name forum-2026", target)
		}
	}
}

// Nothing backstage has a way into what strangers get.
func TestNothingBackstageLeaks(t *testing.T) {
	s, m := newServer(t)
	d := m.drafts["forum-2026"]
	note := d.Backstage[agenda.BackstageEvent]
	if note.Join == "" || note.Code == "" {
		t.Fatal("the forum has nothing backstage to leak")
	}
	fill := strings.NewReplacer(":slug", "forum-2026", ":session", agenda.Code(openingID(t, d.Event)), ":person", "haddad", ":room", "b")
	s.init()
	for _, r := range s.state.routes {
		body := get(s, fill.Replace(r.path)).Body.String()
		for _, secret := range []string{note.Join, note.Code, "secret-join-link", "organiser@example.org"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s contains %q", r.path, secret)
			}
		}
	}
}

func TestFaultsStayInTheLog(t *testing.T) {
	s, m := newServer(t)
	var log strings.Builder
	s.Log = slog.New(slog.NewTextHandler(io.Writer(&log), nil))
	m.Close()
	for target, status := range map[string]int{"/": 500, "/e/forum-2026?key=secret": 500, "/readyz": 503} {
		log.Reset()
		w := get(s, target)
		id := w.Header().Get("X-Request-Id")
		if w.Code != status || strings.Contains(w.Body.String(), "is closed") || !strings.Contains(w.Body.String(), id) {
			t.Errorf("%s = %d, want %d, the number %s and nothing of the fault in\n%s", target, w.Code, status, id, w.Body)
		}
		if got := log.String(); !strings.Contains(got, "database is closed") || !strings.Contains(got, id) || strings.Contains(got, "secret") {
			t.Errorf("%s: log has %q, want the fault with its number and no query", target, got)
		}
	}
}

func TestPanicsAreFaults(t *testing.T) {
	s, _ := newServer(t)
	var log strings.Builder
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	s.Store = nil
	w := get(s, "/readyz")
	if w.Code != 500 || !strings.Contains(w.Body.String(), "Something broke on our side") || !strings.Contains(log.String(), "panic") {
		t.Errorf("got %d %s, log %q", w.Code, w.Body, log.String())
	}
}

func TestMethods(t *testing.T) {
	s, _ := newServer(t)
	page := get(s, "/e/forum-2026")
	head := do(s, http.MethodHead, "/e/forum-2026")
	if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("Content-Length") != page.Header().Get("Content-Length") {
		t.Errorf("HEAD = %d with %d bytes and length %q, want 200, none and %q",
			head.Code, head.Body.Len(), head.Header().Get("Content-Length"), page.Header().Get("Content-Length"))
	}
	post := do(s, http.MethodPost, "/e/forum-2026")
	if allow := post.Header().Get("Allow"); post.Code != 405 || !strings.Contains(allow, "GET") || !strings.Contains(allow, "HEAD") {
		t.Errorf("POST = %d, Allow %q, want 405 and GET, HEAD", post.Code, allow)
	}
	foreign := do(s, http.MethodPost, "/e/forum-2026", "Sec-Fetch-Site", "cross-site")
	if foreign.Code != 405 && foreign.Code != 403 {
		t.Errorf("POST from another site = %d, want it refused", foreign.Code)
	}
}

func TestSlashAtTheEnd(t *testing.T) {
	s, _ := newServer(t)
	for target, want := range map[string]string{
		"/e/forum-2026/?lang=ar": "/e/forum-2026?lang=ar", "//evil.example/": "/evil.example", "/%5Cevil.example/": "/%5Cevil.example",
	} {
		w := get(s, target)
		if got := w.Header().Get("Location"); w.Code != 301 || got != want {
			t.Errorf("%s = %d to %q, want 301 to %q", target, w.Code, got, want)
		}
	}
}

func TestSlugThatWas(t *testing.T) {
	s, m := newServer(t)
	following(t, s, m)
	get(s, "/e/forum-2026")
	d := m.drafts["forum-2026"]
	d.Event.Slug = "forum-tbilisi"
	m.publish(t, d, "")
	eventually(t, func() bool { return get(s, "/e/forum-2026").Code == 301 })
	for target, want := range map[string]string{
		"/e/forum-2026?lang=ar":        "/e/forum-tbilisi?lang=ar",
		"/e/forum-2026/p/haddad.ics":   "/e/forum-tbilisi/p/haddad.ics",
		"/e/forum-2026/s/e/forum-2026": "/e/forum-tbilisi/s/e/forum-2026",
	} {
		if got := get(s, target).Header().Get("Location"); got != want {
			t.Errorf("%s leads to %q, want %q", target, got, want)
		}
	}
	d.Event.Visibility = agenda.Invited
	m.publish(t, d, "")
	eventually(t, func() bool { return get(s, "/e/forum-2026").Code == 404 })
}

func TestImagesOfTheHost(t *testing.T) {
	s, m := newServer(t)
	s.Images = fstest.MapFS{"host.png": {Data: []byte("picture")}, "notes.txt": {Data: []byte("private")}}
	d := m.drafts["forum-2026"]
	d.Event.Organisers[0].Logo = "host.png"
	m.publish(t, d, "")
	page := get(s, "/e/forum-2026").Body.String()
	if n := strings.Count(page, `<img src="/static/host.`); n != 1 {
		t.Errorf("got %d pictures, want the organiser's", n)
	}
	_, rest, _ := strings.Cut(page, `<img src="`)
	address, _, _ := strings.Cut(rest, `"`)
	if w := get(s, address); w.Code != 200 || w.Body.String() != "picture" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%s = %d %q, want the picture, for ever", address, w.Code, w.Body)
	}
	for name := range s.state.images.bodies {
		if strings.HasSuffix(name, ".txt") {
			t.Errorf("%s is served, but is no picture", name)
		}
	}
}

func TestHeaders(t *testing.T) {
	s, _ := newServer(t)
	for _, target := range []string{"/", "/e/forum-2026", "/e/forum-2026/calendar.ics", "/nowhere"} {
		h := get(s, target).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff",
			"Strict-Transport-Security": "max-age=31536000", "Referrer-Policy": "same-origin",
		} {
			if !strings.Contains(h.Get(name), want) {
				t.Errorf("%s: %s is %q, want %q in it", target, name, h.Get(name), want)
			}
		}
		if h.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", target)
		}
	}
}

func TestLanguageIsNegotiated(t *testing.T) {
	s, _ := newServer(t)
	for header, want := range map[string]string{
		"": `<html lang="en"`, "ar-TN, fr;q=0.5": `<html lang="ar" dir="rtl">`, "fr-CH": `<html lang="fr"`,
		"ja, nb;q=0.1": `<html lang="en"`, ";;q=,,*": `<html lang="en"`,
	} {
		w := get(s, "/e/forum-2026", "Accept-Language", header)
		if w.Code != 200 || !strings.Contains(w.Body.String(), want) || !strings.Contains(w.Header().Get("Vary"), "Accept-Language") {
			t.Errorf("Accept-Language %q: got %d, Vary %q, want %s", header, w.Code, w.Header().Get("Vary"), want)
		}
	}
	w := get(s, "/e/forum-2026?lang=fr", "Accept-Language", "ar")
	if !strings.Contains(w.Body.String(), `<html lang="fr"`) || strings.Contains(w.Header().Get("Vary"), "Language") {
		t.Errorf("?lang=fr: Vary %q, want a French page that does not vary by language", w.Header().Get("Vary"))
	}
}

func TestMetrics(t *testing.T) {
	s, _ := newServer(t)
	get(s, "/e/forum-2026")
	get(s, "/nowhere/at/all")
	w := httptest.NewRecorder()
	s.Metrics().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`tamada_http_requests_total{method="GET",route="/e/:slug",status="200"} 1`,
		`tamada_http_requests_total{method="GET",route="none",status="404"} 1`,
		"tamada_renders_total 1",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %q in\n%s", want, w.Body)
		}
	}
}

// following returns s with its Follow running until the test ends.
func following(t testing.TB, s *Server, m *archive) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.Follow(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	eventually(t, func() bool {
		r := s.init().releases
		r.mu.RLock()
		defer r.mu.RUnlock()
		return r.following
	})
}

// eventually waits until ok.
func eventually(t testing.TB, ok func() bool) {
	t.Helper()
	for range 5000 {
		if ok() {
			return
		}
		<-time.After(time.Millisecond)
	}
	t.Fatal("it did not come about within five seconds")
}

// contains reports whether w says text.
func contains(w *httptest.ResponseRecorder, text string) bool {
	return strings.Contains(html.UnescapeString(w.Body.String()), text)
}
