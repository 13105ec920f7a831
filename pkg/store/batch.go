package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
)

// SaveBatch saves the draft of a bulk message, a new one if its version is 0,
// and returns it as it is then. The error wraps [agenda.ErrConflict] if
// somebody has changed it meanwhile or it is queued already, and
// [agenda.ErrNotFound] if it or its event is not there.
func (m *Mail) SaveBatch(ctx context.Context, actor string, b post.Batch) (saved post.Batch, err error) {
	err = m.db.write(ctx, func(w *writer) error {
		saved, err = w.saveBatch(ctx, actor, b)
		return err
	})
	return saved, err
}

func (w *writer) saveBatch(ctx context.Context, actor string, b post.Batch) (post.Batch, error) {
	if err := checkText("event", b.Event, "audience", b.Audience); err != nil {
		return b, err
	}
	var enc encoder
	if b.Version == 0 {
		b.ID, b.By, b.Version, b.Created, b.Changed = agenda.NewID(), actor, 1, w.now, w.now
		row := newBatchRow(&enc, b)
		return b, errors.Join(enc.err, lacksEvent(gorm.G[batchRow](w.tx).Create(ctx, &row), b.Event))
	}
	before, err := w.draftBatch(ctx, b.ID, b.Version)
	if err != nil {
		return b, err
	}
	b.Event, b.By, b.Created, b.Queued = before.Event, before.By, before.Created, before.Queued
	b.Version, b.Changed = b.Version+1, w.now
	row := newBatchRow(&enc, b)
	if enc.err != nil {
		return b, enc.err
	}
	_, err = gorm.G[batchRow](w.tx).Where("id = ?", b.ID).Select("*").Updates(ctx, row)
	return b, err
}

// lacksEvent turns the error of a row whose event is not there into one that
// names it.
func lacksEvent(err error, event string) error {
	if errors.Is(err, gorm.ErrForeignKeyViolated) {
		return agenda.NotFound("event", event)
	}
	return err
}

// draftBatch locks and returns a batch that is a draft of the given version.
func (w *writer) draftBatch(ctx context.Context, id string, version int) (post.Batch, error) {
	if !plain(id) {
		return post.Batch{}, agenda.NotFound("message", id)
	}
	row, err := gorm.G[batchRow](w.tx, locked).Where("id = ?", id).Take(ctx)
	if err != nil {
		return post.Batch{}, missing(err, "message", id)
	}
	switch {
	case row.Queued != "":
		return post.Batch{}, agenda.Conflict("the message is on its way already")
	case row.Version != version:
		return post.Batch{}, agenda.Conflict("the message was changed meanwhile")
	}
	return row.batch()
}

// QueueBatch puts the messages of a batch into the queue, once: whoever was
// shown the draft of that version has agreed to it. Tokens are those whose
// secrets the messages carry. Errors are as those of [Mail.SaveBatch].
func (m *Mail) QueueBatch(ctx context.Context, actor, id string, version int, messages []post.Message, tokens []access.Token) error {
	return m.db.write(ctx, func(w *writer) error {
		b, err := w.draftBatch(ctx, id, version)
		if err != nil {
			return err
		}
		for i := range messages {
			messages[i].Batch = id
		}
		if _, err := gorm.G[batchRow](w.tx).Where("id = ?", id).Update(ctx, "queued", newInstant(w.now)); err != nil {
			return err
		}
		if err := w.addTokens(ctx, actor, tokens); err != nil {
			return lacksEvent(err, b.Event)
		}
		if err := w.post(ctx, m.seal, w.now, messages); err != nil {
			return err
		}
		change := access.Change{By: actor, What: access.BatchQueued, Subject: id, Event: b.Event}
		return w.audit(ctx, change, map[string]any{"messages": len(messages)})
	})
}

// addTokens stores tokens that [access.NewToken] made.
func (w *writer) addTokens(ctx context.Context, actor string, tokens []access.Token) error {
	var enc encoder
	rows := make([]tokenRow, 0, len(tokens))
	for _, t := range tokens {
		if err := checkText("subject", t.Subject, "event", t.Event, "role", string(t.Role)); err != nil {
			return err
		}
		rows = append(rows, newTokenRow(&enc, actor, t))
	}
	if enc.err != nil {
		return enc.err
	}
	for part := range batches(rows) {
		if err := gorm.G[tokenRow](w.tx).CreateInBatches(ctx, &part, most); err != nil {
			return err
		}
	}
	return nil
}

// DiscardBatch removes a draft. Errors are as those of [Mail.SaveBatch].
func (m *Mail) DiscardBatch(ctx context.Context, actor, id string, version int) error {
	return m.db.write(ctx, func(w *writer) error {
		b, err := w.draftBatch(ctx, id, version)
		if err != nil {
			return err
		}
		if _, err := gorm.G[batchRow](w.tx).Where("id = ?", id).Delete(ctx); err != nil {
			return err
		}
		return w.audit(ctx, access.Change{By: actor, What: access.BatchDiscarded, Subject: id, Event: b.Event}, nil)
	})
}

