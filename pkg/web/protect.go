package web

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"
)

// maxRequest bounds the body of a request, in bytes, where its route does not say
// otherwise.
const maxRequest = 64 << 10

// policy is the Content-Security-Policy of every page: what it loads comes from
// here, nothing is inline, and nobody frames it.
const policy = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"

// protections are the headers of every answer.
var protections = map[string][]string{
	"Content-Security-Policy":      {policy},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"same-origin"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), microphone=(), geolocation=(), payment=()"},
}

// transport is sent where the site is served over TLS.
var transport = []string{"max-age=31536000"}

// protect sets the headers that keep browsers from doing what no page of ours
// asks for, bounds the body, and refuses requests that other sites make
// visitors send. Such requests are told by the headers of browsers, without
// tokens in pages, so that pages stay the same for everybody.
func (s *Server) protect(next echo.HandlerFunc) echo.HandlerFunc {
	secure := s.secure()
	return func(c echo.Context) error {
		header := c.Response().Header()
		for name, value := range protections {
			header[name] = value
		}
		if secure {
			header["Strict-Transport-Security"] = transport
		}
		req := c.Request()
		if err := s.state.foreign.Check(req); err != nil {
			return fmt.Errorf("%w: %w", errForeign, err)
		}
		if req.Body != nil && req.Body != http.NoBody {
			req.Body = http.MaxBytesReader(c.Response(), req.Body, s.most(c))
		}
		return next(c)
	}
}

// most returns how many bytes may be sent to the route of a request.
func (s *Server) most(c echo.Context) int64 {
	for _, r := range s.state.routes {
		if r.path == c.Path() && string(r.method) == c.Request().Method && r.most > 0 {
			return r.most
		}
	}
	return maxRequest
}
