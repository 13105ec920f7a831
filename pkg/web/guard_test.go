package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// A member is somebody with a browser: what they ask for carries their cookie
// or their token.
type member struct {
	cookie *http.Cookie
	key    string // the secret of a token, or ""
}

// send asks s for target as the member.
func (m member) send(s *Server, method, target string, form url.Values) *httptest.ResponseRecorder {
	if m.key != "" {
		target += "?key=" + m.key
	}
	var r *http.Request
	if method == http.MethodPost {
		r = httptest.NewRequest(method, target, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	} else {
		r = httptest.NewRequest(method, target, nil)
	}
	r.Header.Set("Accept-Language", "en")
	if m.cookie != nil {
		r.AddCookie(m.cookie)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

// newcomer adds a user with these grants.
func newcomer(t testing.TB, m *archive, name string, administrator bool, grants ...access.Grant) access.User {
	t.Helper()
	address, err := access.ParseAddress(strings.ReplaceAll(name, " ", ".") + "@example.org")
	if err != nil {
		t.Fatal(err)
	}
	u, err := m.AddUser(t.Context(), "", access.User{Address: address, Name: name, Administrator: administrator})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range grants {
		if err := m.Grant(t.Context(), "", u.ID, g); err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// at returns the user at a browser, signed in.
func at(t testing.TB, s *Server, m *archive, u access.User) member {
	t.Helper()
	v, err := m.SignIn(t.Context(), u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return member{cookie: &http.Cookie{Name: s.cookieName(), Value: v.Secret.String()}}
}

// arrive returns a persona at a browser: a user with its grants signed in, or
// the holder of its token.
func arrive(t testing.TB, s *Server, m *archive, p access.Persona, users map[string]access.User) member {
	t.Helper()
	if p.Actor.Token.Purpose != "" {
		token := p.Actor.Token
		token.Subject = "owner@example.org"
		secret, err := m.NewToken(t.Context(), "", token)
		if err != nil {
			t.Fatal(err)
		}
		return member{key: secret.String()}
	}
	if p.Actor.User == "" {
		return member{}
	}
	u, ok := users[p.Name]
	if !ok {
		u = newcomer(t, m, p.Name, p.Actor.Administrator, p.Actor.Grants...)
		users[p.Name] = u
	}
	return at(t, s, m, u)
}

// decision reads an answer as the decision that it tells of.
func decision(w *httptest.ResponseRecorder) access.Decision {
	switch {
	case w.Code == http.StatusNotFound, w.Code == http.StatusGone:
		return access.Hide
	case w.Code == http.StatusForbidden:
		return access.Refuse
	case w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/sign-in?to="):
		return access.Ask
	case w.Code == http.StatusSeeOther && w.Header().Get("Location") == "/sign-in":
		return access.Ask
	}
	return access.Allow
}

// Every role and every token on every route, at an event by invitation: the
// answer is what the rule of the route says. Every route has a rule.
func TestEveryRoleOnEveryRoute(t *testing.T) {
	s, m := newServer(t)
	s.init()
	e := m.drafts["closed-2026"].Event
	session := openingID(t, e)
	place := access.Place{Event: e.ID, Session: session, Visibility: agenda.Invited}
	fill := strings.NewReplacer(":slug", e.Slug, ":session", agenda.Code(session), ":person", "haddad", ":room", "b",
		":message", m.post(t, e.ID, notice("The agenda")), ":batch", m.batch(t, e.ID))
	users := map[string]access.User{}
	tried := 0
	for _, r := range s.state.routes {
		if !r.rule.Set() {
			t.Errorf("%s %s has no rule", r.method, r.path)
		}
		if strings.HasPrefix(r.path, "/series/") || strings.HasPrefix(r.path, "/static/") || strings.HasPrefix(r.path, "/site/") {
			continue // there is nothing behind these names; they are for anyone, and have tests of their own
		}
		where := place
		if !strings.Contains(r.path, ":slug") {
			where = access.Place{}
		}
		for _, p := range access.Personas(place) {
			if p.Actor.Token.Purpose != r.rule.Purpose() {
				p.Actor.Token = access.Token{} // a token is looked at where it is asked for
			}
			want := r.rule.Decide(p.Actor, where)
			w := arrive(t, s, m, persona(place, p.Name), users).send(s, string(r.method), fill.Replace(r.path), url.Values{})
			if got := decision(w); got != want {
				t.Errorf("%s %s as %s: got %d, which is %s, want %s", r.method, r.path, p.Name, w.Code, got, want)
			}
			own := r.rule == access.Holding(access.ForCalendar) && w.Header().Get("Cache-Control") == unkept[0]     // asked again each time
			own = own || strings.HasSuffix(r.path, "/"+picturePage) && slices.Equal(w.Header()["Vary"], varyCookie) // by one browser, for one account
			if cached := w.Header().Get("Cache-Control"); r.rule != access.Anyone() && !own && !strings.Contains(cached, "no-store") {
				t.Errorf("%s %s as %s may be kept: Cache-Control %q", r.method, r.path, p.Name, cached)
			}
			tried++
		}
	}
	t.Logf("%d answers", tried)
}

// persona returns the one of that name.
func persona(at access.Place, name string) access.Persona {
	for _, p := range access.Personas(at) {
		if p.Name == name {
			return p
		}
	}
	return access.Persona{}
}

// What somebody may see of an event by invitation is neither kept for others nor
// shown to other sites.
func TestInvitedIsNotKept(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["closed-2026"].Event
	reader := at(t, s, m, newcomer(t, m, "viewer", false, access.Grant{Event: e.ID, Role: access.Viewer}))
	for _, path := range []string{"", "/calendar.ics", "/agenda.json", "/changes.atom", "/print"} {
		w := reader.send(s, http.MethodGet, "/e/closed-2026"+path, nil)
		if w.Code != 200 || w.Header().Get("Cache-Control") != "private, no-store" || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s for a viewer: got %d, %v", path, w.Code, w.Header())
		}
		if w := (member{}).send(s, http.MethodGet, "/e/closed-2026"+path, nil); w.Code != 404 {
			t.Errorf("%s for a stranger after that: got %d, want 404", path, w.Code)
		}
	}
	picture := reader.send(s, http.MethodGet, "/e/closed-2026/programme.svg", nil)
	if got := picture.Header(); picture.Code != 200 || got.Get("Cache-Control") != "private, max-age=300" || got.Get("Vary") != "Accept-Encoding, Cookie" {
		t.Errorf("a picture for a viewer: got %d, %v, want it kept by the viewer's browser alone", picture.Code, got)
	}
	if n := len(s.state.cache.entries) + len(s.state.shortcuts.known); n != 0 {
		t.Errorf("%d answers were kept, want none", n)
	}
}

// A request without the cookie of a sign-in asks for no accounts, and one for a
// public page does not even with one.
func TestPublicPagesAskForNoAccounts(t *testing.T) {
	s, m := newServer(t)
	visitor := at(t, s, m, newcomer(t, m, "viewer", false))
	s.Accounts = nobodyAsks{}
	for _, path := range []string{"/", "/e/forum-2026", "/e/forum-2026/calendar.ics"} {
		if w := visitor.send(s, http.MethodGet, path, nil); w.Code != 200 || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s with a cookie: got %d, %v", path, w.Code, w.Header())
		}
	}
	if w := (member{}).send(s, http.MethodGet, "/e/closed-2026", nil); w.Code != 404 {
		t.Errorf("an event by invitation without a cookie: got %d, want 404", w.Code)
	}
}

// nobodyAsks are accounts that are there, and that break every request that asks
// them anything.
type nobodyAsks struct{ Accounts }

func TestLocalAddresses(t *testing.T) {
	for to, want := range map[string]string{
		"/organise?x=1": "/organise?x=1", "/e/a b": "/e/a%20b",
		"": landing, "organise": landing, "//evil.example": landing, `/\evil.example`: landing, "/\t/evil.example": landing,
		"https://evil.example/": landing, "javascript:alert(1)": landing, "/\n/evil.example": landing, "http:/evil.example": landing,
		"/" + strings.Repeat("x", 2000): landing, "///evil.example": landing, "/%09/evil.example": "/%09/evil.example",
		"/.//evil.example": "/.//evil.example",
	} {
		if got := local(to); got != want {
			t.Errorf("local(%q) = %q, want %q", to, got, want)
		}
	}
}

func TestWriteRoutes(t *testing.T) {
	s, _ := newServer(t)
	var b strings.Builder
	if err := s.WriteRoutes(&b); err != nil {
		t.Fatal(err)
	}
	for _, r := range s.state.routes {
		if line := fmt.Sprintf("\n%s %s ", r.method, r.path); !strings.Contains(b.String(), line) {
			t.Errorf("the table does not have %q", line)
		}
	}
}
