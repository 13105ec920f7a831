package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
)

// visitKey is where a request keeps the visit that it is part of.
const visitKey = "visit"

// actor returns who asks: nobody, unless the request has the cookie of a
// sign-in that is live.
func (s *Server) actor(c echo.Context) (access.Actor, error) {
	v, err := s.visit(c)
	return v.Actor(), err
}

// visit returns the visit that the cookie of a request stands for; its zero
// value if there is none. A cookie that is due is replaced, one that opens
// nothing is cleared. Without a cookie, nothing is looked up. Whatever the
// answer depends on the visit: it is not kept by anybody.
func (s *Server) visit(c echo.Context) (access.Visit, error) {
	if v, ok := c.Get(visitKey).(access.Visit); ok {
		return v, nil
	}
	v, err := s.resume(c)
	if err == nil {
		c.Set(visitKey, v)
	}
	return v, err
}

func (s *Server) resume(c echo.Context) (access.Visit, error) {
	cookie, err := c.Cookie(s.cookieName())
	if err != nil || s.Accounts == nil {
		return access.Visit{}, nil
	}
	secret, err := access.ParseSecret(cookie.Value)
	if err != nil {
		s.clearCookie(c)
		return access.Visit{}, nil
	}
	v, err := s.Accounts.Resume(c.Request().Context(), secret)
	switch {
	case closed(err):
		s.clearCookie(c)
		return access.Visit{}, nil
	case err != nil:
		return access.Visit{}, err
	}
	if v.Renewed {
		s.setCookie(c, v.Secret)
	}
	return v, nil
}

// secure reports whether the site is reached over TLS.
func (s *Server) secure() bool { return strings.HasPrefix(s.BaseURL, "https://") }

// cookieName names the cookie of a sign-in. Browsers take one that begins with
// __Host- from this very host alone, over TLS (RFC 6265bis section 4.1.3.2).
func (s *Server) cookieName() string {
	if s.secure() {
		return "__Host-tamada"
	}
	return "tamada"
}

// setCookie lets the browser keep the secret of a sign-in for as long as that
// may live.
func (s *Server) setCookie(c echo.Context, secret access.Secret) {
	s.writeCookie(c, secret.String(), int(access.AbsoluteLifetime.Seconds()))
}

// clearCookie makes the browser forget.
func (s *Server) clearCookie(c echo.Context) { s.writeCookie(c, "", -1) }

func (s *Server) writeCookie(c echo.Context, value string, age int) {
	c.Response().Header()["Cache-Control"] = noStore
	c.SetCookie(&http.Cookie{
		Name: s.cookieName(), Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// landing is where somebody comes who signed in without having been on the way
// to anything else.
const landing = "/organise"

// local returns the address if it is one of a page of this site, else [landing].
// Browsers take a backslash for a slash, and leave out tabs and line breaks.
func local(to string) string {
	u, err := url.Parse(to)
	switch {
	case err != nil, u.Scheme != "", u.Host != "", u.User != nil, u.Opaque != "":
	case !strings.HasPrefix(to, "/"), strings.HasPrefix(to, "//"), strings.ContainsAny(to, "\\\t\r\n"):
	case len(to) > 1000:
	default:
		return u.RequestURI()
	}
	return landing
}

// extractor returns what says where a request comes from: the connection, or
// what the proxies say that are trusted.
func (s *Server) extractor() echo.IPExtractor {
	if len(s.Proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range s.Proxies {
		options = append(options, echo.TrustIPRange(ipNet(p)))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// ipNet returns p as package net has it.
func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}

// network names the network that a request comes from, for limits.
func network(c echo.Context) string {
	ip, err := netip.ParseAddr(c.RealIP())
	if err != nil {
		return "unknown"
	}
	return access.NetworkKey(ip)
}
