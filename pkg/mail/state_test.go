package mail_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tamada/pkg/golden"
	"tamada/pkg/mail"
)

// steps are all steps with their names.
var steps = []struct {
	name string
	step mail.Step
}{
	{"claim", mail.Claim},
	{"release", mail.Release},
	{"hand over", mail.HandOver},
	{"accept", mail.Accept},
	{"defer", mail.Defer},
	{"refuse", mail.Refuse},
	{"lose", mail.Lose},
	{"resend", mail.Resend},
	{"settle", mail.Settle},
	{"withdraw", mail.Withdraw},
	{"return", mail.Return},
}

// The golden file is every step in every state.
func TestEveryStep(t *testing.T) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-10s", "")
	for _, s := range steps {
		fmt.Fprintf(&b, " %-10s", s.name)
	}
	for _, state := range mail.States() {
		fmt.Fprintf(&b, "\n%-10s", state)
		for _, s := range steps {
			to := "-"
			next, err := mail.Next(mail.Status{State: state}, mail.Event{Step: s.step}, noon)
			if err == nil {
				to = string(next.State)
			} else if !errors.Is(err, mail.ErrState) {
				t.Errorf("%s, %s: got %v, want %v", state, s.name, err, mail.ErrState)
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
func next(t *testing.T, s mail.Status, now time.Time, events ...mail.Event) mail.Status {
	t.Helper()
	for _, e := range events {
		var err error
		if s, err = mail.Next(s, e, now); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// A mailbox that is full for good is tried for three days.
func TestBackOff(t *testing.T) {
	s, now := mail.New(noon), noon
	var waits []string
	for s.State != mail.Refused {
		if !s.Due(now) {
			t.Fatalf("not due when it is: %+v", s)
		}
		s = next(t, s, now, mail.Event{Step: mail.Claim}, mail.Event{Step: mail.Defer, Cause: mail.Replied, Detail: "452 mailbox full"})
		if s.State == mail.Deferred {
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
	if s.Cause != mail.Tired || s.Detail != "452 mailbox full" || s.Changed.Sub(noon) < 72*time.Hour || s.Changed.Sub(noon) > 79*time.Hour {
		t.Errorf("got %+v, want it given up after three days, with the server's last word", s)
	}
}

func TestClockJumps(t *testing.T) {
	deferred := next(t, mail.New(noon), noon, mail.Event{Step: mail.Claim}, mail.Event{Step: mail.Defer})
	year := noon.AddDate(1, 0, 0)
	s := next(t, deferred, year, mail.Event{Step: mail.Claim}, mail.Event{Step: mail.Defer})
	if s.State != mail.Deferred {
		t.Errorf("clock jumps a year forward: got %s after two attempts, want %s", s.State, mail.Deferred)
	}
	if !s.Due(noon) {
		t.Error("and back again: the message waits for a year")
	}
	if s := mail.New(year); !s.Due(noon) {
		t.Error("a message of a clock that was ahead is not due")
	}
}

func TestStatusKeepsWhatItKnows(t *testing.T) {
	s := next(t, mail.New(noon), noon, mail.Event{Step: mail.Claim, Worker: "one", Claim: "c1"},
		mail.Event{Step: mail.Defer, Cause: mail.Replied, Detail: "450 later\r\nplease"},
		mail.Event{Step: mail.Claim, Worker: "two", Claim: "c2"})
	if s.Cause != mail.Replied || s.Detail != "450 later please" || s.Worker != "two" || s.Claim != "c2" || s.Attempts != 1 {
		t.Errorf("claimed again: got %+v, want why it was deferred", s)
	}
	s = next(t, s, noon, mail.Event{Step: mail.Release, Pause: time.Minute, Cause: mail.Unreachable})
	if s.State != mail.Deferred || s.Attempts != 1 || !s.Next.Equal(noon.Add(time.Minute)) {
		t.Errorf("released: got %+v, want it deferred by a minute, after one attempt", s)
	}
	s = next(t, s, noon, mail.Event{Step: mail.Claim}, mail.Event{Step: mail.HandOver}, mail.Event{Step: mail.Lose}, mail.Event{Step: mail.Resend})
	if s != mail.New(noon) {
		t.Errorf("sent again: got %+v, want it new", s)
	}
}

func TestDetailIsShort(t *testing.T) {
	s := next(t, mail.New(noon), noon, mail.Event{Step: mail.Claim}, mail.Event{Step: mail.Refuse, Detail: strings.Repeat("é", 1000)})
	if len(s.Detail) > 500 || !strings.HasPrefix(s.Detail, "éé") {
		t.Errorf("got %d bytes, want at most 500", len(s.Detail))
	}
}
