package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"tamada/pkg/access"
)

// mailed returns the links that were mailed so far, as paths.
func mailed(s *Server, m *archive) []string {
	s.Finish()
	m.letters.mu.Lock()
	defer m.letters.mu.Unlock()
	var links []string
	for _, l := range m.letters.letters {
		links = append(links, strings.TrimPrefix(l.link, s.BaseURL))
	}
	return links
}

// cookie returns the cookie that an answer sets; nil if it sets none.
func cookie(w *httptest.ResponseRecorder) *http.Cookie {
	for _, c := range w.Result().Cookies() {
		return c
	}
	return nil
}

// linked asks for a link for the user, and returns where it leads.
func linked(t testing.TB, s *Server, m *archive, u access.User, to string) string {
	t.Helper()
	w := (member{}).send(s, http.MethodPost, join("/sign-in", toward(url.Values{}, to)), url.Values{"email": {u.Address.String()}})
	if got := w.Header().Get("Location"); w.Code != 303 || got != "/sign-in/sent" {
		t.Fatalf("asking for a link: got %d to %q", w.Code, got)
	}
	links := mailed(s, m)
	if len(links) == 0 {
		t.Fatal("no link was mailed")
	}
	return links[len(links)-1]
}

// confirm sends the form on the page of a link.
func confirm(s *Server, by member, link string) *httptest.ResponseRecorder {
	u, err := url.Parse(link)
	if err != nil {
		return httptest.NewRecorder()
	}
	q := u.Query()
	key := q.Get("key")
	q.Del("key")
	return by.send(s, http.MethodPost, join(u.Path, q), url.Values{"key": {key}})
}

func TestSignInByLink(t *testing.T) {
	s, m := newServer(t)
	u := newcomer(t, m, "nino", false)
	link := linked(t, s, m, u, "/account?x=1")
	for range 3 { // as programs do that look into mail
		w := get(s, link)
		if w.Code != 200 || !contains(w, "You sign in as \u2068nino@example.org\u2069.") || cookie(w) != nil {
			t.Fatalf("the link: got %d\n%s", w.Code, w.Body)
		}
	}
	w := confirm(s, member{}, link)
	if w.Code != 303 || w.Header().Get("Location") != "/account?lang=en&x=1" {
		t.Fatalf("confirmed: got %d to %q", w.Code, w.Header().Get("Location"))
	}
	c := cookie(w)
	if c == nil || c.Name != "__Host-tamada" || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("the cookie is %v", c)
	}
	in := member{cookie: c}
	if w := in.send(s, http.MethodGet, "/account", nil); w.Code != 200 || !contains(w, "nino@example.org") {
		t.Errorf("the account: got %d\n%s", w.Code, w.Body)
	}
	for _, again := range []*httptest.ResponseRecorder{get(s, link), confirm(s, member{}, link)} {
		if again.Code != 410 || !contains(again, "This link does not work any more") || cookie(again) != nil {
			t.Errorf("the link once more: got %d\n%s", again.Code, again.Body)
		}
	}
}

func TestLinksEnd(t *testing.T) {
	s, m := newServer(t)
	link := linked(t, s, m, newcomer(t, m, "nino", false), "")
	m.clock = m.clock.Add(16 * time.Minute)
	if w := confirm(s, member{}, link); w.Code != 410 || cookie(w) != nil {
		t.Errorf("after 16 minutes: got %d, want 410", w.Code)
	}
}

func TestCookieOfAPlainSite(t *testing.T) {
	s, m := newServer(t)
	s.BaseURL = "http://localhost:8080"
	w := confirm(s, member{}, linked(t, s, m, newcomer(t, m, "nino", false), ""))
	if c := cookie(w); c == nil || c.Name != "tamada" || c.Secure || !c.HttpOnly {
		t.Errorf("the cookie is %v", c)
	}
}

// A link leads on to pages of this site only.
func TestNoOpenRedirect(t *testing.T) {
	s, m := newServer(t)
	u := newcomer(t, m, "nino", false)
	for _, to := range []string{"https://evil.example", "//evil.example", `/\evil.example`, "javascript:alert(1)", "/\t/evil.example"} {
		m.clock = m.clock.Add(time.Hour)
		link := linked(t, s, m, u, "")
		w := confirm(s, member{}, link+"&to="+url.QueryEscape(to))
		if got := w.Header().Get("Location"); got != landing+"?lang=en" {
			t.Errorf("to=%q leads to %q, want %q", to, got, landing+"?lang=en")
		}
		in := member{cookie: cookie(w)}
		if got := in.send(s, http.MethodGet, "/sign-in?to="+url.QueryEscape(to), nil).Header().Get("Location"); got != landing {
			t.Errorf("signed in, to=%q leads to %q, want %q", to, got, landing)
		}
	}
}

