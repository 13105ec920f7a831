package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
)

// A Mail is the queue of messages and what organisers see of it. It is what
// package mail asks of a queue. Several instances may share it.
type Mail struct {
	db   *DB
	seal sealer
}

// Mail returns the queue, whose messages are sealed with a key made from the
// secret of the site. Instances that share a database share the secret; what
// was sealed with another one is refused when its turn comes.
func (d *DB) Mail(secret string) (*Mail, error) {
	s, err := newSealer(secret)
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	return &Mail{d, s}, nil
}

// News returns a channel that has something in it soon after messages were
// added, by whichever instance, until ctx is done or the database is closed;
// then it is closed. It is a hint: who missed one looks from time to time.
func (m *Mail) News(ctx context.Context) <-chan struct{} { return m.db.hub.bell(ctx) }

// Add puts messages into the queue, all or none. One whose ID is there already
// is passed over, so that adding can be repeated.
func (m *Mail) Add(ctx context.Context, now time.Time, messages ...post.Message) error {
	return m.db.write(ctx, func(w *writer) error { return w.post(ctx, m.seal, now, messages) })
}

// post adds messages and wakes those who send them.
func (w *writer) post(ctx context.Context, seal sealer, now time.Time, messages []post.Message) error {
	rows := make([]messageRow, 0, len(messages))
	for _, m := range messages {
		if err := checkText("id", m.ID, "kind", string(m.Kind), "event", m.Event, "batch", m.Batch); err != nil {
			return err
		}
		row := newMessageRow(m, post.New(now))
		var err error
		if row.Sealed, err = seal.seal(m); err != nil {
			return err
		}
		rows = append(rows, row)
	}
	for part := range batches(rows) {
		if err := gorm.G[messageRow](w.tx, clause.OnConflict{DoNothing: true}).CreateInBatches(ctx, &part, most); err != nil {
			return err
		}
	}
	return w.ring()
}

// ring says, once the transaction is over, that there are new messages.
func (w *writer) ring() error {
	w.mail = true
	return w.engine.announce(w.tx, newsOfMail)
}

// Claim implements the queue of package mail. A message that cannot be opened
// is refused.
func (m *Mail) Claim(ctx context.Context, worker string, n int, now time.Time) (items []post.Item, err error) {
	err = m.db.write(ctx, func(w *writer) error {
		items, err = w.claim(ctx, m.seal, worker, n, now)
		return err
	})
	return items, err
}

func (w *writer) claim(ctx context.Context, seal sealer, worker string, n int, now time.Time) ([]post.Item, error) {
	rows, err := gorm.G[messageRow](w.tx, clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
		Where("state IN ('waiting', 'deferred')"). // as the index has it
		Where("(next <= ? OR next > ?)", newInstant(now), newInstant(post.DueAfter(now))).
		Order("bulk, created, id").Limit(n).Find(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]post.Item, 0, len(rows))
	for _, row := range rows {
		item, fit, err := row.claim(seal, worker, now)
		if err != nil {
			return nil, err
		}
		if err := w.setStatus(ctx, item); err != nil {
			return nil, err
		}
		if fit {
			items = append(items, item)
		}
	}
	return items, nil
}

// claim moves a message by the step of that name, and one that cannot be opened
// further: it is refused, and not fit to be sent.
func (r *messageRow) claim(seal sealer, worker string, now time.Time) (item post.Item, fit bool, err error) {
	if item.Message, err = seal.open(r.ID, r.Sealed); err != nil {
		item.Message = r.message()
	}
	next, failed := post.Next(r.status(), post.Event{Step: post.Claim, Worker: worker, Claim: agenda.NewID()}, now)
	if err != nil && failed == nil {
		next, failed = post.Next(next, post.Event{Step: post.Refuse, Cause: post.Unfit, Detail: err.Error()}, now)
	}
	item.Status = next
	return item, err == nil, failed
}

// setStatus writes the status of a message that is locked.
func (w *writer) setStatus(ctx context.Context, item post.Item) error {
	row := newMessageRow(item.Message, item.Status)
	_, err := updateStatus(ctx, gorm.G[messageRow](w.tx).Where("id = ?", row.ID), row)
	return err
}

