package web

import (
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
)

// cached answers with what draw makes of a release, rendered once. What is by
// invitation is rendered for each who may see it, and kept nowhere.
func (s *Server) cached(c echo.Context, r *agenda.Release, page, options string, draw renderer, answer reply) error {
	if invited(r.Event) {
		b, err := rendered(c.Request().Context(), draw)
		if err != nil {
			return err
		}
		answer.caching, answer.shared = noStore, false
		answer.personal = page == picturePage // the page of prints shows many, again and again
		return send(c, b, answer)
	}
	k := key{event: r.Event.ID, release: uint64(r.Number), page: page, choice: answer.choice, options: options, edition: s.edition().Version}
	b, err := s.state.cache.get(c.Request().Context(), k, draw)
	if err != nil {
		return err
	}
	s.state.shortcuts.learn(addressOf(c.Request(), r), shortcut{k, answer})
	return send(c, b, answer)
}

// again answers a request about r that has been answered before, and reports
// whether it did.
func (s *Server) again(c echo.Context, r *agenda.Release) (bool, error) {
	found, ok := s.state.shortcuts.find(addressOf(c.Request(), r))
	if !ok || found.key.edition != s.edition().Version {
		return false, nil
	}
	b := s.state.cache.kept(found.key)
	if b == nil {
		return false, nil
	}
	return true, send(c, b, found.reply)
}

// webcal returns an address that calendars on phones and desktops subscribe to.
func webcal(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return "webcal://" + rest
}
