package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"tamada/pkg/mail"
	"tamada/pkg/post"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

// How many messages are sent while the program that sends them is killed, and
// how often it is.
const (
	killMessages = 10_000
	kills        = 3
)

// The process that sends is this program again; it is told by its environment.
const (
	mailVariable = "TAMADA_TEST_STORE_MAIL"
	portVariable = "TAMADA_TEST_STORE_PORT"
)

// A sink is a mail server that counts how often it took each message, and calls
// full after each.
type sink struct {
	mu    sync.Mutex
	taken map[string]int
	total int
	full  func(total int)
}

// call has f called after each message.
func (s *sink) call(f func(total int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.full = f
}

// times returns how often a message arrived.
func (s *sink) times(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken[id]
}

// startSink serves until the test is over, and returns its port.
func startSink(t *testing.T) (*sink, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &sink{taken: map[string]int{}, full: func(int) {}}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &line{s}, nil }))
	server.Domain = "sink.example.org"
	server.ErrorLog = log.New(io.Discard, "", 0) // lines break when processes are killed
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := server.Serve(l); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Errorf("sink: %v", err)
		}
	})
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		serving.Wait()
	})
	return s, strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// A line is a connection to a sink.
type line struct{ sink *sink }

func (l *line) Mail(string, *smtp.MailOptions) error { return nil }
func (l *line) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (l *line) Reset()                               {}
func (l *line) Logout() error                        { return nil }

func (l *line) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(string(data), "Message-ID: ")
	id, _, _ := strings.Cut(rest, "\r\n")
	l.sink.mu.Lock()
	l.sink.taken[post.IDOf(id)]++
	l.sink.total++
	total, full := l.sink.total, l.sink.full
	l.sink.mu.Unlock()
	full(total)
	return nil
}

// A drain is a queue that says when there is nothing more to claim.
type drain struct {
	*store.Mail
	empty func()
}

func (d drain) Claim(ctx context.Context, worker string, n int, now time.Time) ([]post.Item, error) {
	items, err := d.Mail.Claim(ctx, worker, n, now)
	if err == nil && len(items) == 0 {
		d.empty()
	}
	return items, err
}

// sendAll sends what is in the queue of a database until there is no more.
func sendAll(t *testing.T, url, port string) {
	t.Helper()
	db, err := store.Open(t.Context(), url, quiet, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := &mail.Worker{
		Queue: drain{queue(t, db), cancel}, Name: "child", Now: time.Now, Log: quiet,
		Composer: &mail.Composer{From: post.Mailbox{Name: "Meetings", Address: "meetings@example.org"}, Site: mail.Site{Name: "Meetings"}},
		Sender:   &mail.SMTP{Host: "127.0.0.1", Port: n, Security: mail.Plain},
	}
	w.Run(ctx)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestMailKilled kills the program that sends ten thousand messages three
// times: each arrives once, and of those of which nobody can know that (one for
// each time at most) somebody is asked.
func TestMailKilled(t *testing.T) {
	if url := os.Getenv(mailVariable); url != "" {
		sendAll(t, url, os.Getenv(portVariable))
		return
	}
	url := storetest.SQLite(t)
	withMail(t, url, func(m *store.Mail) {
		if err := m.Add(t.Context(), time.Now(), many(killMessages)...); err != nil {
			t.Fatal(err)
		}
	})
	s, port := startSink(t)
	for n := range kills {
		if !send(t, url, port, s, killMessages*(n+1)/4+n) {
			t.Fatal("the process ended by itself")
		}
	}
	if send(t, url, port, s, 0) {
		t.Fatal("the process was killed")
	}
	if uncertain := decide(t, url, s); uncertain < 2 || uncertain > kills {
		t.Errorf("got %d uncertain messages, want 2, that were not answered, and %d at most", uncertain, kills)
	}
	if send(t, url, port, s, 0) {
		t.Fatal("the process was killed")
	}
	for _, m := range many(killMessages) {
		if n := s.times(m.ID); n != 1 {
			t.Errorf("%s arrived %d times, want once", m.ID, n)
		}
	}
	withMail(t, url, func(m *store.Mail) {
		counts, err := m.Counts(t.Context(), post.Filter{})
		if err != nil || len(counts) != 1 || counts[post.Sent] != killMessages {
			t.Errorf("got %v, %v, want all sent", counts, err)
		}
	})
}

// send runs the process that sends, kills it when the sink has taken total
// messages (0 for never), and reports whether it was killed. The kill meets it
// before the answer to a message, or after it, as it happens.
func send(t *testing.T, url, port string, s *sink, total int) (killed bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMailKilled$")
	cmd.Env = append(os.Environ(), mailVariable+"="+url, portVariable+"="+port)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var killing sync.WaitGroup
	s.call(func(n int) {
		if n == total && n%2 == 0 {
			_ = cmd.Process.Kill() // the answer is not on its way yet
		} else if n == total {
			killing.Go(func() { _ = cmd.Process.Kill() })
		}
	})
	err := cmd.Wait()
	killing.Wait()
	if err != nil && cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the process: %v", err)
	}
	return err != nil
}

// decide does what an organiser does with uncertain messages: ask whether they
// arrived, and settle them or send them again. It returns how many there are.
func decide(t *testing.T, url string, s *sink) (uncertain int) {
	t.Helper()
	withMail(t, url, func(m *store.Mail) {
		items, err := m.List(t.Context(), post.Filter{States: []post.State{post.Uncertain}})
		if err != nil {
			t.Fatal(err)
		}
		uncertain = len(items)
		for _, item := range items {
			step := post.Resend
			if s.times(item.Message.ID) > 0 {
				step = post.Settle
			}
			if _, err := m.Move(t.Context(), "ia", item.Message.ID, post.Event{Step: step}); err != nil {
				t.Error(err)
			}
		}
	})
	return uncertain
}

// withMail opens a database while f works on its queue.
func withMail(t *testing.T, url string, f func(*store.Mail)) {
	t.Helper()
	db, err := store.Open(t.Context(), url, quiet, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	f(queue(t, db))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// many returns n bulk messages that differ.
func many(n int) []post.Message {
	messages := make([]post.Message, n)
	for i := range messages {
		messages[i] = post.Message{
			ID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), Kind: post.KindBulk, Batch: "all",
			To:      post.Mailbox{Name: "Delegate", Address: fmt.Sprintf("delegate-%d@example.org", i)},
			Created: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC),
			Letter: post.Letter{
				Language: "en", Subject: "Tomorrow", Blocks: []post.Block{{Kind: post.Paragraph, Text: "We begin at nine."}},
			},
		}
	}
	return messages
}
