package store_test

import (
	"errors"
	"testing"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
	"tamada/pkg/store/storetest"
)

// An answer is kept with the invitation that it is to, and noted; what strangers send changes
// nothing.
func TestTakeReply(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		d := storetest.Rich()
		if _, err := db.Import(t.Context(), "", d); err != nil {
			t.Fatal(err)
		}
		m, now := queue(t, db), time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
		var invites []post.Invite
		for _, address := range []string{"ola@example.org", "nino@example.org"} {
			i := post.Invite{
				ID: agenda.DerivedID(address), Event: d.Event.ID, Session: d.Event.Days[0].Sessions[0].ID,
				To: post.Mailbox{Address: address}, Role: agenda.Moderator, Language: "en",
			}
			invites = append(invites, i.Next("at nine", false, now))
		}
		if err := m.SendInvites(t.Context(), "", now, invites, nil); err != nil {
			t.Fatal(err)
		}
		ola := invites[0]
		reply := post.Reply{Session: ola.Session, Address: "ola@example.org", Answer: post.Declined, Received: now.Add(time.Hour)}
		forged, wrong, odd := reply, reply, reply
		forged.Address, wrong.Session, odd.Session = "mallory@example.org", agenda.NewID(), "\x00\xff"
		for _, step := range []struct {
			reply post.Reply
			want  post.Outcome
		}{{forged, post.Stranger}, {wrong, post.Stranger}, {odd, post.Stranger}, {reply, post.Taken}, {reply, post.Known}} {
			if got, err := m.TakeReply(t.Context(), step.reply); err != nil || got != step.want {
				t.Errorf("%+v: got %s, %v; want %s", step.reply, got, err, step.want)
			}
		}
		kept, err := m.Invites(t.Context(), d.Event.ID)
		if err != nil || len(kept) != 2 {
			t.Fatalf("got %d invitations, %v; want 2", len(kept), err)
		}
		for _, i := range kept {
			want := post.NoAnswer
			if i.ID == ola.ID {
				want = post.Declined
			}
			if i.Answer != want || want != post.NoAnswer && !i.Answered.Equal(now.Add(time.Hour)) {
				t.Errorf("%s: got %q at %s, want %q", i.To.Address, i.Answer, i.Answered, want)
			}
		}
		log, err := db.Audit(t.Context(), "", 0, 9)
		if err != nil || len(log) == 0 || log[0].What != access.InviteAnswered || log[0].Subject != ola.ID {
			t.Errorf("got the log %v, %v; want the answer last", log, err)
		}
	})
}

// Of several instances one reads a mailbox, from where the one before left off.
func TestHoldMailbox(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		m, now := queue(t, storetest.Open(t, url)), time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
		const name = "meetings@mail.example.org/INBOX"
		hold := func(worker string, after time.Duration, place post.Place, want bool) {
			t.Helper()
			at := now.Add(after)
			got, held, err := m.HoldMailbox(t.Context(), name, worker, at, at.Add(10*time.Minute))
			if err != nil || held != want || got != place {
				t.Errorf("%s after %s: got %+v, %t, %v; want %+v, %t", worker, after, got, held, err, place, want)
			}
		}
		none, some := post.Place{}, post.Place{Validity: 1<<32 - 1, Last: 7}
		hold("one", 0, none, true)
		hold("two", time.Minute, none, false)
		if err := m.ReadMailbox(t.Context(), name, "two", some); !errors.Is(err, post.ErrLost) {
			t.Errorf("read by one who does not hold it: got %v, want %v", err, post.ErrLost)
		}
		if err := m.ReadMailbox(t.Context(), name, "one", some); err != nil {
			t.Error(err)
		}
		hold("one", 9*time.Minute, some, true)
		hold("two", 18*time.Minute, none, false)
		hold("two", 20*time.Minute, some, true)
		hold("one", 21*time.Minute, none, false)
		hold("one", -24*time.Hour, some, true) // the clock was wrong
		won := atOnce(t, 6, func(n int) error {
			_, held, err := m.HoldMailbox(t.Context(), "another", string(rune('a'+n)), now, now.Add(time.Minute))
			if err == nil && !held {
				return agenda.ErrConflict
			}
			return err
		}, agenda.ErrConflict)
		if won != 1 {
			t.Errorf("got %d that hold a mailbox at once, want 1", won)
		}
	})
}
