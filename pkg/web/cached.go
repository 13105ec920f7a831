package web

import (
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
)

// cached answers with what draw makes of a release, rendered once.
func (s *Server) cached(c echo.Context, r *agenda.Release, page, options string, draw renderer, answer reply) error {
	k := key{event: r.Event.ID, release: uint64(r.Number), page: page, choice: answer.choice, options: options}
	b, err := s.state.cache.get(c.Request().Context(), k, draw)
	if err != nil {
		return err
	}
	return send(c, b, answer)
}

// webcal returns an address that calendars on phones and desktops subscribe to.
func webcal(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return "webcal://" + rest
}
