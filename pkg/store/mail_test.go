package store_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/mail/mailtest"
	"tamada/pkg/post"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

const siteSecret = "the secret of a site in tests"

// queue returns the queue of a database.
func queue(t *testing.T, db *store.DB) *store.Mail {
	t.Helper()
	m, err := db.Mail(siteSecret)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMailIsQueue(t *testing.T) {
	for name, url := range storetest.Kinds() {
		t.Run(name, func(t *testing.T) {
			mailtest.TestQueue(t, func(t *testing.T) mailtest.Store { return queue(t, storetest.Open(t, url(t))) })
		})
	}
}

// heard waits for news.
func heard(t *testing.T, news <-chan struct{}) {
	t.Helper()
	select {
	case _, ok := <-news:
		if !ok {
			t.Fatal("the channel is closed")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("no news")
	}
}

// Who sends learns of new messages at once, on PostgreSQL those of other
// instances too.
func TestMailNews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, other := storetest.Open(t, url), storetest.Open(t, url)
		m, news := queue(t, db), queue(t, other).News(t.Context())
		if strings.HasPrefix(url, "sqlite") {
			m = queue(t, other)
		}
		for n := range 3 {
			if err := m.Add(t.Context(), time.Now(), mailtest.Message(n, "")); err != nil {
				t.Fatal(err)
			}
			heard(t, news)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := m.News(ctx)
		cancel()
		for range ended { // until it is closed
		}
	})
}

// What is sealed with one secret cannot be read with another; such a message is
// refused, and shown.
func TestMailSealed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		if _, err := db.Mail("short"); err == nil {
			t.Error("a short secret was taken")
		}
		sent := mailtest.Message(1, "")
		if err := queue(t, db).Add(t.Context(), sent.Created, sent); err != nil {
			t.Fatal(err)
		}
		m, err := db.Mail("another secret of a site")
		if err != nil {
			t.Fatal(err)
		}
		if items, err := m.Claim(t.Context(), "one", 9, sent.Created); err != nil || len(items) != 0 {
			t.Errorf("got %v, %v, want nothing to send", items, err)
		}
		got, err := m.Find(t.Context(), sent.ID)
		if err != nil {
			t.Fatal(err)
		}
		if s := got.Status; s.State != post.Refused || s.Cause != post.Unfit || s.Detail == "" || s.Attempts != 1 {
			t.Errorf("got %+v, want it refused as unfit", s)
		}
		if got.Message.Letter.Subject != sent.Letter.Subject || got.Message.To.Address != sent.To.Address || len(got.Message.Letter.Blocks) != 0 {
			t.Errorf("got %+v, want what is known of it", got.Message)
		}
	})
}

// TestNoSecretInDatabase looks into a whole copy of the database for what opens
// something.
func TestNoSecretInDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		m := queue(t, db)
		user := addUser(t, db, "ada@example.org", true)
		secrets := []string{signIn(t, db, user.ID).Secret.String(), siteSecret}
		for i, p := range access.Purposes() {
			s, err := db.NewToken(t.Context(), user.ID, access.Token{Purpose: p, Subject: "ada@example.org", Event: draft.Event.ID})
			if err != nil {
				t.Fatal(err)
			}
			secrets = append(secrets, s.String())
			message := mailtest.Message(i, []string{"", "bulk"}[i%2])
			message.Letter.Blocks = append(message.Letter.Blocks, post.Block{Kind: post.Button, Text: "Open", URL: "https://example.org/" + s.String()})
			if err := m.Add(t.Context(), message.Created, message); err != nil {
				t.Fatal(err)
			}
		}
		dump := store.Dump(t, db)
		if !strings.Contains(dump, "ada@example.org") || !strings.Contains(dump, "delegate-1@example.org") {
			t.Fatalf("the copy lacks what is there:\n%s", dump)
		}
		for _, s := range secrets {
			for _, form := range []string{s, hex.EncodeToString([]byte(s)), base64.StdEncoding.EncodeToString([]byte(s))} {
				if strings.Contains(dump, form) {
					t.Errorf("the database holds %q", form)
				}
			}
		}
	})
}

