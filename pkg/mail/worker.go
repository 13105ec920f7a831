package mail

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"tamada/pkg/post"
)

// A Worker takes messages from a queue and hands them over, one after the other.
// Several may share a queue. Fields are set before [Worker.Run].
type Worker struct {
	Queue    Queue
	Sender   Sender
	Composer *Composer
	Name     string // of this instance; two that run at once have two names
	Log      *slog.Logger
	Now      func() time.Time

	// Lease is how long others may have a claim before it is taken for abandoned;
	// 0 is half an hour, more than any message takes.
	Lease time.Duration

	wake    chan struct{}
	once    sync.Once
	mu      sync.Mutex
	trouble post.Trouble
	pauses  int // in a row
	drops   int // lines that broke, in a row
}

// How the worker goes about it.
const (
	batch     = 20               // messages claimed at once; of a new one, those that somebody waits for come next
	poll      = 10 * time.Second // between looks into an empty queue
	mostDrops = 3                // lines that break in a row before that is trouble with the server
	parting   = 20 * time.Second // that a message under way has when we are asked to end
)

// pause is how long to leave the server alone after so many times in a row.
func pause(times int) time.Duration {
	waits := [...]time.Duration{15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute}
	return waits[min(max(times, 1), len(waits))-1]
}

// Wake says that there is something new in the queue.
func (w *Worker) Wake() {
	select {
	case w.bell() <- struct{}{}:
	default: // it rings already
	}
}

func (w *Worker) bell() chan struct{} {
	w.once.Do(func() { w.wake = make(chan struct{}, 1) })
	return w.wake
}

// Trouble returns what is wrong with the server now, for those who look after the
// site.
func (w *Worker) Trouble() post.Trouble {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.trouble
}

// Run sends until ctx ends. A message under way then has a short while to be
// answered.
func (w *Worker) Run(ctx context.Context) {
	defer w.Sender.Rest()
	for ctx.Err() == nil {
		sent, err := w.round(ctx)
		switch {
		case err != nil:
			w.suffer(Outcome{Down, post.Away, err.Error()})
		case sent > 0 && w.Trouble().Since.IsZero():
			continue
		}
		w.Sender.Rest()
		w.sleep(ctx)
	}
}

// sleep waits for the time after trouble, or for news.
func (w *Worker) sleep(ctx context.Context) {
	wait, bell := poll, w.bell()
	if d := w.Trouble().Next.Sub(w.Now()); d > 0 {
		wait, bell = min(d, pause(w.pauses)), nil // less than d if the clock jumped
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-bell:
	case <-timer.C:
	}
}

// round takes back what was left behind, and sends what it can claim. It returns
// how many messages that were.
func (w *Worker) round(ctx context.Context) (int, error) {
	if err := w.recover(ctx); err != nil {
		return 0, err
	}
	n := batch
	if !w.Trouble().Since.IsZero() {
		n = 1 // one is enough to see whether the server is back
	}
	items, err := w.Queue.Claim(ctx, w.Name, n, w.Now())
	if err != nil {
		return 0, err
	}
	if w.Trouble().Cause == post.Away {
		w.heal()
	}
	for i, item := range items {
		if err := w.deliver(ctx, item); err != nil {
			return i, err
		}
		if ctx.Err() != nil || !w.Trouble().Since.IsZero() {
			return i, w.release(ctx, items[i+1:])
		}
	}
	return len(items), nil
}

// recover decides what becomes of messages that a crash left behind: ours, and
// those that others have had for too long.
func (w *Worker) recover(ctx context.Context) error {
	held, err := w.Queue.Held(ctx, w.Name, w.Now().Add(-orDefault(w.Lease, 30*time.Minute)))
	if err != nil {
		return err
	}
	for _, item := range held {
		if err := w.mark(ctx, item, w.afterCrash(item)); err != nil {
			return err
		}
	}
	return nil
}

// afterCrash is what happens to a message that was found held. One that was not
// handed over waits again. Of one that was, the sender may know.
func (w *Worker) afterCrash(item post.Item) post.Event {
	if item.Status.State == post.Claimed {
		return post.Event{Step: post.Release, Cause: item.Status.Cause, Detail: item.Status.Detail}
	}
	knower, ok := w.Sender.(Knower)
	if !ok {
		return post.Event{Step: post.Lose, Cause: post.Interrupted}
	}
	switch delivered, err := knower.Delivered(w.envelope(item.Message, nil)); {
	case err != nil:
		return post.Event{Step: post.Lose, Cause: post.Interrupted, Detail: err.Error()}
	case delivered:
		return post.Event{Step: post.Accept}
	}
	return post.Event{Step: post.Defer, Cause: post.Interrupted}
}