// updateStatus writes the columns of a status.
func updateStatus(ctx context.Context, rows gorm.ChainInterface[messageRow], row messageRow) (int, error) {
	return rows.Select("state", "attempts", "first", "next", "changed", "claim", "worker", "cause", "detail").Updates(ctx, row)
}

// Mark implements the queue of package mail.
func (m *Mail) Mark(ctx context.Context, item post.Item, to post.Status) error {
	return m.db.write(ctx, func(w *writer) error { return w.mark(ctx, m.seal, item, to) })
}

// mark replaces a status if it is as item has it, and forgets what is to be
// forgotten.
func (w *writer) mark(ctx context.Context, seal sealer, item post.Item, to post.Status) error {
	if !plain(item.Message.ID) || !plain(item.Status.Claim) {
		return post.ErrLost
	}
	same := gorm.G[messageRow](w.tx).
		Where("id = ? AND state = ? AND claim = ?", item.Message.ID, item.Status.State, item.Status.Claim)
	n, err := updateStatus(ctx, same, newMessageRow(item.Message, to))
	switch {
	case err != nil:
		return err
	case n == 0:
		return post.ErrLost
	case !to.State.Finished() || !item.Message.Secret():
		return nil
	}
	sealed, err := seal.seal(item.Message.Forget())
	if err != nil {
		return err
	}
	_, err = gorm.G[messageRow](w.tx).Where("id = ?", item.Message.ID).Update(ctx, "sealed", sealed)
	return err
}

// Held implements the queue of package mail.
func (m *Mail) Held(ctx context.Context, worker string, before time.Time) ([]post.Item, error) {
	return m.find(ctx, func(q gorm.ChainInterface[messageRow]) gorm.ChainInterface[messageRow] {
		return q.Where("state IN ('claimed', 'sending') AND (worker = ? OR changed < ?)", worker, newInstant(before)).
			Order("changed, id")
	})
}

// Find returns a message. The error wraps [agenda.ErrNotFound] if there is
// none with that ID.
func (m *Mail) Find(ctx context.Context, id string) (post.Item, error) {
	if !plain(id) {
		return post.Item{}, agenda.NotFound("message", id)
	}
	items, err := m.find(ctx, func(q gorm.ChainInterface[messageRow]) gorm.ChainInterface[messageRow] {
		return q.Where("id = ?", id)
	})
	switch {
	case err != nil:
		return post.Item{}, err
	case len(items) == 0:
		return post.Item{}, agenda.NotFound("message", id)
	}
	return items[0], nil
}

// List returns messages, the latest first. One that cannot be opened has no
// letter but its subject.
func (m *Mail) List(ctx context.Context, f post.Filter) ([]post.Item, error) {
	if !plain(f.Event + f.Batch + f.Address) {
		return nil, nil
	}
	return m.find(ctx, func(q gorm.ChainInterface[messageRow]) gorm.ChainInterface[messageRow] {
		limit := f.Limit
		if limit <= 0 {
			limit = 100
		}
		return filtered(q, f).Order("created DESC, id").Offset(f.Skip).Limit(limit)
	})
}

// filtered adds the conditions of a filter.
func filtered(q gorm.ChainInterface[messageRow], f post.Filter) gorm.ChainInterface[messageRow] {
	for _, c := range [][2]string{{"event", f.Event}, {"batch", f.Batch}, {"address", f.Address}} {
		if c[1] != "" {
			q = q.Where(c[0]+" = ?", c[1])
		}
	}
	if len(f.States) > 0 {
		q = q.Where("state IN ?", f.States)
	}
	return q
}

// find reads messages and opens them.
func (m *Mail) find(
	ctx context.Context, query func(gorm.ChainInterface[messageRow]) gorm.ChainInterface[messageRow],
) (items []post.Item, err error) {
	err = m.db.read(ctx, func(r *reader) error {
		rows, err := query(gorm.G[messageRow](r.tx).Where("TRUE")).Find(ctx)
		items = make([]post.Item, 0, len(rows))
		for _, row := range rows {
			items = append(items, row.item(m.seal))
		}
		return err
	})
	return items, err
}

