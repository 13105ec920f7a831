//go:build bench

package web

import (
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Bare returns a handler that stands behind the same middleware as every route
// and does nothing but send a response from memory, by path: the limit that
// the real handlers are compared with.
func (s *Server) Bare(responses map[string]*http.Response) (http.Handler, error) {
	s.init()
	e := echo.New()
	e.HTTPErrorHandler = s.answerError
	e.IPExtractor = s.extractor()
	e.Use(s.observe, s.protect)
	for path, response := range responses {
		body, err := io.ReadAll(response.Body)
		if err != nil {
			return nil, err
		}
		header, code := response.Header, response.StatusCode
		e.GET(path, func(c echo.Context) error {
			h := c.Response().Header()
			for name, values := range header {
				h[name] = values
			}
			c.Response().WriteHeader(code)
			if len(body) == 0 {
				return nil
			}
			_, err := c.Response().Write(body)
			return err
		})
	}
	return e, nil
}
