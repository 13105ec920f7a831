package post

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrState says that something cannot happen to a message in its state.
var ErrState = errors.New("not in this state")

// A State is where a message is on its way; see the package's Design.
type State string

// The states. Sent means that a server has taken the message, which is not yet a
// mailbox: a bounce may come back.
const (
	Waiting   State = "waiting"
	Claimed   State = "claimed"   // by a worker, which has not handed it over
	Sending   State = "sending"   // handed over, not answered yet
	Sent      State = "sent"      //
	Deferred  State = "deferred"  // to be tried again at Status.Next
	Refused   State = "refused"   // for good
	Uncertain State = "uncertain" // handed over, and nobody knows; a person decides
	Cancelled State = "cancelled" // by an organiser, before it was sent
)

// States lists every [State]; the message "mail.state." + one says it.
func States() []State {
	return []State{Waiting, Claimed, Sending, Sent, Deferred, Refused, Uncertain, Cancelled}
}

// Finished reports whether nothing more happens to a message by itself.
// An uncertain one waits for a person.
func (s State) Finished() bool { return s == Sent || s == Refused || s == Cancelled }

// A Cause says why a message is not sent; the message "mail.cause." + one says it.
type Cause string

// The causes.
const (
	Replied     Cause = "replied"     // the server said so: Status.Detail
	Unreachable Cause = "unreachable" // no server
	Unwelcome   Cause = "unwelcome"   // the server does not take anything from us
	Dropped     Cause = "dropped"     // the line broke before the message was handed over
	Unanswered  Cause = "unanswered"  // the line broke after that
	Interrupted Cause = "interrupted" // we ended after that
	Tired       Cause = "tired"       // tried for too long
	Late        Cause = "late"        // of no use any more
	Unfit       Cause = "unfit"       // [ErrMessage]
	Bounced     Cause = "bounced"     // came back
	Away        Cause = "away"        // the queue itself cannot be reached: of [Trouble] only
)

// Causes lists every [Cause].
func Causes() []Cause {
	return []Cause{Replied, Unreachable, Unwelcome, Dropped, Unanswered, Interrupted, Tired, Late, Unfit, Bounced, Away}
}

// A Status is what is known of a message on its way. The zero value is no status;
// see [New].
type Status struct {
	State    State
	Attempts int       // that had an outcome
	First    time.Time // when the first of them was
	Next     time.Time // when it is due, if it is waiting or deferred
	Changed  time.Time
	Claim    string // the ID of the claim, new at each
	Worker   string // that has, or had, the claim
	Cause    Cause  // why it is not sent; "" for no reason
	Detail   string // in the server's words
}

// New returns the status of a message that is put into the queue.
func New(now time.Time) Status { return Status{State: Waiting, Next: now, Changed: now} }

// A Step is what can happen to a message.
type Step uint8

// The steps.
const (
	Claim    Step = iota // a worker takes it
	Release              // the worker puts it back, untried
	HandOver             // the last dot is about to go out
	Accept               // the server took it
	Defer                // the server asks to come back, or the line broke in time
	Refuse               // the server will not have it, or it is no longer of use
	Lose                 // nobody knows whether the server took it
	Resend               // a person has it sent again
	Settle               // a person knows that it arrived
	Withdraw             // a person does not want it sent
	Return               // a bounce came back
)

// String returns the step as a word.
func (s Step) String() string {
	words := [...]string{"claim", "release", "hand over", "accept", "defer", "refuse", "lose", "resend", "settle", "withdraw", "return"}
	if int(s) < len(words) {
		return words[s]
	}
	return "none"
}

// A transition is a step: from which states, to which.
type transition struct {
	from []State
	to   State
}