func TestMove(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		m := queue(t, db)
		link, news := mailtest.Message(1, ""), mailtest.Message(2, "bulk")
		if err := m.Add(t.Context(), link.Created, link, news); err != nil {
			t.Fatal(err)
		}
		move := func(id string, step post.Step, want error, state post.State) {
			t.Helper()
			item, err := m.Move(t.Context(), "ia", id, post.Event{Step: step})
			if !errors.Is(err, want) || err == nil && item.Status.State != state {
				t.Errorf("got %s, %v, want %s, %v", item.Status.State, err, state, want)
			}
		}
		move(agenda.NewID(), post.Withdraw, agenda.ErrNotFound, "")
		move(news.ID, post.Settle, post.ErrState, "")
		move(link.ID, post.Withdraw, nil, post.Cancelled)
		items, err := m.Claim(t.Context(), "one", 9, news.Created)
		if err != nil || len(items) != 1 {
			t.Fatalf("got %v, %v, want one message", items, err)
		}
		item := items[0]
		for _, step := range []post.Step{post.HandOver, post.Accept} {
			to, err := post.Next(item.Status, post.Event{Step: step}, news.Created)
			if err != nil {
				t.Fatal(err)
			}
			if err := m.Mark(t.Context(), item, to); err != nil {
				t.Fatal(err)
			}
			item.Status = to
		}
		move(news.ID, post.Return, nil, post.Refused) // it bounced
		move(news.ID, post.Resend, nil, post.Waiting)
		log, err := db.Audit(t.Context(), "", 0, 10)
		if err != nil || len(log) != 3 || string(log[0].Details) != `{"state":["refused","waiting"]}` {
			t.Errorf("got %v, %v, want three entries", log, err)
		}
	})
}

// A letter with a link is forgotten when it is finished, and cannot be sent
// again without it.
func TestResendForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		m := queue(t, storetest.Open(t, url))
		link := mailtest.Message(1, "")
		if err := m.Add(t.Context(), link.Created, link); err != nil {
			t.Fatal(err)
		}
		items, err := m.Claim(t.Context(), "one", 1, link.Created)
		if err != nil || len(items) != 1 {
			t.Fatalf("got %v, %v, want one message", items, err)
		}
		to, err := post.Next(items[0].Status, post.Event{Step: post.Refuse, Cause: post.Replied}, link.Created)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Mark(t.Context(), items[0], to); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Move(t.Context(), "ia", link.ID, post.Event{Step: post.Resend}); !errors.Is(err, post.ErrState) {
			t.Errorf("got %v, want %v", err, post.ErrState)
		}
	})
}

