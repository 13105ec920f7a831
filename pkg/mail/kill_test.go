package mail_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"tamada/pkg/mail"
	"tamada/pkg/mail/mailtest"
	"tamada/pkg/post"
)

// killMessages is how many messages are sent while the sender is killed.
const killMessages = 10_000

// The child that is killed is this program again; it is told by its environment.
const (
	journalVariable = "TAMADA_TEST_MAIL_JOURNAL"
	portVariable    = "TAMADA_TEST_MAIL_PORT"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(journalVariable); file != "" {
		if err := sendAll(file, os.Getenv(portVariable)); err != nil {
			slog.Error("child", "error", err)
			os.Exit(1)
		}
		return
	}
	m.Run()
}

// sendAll sends what is in a queue until nothing is left to do.
func sendAll(file, port string) error {
	q, err := openJournal(file)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	q.empty = cancel
	w := &mail.Worker{
		Queue: q, Composer: composer(), Name: "child", Now: time.Now,
		Log:    slog.New(slog.NewTextHandler(io.Discard, nil)),
		Sender: &mail.SMTP{Host: "127.0.0.1", Port: n, Security: mail.Plain},
	}
	w.Run(ctx)
	return nil
}

// A journal is a queue that is kept in a file, one line for each status.
type journal struct {
	*mailtest.Memory
	mu    sync.Mutex
	file  *os.File
	empty func() // called when there is nothing left to claim
}

// An entry is a line of a journal.
type entry struct {
	ID     string
	Status post.Status
}

// openJournal reads what there is in the file.
func openJournal(file string) (*journal, error) {
	q := &journal{Memory: mailtest.NewMemory(), empty: func() {}}
	if err := q.Add(context.Background(), noon, many(killMessages)...); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	q.file = f
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var e entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			break // the last line, half written
		}
		q.Put(e.ID, e.Status)
	}
	return q, nil
}

// write appends statuses to the file.
func (q *journal) write(entries ...entry) error {
	var b []byte
	for _, e := range entries {
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		b = append(append(b, line...), '\n')
	}
	_, err := q.file.Write(b)
	return err
}

func (q *journal) Claim(ctx context.Context, worker string, n int, now time.Time) ([]post.Item, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	items, err := q.Memory.Claim(ctx, worker, n, now)
	if err != nil {
		return nil, err
	}
	var entries []entry
	for _, item := range items {
		entries = append(entries, entry{item.Message.ID, item.Status})
	}
	if len(entries) == 0 {
		q.empty()
	}
	return items, q.write(entries...)
}

func (q *journal) Mark(ctx context.Context, item post.Item, to post.Status) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.Memory.Mark(ctx, item, to); err != nil {
		return err
	}
	return q.write(entry{item.Message.ID, to})
}

// A killer ends the child at three moments: when the server has a message and has
// not said so, when it has not got the next one yet, and at any moment.
type killer struct {
	mu    sync.Mutex
	child *os.Process
	kills int
	whole sync.WaitGroup
}

// kill sends SIGKILL for the nth time, unless that was done.
func (k *killer) kill(n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kills == n-1 {
		k.kills++
		_ = k.child.Kill() // a child that has ended is killed all the same
	}
}

// run starts a child and waits for it; it reports whether it was killed.
func (k *killer) run(t *testing.T, file string, s *sink) bool {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), journalVariable+"="+file, portVariable+"="+strconv.Itoa(s.port()))
	c.Stderr = os.Stderr
	k.mu.Lock()
	err := c.Start()
	k.child = c.Process
	before := k.kills
	k.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	err = c.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	killed := exit != nil && exit.ExitCode() == -1
	if exit != nil && !killed || killed && k.kills == before {
		t.Fatalf("child: %v", err)
	}
	return killed
}

// Ten thousand messages arrive once each, whatever happens to the program that
// sends them. Where nobody can know, somebody decides.
func TestKill(t *testing.T) {
	file := t.TempDir() + "/journal"
	var k killer
	s := startSink(t, func(s *sink) {
		s.data = func(*smtp.Conn, received) error {
			switch len(s.all()) {
			case killMessages / 4:
				k.kill(1)
			case killMessages * 3 / 4:
				k.whole.Go(func() { k.kill(3) })
			}
			return nil
		}
		s.rcpt = func(*smtp.Conn, string) error {
			if len(s.all()) == killMessages/2 {
				k.kill(2)
			}
			return nil
		}
	})
	for k.run(t, file, s) {
	}
	k.whole.Wait()
	if k.kills != 3 {
		t.Fatalf("the child was killed %d times, want 3", k.kills)
	}
	uncertain := decide(t, file, s)
	if uncertain < 1 || uncertain > 3 {
		t.Errorf("got %d uncertain messages, want 1 to 3, one for each kill at most", uncertain)
	}
	if k.run(t, file, s) {
		t.Fatal("the child was killed once more")
	}
	once(t, s, killMessages)
	q, err := openJournal(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range many(killMessages) {
		if item, err := q.Find(t.Context(), m.ID); err != nil || item.Status.State != post.Sent {
			t.Errorf("%s: got %s, %v, want %s", m.ID, item.Status.State, err, post.Sent)
		}
	}
}

// decide does what an organiser does with messages that are uncertain: ask whether
// they arrived, and settle them or send them again. It returns how many there are.
func decide(t *testing.T, file string, s *sink) int {
	t.Helper()
	q, err := openJournal(file)
	if err != nil {
		t.Fatal(err)
	}
	arrived := make(map[string]bool)
	for _, r := range s.all() {
		arrived[post.IDOf(r.messageID())] = true
	}
	uncertain := 0
	for _, m := range many(killMessages) {
		item, err := q.Find(t.Context(), m.ID)
		if err != nil {
			t.Fatal(err)
		}
		switch item.Status.State {
		case post.Sent:
		case post.Uncertain:
			uncertain++
			step := post.Resend
			if arrived[m.ID] {
				step = post.Settle
			}
			to, err := post.Next(item.Status, post.Event{Step: step}, noon)
			if err != nil {
				t.Fatal(err)
			}
			if err := q.Mark(t.Context(), item, to); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s: got %s, want it sent or uncertain", m.ID, item.Status.State)
		}
	}
	return uncertain
}