// MoveBatch moves those messages of a batch that are in one of the states by what
// a person decides, where that is possible, and returns how many messages that
// was. Those to people who have unsubscribed are not sent again.
func (m *Mail) MoveBatch(ctx context.Context, actor, id string, step post.Step, from ...post.State) (n int, err error) {
	b, err := m.Batch(ctx, id)
	if err != nil {
		return 0, err
	}
	condition, values := "batch = ?", []any{id}
	if step == post.Resend {
		condition += " AND address NOT IN (SELECT address FROM unsubscribed WHERE event = ?)"
		values = append(values, b.Event)
	}
	err = m.db.write(ctx, func(w *writer) error {
		if n, err = w.shift(ctx, step, from, condition, values...); err != nil || n == 0 {
			return err
		}
		if step == post.Resend {
			if err := w.ring(); err != nil {
				return err
			}
		}
		change := access.Change{By: actor, What: access.BatchMoved, Subject: id, Event: b.Event}
		return w.audit(ctx, change, map[string]any{"step": step.String(), "from": from, "messages": n})
	})
	return n, err
}

// shift moves all messages of a condition that are in one of the states, where
// the step is possible, by one statement for each state.
func (w *writer) shift(ctx context.Context, step post.Step, from []post.State, condition string, values ...any) (int, error) {
	columns := []string{"changed", "cause", "detail"}
	if step == post.Resend { // they begin anew
		columns = append(columns, "attempts", "first", "next", "claim", "worker")
	}
	total := 0
	for _, state := range from {
		to, err := post.Next(post.Status{State: state}, post.Event{Step: step}, w.now)
		if err != nil {
			continue // not possible
		}
		row := newMessageRow(post.Message{}, to)
		n, err := gorm.G[messageRow](w.tx).Where("state = ?", state).Where(condition, values...).
			Select("state", columns).Updates(ctx, row)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// Batch returns a bulk message. The error wraps [agenda.ErrNotFound] if there
// is none with that ID.
func (m *Mail) Batch(ctx context.Context, id string) (b post.Batch, err error) {
	if !plain(id) {
		return b, agenda.NotFound("message", id)
	}
	err = m.db.read(ctx, func(r *reader) error {
		row, err := gorm.G[batchRow](r.tx).Where("id = ?", id).Take(ctx)
		if err != nil {
			return missing(err, "message", id)
		}
		b, err = row.batch()
		return err
	})
	return b, err
}

// Batches returns the bulk messages of an event, "" for the site, the latest
// first.
func (m *Mail) Batches(ctx context.Context, event string) ([]post.Batch, error) {
	if !plain(event) {
		return nil, nil
	}
	var rows []batchRow
	err := m.db.read(ctx, func(r *reader) (err error) {
		rows, err = gorm.G[batchRow](r.tx).Where("COALESCE(event, '') = ?", event).Order("created DESC, id").Find(ctx)
		return err
	})
	all := make([]post.Batch, 0, len(rows))
	for _, row := range rows {
		b, damaged := row.batch()
		err = errors.Join(err, damaged)
		all = append(all, b)
	}
	return all, err
}

// Progress returns, for each of the batches, how many of its messages are in
// which state.
func (m *Mail) Progress(ctx context.Context, batches ...string) (map[string]map[post.State]int, error) {
	progress := make(map[string]map[post.State]int, len(batches))
	for _, id := range batches {
		progress[id] = map[post.State]int{}
		if !plain(id) {
			return progress, agenda.NotFound("message", id)
		}
	}
	var rows []stateRow
	err := m.db.read(ctx, func(r *reader) error {
		return gorm.G[messageRow](r.tx).Where("batch IN ?", batches).
			Select("batch, state, COUNT(*) AS n").Group("batch, state").Scan(ctx, &rows)
	})
	for _, row := range rows {
		progress[row.Batch][row.State] = row.N
	}
	return progress, err
}

func newBatchRow(enc *encoder, b post.Batch) batchRow {
	return batchRow{
		ID: b.ID, Event: optional(b.Event), Author: b.By, Audience: b.Audience, Subject: enc.text(b.Subject),
		Body: enc.text(b.Body), Version: b.Version, Created: newInstant(b.Created), Changed: newInstant(b.Changed),
		Queued: newInstant(b.Queued),
	}
}

func (r *batchRow) batch() (post.Batch, error) {
	var dec decoder
	b := post.Batch{
		ID: r.ID, Event: string(r.Event), By: r.Author, Audience: r.Audience, Subject: dec.text(r.Subject),
		Body: dec.text(r.Body), Version: r.Version, Created: r.Created.time(), Changed: r.Changed.time(),
		Queued: r.Queued.time(),
	}
	return b, dec.err
}
