package mail_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-smtp"

	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/mail/mailtest"
	"tamada/pkg/post"
)

// In the tests of this file the network is within the program, and time passes
// when everybody waits.

// An office is a worker with its queue and its server.
type office struct {
	queue  *mailtest.Memory
	sink   *sink
	worker *mail.Worker
	log    *bytes.Buffer

	mu    sync.Mutex
	dead  bool
	dials int
}

// newOffice starts a server, and a worker that is not running yet.
func newOffice(t *testing.T, change func(*sink)) *office {
	t.Helper()
	p := newPipes()
	o := &office{queue: mailtest.NewMemory(), log: new(bytes.Buffer)}
	o.sink = serve(t, p, change)
	o.worker = &mail.Worker{
		Queue: o.queue, Composer: composer(), Name: "one", Now: time.Now,
		Log: slog.New(slog.NewTextHandler(o.log, nil)),
		Sender: &mail.SMTP{
			Host: "127.0.0.1", Security: mail.Plain,
			Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
				if o.dial() {
					return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
				}
				return p.dial(ctx, network, addr)
			},
		},
	}
	return o
}

// dial counts, and reports whether the server is dead.
func (o *office) dial() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dials++
	return o.dead
}

func (o *office) kill(dead bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dead = dead
}

// run runs the worker for a while.
func (o *office) run(t *testing.T, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	o.worker.Run(ctx)
}

// add puts messages into the queue.
func (o *office) add(t *testing.T, messages ...post.Message) {
	t.Helper()
	if err := o.queue.Add(t.Context(), time.Now(), messages...); err != nil {
		t.Fatal(err)
	}
}

// status is that of the nth message.
func (o *office) status(t *testing.T, n int) post.Status {
	t.Helper()
	item, err := o.queue.Find(t.Context(), mailtest.Message(n, "").ID)
	if err != nil {
		t.Fatal(err)
	}
	return item.Status
}

// count counts messages 0 to n by state.
func (o *office) count(t *testing.T, n int) map[post.State]int {
	t.Helper()
	states := make(map[post.State]int)
	for i := range n {
		states[o.status(t, i).State]++
	}
	return states
}

// many are n bulk messages.
func many(n int) []post.Message {
	all := make([]post.Message, n)
	for i := range all {
		all[i] = mailtest.Message(i, "bulk")
	}
	return all
}

// once fails the test unless the sink has each message exactly once, n in all.
func once(t *testing.T, s *sink, n int) {
	t.Helper()
	times := make(map[string]int)
	for _, r := range s.all() {
		times[r.messageID()]++
	}
	for id, k := range times {
		if k != 1 || post.IDOf(id) == "" {
			t.Errorf("%q arrived %d times", id, k)
		}
	}
	if len(times) != n {
		t.Errorf("got %d messages, want %d", len(times), n)
	}
}

func TestWorkerSends(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t, nil)
		o.add(t, many(100)...)
		o.run(t, time.Second)
		once(t, o.sink, 100)
		if got := o.count(t, 100)[post.Sent]; got != 100 || o.sink.lines != 1 {
			t.Errorf("got %d sent on %d lines, want 100 on 1", got, o.sink.lines)
		}
		if o.log.Len() > 0 {
			t.Errorf("got a log of success:\n%s", o.log)
		}
	})
}

// A server that is dead for an hour: nothing is lost, it is asked now and then, the
// log has two lines, and links that are of no use any more are not sent.
func TestWorkerDeadServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t, nil)
		o.kill(true)
		start := time.Now()
		o.add(t, many(1000)...)
		link := mailtest.Message(5000, "")
		link.Until = start.Add(15 * time.Minute)
		o.add(t, link)
		o.run(t, time.Hour)
		if got := o.worker.Trouble(); got.Cause != post.Unreachable || !got.Since.Equal(start) {
			t.Errorf("got trouble %+v, want %s from the beginning", got, post.Unreachable)
		}
		if o.dials < 5 || o.dials > 20 {
			t.Errorf("the server was asked %d times in an hour, want 5 to 20", o.dials)
		}
		if n := o.count(t, 1000); n[post.Waiting] != 1000 {
			t.Errorf("got %v, want all waiting", n)
		}
		o.kill(false)
		o.run(t, time.Hour)
		once(t, o.sink, 1000)
		if got := o.worker.Trouble(); got != (post.Trouble{}) {
			t.Errorf("got trouble %+v, want none", got)
		}
		if got := o.status(t, 5000); got.State != post.Refused || got.Cause != post.Late {
			t.Errorf("old link: got %+v, want it refused as too late", got)
		}
		if got := strings.Count(o.log.String(), "\n"); got != 2 {
			t.Errorf("got a log of %d lines, want 2:\n%s", got, o.log)
		}
	})
}

