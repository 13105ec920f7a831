package openid_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/openid"
	"tamada/pkg/openid/openidtest"
)

// client returns a provider, and us as its client.
func client(t *testing.T) (*openidtest.Provider, *openid.Provider) {
	t.Helper()
	far := &openidtest.Provider{Claims: map[string]any{"email": "Nino@Ministry.example", "email_verified": true, "name": "Nino Beridze"}}
	server := httptest.NewServer(far)
	t.Cleanup(server.Close)
	far.Issuer = server.URL
	return far, &openid.Provider{
		Issuer: server.URL, ClientID: openidtest.ClientID, ClientSecret: openidtest.ClientSecret,
		Redirect: "https://tamada.example/sign-in/openid/back", Now: time.Now,
	}
}

// ask goes to the provider as a browser does, and returns what it answers.
func ask(t *testing.T, p *openid.Provider) (access.Attempt, url.Values) {
	t.Helper()
	address, attempt, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := b.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		t.Fatalf("%s: %s, %v", address, resp.Status, err)
	}
	return attempt, back.Query()
}

func TestFinish(t *testing.T) {
	_, p := client(t)
	attempt, answer := ask(t, p)
	got, err := p.Finish(t.Context(), attempt, answer)
	if err != nil || got.Address.Key() != "nino@ministry.example" || got.Name != "Nino Beridze" {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := p.Finish(t.Context(), attempt, answer); !errors.Is(err, access.ErrDenied) {
		t.Errorf("the same code again: got %+v, %v, want %v", got, err, access.ErrDenied)
	}
	other, answer := ask(t, p)
	if other == attempt || other.State == attempt.State || other.Nonce == attempt.Nonce || other.Verifier == attempt.Verifier {
		t.Error("two attempts share something")
	}
	other.Verifier = attempt.Verifier
	if got, err := p.Finish(t.Context(), other, answer); !errors.Is(err, access.ErrDenied) {
		t.Errorf("the code of another attempt: got %+v, %v, want %v", got, err, access.ErrDenied)
	}
}

func TestUserInformation(t *testing.T) {
	far, p := client(t)
	far.Claims = nil
	far.Info = map[string]any{"sub": "1", "email": "nino@ministry.example", "email_verified": "true"}
	attempt, answer := ask(t, p)
	if got, err := p.Finish(t.Context(), attempt, answer); err != nil || got.Address.Key() != "nino@ministry.example" {
		t.Errorf("got %+v, %v", got, err)
	}
	far.Info["sub"] = "2"
	attempt, answer = ask(t, p)
	if got, err := p.Finish(t.Context(), attempt, answer); !errors.Is(err, access.ErrDenied) {
		t.Errorf("about another: got %+v, %v, want %v", got, err, access.ErrDenied)
	}
}

// Whoever forges an answer is not let in.
func TestFinishRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil  func(*openidtest.Token)
		answer func(url.Values)
		want   error
	}{
		"no state":       {answer: func(q url.Values) { q.Del("state") }, want: access.ErrDenied},
		"another state":  {answer: func(q url.Values) { q.Set("state", "x") }, want: access.ErrDenied},
		"no code":        {answer: func(q url.Values) { q.Del("code") }, want: access.ErrDenied},
		"another code":   {answer: func(q url.Values) { q.Set("code", "x") }, want: access.ErrDenied},
		"said no":        {answer: func(q url.Values) { q.Set("error", "access_denied") }, want: access.ErrDenied},
		"another nonce":  {spoil: claim("nonce", "x"), want: access.ErrDenied},
		"no nonce":       {spoil: claim("nonce", ""), want: access.ErrDenied},
		"another issuer": {spoil: claim("iss", "https://evil.example"), want: access.ErrDenied},
		"another client": {spoil: claim("aud", "another"), want: access.ErrDenied},
		"expired":        {spoil: claim("exp", time.Now().Add(-time.Hour).Unix()), want: access.ErrDenied},
		"another key":    {spoil: func(t *openidtest.Token) { t.Key = openidtest.NewKey() }, want: access.ErrDenied},
		"unsigned": {spoil: func(t *openidtest.Token) {
			t.Key = nil
			t.Header["alg"] = "none"
		}, want: access.ErrDenied},
		"signed by our secret":    {spoil: func(t *openidtest.Token) { t.Header["alg"] = "HS256" }, want: access.ErrDenied},
		"address not verified":    {spoil: claim("email_verified", false), want: access.ErrUnverified},
		"verified by no word":     {spoil: claim("email_verified", nil), want: access.ErrUnverified},
		"address of the gullible": {spoil: claim("email_verified", "yes"), want: access.ErrUnverified},
		"no address":              {spoil: claim("email", ""), want: access.ErrUnverified},
		"two addresses":           {spoil: claim("email", "a@example.org,b@example.org"), want: access.ErrUnverified},
	} {
		far, p := client(t)
		far.Spoil = tt.spoil
		attempt, answer := ask(t, p)
		if tt.answer != nil {
			tt.answer(answer)
		}
		if got, err := p.Finish(t.Context(), attempt, answer); !errors.Is(err, tt.want) || got != (access.Identity{}) {
			t.Errorf("%s: got %+v, %v, want %v", name, got, err, tt.want)
		}
	}
}

// claim returns what changes one claim.
func claim(name string, value any) func(*openidtest.Token) {
	return func(t *openidtest.Token) { t.Claims[name] = value }
}

// An attempt that is not there is good for no answer.
func TestNoAttempt(t *testing.T) {
	_, p := client(t)
	if got, err := p.Finish(t.Context(), access.Attempt{}, url.Values{"code": {"x"}}); !errors.Is(err, access.ErrDenied) {
		t.Errorf("got %+v, %v, want %v", got, err, access.ErrDenied)
	}
}

// A provider that is down is asked again.
func TestProviderDown(t *testing.T) {
	far, p := client(t)
	issuer := far.Issuer
	far.Issuer = "https://another.example" // which is not who we wanted to ask
	if _, _, err := p.Begin(t.Context()); err == nil {
		t.Error("a provider that is another: got no error")
	}
	far.Issuer = issuer
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := p.Begin(ctx); err == nil {
		t.Error("a request that is over: got no error")
	}
	if _, _, err := p.Begin(t.Context()); err != nil {
		t.Errorf("once it is up: %v", err)
	}
}
