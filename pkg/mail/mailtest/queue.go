package mailtest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"tamada/pkg/post"
)

// noon is when the tests begin.
var noon = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)

// Message returns the nth of many messages that differ. Those with a batch are
// bulk.
func Message(n int, batch string) post.Message {
	kind := post.KindSignIn
	if batch != "" {
		kind = post.KindBulk
	}
	return post.Message{
		ID:      fmt.Sprintf("00000000-0000-4000-8000-%012d", n),
		Kind:    kind,
		Batch:   batch,
		To:      post.Mailbox{Name: "Delegate", Address: fmt.Sprintf("delegate-%d@example.org", n)},
		Created: noon.Add(time.Duration(n) * time.Second),
		Letter: post.Letter{
			Language: "en", Subject: "A message",
			Blocks: []post.Block{{Kind: post.Paragraph, Text: "To you."}},
		},
	}
}

// TestQueue is the contract of [mail.Queue]: what every one has to do. Open returns
// an empty queue.
func TestQueue(t *testing.T, open func(t *testing.T) Store) {
	for name, test := range map[string]func(*testing.T, Store){
		"claim order":       testOrder,
		"claims are due":    testDue,
		"clock was ahead":   testClockAhead,
		"mark compares":     testMark,
		"claims differ":     testClaimsDiffer,
		"held":              testHeld,
		"secrets forgotten": testForget,
		"added once":        testAddOnce,
		"many workers":      testManyWorkers,
		"whole status":      testStatus,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// add puts messages into the queue.
func add(t *testing.T, q Store, messages ...post.Message) {
	t.Helper()
	if err := q.Add(t.Context(), noon, messages...); err != nil {
		t.Fatal(err)
	}
}

// claim claims and returns the items.
func claim(t *testing.T, q Store, worker string, n int, now time.Time) []post.Item {
	t.Helper()
	items, err := q.Claim(t.Context(), worker, n, now)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// move marks an item with the status after an event, and returns it.
func move(t *testing.T, q Store, item post.Item, e post.Event, now time.Time) post.Item {
	t.Helper()
	to, err := post.Next(item.Status, e, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Mark(t.Context(), item, to); err != nil {
		t.Fatal(err)
	}
	item.Status = to
	return item
}

// ids are those of items.
func ids(items []post.Item) []string {
	all := make([]string, len(items))
	for i, item := range items {
		all[i] = item.Message.ID
	}
	return all
}

func testOrder(t *testing.T, q Store) {
	add(t, q, Message(1, "bulk"), Message(3, ""), Message(4, "bulk"), Message(2, ""))
	want := []string{Message(2, "").ID, Message(3, "").ID, Message(1, "").ID}
	if got := ids(claim(t, q, "one", 3, noon)); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	want = []string{Message(4, "").ID}
	if got := ids(claim(t, q, "two", 3, noon)); !slices.Equal(got, want) {
		t.Errorf("second claim: got %v, want %v", got, want)
	}
	if got := claim(t, q, "one", 3, noon); len(got) != 0 {
		t.Errorf("third claim: got %v, want nothing", ids(got))
	}
}

func testDue(t *testing.T, q Store) {
	add(t, q, Message(1, ""))
	item := claim(t, q, "one", 1, noon)[0]
	item = move(t, q, item, post.Event{Step: post.Defer, Cause: post.Dropped}, noon)
	if got := claim(t, q, "one", 1, item.Status.Next.Add(-time.Second)); len(got) != 0 {
		t.Error("claimed before it was due")
	}
	if got := claim(t, q, "one", 1, item.Status.Next); len(got) != 1 || got[0].Status.Attempts != 1 {
		t.Errorf("got %+v when it was due, want it after one attempt", got)
	}
}

func testClockAhead(t *testing.T, q Store) {
	add(t, q, Message(1, ""))
	ahead := noon.AddDate(1, 0, 0)
	item := claim(t, q, "one", 1, ahead)[0]
	move(t, q, item, post.Event{Step: post.Defer}, ahead)
	if got := claim(t, q, "one", 1, noon); len(got) != 1 {
		t.Error("what a clock that ran ahead deferred by a year is not due")
	}
}

func testMark(t *testing.T, q Store) {
	add(t, q, Message(1, ""))
	item := claim(t, q, "one", 1, noon)[0]
	sending := move(t, q, item, post.Event{Step: post.HandOver}, noon)
	refused, err := post.Next(item.Status, post.Event{Step: post.Refuse}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Mark(t.Context(), item, refused); !errors.Is(err, post.ErrLost) {
		t.Errorf("marked from an old state: got %v, want %v", err, post.ErrLost)
	}
	other := sending
	other.Status.Claim = "another"
	if err := q.Mark(t.Context(), other, refused); !errors.Is(err, post.ErrLost) {
		t.Errorf("marked with another claim: got %v, want %v", err, post.ErrLost)
	}
	missing := post.Item{Message: Message(9, ""), Status: item.Status}
	if err := q.Mark(t.Context(), missing, refused); !errors.Is(err, post.ErrLost) {
		t.Errorf("marked what is not there: got %v, want %v", err, post.ErrLost)
	}
	if got, err := q.Find(t.Context(), item.Message.ID); err != nil || got.Status.State != post.Sending {
		t.Errorf("got %s, %v, want %s", got.Status.State, err, post.Sending)
	}
}

// A message that was released and claimed again is not the first claimer's.
func testClaimsDiffer(t *testing.T, q Store) {
	add(t, q, Message(1, ""))
	first := claim(t, q, "one", 1, noon)[0]
	move(t, q, first, post.Event{Step: post.Release}, noon)
	second := claim(t, q, "one", 1, noon)[0]
	if first.Status.Claim == second.Status.Claim || second.Status.Claim == "" {
		t.Errorf("got claims %q and %q, want two that differ", first.Status.Claim, second.Status.Claim)
	}
	to, err := post.Next(first.Status, post.Event{Step: post.HandOver}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Mark(t.Context(), first, to); !errors.Is(err, post.ErrLost) {
		t.Errorf("handed over with the first claim: got %v, want %v", err, post.ErrLost)
	}
}

func testHeld(t *testing.T, q Store) {
	add(t, q, Message(1, ""), Message(2, ""), Message(3, ""), Message(4, ""))
	items := claim(t, q, "one", 3, noon)
	move(t, q, items[1], post.Event{Step: post.HandOver}, noon)
	move(t, q, items[2], post.Event{Step: post.Release}, noon)
	tests := []struct {
		worker string
		before time.Time
		want   []string
	}{
		{"one", noon.Add(-time.Hour), ids(items[:2])},
		{"two", noon.Add(-time.Hour), []string{}},
		{"two", noon.Add(time.Hour), ids(items[:2])},
	}
	for _, test := range tests {
		held, err := q.Held(t.Context(), test.worker, test.before)
		if err != nil {
			t.Fatal(err)
		}
		got := ids(held)
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("held by %s or since before %v: got %v, want %v", test.worker, test.before, got, test.want)
		}
	}
}

func testForget(t *testing.T, q Store) {
	add(t, q, Message(1, ""), Message(2, "bulk"))
	for _, item := range claim(t, q, "one", 2, noon) {
		item = move(t, q, item, post.Event{Step: post.HandOver}, noon)
		if found, err := q.Find(t.Context(), item.Message.ID); err != nil || len(found.Message.Letter.Blocks) == 0 {
			t.Errorf("%s: the letter is forgotten before it is sent (%v)", item.Message.Kind, err)
		}
		move(t, q, item, post.Event{Step: post.Accept}, noon)
		found, err := q.Find(t.Context(), item.Message.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(found.Message.Letter.Blocks) == 0, item.Message.Secret(); got != want {
			t.Errorf("%s: forgotten %v, want %v", item.Message.Kind, got, want)
		}
	}
}

func testAddOnce(t *testing.T, q Store) {
	add(t, q, Message(1, ""))
	item := claim(t, q, "one", 1, noon)[0]
	move(t, q, item, post.Event{Step: post.HandOver}, noon)
	add(t, q, Message(1, ""), Message(2, ""))
	if got, want := ids(claim(t, q, "one", 9, noon)), []string{Message(2, "").ID}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// However many claim at once, each message has one claimer.
func testManyWorkers(t *testing.T, q Store) {
	const messages, workers = 200, 8
	for n := range messages {
		add(t, q, Message(n, "bulk"))
	}
	var mu sync.Mutex
	claimers := make(map[string]int)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for {
				items, err := q.Claim(t.Context(), fmt.Sprint("worker ", w), 7, noon)
				if err != nil {
					t.Error(err)
				}
				if len(items) == 0 {
					return
				}
				mu.Lock()
				for _, item := range items {
					claimers[item.Message.ID]++
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if len(claimers) != messages {
		t.Errorf("got %d messages claimed, want %d", len(claimers), messages)
	}
	for id, n := range claimers {
		if n != 1 {
			t.Errorf("%s: got %d claimers, want 1", id, n)
		}
	}
}

// Every field of a status comes back.
func testStatus(t *testing.T, q Store) {
	add(t, q, Message(1, ""))
	item := claim(t, q, "one", 1, noon)[0]
	item = move(t, q, item, post.Event{Step: post.Defer, Cause: post.Replied, Detail: "451 later, please"}, noon)
	found, err := q.Find(t.Context(), item.Message.ID)
	if err != nil {
		t.Fatal(err)
	}
	got, want := found.Status, item.Status
	if !got.First.Equal(want.First) || !got.Next.Equal(want.Next) || !got.Changed.Equal(want.Changed) {
		t.Errorf("got times %v, %v, %v, want %v, %v, %v", got.First, got.Next, got.Changed, want.First, want.Next, want.Changed)
	}
	got.First, got.Next, got.Changed = want.First, want.Next, want.Changed
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
