package web

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// A key says what a rendered response is a function of. The language is in
// four parts, see [choice]; what else the URL chooses is in options.
type key struct {
	event   string // the event's ID, "" for what concerns several
	release uint64
	page    string
	choice  choice
	options string
	edition int // of the site
}

// renderTimeout bounds one rendering.
const renderTimeout = 30 * time.Second

// A cache keeps rendered responses, the most recently used up to a number of
// bytes, and renders what it has not got: once, however many ask.
type cache struct {
	limit   int64
	metrics *metrics

	mu      sync.Mutex
	size    int64
	entries map[key]*list.Element // of *entry
	recent  *list.List            // the most recently used first
	flights map[key]*flight
}

// An entry is a body in the cache.
type entry struct {
	key  key
	body *body
}

// A flight is a rendering under way, and how many wait for it.
type flight struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	body    *body
	err     error
}

func newCache(limit int64, m *metrics) *cache {
	return &cache{limit: limit, metrics: m, entries: map[key]*list.Element{}, recent: list.New(), flights: map[key]*flight{}}
}

// A renderer makes the bytes of a response.
type renderer func(context.Context) ([]byte, error)

// get returns the body for k, rendered if need be. When ctx is done it no
// longer waits; a rendering that nobody waits for any more is cancelled.
func (c *cache) get(ctx context.Context, k key, draw renderer) (*body, error) {
	c.mu.Lock()
	if b := c.use(k); b != nil {
		c.mu.Unlock()
		return b, nil
	}
	f, ok := c.flights[k]
	if !ok {
		f = c.take(ctx, k, draw)
	}
	f.waiting++
	c.mu.Unlock()

	select {
	case <-f.done:
		return f.body, f.err
	case <-ctx.Done():
		c.leave(k, f)
		return nil, ctx.Err()
	}
}

// kept returns the body for k if it is in the cache, or nil.
func (c *cache) kept(k key) *body {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.use(k)
}

// use returns the body for k, now the most recently used, or nil if it is not
// in the cache. The caller holds the lock.
func (c *cache) use(k key) *body {
	e, ok := c.entries[k]
	if !ok {
		return nil
	}
	c.recent.MoveToFront(e)
	c.metrics.hits.Inc()
	return e.Value.(*entry).body
}

// take begins a rendering. Its context outlives the request that began it,
// as others may wait for it. The caller holds the lock.
func (c *cache) take(ctx context.Context, k key, draw renderer) *flight {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renderTimeout)
	f := &flight{done: make(chan struct{}), cancel: cancel}
	c.flights[k] = f
	go func() {
		defer cancel()
		f.body, f.err = rendered(ctx, draw)
		c.land(k, f)
	}()
	return f
}

// rendered returns what draw makes, as a body. A panic becomes an error.
func rendered(ctx context.Context, draw renderer) (*body, error) {
	plain, err := safely(func() ([]byte, error) { return draw(ctx) })
	if err != nil {
		return nil, err
	}
	return newBody(plain)
}

// land keeps what was rendered and lets go of those who wait for it.
func (c *cache) land(k key, f *flight) {
	c.metrics.renders.Inc()
	c.mu.Lock()
	if c.flights[k] == f {
		delete(c.flights, k)
	}
	if f.err == nil {
		c.add(k, f.body)
	}
	c.mu.Unlock()
	close(f.done)
}

// leave gives up waiting for f.
func (c *cache) leave(k key, f *flight) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.waiting--; f.waiting == 0 {
		f.cancel()
		if c.flights[k] == f {
			delete(c.flights, k) // whoever comes now must not wait for a cancelled one
		}
	}
}

// add keeps b, at the cost of what was not used for longest. The caller holds
// the lock.
func (c *cache) add(k key, b *body) {
	if b.size() > c.limit || c.entries[k] != nil {
		return
	}
	c.entries[k] = c.recent.PushFront(&entry{k, b})
	c.size += b.size()
	for c.size > c.limit {
		last := c.recent.Back()
		e := c.recent.Remove(last).(*entry)
		delete(c.entries, e.key)
		c.size -= e.body.size()
	}
	c.metrics.cached.Set(float64(c.size))
}