// A server that takes messages and drops the line: each that it took is uncertain,
// none is sent twice, and there are few of them.
func TestWorkerDroppedAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := true
		o := newOffice(t, func(s *sink) {
			s.data = func(c *smtp.Conn, _ received) error {
				if broken {
					return c.Conn().Close()
				}
				return nil
			}
		})
		o.add(t, many(100)...)
		o.run(t, time.Hour)
		n := o.count(t, 100)
		if n[post.Uncertain] != len(o.sink.all()) || n[post.Uncertain] < 5 || n[post.Uncertain] > 20 {
			t.Errorf("got %v after %d were taken, want 5 to 20 uncertain", n, len(o.sink.all()))
		}
		broken = false
		o.run(t, time.Hour)
		once(t, o.sink, 100)
		n = o.count(t, 100)
		if n[post.Uncertain]+n[post.Sent] != 100 {
			t.Errorf("got %v, want the others sent", n)
		}
	})
}

// A server that drops lines before it has anything makes nobody uncertain.
func TestWorkerDroppedLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := true
		o := newOffice(t, func(s *sink) {
			s.rcpt = func(c *smtp.Conn, _ string) error {
				if broken {
					return c.Conn().Close()
				}
				return nil
			}
		})
		o.add(t, many(30)...)
		o.run(t, time.Hour)
		if n := o.count(t, 30); n[post.Waiting]+n[post.Deferred] != 30 || o.dials > 30 {
			t.Errorf("got %v after %d lines, want all to be tried again, and not a line for each", n, o.dials)
		}
		broken = false
		o.run(t, 12*time.Hour)
		once(t, o.sink, 30)
	})
}

// Trouble with one message is its own.
func TestWorkerOneMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tried := 0
		o := newOffice(t, func(s *sink) {
			s.rcpt = func(_ *smtp.Conn, to string) error {
				switch to {
				case "delegate-3@example.org":
					return reply(550, "no such user")
				case "delegate-5@example.org":
					if tried++; tried < 3 {
						return reply(450, "later")
					}
				}
				return nil
			}
		})
		messages := many(10)
		messages[7].Letter.Subject = ""
		o.add(t, messages...)
		o.run(t, 10*time.Minute)
		once(t, o.sink, 8)
		for n, want := range map[int]post.Status{
			3: {State: post.Refused, Cause: post.Replied, Attempts: 1},
			5: {State: post.Sent, Attempts: 3},
			7: {State: post.Refused, Cause: post.Unfit, Attempts: 1},
		} {
			if got := o.status(t, n); got.State != want.State || got.Cause != want.Cause || got.Attempts != want.Attempts {
				t.Errorf("message %d: got %+v, want %+v", n, got, want)
			}
		}
		if o.log.Len() > 0 {
			t.Errorf("got a log of what is seen in the queue:\n%s", o.log)
		}
	})
}

// Somebody who waits for a link does not wait for ten thousand others.
func TestWorkerSignInFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o *office
		o = newOffice(t, func(s *sink) {
			s.data = func(*smtp.Conn, received) error {
				if len(s.all()) == 10 {
					o.add(t, mailtest.Message(5000, ""))
				}
				return nil
			}
		})
		o.add(t, many(200)...)
		o.run(t, time.Second)
		for i, r := range o.sink.all() {
			if r.to == "delegate-5000@example.org" && i > 30 {
				t.Errorf("sent after %d others", i)
			}
		}
		once(t, o.sink, 201)
	})
}

// What a crash left behind, in each state.
func TestWorkerAfterCrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t, nil)
		o.add(t, many(4)...)
		for worker, n := range map[string]int{"one": 2, "other": 2} {
			items, err := o.queue.Claim(t.Context(), worker, n, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			handed, err := post.Next(items[0].Status, post.Event{Step: post.HandOver}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if err := o.queue.Mark(t.Context(), items[0], handed); err != nil {
				t.Fatal(err)
			}
		}
		o.run(t, time.Second)
		if n := o.count(t, 4); n[post.Sent] != 1 || n[post.Uncertain] != 1 || n[post.Claimed] != 1 || n[post.Sending] != 1 {
			t.Errorf("got %v, want our own sent or uncertain, and the other's left alone", n)
		}
		o.run(t, time.Hour)
		if n := o.count(t, 4); n[post.Sent] != 2 || n[post.Uncertain] != 2 {
			t.Errorf("got %v after the lease, want the other's sent or uncertain as well", n)
		}
		once(t, o.sink, 2)
	})
}

// Of a crash, an outbox leaves no doubt.
func TestWorkerAfterCrashWithOutbox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t, nil)
		outbox, err := mail.OpenOutbox(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		o.worker.Sender = outbox
		o.add(t, many(2)...)
		items, err := o.queue.Claim(t.Context(), "one", 2, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		for i, item := range items {
			if i == 0 {
				m := item.Message
				data := compose(t, m)
				send(t, outbox, mail.Envelope{ID: m.ID, Date: m.Created, Data: data})
			}
			handed, err := post.Next(item.Status, post.Event{Step: post.HandOver}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if err := o.queue.Mark(t.Context(), item, handed); err != nil {
				t.Fatal(err)
			}
		}
		o.run(t, time.Hour)
		if n := o.count(t, 2); n[post.Sent] != 2 {
			t.Errorf("got %v, want both sent", n)
		}
		for _, item := range items {
			if _, err := outbox.Open(item.Message); err != nil {
				t.Error(err)
			}
		}
	})
}

