package store

import "context"

// A turn is taken by one goroutine at a time, first come, first served: those
// who wait to send on a channel are woken in their order, whereas database/sql
// hands a connection to any of those who wait, so that some wait long.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

// take waits for the turn, or returns the error of ctx.
func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leave gives the turn to the next.
func (t turn) leave() { <-t }
