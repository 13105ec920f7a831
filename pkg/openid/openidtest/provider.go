// Package openidtest is a small provider of OpenID Connect for tests: discovery,
// keys, a page that asks nobody anything, tokens and user information. It checks
// what a client has to do, PKCE included.
package openidtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// The client that the provider knows.
const (
	ClientID     = "tamada"
	ClientSecret = "a secret of the client"
)

// A Provider signs in one person, the same at every request. Fields are changed
// between requests only.
type Provider struct {
	Issuer string             // where it is reached
	Claims map[string]any     // of the token: what it says of the person
	Info   map[string]any     // of the user information; nil for none
	Error  string             // that it answers with instead of a code; "" for none
	Spoil  func(token *Token) // changes a token before it is given out; may be nil
	Ask    bool               // whether its page waits until the person has clicked

	once  sync.Once
	mu    sync.Mutex
	key   *ecdsa.PrivateKey
	codes map[string]url.Values // the requests of codes that were not used
}

// A Token is what a token is made of.
type Token struct {
	Claims map[string]any
	Header map[string]string
	Key    *ecdsa.PrivateKey
}

// ServeHTTP answers like a provider.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.once.Do(func() { p.key, p.codes = NewKey(), map[string]url.Values{} })
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		info := ""
		if p.Info != nil {
			info = p.Issuer + "/userinfo"
		}
		answer(w, http.StatusOK, map[string]any{
			"issuer": p.Issuer, "authorization_endpoint": p.Issuer + "/authorize", "token_endpoint": p.Issuer + "/token",
			"jwks_uri": p.Issuer + "/keys", "userinfo_endpoint": info, "id_token_signing_alg_values_supported": []string{"ES256"},
		})
	case "/keys":
		answer(w, http.StatusOK, map[string]any{"keys": []any{p.jwk()}})
	case "/authorize":
		p.authorize(w, r)
	case "/token":
		p.token(w, r)
	case "/userinfo":
		answer(w, http.StatusOK, p.Info)
	default:
		http.NotFound(w, r)
	}
}

// NewKey returns a key to sign with.
func NewKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return key
}

// authorize sends the browser back with a code, or with an error.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || q.Get("client_id") != ClientID || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" {
		http.Error(w, "no request of a client that we know", http.StatusBadRequest)
		return
	}
	result := url.Values{"state": {q.Get("state")}}
	if p.Error != "" {
		result.Set("error", p.Error)
	} else {
		code := rand.Text()
		p.mu.Lock()
		p.codes[code] = q
		p.mu.Unlock()
		result.Set("code", code)
	}
	back.RawQuery = result.Encode()
	if p.Ask {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1><a id="yes" href="%s">It is me</a>`, html.EscapeString(back.String()))
		return
	}
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// token changes a code for a token, once.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	if id == "" {
		id, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	} else {
		secret, _ = url.QueryUnescape(secret) // RFC 6749 section 2.3.1
	}
	p.mu.Lock()
	q, known := p.codes[r.FormValue("code")]
	delete(p.codes, r.FormValue("code"))
	p.mu.Unlock()
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	switch {
	case id != ClientID || secret != ClientSecret:
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	case !known || base64.RawURLEncoding.EncodeToString(sum[:]) != q.Get("code_challenge") || r.FormValue("redirect_uri") != q.Get("redirect_uri"):
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	t := &Token{
		Claims: map[string]any{
			"iss": p.Issuer, "aud": ClientID, "sub": "1", "nonce": q.Get("nonce"),
			"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
		},
		Header: map[string]string{"alg": "ES256", "kid": "1"}, Key: p.key,
	}
	maps.Copy(t.Claims, p.Claims)
	if p.Spoil != nil {
		p.Spoil(t)
	}
	answer(w, http.StatusOK, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": t.sign()})
}

// sign returns the token as it is sent (RFC 7515 section 7.1).
func (t *Token) sign() string {
	part := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // maps of plain values
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	text := part(t.Header) + "." + part(t.Claims)
	if t.Key == nil {
		return text + "."
	}
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, t.Key, sum[:])
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	const size = 32
	signature := append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...)
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// jwk is our key for others (RFC 7518 section 6.2).
func (p *Provider) jwk() map[string]string {
	point, err := p.key.PublicKey.Bytes() // 4, then both coordinates
	if err != nil {
		panic(err) // it is on the curve
	}
	const size = 32
	x, y := point[1:1+size], point[1+size:]
	return map[string]string{
		"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "1",
		"x": base64.RawURLEncoding.EncodeToString(x), "y": base64.RawURLEncoding.EncodeToString(y),
	}
}

// answer sends JSON.
func answer(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		return // the client is gone
	}
}