// A server that says after the text that it is shutting down does not have the
// message.
func TestWorkerShutDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := 0
		o := newOffice(t, func(s *sink) {
			s.data = func(*smtp.Conn, received) error {
				if refused == 0 && len(s.messages) == 3 {
					refused++
					s.messages = s.messages[:2] // it does not keep it
					return reply(421, "shutting down")
				}
				return nil
			}
		})
		o.add(t, many(10)...)
		o.run(t, time.Hour)
		once(t, o.sink, 10)
		if got := o.status(t, 2); got.State != post.Sent || got.Attempts != 2 {
			t.Errorf("got %+v, want it sent at the second attempt", got)
		}
	})
}

// A worker whose claim was taken back does not send.
func TestWorkerTooSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o *office
		o = newOffice(t, func(s *sink) {
			s.rcpt = func(_ *smtp.Conn, to string) error {
				if to == "delegate-0@example.org" && len(s.all()) == 0 {
					o.move(t, post.Release, post.Withdraw)
				}
				return nil
			}
		})
		o.add(t, many(2)...)
		o.run(t, time.Second)
		once(t, o.sink, 1)
		if got := o.status(t, 0); got.State != post.Cancelled {
			t.Errorf("got %s, want the other's decision", got.State)
		}
	})
}

// What another worker took for lost, while we waited for the answer, is known after
// all.
func TestWorkerTakenForDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o *office
		o = newOffice(t, func(s *sink) {
			s.data = func(*smtp.Conn, received) error {
				o.move(t, post.Lose)
				return nil
			}
		})
		o.add(t, many(1)...)
		o.run(t, time.Second)
		if got := o.status(t, 0); got.State != post.Sent {
			t.Errorf("got %+v, want %s", got, post.Sent)
		}
	})
}

// move moves the first message, as another worker or a person would.
func (o *office) move(t *testing.T, steps ...post.Step) {
	item, err := o.queue.Find(t.Context(), mailtest.Message(0, "").ID)
	if err != nil {
		t.Error(err)
		return
	}
	for _, step := range steps {
		to, err := post.Next(item.Status, post.Event{Step: step}, time.Now())
		if err == nil {
			err = o.queue.Mark(t.Context(), item, to)
		}
		if err != nil {
			t.Error(err)
			return
		}
		item.Status = to
	}
}

// A flaky is a queue whose database goes away now and then.
type flaky struct {
	*mailtest.Memory
	calls int
}

var errAway = errors.New("database is away")

func (f *flaky) Mark(ctx context.Context, item post.Item, to post.Status) error {
	if f.calls++; f.calls%3 == 0 {
		return errAway
	}
	return f.Memory.Mark(ctx, item, to)
}

// A database that goes away: what is known is written when it is back.
func TestWorkerDatabaseAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t, nil)
		o.worker.Queue = &flaky{Memory: o.queue}
		o.add(t, many(20)...)
		o.run(t, 24*time.Hour)
		once(t, o.sink, 20)
		if n := o.count(t, 20); n[post.Sent] != 20 {
			t.Errorf("got %v, want all sent", n)
		}
	})
}

// News is sent at once, and not at the next look into the queue.
func TestWorkerWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t, nil)
		ctx, cancel := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		wait.Go(func() { o.worker.Run(ctx) })
		synctest.Wait()
		start := time.Now()
		m := letterTo(letters(locale.For("fr"))["sign-in"])
		o.add(t, m)
		o.worker.Wake()
		o.worker.Wake()
		synctest.Wait()
		if n := len(o.sink.all()); n != 1 || time.Since(start) > 0 {
			t.Errorf("got %d messages after %v, want 1 at once", n, time.Since(start))
		}
		item, err := o.queue.Find(ctx, m.ID)
		if err != nil || len(item.Message.Letter.Blocks) > 0 || item.Status.State != post.Sent {
			t.Errorf("got %s, %v, with %d blocks, want it sent and the link forgotten", item.Status.State, err, len(item.Message.Letter.Blocks))
		}
		cancel()
		wait.Wait()
	})
}

// A message that is under way when we are asked to end is answered and recorded;
// those that were claimed with it wait.
func TestWorkerEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		o := newOffice(t, func(s *sink) {
			s.data = func(*smtp.Conn, received) error {
				cancel()
				time.Sleep(10 * time.Second) // of the time in the test
				return nil
			}
		})
		o.add(t, many(5)...)
		o.worker.Run(ctx)
		if n := o.count(t, 5); n[post.Sent] != 1 || n[post.Waiting] != 4 {
			t.Errorf("got %v, want one sent and four waiting", n)
		}
		once(t, o.sink, 1)
	})
}

func ExampleNext() {
	now := time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)
	s := post.New(now)
	for _, e := range []post.Event{
		{Step: post.Claim, Worker: "one", Claim: "1"},
		{Step: post.Defer, Cause: post.Replied, Detail: "451 try again later"},
	} {
		s, _ = post.Next(s, e, now)
		fmt.Println(s.State, s.Detail, s.Next.Sub(now))
	}
	// Output:
	// claimed  0s
	// deferred 451 try again later 1m0s
}