// transitionOf returns the transition of a step.
func transitionOf(s Step) transition {
	switch s {
	case Claim:
		return transition{[]State{Waiting, Deferred}, Claimed}
	case Release:
		return transition{[]State{Claimed}, Waiting}
	case HandOver:
		return transition{[]State{Claimed}, Sending}
	case Accept:
		return transition{[]State{Sending, Uncertain}, Sent}
	case Defer:
		return transition{[]State{Claimed, Sending}, Deferred}
	case Refuse:
		return transition{[]State{Claimed, Sending}, Refused}
	case Lose:
		return transition{[]State{Sending}, Uncertain}
	case Resend:
		return transition{[]State{Uncertain, Refused}, Waiting}
	case Settle:
		return transition{[]State{Uncertain}, Sent}
	case Withdraw:
		return transition{[]State{Waiting, Deferred}, Cancelled}
	case Return:
		return transition{[]State{Sent, Uncertain}, Refused}
	}
	return transition{}
}

// An Event is a step with what belongs to it.
type Event struct {
	Step   Step
	Worker string        // of Claim
	Claim  string        // of Claim: a new ID
	Pause  time.Duration // of Release: until it is due
	Cause  Cause
	Detail string
}

// When a message is tried again, after each of its attempts; the last step is
// repeated.
const (
	giveUpAfter   = 3 * 24 * time.Hour // since the first attempt
	fewestTries   = 8                  // before giving up: a clock that jumps is no reason
	longestWait   = 6 * time.Hour
	longestDetail = 500 // bytes
)

// backOff is how long to wait after that many attempts.
func backOff(attempts int) time.Duration {
	waits := [...]time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, longestWait}
	return waits[min(max(attempts, 1), len(waits))-1]
}

// Due reports whether the message is to be tried at now. One whose time is further
// away than any wait was deferred by a clock that ran ahead, and is due.
func (s Status) Due(now time.Time) bool {
	return (s.State == Waiting || s.State == Deferred) &&
		(!s.Next.After(now) || s.Next.After(now.Add(longestWait)))
}

// DueAfter is the moment after which a time in [Status.Next] counts as due, for
// those who ask a database instead of [Status.Due].
func DueAfter(now time.Time) time.Time { return now.Add(longestWait) }

// Next returns the status after an event at now, or [ErrState]. It is the whole of
// what can happen to a message.
func Next(s Status, e Event, now time.Time) (Status, error) {
	t := transitionOf(e.Step)
	if !slices.Contains(t.from, s.State) {
		return s, fmt.Errorf("message that is %s: %w", s.State, ErrState)
	}
	n := s
	n.State, n.Changed, n.Cause, n.Detail = t.to, now, e.Cause, Detail(e.Detail)
	switch e.Step {
	case Claim:
		n.Claim, n.Worker = e.Claim, e.Worker
		n.Cause, n.Detail = s.Cause, s.Detail // of the last time, until there is news
	case Release:
		n.Next = now.Add(min(e.Pause, longestWait))
		if s.Attempts > 0 {
			n.State = Deferred
		}
	case Accept, Refuse, Lose:
		n.attempt(now)
	case Defer:
		n.attempt(now)
		n.wait(now)
	case Resend:
		n = New(now)
	case HandOver, Settle, Withdraw, Return:
	}
	return n, nil
}

// attempt counts an attempt.
func (s *Status) attempt(now time.Time) {
	if s.Attempts == 0 {
		s.First = now
	}
	s.Attempts++
}

// wait says when to try again, or gives up.
func (s *Status) wait(now time.Time) {
	s.Next = now.Add(backOff(s.Attempts))
	if now.Sub(s.First) >= giveUpAfter && s.Attempts >= fewestTries {
		s.State, s.Cause = Refused, Tired // Detail is the server's last word
	}
}

// Detail returns what a server said on one line of bounded length, as it is kept
// in [Status].
func Detail(s string) string {
	s = OneLine(s)
	if len(s) > longestDetail {
		s = OneLine(s[:longestDetail])
	}
	return s
}

// Trouble is what keeps the whole queue from being sent. The zero value is none.
type Trouble struct {
	Since  time.Time
	Next   time.Time // when it is tried again
	Cause  Cause
	Detail string
}
