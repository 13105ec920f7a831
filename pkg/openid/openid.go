// Package openid asks a provider of OpenID Connect who somebody is: by the
// authorization code flow with PKCE (RFC 7636), state and nonce.
//
// It returns a verified address and a name, and leaves out whose account that
// is, cookies, and everything else that the provider could tell.
package openid

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"tamada/pkg/access"
)

// A Provider knows people. Fields are set before the first use.
type Provider struct {
	Issuer       string // as the provider gives it, to the letter
	ClientID     string
	ClientSecret string
	Redirect     string // the address of our page that its answers come to
	Now          func() time.Time

	mu    sync.Mutex
	found *oidc.Provider // nil until it has answered once
}

// patience is how long one exchange with the provider may take.
const patience = 10 * time.Second

// client returns ctx with what exchanges with the provider go through.
func client(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, &http.Client{Timeout: patience})
}

// discover asks the provider for its addresses, once it answers (OpenID Connect
// Discovery 1.0 section 4). A provider that is down is asked again next time.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		found, err := oidc.NewProvider(ctx, p.Issuer)
		if err != nil {
			return nil, nil, fmt.Errorf("provider %s: %w", p.Issuer, err)
		}
		p.found = found
	}
	return p.found, &oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.ClientSecret, RedirectURL: p.Redirect,
		Endpoint: p.found.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}, nil
}

// Begin returns the address of the provider that asks somebody who they are, and
// what to keep until the answer comes.
func (p *Provider) Begin(ctx context.Context) (string, access.Attempt, error) {
	_, config, err := p.discover(client(ctx))
	if err != nil {
		return "", access.Attempt{}, err
	}
	a := access.Attempt{State: access.NewSecret().String(), Nonce: access.NewSecret().String(), Verifier: oauth2.GenerateVerifier()}
	return config.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), a, nil
}

// Finish returns who somebody is, from the parameters that the provider's answer
// came with. The error wraps [access.ErrDenied] if that is no answer to this
// attempt or says no, and is [access.ErrUnverified] if there is no address the
// provider vouches for; any other is trouble with the provider.
func (p *Provider) Finish(ctx context.Context, a access.Attempt, answer url.Values) (access.Identity, error) {
	switch {
	case a.State == "" || subtle.ConstantTimeCompare([]byte(a.State), []byte(answer.Get("state"))) != 1:
		return access.Identity{}, fmt.Errorf("state: %w", access.ErrDenied)
	case answer.Get("error") != "":
		return access.Identity{}, fmt.Errorf("answer %q: %w", answer.Get("error"), access.ErrDenied)
	}
	ctx = client(ctx)
	provider, config, err := p.discover(ctx)
	if err != nil {
		return access.Identity{}, err
	}
	token, err := config.Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return access.Identity{}, exchangeError(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: p.ClientID, Now: p.Now}).Verify(ctx, raw)
	if err != nil {
		return access.Identity{}, fmt.Errorf("token: %w: %w", access.ErrDenied, err)
	}
	if subtle.ConstantTimeCompare([]byte(a.Nonce), []byte(id.Nonce)) != 1 {
		return access.Identity{}, fmt.Errorf("nonce: %w", access.ErrDenied)
	}
	return identify(ctx, provider, id, token)
}

// exchangeError tells a code that the provider refuses from trouble with the
// provider.
func exchangeError(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil && refused.Response.StatusCode < http.StatusInternalServerError {
		return fmt.Errorf("code: %w: %s", access.ErrDenied, refused.ErrorCode)
	}
	return fmt.Errorf("code: %w", err)
}

// claims are what we read of a token (OpenID Connect Core 1.0 section 5.1).
type claims struct {
	Email    string `json:"email"`
	Verified flag   `json:"email_verified"`
	Name     string `json:"name"`
}

// A flag is a truth that some providers write as text.
type flag bool

// UnmarshalJSON takes everything that does not say yes for no.
func (f *flag) UnmarshalJSON(b []byte) error {
	*f = string(b) == "true" || string(b) == `"true"`
	return nil
}

// identify reads who the token is about, and asks further where the token does
// not have the address (OpenID Connect Core 1.0 section 5.3).
func identify(ctx context.Context, provider *oidc.Provider, id *oidc.IDToken, token *oauth2.Token) (access.Identity, error) {
	var c claims
	if err := id.Claims(&c); err != nil {
		return access.Identity{}, fmt.Errorf("token: %w", err)
	}
	if c.Email == "" && provider.UserInfoEndpoint() != "" {
		info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return access.Identity{}, fmt.Errorf("user information: %w", err)
		}
		if info.Subject != id.Subject { // section 5.3.2
			return access.Identity{}, fmt.Errorf("user information of another: %w", access.ErrDenied)
		}
		if err := info.Claims(&c); err != nil {
			return access.Identity{}, fmt.Errorf("user information: %w", err)
		}
	}
	address, err := access.ParseAddress(c.Email)
	if err != nil || !bool(c.Verified) {
		return access.Identity{}, access.ErrUnverified
	}
	return access.Identity{Address: address, Name: c.Name}, nil
}
