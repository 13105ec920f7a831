package web

import (
	"context"

	"tamada/pkg/post"
)

// A Mailroom is what the pages need of the mail: what is in the queue, what
// became of it, and what is in the outbox. Errors are those of packages agenda
// and post.
type Mailroom interface {
	// List returns messages, the latest first.
	List(ctx context.Context, f post.Filter) ([]post.Item, error)
	// Counts returns how many messages are in which state.
	Counts(ctx context.Context, f post.Filter) (map[post.State]int, error)
	// Find returns a message.
	Find(ctx context.Context, id string) (post.Item, error)
	// Move does to a message what a person has decided.
	Move(ctx context.Context, actor, id string, e post.Event) (post.Item, error)

	// Trouble returns what keeps all messages from going out.
	Trouble() post.Trouble
	// Outbox reports whether messages go to a folder, because there is no server.
	Outbox() bool
	// Written returns a message of the outbox as it was written. The error wraps
	// agenda.ErrNotFound if it is not there.
	Written(m post.Message) ([]byte, error)
	// Read returns what a message that was written says.
	Read(message []byte) (Reading, error)
}

// A Reading is what a message says.
type Reading struct {
	Subject string
	Text    string
	HTML    string // a whole page
}
