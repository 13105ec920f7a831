package store

import (
	"context"
	"sync"
	"time"

	"gorm.io/gorm"

	"tamada/pkg/agenda"
)

// Watch returns a channel of what is new from now on, by whichever process it
// was written, until ctx is done or the database is closed; then it is closed.
// Who reads it slowly keeps nobody waiting: of several notices of one event
// that were not read, the last is kept.
func (d *DB) Watch(ctx context.Context) <-chan agenda.Notice { return d.hub.watch(ctx) }

// A hub tells watchers what is new. It listens to other processes from the
// first watcher or bell on.
type hub struct {
	db      *DB
	ctx     context.Context // of the hub, not of a call; done when it is closed
	cancel  context.CancelFunc
	running sync.WaitGroup
	first   sync.Once

	mu       sync.Mutex
	closed   bool
	known    map[string]agenda.Notice // by event
	watchers map[*watcher]struct{}
	bells    map[chan struct{}]struct{} // rung when there are new messages
}

// A watcher is one reader of notices.
type watcher struct {
	notices chan agenda.Notice
	wake    chan struct{}            // holds one token when there is something pending
	pending map[string]agenda.Notice // by event; guarded by the hub
}

func newHub(db *DB) *hub {
	h := &hub{
		db: db, known: map[string]agenda.Notice{}, watchers: map[*watcher]struct{}{}, bells: map[chan struct{}]struct{}{},
	}
	h.ctx, h.cancel = context.WithCancel(context.Background())
	return h
}

// close ends all watchers and waits for them.
func (h *hub) close() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.cancel()
	h.running.Wait()
}

func (h *hub) watch(ctx context.Context) <-chan agenda.Notice {
	w := &watcher{
		notices: make(chan agenda.Notice),
		wake:    make(chan struct{}, 1),
		pending: map[string]agenda.Notice{},
	}
	h.listen()
	h.mu.Lock()
	h.watchers[w] = struct{}{}
	h.mu.Unlock()
	if !h.run(func() { h.serve(ctx, w) }) {
		h.forget(w)
		close(w.notices)
	}
	return w.notices
}

// listen begins to listen to other processes, unless that was done.
func (h *hub) listen() {
	h.first.Do(func() {
		h.hear("") // what is known before there is a watcher is news to nobody
		h.run(func() { h.db.engine.listen(h.ctx, h.hear) })
	})
}

// run calls f in a goroutine that close waits for; it reports false if the hub
// is closed already.
func (h *hub) run(f func()) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.running.Go(f)
	}
	return !h.closed
}

// serve hands a watcher its notices until it or the hub is done.
func (h *hub) serve(ctx context.Context, w *watcher) {
	defer close(w.notices)
	defer h.forget(w)
	for {
		select {
		case <-w.wake:
		case <-ctx.Done():
			return
		case <-h.ctx.Done():
			return
		}
		for n, ok := h.next(w); ok; n, ok = h.next(w) {
			select {
			case w.notices <- n:
			case <-ctx.Done():
				return
			case <-h.ctx.Done():
				return
			}
		}
	}
}

func (h *hub) forget(w *watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watchers, w)
}

// next takes one of the pending notices of w.
func (h *hub) next(w *watcher) (agenda.Notice, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for event, n := range w.pending {
		delete(w.pending, event)
		return n, true
	}
	return agenda.Notice{}, false
}

// tell passes n on to all watchers, if it is new.
func (h *hub) tell(n agenda.Notice) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if old, ok := h.known[n.Event]; ok && n.Draft <= old.Draft && n.Release <= old.Release {
		return
	}
	h.known[n.Event] = n
	for w := range h.watchers {
		w.pending[n.Event] = n
		nudge(w.wake)
	}
}

// hear tells watchers what is new of an event, or of all, or of mail.
func (h *hub) hear(event string) {
	if event == newsOfMail {
		h.ring()
		return
	}
	for _, n := range h.read(event) {
		h.tell(n)
	}
}

// read returns the state of an event, or of all if event is empty. What cannot
// be read now is read at the next occasion.
func (h *hub) read(event string) []agenda.Notice {
	var rows []eventRow
	err := h.db.read(h.ctx, func(r *reader) (err error) {
		query := gorm.G[eventRow](r.tx).Select("id, slug, version, latest")
		if event == "" {
			rows, err = query.Find(h.ctx)
		} else {
			rows, err = query.Where("id = ?", event).Find(h.ctx)
		}
		return err
	})
	if err != nil && h.ctx.Err() == nil {
		h.db.log.WarnContext(h.ctx, "news of events", "error", err)
	}
	notices := make([]agenda.Notice, 0, len(rows))
	for _, row := range rows {
		notices = append(notices, row.notice())
	}
	return notices
}

// every calls f at an interval until ctx is done.
func every(ctx context.Context, interval time.Duration, f func()) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			f()
		case <-ctx.Done():
			return
		}
	}
}
