package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// errNotReady says that the database does not answer.
var errNotReady = errors.New("not ready")

// readyTimeout is how long the database has to say that it is ready.
const readyTimeout = 2 * time.Second

func (s *Server) healthz(c echo.Context) error {
	c.Response().Header()["Cache-Control"] = noStore
	return c.String(http.StatusOK, "ok\n")
}

func (s *Server) readyz(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), readyTimeout)
	defer cancel()
	if err := s.Store.Ready(ctx); err != nil {
		return fmt.Errorf("%w: %w", errNotReady, err)
	}
	c.Response().Header()["Cache-Control"] = noStore
	return c.String(http.StatusOK, "ready\n")
}
