// Package mailtest tests implementations of mail.Queue, and has one in memory to
// measure others by.
package mailtest

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"tamada/pkg/mail"
	"tamada/pkg/post"
)

// A Store is a queue with what a test needs besides.
type Store interface {
	mail.Queue

	// Add puts messages into the queue. One whose ID is there already is passed
	// over, so that adding can be repeated.
	Add(ctx context.Context, now time.Time, messages ...post.Message) error

	// Find returns a message.
	Find(ctx context.Context, id string) (post.Item, error)
}

// ErrNotFound says that [Memory] does not have a message.
var ErrNotFound = errors.New("message not found")

// Memory is a queue in memory. It is safe for concurrent use.
type Memory struct {
	mu     sync.Mutex
	items  map[string]*post.Item
	order  []string // IDs as they were added
	claims int
}

// NewMemory returns an empty queue.
func NewMemory() *Memory { return &Memory{items: make(map[string]*post.Item)} }

// Add implements [Store].
func (q *Memory) Add(_ context.Context, now time.Time, messages ...post.Message) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, m := range messages {
		if q.items[m.ID] == nil {
			q.items[m.ID] = &post.Item{Message: m, Status: post.New(now)}
			q.order = append(q.order, m.ID)
		}
	}
	return nil
}

// Find implements [Store].
func (q *Memory) Find(_ context.Context, id string) (post.Item, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.items[id] == nil {
		return post.Item{}, ErrNotFound
	}
	return *q.items[id], nil
}

// Claim implements [mail.Queue].
func (q *Memory) Claim(_ context.Context, worker string, n int, now time.Time) ([]post.Item, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var claimed []post.Item
	for _, item := range q.due(now) {
		if len(claimed) == n {
			break
		}
		q.claims++
		e := post.Event{Step: post.Claim, Worker: worker, Claim: worker + "/" + strconv.Itoa(q.claims)}
		to, err := post.Next(item.Status, e, now)
		if err != nil {
			return nil, err
		}
		item.Status = to
		claimed = append(claimed, *item)
	}
	return claimed, nil
}

// due returns the messages that are due, in the order of their turn.
func (q *Memory) due(now time.Time) []*post.Item {
	var due []*post.Item
	for _, id := range q.order {
		if item := q.items[id]; item.Status.Due(now) {
			due = append(due, item)
		}
	}
	slices.SortStableFunc(due, func(a, b *post.Item) int {
		switch {
		case a.Message.Bulk() == b.Message.Bulk():
			return a.Message.Created.Compare(b.Message.Created)
		case a.Message.Bulk():
			return 1
		}
		return -1
	})
	return due
}

// Mark implements [mail.Queue].
func (q *Memory) Mark(_ context.Context, item post.Item, to post.Status) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	current := q.items[item.Message.ID]
	if current == nil || current.Status.State != item.Status.State || current.Status.Claim != item.Status.Claim {
		return post.ErrLost
	}
	current.Status = to
	if to.State.Finished() {
		current.Message = current.Message.Forget()
	}
	return nil
}

// Held implements [mail.Queue].
func (q *Memory) Held(_ context.Context, worker string, before time.Time) ([]post.Item, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var held []post.Item
	for _, id := range q.order {
		s := q.items[id].Status
		if (s.State == post.Claimed || s.State == post.Sending) && (s.Worker == worker || s.Changed.Before(before)) {
			held = append(held, *q.items[id])
		}
	}
	return held, nil
}

// Put sets the status of a message, whatever it was, as after a restart.
func (q *Memory) Put(id string, s post.Status) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if item := q.items[id]; item != nil {
		item.Status = s
	}
}