// release puts messages back that were claimed and are not going to be tried.
func (w *Worker) release(ctx context.Context, items []post.Item) error {
	ctx = context.WithoutCancel(ctx)
	for _, item := range items {
		e := post.Event{Step: post.Release, Cause: item.Status.Cause, Detail: item.Status.Detail}
		if err := w.mark(ctx, item, e); err != nil {
			return err
		}
	}
	return nil
}

// mark moves a message by an event. That somebody else has it by now is no error.
func (w *Worker) mark(ctx context.Context, item post.Item, e post.Event) error {
	to, err := post.Next(item.Status, e, w.Now())
	if err != nil {
		return err
	}
	if err := w.Queue.Mark(ctx, item, to); err != nil && !errors.Is(err, post.ErrLost) {
		return err
	}
	return nil
}

// deliver hands one message over and records what became of it.
func (w *Worker) deliver(ctx context.Context, item post.Item) error {
	m := item.Message
	if !m.Until.IsZero() && w.Now().After(m.Until) {
		return w.mark(ctx, item, post.Event{Step: post.Refuse, Cause: post.Late})
	}
	data, err := w.Composer.Compose(m)
	if err != nil {
		return w.mark(ctx, item, post.Event{Step: post.Refuse, Cause: post.Unfit, Detail: err.Error()})
	}
	sending, end := w.sendingContext(ctx)
	defer end()
	o := w.Sender.Send(sending, w.envelope(m, data), func() error {
		to, err := post.Next(item.Status, post.Event{Step: post.HandOver}, w.Now())
		if err != nil {
			return err
		}
		if err := w.Queue.Mark(sending, item, to); err != nil {
			return err
		}
		item.Status = to
		return nil
	})
	w.judge(o)
	return w.record(ctx, item, o)
}

// sendingContext goes on for a short while after ctx has ended.
func (w *Worker) sendingContext(ctx context.Context) (context.Context, func()) {
	sending, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(parting)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-sending.Done():
		}
	})
	return sending, func() { stop(); cancel() }
}

func (w *Worker) envelope(m post.Message, data []byte) Envelope {
	return Envelope{ID: m.ID, Date: m.Created, From: w.Composer.From.Address, To: m.To.Address, Data: data}
}

// record writes down what became of a message. What is known is not given up for
// a database that is away: nothing else is sent until it is written, or we end.
// Then it is found as sending, and is uncertain.
func (w *Worker) record(ctx context.Context, item post.Item, o Outcome) error {
	step, ok := o.step()
	switch {
	case !ok:
		return nil // not ours any more, or found again by recover
	case step == post.Release && item.Status.State == post.Sending:
		step = post.Defer // the server said after all that it does not have it
	}
	e := post.Event{Step: step, Cause: o.Cause, Detail: o.Detail, Pause: time.Minute}
	for times := 1; ; times++ {
		err := w.markOutcome(context.WithoutCancel(ctx), item, e)
		if err == nil || ctx.Err() != nil {
			return err
		}
		w.suffer(Outcome{Down, post.Away, err.Error()})
		w.sleep(ctx)
	}
}

// markOutcome records an outcome. If another worker took us for dead in the
// meantime, what is uncertain to it is known to us.
func (w *Worker) markOutcome(ctx context.Context, item post.Item, e post.Event) error {
	to, err := post.Next(item.Status, e, w.Now())
	if err != nil {
		return err
	}
	err = w.Queue.Mark(ctx, item, to)
	if errors.Is(err, post.ErrLost) && e.Step == post.Accept {
		item.Status.State = post.Uncertain
		err = w.Queue.Mark(ctx, item, to)
	}
	if errors.Is(err, post.ErrLost) {
		return nil
	}
	return err
}

// judge decides whether an outcome means trouble with the server.
func (w *Worker) judge(o Outcome) {
	if o.Verdict == TryLater && o.Cause == post.Dropped {
		w.drops++
	} else if o.Verdict != Stopped {
		w.drops = 0
	}
	switch {
	case o.Verdict == Down || o.Verdict == NotKnown || w.drops >= mostDrops:
		w.suffer(o)
	case o.Verdict != Stopped && w.drops == 0:
		w.heal()
	}
}

// suffer begins or prolongs a time of trouble. It is logged when it begins.
func (w *Worker) suffer(o Outcome) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pauses++
	now := w.Now()
	if w.trouble.Since.IsZero() {
		w.trouble.Since = now
		w.Log.Warn("mail is held back", "cause", o.Cause, "detail", post.Detail(o.Detail))
	}
	w.trouble.Next = now.Add(pause(w.pauses))
	w.trouble.Cause, w.trouble.Detail = o.Cause, post.Detail(o.Detail)
}

// heal ends a time of trouble.
func (w *Worker) heal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.trouble.Since.IsZero() {
		w.Log.Info("mail goes out again", "after", w.Now().Sub(w.trouble.Since).Round(time.Second))
	}
	w.trouble, w.pauses = post.Trouble{}, 0
}