func TestBatches(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		m := queue(t, db)
		b, err := m.SaveBatch(t.Context(), "ia", post.Batch{Event: draft.Event.ID, Audience: "all", Subject: agenda.Text{"en": "Tomorrow"}})
		if err != nil {
			t.Fatal(err)
		}
		first := b
		b.Body = agenda.Text{"ar": "نبدأ"}
		if b, err = m.SaveBatch(t.Context(), "ib", b); err != nil {
			t.Fatal(err)
		}
		if _, err := m.SaveBatch(t.Context(), "ia", first); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("saved over another: got %v, want a conflict", err)
		}
		got, err := m.Batches(t.Context(), draft.Event.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]post.Batch{b}, got); diff != "" || b.Version != 2 || b.By != "ia" {
			t.Errorf("batches (-want +got):\n%s", diff)
		}
		if err := m.QueueBatch(t.Context(), "ia", b.ID, 1, many(3), nil); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("queued as nobody has seen it: got %v, want a conflict", err)
		}
		secret, token := access.NewToken(access.Token{Purpose: access.ForUnsubscribing, Subject: "delegate-1@example.org", Event: draft.Event.ID}, time.Now())
		won := atOnce(t, 8, func(int) error { return m.QueueBatch(t.Context(), "ia", b.ID, 2, many(300), []access.Token{token}) }, agenda.ErrConflict)
		if won != 1 {
			t.Errorf("queued %d times, want once", won)
		}
		if got, err := db.Token(t.Context(), secret, access.ForUnsubscribing); err != nil || got.Subject != token.Subject {
			t.Errorf("the token of a message: got %+v, %v", got, err)
		}
		if err := m.DiscardBatch(t.Context(), "ia", b.ID, 2); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("discarded after it was queued: got %v, want a conflict", err)
		}
		if _, err := m.SaveBatch(t.Context(), "ia", b); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("saved after it was queued: got %v, want a conflict", err)
		}
		if items, err := m.Claim(t.Context(), "one", 20, time.Now().Add(1000*time.Hour)); err != nil || len(items) != 20 {
			t.Errorf("got %d, %v, want 20 claimed", len(items), err)
		}
		progress(t, m, b.ID, map[post.State]int{post.Waiting: 280, post.Claimed: 20})
		if n, err := m.MoveBatch(t.Context(), "ia", b.ID, post.Withdraw, post.States()...); err != nil || n != 280 {
			t.Errorf("got %d, %v, want 280 withdrawn", n, err)
		}
		progress(t, m, b.ID, map[post.State]int{post.Cancelled: 280, post.Claimed: 20})
		list, err := m.List(t.Context(), post.Filter{Batch: b.ID, States: []post.State{post.Claimed, post.Sending}, Skip: 5, Limit: 50})
		if err != nil || len(list) != 15 || list[0].Message.Letter.Blocks[0].Text != "We begin at nine." {
			t.Errorf("got %d messages, %v, want 15", len(list), err)
		}
		if _, err := m.SaveBatch(t.Context(), "ia", post.Batch{Event: agenda.NewID()}); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("no event: got %v, want %v", err, agenda.ErrNotFound)
		}
	})
}

// A draft that is discarded is gone; one that has changed meanwhile stays.
func TestDiscardBatch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		m := queue(t, db)
		b, err := m.SaveBatch(t.Context(), "ia", post.Batch{Event: draft.Event.ID})
		if err != nil {
			t.Fatal(err)
		}
		if err := m.DiscardBatch(t.Context(), "ia", b.ID, 2); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("another version: got %v, want a conflict", err)
		}
		if err := m.DiscardBatch(t.Context(), "ia", b.ID, 1); err != nil {
			t.Error(err)
		}
		if _, err := m.Batch(t.Context(), b.ID); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("got %v, want %v", err, agenda.ErrNotFound)
		}
	})
}

// Who has unsubscribed is left out of what waits and of what is sent again, and
// only of messages to many, and only at that event.
func TestUnsubscribe(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		m, event := queue(t, db), draft.Event.ID
		b, err := m.SaveBatch(t.Context(), "ia", post.Batch{Event: event})
		if err != nil {
			t.Fatal(err)
		}
		sent := many(4)
		for i := range sent {
			sent[i].Event = event
		}
		if err := m.QueueBatch(t.Context(), "ia", b.ID, 1, sent, nil); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := m.Unsubscribe(t.Context(), event, strings.ToUpper(sent[0].To.Address)); err != nil {
				t.Fatal(err)
			}
		}
		progress(t, m, b.ID, map[post.State]int{post.Waiting: 3, post.Cancelled: 1})
		items, err := m.Claim(t.Context(), "one", 20, time.Now().Add(1000*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			to, err := post.Next(item.Status, post.Event{Step: post.Refuse, Cause: post.Replied}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if err := m.Mark(t.Context(), item, to); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Unsubscribe(t.Context(), event, sent[1].To.Address); err != nil {
			t.Fatal(err)
		}
		if got, err := m.Unsubscribed(t.Context(), event); err != nil || len(got) != 2 || got[0] != sent[0].To.Address {
			t.Errorf("unsubscribed: got %v, %v", got, err)
		}
		if n, err := m.MoveBatch(t.Context(), "ia", b.ID, post.Resend, post.Refused); err != nil || n != 2 {
			t.Errorf("sent again: got %d, %v, want 2", n, err)
		}
		progress(t, m, b.ID, map[post.State]int{post.Waiting: 2, post.Refused: 1, post.Cancelled: 1})
		if items, err := m.Claim(t.Context(), "one", 20, time.Now().Add(1000*time.Hour)); err != nil || len(items) != 2 || items[0].Status.Attempts != 0 {
			t.Errorf("claimed again: got %v, %v, want two that begin anew", items, err)
		}
		if err := m.Resubscribe(t.Context(), event, sent[1].To.Address); err != nil {
			t.Fatal(err)
		}
		if got, err := m.Unsubscribed(t.Context(), event); err != nil || len(got) != 1 {
			t.Errorf("after one came back: got %v, %v", got, err)
		}
		if err := m.Unsubscribe(t.Context(), agenda.NewID(), "ada@example.org"); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("no event: got %v, want %v", err, agenda.ErrNotFound)
		}
	})
}

