package mail

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"tamada/pkg/post"
)

// Places is what an [Inbox] needs of the store: who reads which mailbox, and how far it was
// read.
type Places interface {
	// HoldMailbox takes a mailbox for a worker until a time, or prolongs that it has it; not
	// if another has it now. It returns how far the mailbox was read.
	HoldMailbox(ctx context.Context, mailbox, worker string, now, until time.Time) (place post.Place, held bool, err error)

	// ReadMailbox notes how far a mailbox was read. The error is [post.ErrLost] if another
	// worker has it by now.
	ReadMailbox(ctx context.Context, mailbox, worker string, place post.Place) error
}

// An Inbox reads what comes to a mailbox. Several may share one; one of them reads it at a
// time. Fields are set before the first use.
type Inbox struct {
	Mailbox *IMAP
	Places  Places
	// Take is given each message, and says whether it is one of ours. A message may be given
	// twice, if we end between its being taken and that being noted.
	Take func(ctx context.Context, in Incoming) (ours bool, err error)
	Name string // of this instance; two that run at once have two names
	Log  *slog.Logger
	Now  func() time.Time

	failures int // in a row
	mu       sync.Mutex
	trouble  post.Trouble
}

// How a mailbox is read.
const (
	look  = time.Minute      // between looks into it
	lease = 10 * time.Minute // that others leave it to who has it: more than a visit takes
)

// Run reads the mailbox again and again until ctx ends.
func (b *Inbox) Run(ctx context.Context) {
	for ctx.Err() == nil {
		all, err := b.Collect(ctx)
		b.note(ctx, err)
		if err == nil && !all {
			continue
		}
		timer := time.NewTimer(max(look, pause(b.failures)))
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Trouble returns what keeps us from reading the mailbox now, for those who wait for answers.
func (b *Inbox) Trouble() post.Trouble {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.trouble
}

// note keeps and logs when trouble with the mailbox begins, and when it ends.
func (b *Inbox) note(ctx context.Context, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case ctx.Err() != nil:
	case err == nil:
		if b.failures > 0 {
			b.Log.Info("replies are read again")
		}
		b.failures, b.trouble = 0, post.Trouble{}
	default:
		detail := post.Detail(err.Error())
		if b.failures++; b.failures == 1 {
			b.Log.Warn("replies are not read", "detail", detail)
			b.trouble.Since = b.Now()
		}
		b.trouble.Cause, b.trouble.Detail = post.Away, detail
	}
}

// Collect reads what has come, unless another instance does, and reports whether that is all
// of it.
func (b *Inbox) Collect(ctx context.Context) (all bool, err error) {
	name, now := b.Mailbox.Name(), b.Now()
	from, held, err := b.Places.HoldMailbox(ctx, name, b.Name, now, now.Add(lease))
	if err != nil || !held {
		return true, err
	}
	to, all, err := b.Mailbox.Visit(ctx, from, func(in Incoming) (bool, error) { return b.Take(ctx, in) })
	if to != from {
		if lost := b.Places.ReadMailbox(context.WithoutCancel(ctx), name, b.Name, to); lost != nil && err == nil {
			err = lost
		}
	}
	return all, err
}
