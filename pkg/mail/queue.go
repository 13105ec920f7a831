package mail

import (
	"context"
	"time"

	"tamada/pkg/post"
)

// A Queue is what a [Worker] needs of the store. Package mailtest has a test that
// every queue has to pass.
type Queue interface {
	// Claim takes at most n messages that are due (see [post.Status.Due]), moves each by
	// the step [post.Claim] with a new claim ID, and returns them as they are then. It is
	// one transaction that has reached the disk when Claim returns, and no two
	// claims get the same message. Messages that are not bulk come first, then
	// those that were created first.
	Claim(ctx context.Context, worker string, n int, now time.Time) ([]post.Item, error)

	// Mark replaces the status of a message, if state and claim are still those of
	// item; else it is [post.ErrLost]. It has reached the disk when Mark returns. If the
	// new state is finished, the message is stored as [post.Message.Forget] has it.
	Mark(ctx context.Context, item post.Item, to post.Status) error

	// Held returns the messages that are claimed or sending by that worker, or by
	// any since before a time.
	Held(ctx context.Context, worker string, before time.Time) ([]post.Item, error)
}