// What is answered to those who have an account and those who have none is the
// same, byte for byte, but for the number of the request.
func TestNothingTellsAccounts(t *testing.T) {
	s, m := newServer(t)
	known := newcomer(t, m, "known", false)
	hash, err := s.Hasher.Hash(t.Context(), "a long enough password")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.ChangeUser(t.Context(), "", known.ID, func(u access.User) (access.User, error) {
		u.Password = hash
		return u, nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/sign-in", "/sign-in/password"} {
		answer := func(name string) string {
			w := (member{}).send(s, http.MethodPost, path, url.Values{"email": {name + "@example.org"}, "password": {"wrong"}})
			w.Header().Del("X-Request-Id")
			return strings.ReplaceAll(fmt.Sprint(w.Code, w.Header(), w.Body), name, "NAME")
		}
		if a, b := answer("known"), answer("nobody"); a != b {
			t.Errorf("%s tells known from unknown:\n%s\n%s", path, a, b)
		}
	}
}

// A thousand requests for one address get the same answer, and few mails.
func TestManyRequestsForOneAddress(t *testing.T) {
	s, m := newServer(t)
	newcomer(t, m, "nino", false)
	for i := range 1000 {
		w := (member{}).send(s, http.MethodPost, "/sign-in", url.Values{"email": {"Nino@example.org"}})
		if w.Code != 303 || w.Header().Get("Location") != "/sign-in/sent" {
			t.Fatalf("request %d: got %d to %q", i, w.Code, w.Header().Get("Location"))
		}
	}
	if n := len(mailed(s, m)); n != access.PerAccount.Burst {
		t.Errorf("%d links were mailed, want %d", n, access.PerAccount.Burst)
	}
}

func TestSignInByPassword(t *testing.T) {
	s, m := newServer(t)
	u := newcomer(t, m, "nino", false)
	in := at(t, s, m, u)
	other := at(t, s, m, u)
	set := func(form url.Values) *httptest.ResponseRecorder {
		return in.send(s, http.MethodPost, "/account/password", form)
	}
	for password, want := range map[string]string{
		"short": "at least 12 characters", "nino nino nino nino": "easy to guess", strings.Repeat("x1y2z", 60): "too long",
	} {
		if w := set(url.Values{"new-password": {password}}); w.Code != 422 || !contains(w, want) || contains(w, password) {
			t.Errorf("%q: got %d without %q", password, w.Code, want)
		}
	}
	if w := set(url.Values{"new-password": {"four words of a song"}}); w.Code != 303 {
		t.Fatalf("setting a password: got %d\n%s", w.Code, w.Body)
	}
	if w := other.send(s, http.MethodGet, "/account", nil); w.Code != 303 {
		t.Errorf("another sign-in after a password was set: got %d, want 303 to the form", w.Code)
	}
	if w := set(url.Values{"new-password": {"five words of another song"}, "password": {"wrong"}}); w.Code != 422 || !contains(w, "not your current password") {
		t.Errorf("a password without the one before: got %d", w.Code)
	}
	try := func(password string) *httptest.ResponseRecorder {
		return (member{}).send(s, http.MethodPost, "/sign-in/password", url.Values{"email": {"nino@example.org"}, "password": {password}})
	}
	if w := try("four words of a song"); w.Code != 303 || cookie(w) == nil {
		t.Errorf("the password: got %d", w.Code)
	}
	if w := try("four words of a son"); w.Code != 422 || !contains(w, "do not go together") || !contains(w, `value="nino@example.org"`) {
		t.Errorf("a wrong password: got %d\n%s", w.Code, w.Body)
	}
	for range access.PerPassword.Burst {
		try("wrong")
	}
	if w := try("four words of a song"); w.Code != 429 || cookie(w) != nil {
		t.Errorf("after many attempts: got %d, want 429", w.Code)
	}
}

// Whoever signs in has a new cookie; the one before opens nothing any more, and
// one that was planted never does.
func TestSignInRotates(t *testing.T) {
	s, m := newServer(t)
	u := newcomer(t, m, "nino", false)
	before := at(t, s, m, u)
	w := confirm(s, before, linked(t, s, m, u, ""))
	c := cookie(w)
	if c == nil || c.Value == before.cookie.Value {
		t.Fatalf("the cookie after signing in is %v", c)
	}
	if w := before.send(s, http.MethodGet, "/account", nil); w.Code != 303 {
		t.Errorf("the cookie before: got %d, want 303 to the form", w.Code)
	}
	planted := member{cookie: &http.Cookie{Name: s.cookieName(), Value: access.NewSecret().String()}}
	w = confirm(s, planted, linked(t, s, m, u, ""))
	if c := cookie(w); c == nil || c.Value == planted.cookie.Value {
		t.Errorf("a planted cookie became %v", c)
	}
	if w := planted.send(s, http.MethodGet, "/account", nil); w.Code != 303 || cookie(w) == nil || cookie(w).MaxAge >= 0 {
		t.Errorf("a planted cookie: got %d and %v, want 303 and none", w.Code, cookie(w))
	}
}

// A cookie is replaced after a day. Whoever shows the old one after that has a
// copy: nobody is signed in by that family any more.
func TestStolenOldCookie(t *testing.T) {
	s, m := newServer(t)
	old := at(t, s, m, newcomer(t, m, "nino", false))
	m.clock = m.clock.Add(access.RotateAfter)
	w := old.send(s, http.MethodGet, "/account", nil)
	c := cookie(w)
	if w.Code != 200 || c == nil || c.Value == old.cookie.Value {
		t.Fatalf("after a day: got %d and %v, want another cookie", w.Code, c)
	}
	renewed := member{cookie: c}
	m.clock = m.clock.Add(2 * time.Minute)
	if w := renewed.send(s, http.MethodGet, "/account", nil); w.Code != 200 {
		t.Errorf("the new cookie: got %d", w.Code)
	}
	for _, thief := range []member{old, renewed} {
		if w := thief.send(s, http.MethodGet, "/account", nil); w.Code != 303 || cookie(w) == nil || cookie(w).MaxAge >= 0 {
			t.Errorf("after the old cookie was shown: got %d and %v, want 303 and none", w.Code, cookie(w))
		}
	}
}

func TestSignOut(t *testing.T) {
	s, m := newServer(t)
	in := at(t, s, m, newcomer(t, m, "nino", false))
	if w := in.send(s, http.MethodPost, "/sign-out", nil); w.Code != 303 || cookie(w) == nil || cookie(w).MaxAge >= 0 {
		t.Errorf("got %d and %v, want 303 and no cookie", w.Code, cookie(w))
	}
	if w := in.send(s, http.MethodGet, "/account", nil); w.Code != 303 {
		t.Errorf("the cookie afterwards: got %d, want 303", w.Code)
	}
}

func TestEndSignIns(t *testing.T) {
	s, m := newServer(t)
	u := newcomer(t, m, "nino", false)
	here, there, elsewhere := at(t, s, m, u), at(t, s, m, u), at(t, s, m, u)
	stranger := at(t, s, m, newcomer(t, m, "stranger", false))
	signIns, err := m.SignIns(t.Context(), u.ID)
	if err != nil || len(signIns) != 3 {
		t.Fatalf("got %d sign-ins, %v", len(signIns), err)
	}
	for _, one := range signIns { // whoever does not own them ends none
		stranger.send(s, http.MethodPost, "/account/sign-ins", url.Values{"family": {one.Family}})
	}
	page := here.send(s, http.MethodGet, "/account", nil)
	if n := strings.Count(page.Body.String(), `name="family"`); n != 2 {
		t.Errorf("the page can end %d sign-ins, want 2", n)
	}
	if w := here.send(s, http.MethodPost, "/account/sign-ins", nil); w.Code != 303 {
		t.Errorf("ending the others: got %d", w.Code)
	}
	for _, tt := range []struct {
		who  member
		want int
	}{{here, 200}, {there, 303}, {elsewhere, 303}, {stranger, 200}} {
		if w := tt.who.send(s, http.MethodGet, "/account", nil); w.Code != tt.want {
			t.Errorf("got %d, want %d", w.Code, tt.want)
		}
	}
}

// A form that another site sends is refused, whatever cookie it comes with.
func TestForeignForms(t *testing.T) {
	s, m := newServer(t)
	in := at(t, s, m, newcomer(t, m, "nino", false))
	for _, r := range s.init().routes {
		if r.method != posts {
			continue
		}
		for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			req := httptest.NewRequest(http.MethodPost, r.path, nil)
			req.AddCookie(in.cookie)
			req.Header.Set(name, value)
			w := httptest.NewRecorder()
			s.Handler().ServeHTTP(w, req)
			if w.Code != 403 {
				t.Errorf("%s with %s: %s: got %d, want 403", r.path, name, value, w.Code)
			}
		}
	}
	if w := in.send(s, http.MethodGet, "/account", nil); w.Code != 200 {
		t.Errorf("afterwards: got %d, want 200", w.Code)
	}
}

