package store

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
)

// TestTurnIsFirstComeFirstServed queues goroutines one after the other.
func TestTurnIsFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turn := newTurn()
		if err := turn.take(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got, want []int
		for i := range 50 {
			want = append(want, i)
			go func() {
				if err := turn.take(t.Context()); err != nil {
					t.Error(err)
				}
				got = append(got, i)
				turn.leave()
			}()
			synctest.Wait() // until it waits
		}
		turn.leave()
		synctest.Wait()
		if !slices.Equal(got, want) {
			t.Errorf("got order %v, want as they came", got)
		}
	})
}

func TestTurnGivesUp(t *testing.T) {
	turn := newTurn()
	if err := turn.take(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := turn.take(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want context.Canceled", err)
	}
}
