package mail

import (
	"context"
	"time"

	"tamada/pkg/post"
)

// A Sender hands messages over. It is used by one goroutine at a time.
type Sender interface {
	// Send hands one message over. Right before the moment from which on it may be
	// delivered, Send calls handOver, and breaks off if that is an error. Send does
	// not return before it knows the outcome, or knows that it will not.
	Send(ctx context.Context, e Envelope, handOver func() error) Outcome

	// Rest is called when there is nothing to send for now: connections are closed.
	Rest()
}

// A Knower is a [Sender] that can find out whether it has delivered a message.
type Knower interface {
	Delivered(e Envelope) (bool, error)
}

// An Envelope is a message as it is handed over.
type Envelope struct {
	ID   string // of the [post.Message]
	Date time.Time
	From string // an address
	To   string // an address
	Data []byte // of [Composer.Compose]
}

// An Outcome is what became of handing a message over.
type Outcome struct {
	Verdict Verdict
	Cause   post.Cause
	Detail  string // in the server's words
}

// A Verdict says what an [Outcome] means.
type Verdict uint8

// The verdicts.
const (
	Down     Verdict = iota // the server takes nothing now: try all messages later
	Stopped                 // handOver was an error
	Accepted                //
	TryLater                // this message, that is
	NotEver                 // this message is refused
	NotKnown                // handed over, and not answered
)

// step returns what happens to the message, if anything does.
func (o Outcome) step() (post.Step, bool) {
	switch o.Verdict {
	case Accepted:
		return post.Accept, true
	case TryLater:
		return post.Defer, true
	case NotEver:
		return post.Refuse, true
	case NotKnown:
		return post.Lose, true
	case Down:
		return post.Release, true
	case Stopped:
	}
	return 0, false
}
