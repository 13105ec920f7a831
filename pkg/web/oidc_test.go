package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/openid"
	"tamada/pkg/openid/openidtest"
)

// withProvider gives the site a provider, which says who somebody is.
func withProvider(t *testing.T, s *Server, email string) *openidtest.Provider {
	t.Helper()
	far := &openidtest.Provider{Claims: map[string]any{"email": email, "email_verified": true}}
	server := httptest.NewServer(far)
	t.Cleanup(server.Close)
	far.Issuer = server.URL
	s.ProviderName = "Ministry of Finance"
	s.Provider = &openid.Provider{
		Issuer: far.Issuer, ClientID: openidtest.ClientID, ClientSecret: openidtest.ClientSecret,
		Redirect: s.BaseURL + "/sign-in/openid/back", Now: time.Now,
	}
	return far
}

// through goes to the provider from a path, and returns the way back with the
// cookie that was kept.
func through(t *testing.T, s *Server, path string) (string, member) {
	t.Helper()
	w := (member{}).send(s, http.MethodGet, path, nil)
	if w.Code != 303 || cookie(w) == nil {
		t.Fatalf("%s: got %d, %v", path, w.Code, w.Header())
	}
	b := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := b.Get(w.Header().Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return strings.TrimPrefix(resp.Header.Get("Location"), s.BaseURL), member{cookie: cookie(w)}
}

// signedInBy returns the cookie of a sign-in that an answer sets; nil if none.
func signedInBy(s *Server, w *httptest.ResponseRecorder) *http.Cookie {
	for _, c := range w.Result().Cookies() {
		if c.Name == s.cookieName() && c.Value != "" {
			return c
		}
	}
	return nil
}

func TestSignInByProvider(t *testing.T) {
	s, m := newServer(t)
	newcomer(t, m, "nino", false)
	withProvider(t, s, "Nino@Example.org")
	if w := get(s, "/sign-in?to=/account%3Fx=1"); !contains(w, "Sign in with \u2068Ministry of Finance\u2069") || !contains(w, `href="/sign-in/openid?to=%2Faccount%3Fx%3D1"`) {
		t.Errorf("the form does not lead to the provider:\n%s", w.Body)
	}
	back, b := through(t, s, "/sign-in/openid?to=/account%3Fx=1")
	if c := b.cookie; c.Name != "__Host-tamada-openid" || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
		t.Errorf("the cookie of the attempt is %v", c)
	}
	w := b.send(s, http.MethodGet, back, nil)
	if w.Code != 303 || w.Header().Get("Location") != "/account?x=1" || signedInBy(s, w) == nil {
		t.Fatalf("got %d to %q\n%s", w.Code, w.Header().Get("Location"), w.Body)
	}
	in := member{cookie: signedInBy(s, w)}
	if w := in.send(s, http.MethodGet, "/account", nil); w.Code != 200 || !contains(w, "nino@example.org") {
		t.Errorf("the account: got %d", w.Code)
	}
	if w := b.send(s, http.MethodGet, back, nil); w.Code != 422 || signedInBy(s, w) != nil {
		t.Errorf("the same answer again: got %d, want 422", w.Code)
	}
}

// Nobody comes in who has no account, and none is made.
func TestProviderOfStrangers(t *testing.T) {
	s, m := newServer(t)
	off := newcomer(t, m, "off", false)
	if _, err := m.ChangeUser(t.Context(), "", off.ID, func(u access.User) (access.User, error) {
		u.Disabled = true
		return u, nil
	}); err != nil {
		t.Fatal(err)
	}
	far := withProvider(t, s, "")
	for _, email := range []string{"stranger@example.org", "off@example.org"} {
		far.Claims["email"] = email
		back, b := through(t, s, "/sign-in/openid?lang=fr")
		w := b.send(s, http.MethodGet, back, nil)
		if w.Code != 403 || signedInBy(s, w) != nil || !contains(w, email) || !contains(w, "Il n’y a pas de compte pour vous ici") {
			t.Errorf("%s: got %d\n%s", email, w.Code, w.Body)
		}
	}
	users, err := m.Users(t.Context())
	if err != nil || len(users) != 1 {
		t.Errorf("there are %d users, %v, want 1", len(users), err)
	}
}

func TestProviderRefuses(t *testing.T) {
	s, m := newServer(t)
	newcomer(t, m, "nino", false)
	far := withProvider(t, s, "nino@example.org")
	for name, tt := range map[string]struct {
		spoil func(back string, b member) (string, member)
		want  string
	}{
		"said no": {func(back string, b member) (string, member) {
			return strings.Replace(back, "code=", "error=access_denied&x=", 1), b
		}, "did not work"},
		"without the cookie": {func(back string, _ member) (string, member) { return back, member{} }, "did not work"},
		"with another's":     {func(back string, _ member) (string, member) { _, b := through(t, s, "/sign-in/openid"); return back, b }, "did not work"},
		"not verified": {func(back string, b member) (string, member) {
			far.Claims["email_verified"] = false
			return back, b
		}, "has not confirmed an e-mail address"},
	} {
		back, b := through(t, s, "/sign-in/openid")
		back, b = tt.spoil(back, b)
		w := b.send(s, http.MethodGet, back, nil)
		if w.Code != 422 || signedInBy(s, w) != nil || !contains(w, tt.want) || contains(w, "state=") {
			t.Errorf("%s: got %d\n%s", name, w.Code, w.Body)
		}
	}
}

// A provider that is down does not keep anybody from asking for a link.
func TestProviderIsDown(t *testing.T) {
	s, _ := newServer(t)
	s.Provider, s.ProviderName = silent{}, "Ministry of Finance"
	for _, path := range []string{"/sign-in/openid", "/sign-in/openid/back?code=1"} {
		if w := get(s, path); w.Code != 502 || !contains(w, "did not work") || !contains(w, `href="/sign-in"`) || contains(w, "connection refused") {
			t.Errorf("%s: got %d\n%s", path, w.Code, w.Body)
		}
	}
	if w := get(s, "/sign-in"); w.Code != 200 {
		t.Errorf("the form: got %d", w.Code)
	}
}

// silent is a provider that does not answer.
type silent struct{}

func (silent) Begin(context.Context) (string, access.Attempt, error) {
	return "", access.Attempt{}, errors.New("dial: connection refused")
}

func (silent) Finish(context.Context, access.Attempt, url.Values) (access.Identity, error) {
	return access.Identity{}, errors.New("dial: connection refused")
}
