package store

import "context"

// newsOfMail is what instances tell each other when there are new messages; no
// event has it for its ID.
const newsOfMail = "mail"

// bell returns a channel that has one thing in it once the bell was rung, until
// ctx or the hub is done; then it is closed.
func (h *hub) bell(ctx context.Context) <-chan struct{} {
	h.listen()
	in, out := make(chan struct{}, 1), make(chan struct{}, 1)
	h.mu.Lock()
	h.bells[in] = struct{}{}
	h.mu.Unlock()
	if !h.run(func() { h.pass(ctx, in, out) }) {
		h.silence(in)
		close(out)
	}
	return out
}

// pass passes the ringing of a bell on.
func (h *hub) pass(ctx context.Context, in, out chan struct{}) {
	defer close(out)
	defer h.silence(in)
	for {
		select {
		case <-in:
			nudge(out)
		case <-ctx.Done():
			return
		case <-h.ctx.Done():
			return
		}
	}
}

func (h *hub) silence(in chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.bells, in)
}

// ring rings all bells.
func (h *hub) ring() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for b := range h.bells {
		nudge(b)
	}
}

// nudge puts something into a channel, unless there is something in it.
func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