// Move moves a message by what a person decides, or a bounce says ("" for
// actor), and returns it. The error wraps [agenda.ErrNotFound] if there is no
// such message, and [post.ErrState] if that cannot happen to it: letters with
// links that were finished are forgotten and cannot be sent again.
func (m *Mail) Move(ctx context.Context, actor, id string, e post.Event) (item post.Item, err error) {
	if !plain(id) {
		return item, agenda.NotFound("message", id)
	}
	err = m.db.write(ctx, func(w *writer) error {
		item, err = w.move(ctx, m.seal, actor, id, e)
		return err
	})
	return item, err
}

func (w *writer) move(ctx context.Context, seal sealer, actor, id string, e post.Event) (post.Item, error) {
	row, err := gorm.G[messageRow](w.tx, locked).Where("id = ?", id).Take(ctx)
	if err != nil {
		return post.Item{}, missing(err, "message", id)
	}
	item := row.item(seal)
	if e.Step == post.Resend && item.Message.Secret() && item.Status.State.Finished() {
		return item, fmt.Errorf("message whose letter is forgotten: %w", post.ErrState)
	}
	to, err := post.Next(item.Status, e, w.now)
	if err != nil {
		return item, err
	}
	if err := w.mark(ctx, seal, item, to); err != nil {
		return item, err
	}
	change := access.Change{By: actor, What: access.MessageMoved, Subject: id, Event: item.Message.Event}
	if err := w.audit(ctx, change, map[string]any{"state": [2]any{item.Status.State, to.State}}); err != nil {
		return item, err
	}
	item.Status = to
	if to.State == post.Waiting {
		err = w.ring()
	}
	return item, err
}

// A stateRow is how many messages of a batch are in a state.
type stateRow struct {
	Batch string
	State post.State
	N     int
}

// Counts returns how many messages are in which state.
func (m *Mail) Counts(ctx context.Context, f post.Filter) (map[post.State]int, error) {
	counts := map[post.State]int{}
	if !plain(f.Event + f.Batch + f.Address) {
		return counts, nil
	}
	var rows []stateRow
	err := m.db.read(ctx, func(r *reader) error {
		return filtered(gorm.G[messageRow](r.tx).Where("TRUE"), f).
			Select("state, COUNT(*) AS n").Group("state").Scan(ctx, &rows)
	})
	for _, row := range rows {
		counts[row.State] = row.N
	}
	return counts, err
}

// newMessageRow returns all of a row but what is sealed.
func newMessageRow(m post.Message, s post.Status) messageRow {
	return messageRow{
		ID: m.ID, Kind: m.Kind, Address: strings.ToLower(post.OneLine(m.To.Address)),
		Name: post.OneLine(m.To.Name), Subject: post.OneLine(m.Letter.Subject),
		Event: m.Event, Batch: m.Batch, Bulk: m.Bulk(), Created: newInstant(m.Created),
		State: s.State, Attempts: s.Attempts, First: newInstant(s.First), Next: newInstant(s.Next),
		Changed: newInstant(s.Changed), Claim: s.Claim, Worker: s.Worker, Cause: s.Cause, Detail: s.Detail,
	}
}

func (r *messageRow) status() post.Status {
	return post.Status{
		State: r.State, Attempts: r.Attempts, First: r.First.time(), Next: r.Next.time(), Changed: r.Changed.time(),
		Claim: r.Claim, Worker: r.Worker, Cause: r.Cause, Detail: r.Detail,
	}
}

// message returns what is known of a message without opening it.
func (r *messageRow) message() post.Message {
	return post.Message{
		ID: r.ID, Kind: r.Kind, To: post.Mailbox{Name: r.Name, Address: r.Address}, Event: r.Event, Batch: r.Batch,
		Letter: post.Letter{Subject: r.Subject}, Created: r.Created.time(),
	}
}

// item opens a message if it can be opened.
func (r *messageRow) item(seal sealer) post.Item {
	m, err := seal.open(r.ID, r.Sealed)
	if err != nil {
		m = r.message()
	}
	return post.Item{Message: m, Status: r.status()}
}
