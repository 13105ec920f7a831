package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"
)

// observe gives each request a number, answers for errors and panics, and
// writes one line in the log. The line has no query: a value in it may be
// somebody's secret.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := s.Now()
		id := requestID()
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		_, err := safely(func() (struct{}, error) { return struct{}{}, next(c) })
		if err != nil && errors.Is(c.Request().Context().Err(), context.Canceled) {
			err = gone(err) // whatever it broke
		}
		if err != nil {
			s.answerError(err, c)
		}
		s.record(c, id, err, s.Now().Sub(start))
		return nil
	}
}

// safely runs f and turns a panic into an error.
func safely[T any](f func() (T, error)) (v T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return f()
}

// record counts and logs a request that has been answered.
func (s *Server) record(c echo.Context, id string, err error, took time.Duration) {
	req, code := c.Request(), c.Response().Status
	if err != nil && status(err) == statusGone {
		code = statusGone
	}
	route := c.Path()
	if errors.Is(err, echo.ErrNotFound) || route == "" {
		route = "none"
	}
	s.state.metrics.count(route, req.Method, code, took)

	level, fault := slog.LevelInfo, ""
	if err != nil && code >= http.StatusInternalServerError {
		level, fault = slog.LevelError, err.Error()
	}
	if !s.Log.Enabled(req.Context(), level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("id", id), slog.String("method", req.Method), slog.String("path", req.URL.Path),
		slog.Int("status", code), slog.Int64("bytes", c.Response().Size), slog.Duration("took", took),
	}
	if fault != "" {
		attrs = append(attrs, slog.String("err", fault))
	}
	s.Log.LogAttrs(req.Context(), level, "request", attrs...)
}

// requestID returns a number to quote when asking about a request.
func requestID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails; see crypto/rand
	return hex.EncodeToString(b[:])
}