// progress compares the progress of a batch.
func progress(t *testing.T, m *store.Mail, id string, want map[post.State]int) {
	t.Helper()
	got, err := m.Progress(t.Context(), id, agenda.NewID())
	if err != nil || len(got) != 2 {
		t.Fatalf("got %v, %v, want two batches", got, err)
	}
	if diff := cmp.Diff(want, got[id]); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	counts, err := m.Counts(t.Context(), post.Filter{Batch: id})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

// TestAccountReadsAreConstant counts the statements of what requests and pages
// need, with little and with much in the database.
func TestAccountReadsAreConstant(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		c := &counter{Handler: slog.DiscardHandler}
		h := newHand()
		db, err := store.Open(t.Context(), url, slog.New(c), h.now)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		m, event := queue(t, db), storetest.Meeting("spring", 1).Event.ID
		if _, err := db.Import(t.Context(), "ia", storetest.Meeting("spring", 1)); err != nil {
			t.Fatal(err)
		}
		visit := signIn(t, db, addUser(t, db, "ada@example.org", true).ID)
		reads := map[string]func() error{
			"Resume":   func() error { _, err := db.Resume(t.Context(), visit.Secret); return err },
			"Users":    func() error { _, err := db.Users(t.Context()); return err },
			"Members":  func() error { _, err := db.Members(t.Context(), event); return err },
			"Audit":    func() error { _, err := db.Audit(t.Context(), "", 0, 50); return err },
			"Batches":  func() error { _, err := m.Batches(t.Context(), event); return err },
			"Progress": func() error { _, err := m.Progress(t.Context(), "all", "none"); return err },
			"List":     func() error { _, err := m.List(t.Context(), post.Filter{Event: event}); return err },
		}
		want := map[string]int64{"Resume": 3, "Users": 1, "Members": 2, "Audit": 1, "Batches": 1, "Progress": 1, "List": 1}
		for _, n := range []int{1, 30} {
			for i := range n {
				u := addUser(t, db, fmt.Sprintf("user-%d-%d@example.org", n, i), false)
				if err := db.Grant(t.Context(), "ia", u.ID, access.Grant{Event: event, Role: access.Viewer}); err != nil {
					t.Fatal(err)
				}
				if _, err := m.SaveBatch(t.Context(), "ia", post.Batch{Event: event}); err != nil {
					t.Fatal(err)
				}
			}
			if err := m.Add(t.Context(), h.now(), many(n)...); err != nil {
				t.Fatal(err)
			}
			got := map[string]int64{}
			for name, read := range reads {
				before := c.statements.Load()
				if err := read(); err != nil {
					t.Error(err)
				}
				got[name] = c.statements.Load() - before
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("statements with %d of each (-want +got):\n%s", n, diff)
			}
		}
	})
}
