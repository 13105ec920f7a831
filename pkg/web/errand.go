package web

import (
	"context"
	"log/slog"
	"time"
)

// What goes on after an answer, so that no answer tells by its time what there
// was to do.
const (
	maxErrands    = 4 // at a time
	errandTimeout = 30 * time.Second
)

// later runs f after the answer to the request of ctx, or beside it. The visitor
// does not hear of an error; the log does.
func (s *Server) later(ctx context.Context, what string, f func(context.Context) error) {
	ctx = context.WithoutCancel(ctx)
	s.state.errands.Go(func() {
		s.state.turns <- struct{}{}
		defer func() { <-s.state.turns }()
		ctx, cancel := context.WithTimeout(ctx, errandTimeout)
		defer cancel()
		if _, err := safely(func() (struct{}, error) { return struct{}{}, f(ctx) }); err != nil {
			s.Log.ErrorContext(ctx, "after a request", slog.String("what", what), slog.String("err", err.Error()))
		}
	})
}

// Finish waits until everything that goes on after answers is done. It is called
// when no more requests come.
func (s *Server) Finish() { s.init().errands.Wait() }