func TestFirstOrganiser(t *testing.T) {
	s, m := newServer(t)
	secret, err := m.NewFirstOrganiser(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first := member{key: secret.String()}
	if w := first.send(s, http.MethodGet, "/first-organiser", nil); w.Code != 200 || !contains(w, "You are the first here") {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	bad := first.send(s, http.MethodPost, "/first-organiser", url.Values{"name": {"Nino <b>"}, "email": {"nino"}, "new-password": {"short"}})
	if bad.Code != 422 || !contains(bad, "There are 2 problems") || !contains(bad, `value="Nino <b>"`) || !contains(bad, `value="nino"`) {
		t.Errorf("a bad form: got %d\n%s", bad.Code, bad.Body)
	}
	form := url.Values{"name": {"Nino\r\nBcc: all@example.org\u2028x"}, "email": {" nino@example.org"}}
	w := first.send(s, http.MethodPost, "/first-organiser", form)
	if w.Code != 303 || cookie(w) == nil {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	users, err := m.Users(t.Context())
	if err != nil || len(users) != 1 || !users[0].Administrator || users[0].Name != "Nino Bcc: all@example.org x" {
		t.Errorf("the users are %v, %v", users, err)
	}
	if w := first.send(s, http.MethodPost, "/first-organiser", form); w.Code != 410 {
		t.Errorf("the link once more: got %d, want 410", w.Code)
	}
}

func TestProfile(t *testing.T) {
	s, m := newServer(t)
	in := at(t, s, m, newcomer(t, m, "nino", false))
	if w := in.send(s, http.MethodPost, "/account", url.Values{"name": {""}, "language": {"tlh"}}); w.Code != 422 || !contains(w, "There are 2 problems") {
		t.Errorf("a bad form: got %d\n%s", w.Code, w.Body)
	}
	if w := in.send(s, http.MethodPost, "/account", url.Values{"name": {"ნინო"}, "language": {"ka"}}); w.Code != 303 {
		t.Errorf("got %d", w.Code)
	}
	if w := in.send(s, http.MethodGet, "/account?done=profile", nil); !contains(w, `<html lang="ka"`) || !contains(w, `value="ნინო"`) {
		t.Errorf("the account is not in Georgian:\n%s", w.Body)
	}
}

// What is too large to be a form is not read.
func TestLargeForms(t *testing.T) {
	s, _ := newServer(t)
	w := (member{}).send(s, http.MethodPost, "/sign-in", url.Values{"email": {strings.Repeat("x", maxRequest)}})
	if w.Code != 413 {
		t.Errorf("got %d, want 413", w.Code)
	}
}

// Limits go by the address that a trusted proxy tells of, and nobody else's word.
func TestTrustedProxies(t *testing.T) {
	for _, tt := range []struct {
		proxies string
		want    int
	}{{"", 0}, {"192.0.2.0/24", 1}} {
		s, m := newServer(t)
		u := newcomer(t, m, "nino", false)
		s.Proxies = prefixes(t, tt.proxies)
		for i := range access.PerAddress.Burst {
			from(s, "198.51.100.7", fmt.Sprintf("nobody-%d@example.org", i))
		}
		from(s, "198.51.100.8", u.Address.String())
		if got := len(mailed(s, m)); got != tt.want {
			t.Errorf("proxies %q: %d links were mailed, want %d", tt.proxies, got, tt.want)
		}
	}
}

// from asks for a link through a proxy that says where the request comes from.
func from(s *Server, client, email string) {
	r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(url.Values{"email": {email}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", client)
	s.Handler().ServeHTTP(httptest.NewRecorder(), r)
}

// prefixes reads a network; none if text is empty.
func prefixes(t testing.TB, text string) []netip.Prefix {
	t.Helper()
	if text == "" {
		return nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		t.Fatal(err)
	}
	return []netip.Prefix{p}
}

// Whoever has chosen a language keeps it on the way in and out.
func TestLanguageIsKept(t *testing.T) {
	s, m := newServer(t)
	u := newcomer(t, m, "nino", false)
	if got := get(s, "/account?lang=ka").Header().Get("Location"); got != "/sign-in?lang=ka&to=%2Faccount%3Flang%3Dka" {
		t.Errorf("asked to sign in at %q", got)
	}
	link := linked(t, s, m, u, "")
	w := confirm(s, member{}, link)
	if got := w.Header().Get("Location"); got != "/organise?lang=en" { // the form was in English
		t.Errorf("signed in, led to %q", got)
	}
	in := member{cookie: cookie(w)}
	if got := in.send(s, http.MethodPost, "/sign-out?lang=ar", nil).Header().Get("Location"); got != "/?lang=ar" {
		t.Errorf("signed out, led to %q", got)
	}
}

// A client that leaves while its page is made has broken nothing, whatever the
// database says of it.
func TestClientLeaves(t *testing.T) {
	s, m := newServer(t)
	var log strings.Builder
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	in := at(t, s, m, newcomer(t, m, "nino", false))
	ctx, leave := context.WithCancel(t.Context())
	leave()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/account", nil)
	r.AddCookie(in.cookie)
	s.Handler().ServeHTTP(httptest.NewRecorder(), r)
	if !strings.Contains(log.String(), "status=499") || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("the log says\n%s", log.String())
	}
}
