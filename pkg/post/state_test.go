package post_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tamada/pkg/golden"
	"tamada/pkg/post"
)

// noon is when most messages of the tests are made.
var noon = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)

// steps are all steps with their names.
var steps = []struct {
	name string
	step post.Step
}{
	{"claim", post.Claim},
	{"release", post.Release},
	{"hand over", post.HandOver},
	{"accept", post.Accept},
	{"defer", post.Defer},
	{"refuse", post.Refuse},
	{"lose", post.Lose},
	{"resend", post.Resend},
	{"settle", post.Settle},
	{"withdraw", post.Withdraw},
	{"return", post.Return},
}

// The golden file is every step in every state.
func TestEveryStep(t *testing.T) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-10s", "")
	for _, s := range steps {
		fmt.Fprintf(&b, " %-10s", s.name)
	}
	for _, state := range post.States() {
		fmt.Fprintf(&b, "\n%-10s", state)
		for _, s := range steps {
			to := "-"
			next, err := post.Next(post.Status{State: state}, post.Event{Step: s.step}, noon)
			if err == nil {
				to = string(next.State)
			} else if !errors.Is(err, post.ErrState) {
				t.Errorf("%s, %s: got %v, want %v", state, s.name, err, post.ErrState)
			}
			fmt.Fprintf(&b, " %-10s", to)
		}
	}
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	golden.Equal(t, "testdata/states.txt", []byte(strings.Join(lines, "\n")+"\n"))
}

// next applies events one after the other.
func next(t *testing.T, s post.Status, now time.Time, events ...post.Event) post.Status {
	t.Helper()
	for _, e := range events {
		var err error
		if s, err = post.Next(s, e, now); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// A mailbox that is full for good is tried for three days.
func TestBackOff(t *testing.T) {
	s, now := post.New(noon), noon
	var waits []string
	for s.State != post.Refused {
		if !s.Due(now) {
			t.Fatalf("not due when it is: %+v", s)
		}
		s = next(t, s, now, post.Event{Step: post.Claim}, post.Event{Step: post.Defer, Cause: post.Replied, Detail: "452 mailbox full"})
		if s.State == post.Deferred {
			waits = append(waits, s.Next.Sub(now).String())
			if s.Due(s.Next.Add(-time.Second)) {
				t.Error("due before its time")
			}
		}
		now = s.Next
	}
	if got, want := strings.Join(waits[:6], " "), "1m0s 5m0s 30m0s 2h0m0s 6h0m0s 6h0m0s"; got != want {
		t.Errorf("waits: got %s, want %s", got, want)
	}
	if s.Cause != post.Tired || s.Detail != "452 mailbox full" || s.Changed.Sub(noon) < 72*time.Hour || s.Changed.Sub(noon) > 79*time.Hour {
		t.Errorf("got %+v, want it given up after three days, with the server's last word", s)
	}
}

func TestClockJumps(t *testing.T) {
	deferred := next(t, post.New(noon), noon, post.Event{Step: post.Claim}, post.Event{Step: post.Defer})
	year := noon.AddDate(1, 0, 0)
	s := next(t, deferred, year, post.Event{Step: post.Claim}, post.Event{Step: post.Defer})
	if s.State != post.Deferred {
		t.Errorf("clock jumps a year forward: got %s after two attempts, want %s", s.State, post.Deferred)
	}
	if !s.Due(noon) {
		t.Error("and back again: the message waits for a year")
	}
	if s := post.New(year); !s.Due(noon) {
		t.Error("a message of a clock that was ahead is not due")
	}
}

func TestStatusKeepsWhatItKnows(t *testing.T) {
	s := next(t, post.New(noon), noon, post.Event{Step: post.Claim, Worker: "one", Claim: "c1"},
		post.Event{Step: post.Defer, Cause: post.Replied, Detail: "450 later\r\nplease"},
		post.Event{Step: post.Claim, Worker: "two", Claim: "c2"})
	if s.Cause != post.Replied || s.Detail != "450 later please" || s.Worker != "two" || s.Claim != "c2" || s.Attempts != 1 {
		t.Errorf("claimed again: got %+v, want why it was deferred", s)
	}
	s = next(t, s, noon, post.Event{Step: post.Release, Pause: time.Minute, Cause: post.Unreachable})
	if s.State != post.Deferred || s.Attempts != 1 || !s.Next.Equal(noon.Add(time.Minute)) {
		t.Errorf("released: got %+v, want it deferred by a minute, after one attempt", s)
	}
	s = next(t, s, noon, post.Event{Step: post.Claim}, post.Event{Step: post.HandOver}, post.Event{Step: post.Lose}, post.Event{Step: post.Resend})
	if s != post.New(noon) {
		t.Errorf("sent again: got %+v, want it new", s)
	}
}

func TestDetailIsShort(t *testing.T) {
	s := next(t, post.New(noon), noon, post.Event{Step: post.Claim}, post.Event{Step: post.Refuse, Detail: strings.Repeat("é", 1000)})
	if len(s.Detail) > 500 || !strings.HasPrefix(s.Detail, "éé") {
		t.Errorf("got %d bytes, want at most 500", len(s.Detail))
	}
}
