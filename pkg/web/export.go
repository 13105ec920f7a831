package web

import (
	"bytes"
	"context"
	"io"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange"
)

// A writer writes an event in some format.
type writer func(io.Writer, *agenda.Event, interchange.Options) error

// export returns a handler that serves an agenda as data, in all languages.
// Its parameters count for nothing: there is one form only.
func (s *Server) export(name string, m mime, write writer) func(echo.Context, *agenda.Release) error {
	return func(c echo.Context, r *agenda.Release) error {
		answer := reply{mime: m, caching: someMinutes, modified: r.Published, shared: true, hidden: hidden(r.Event)}
		return s.cached(c, r, name, "", func(context.Context) ([]byte, error) {
			var b bytes.Buffer
			err := write(&b, r.Event, interchange.Options{BaseURL: s.BaseURL})
			return b.Bytes(), err
		}, answer)
	}
}
