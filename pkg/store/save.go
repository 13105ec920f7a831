package store

import (
	"context"
	"fmt"
	"iter"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/agenda"
)

// most is how many rows one statement writes at most; the limit of SQLite is
// 32,766 values.
const most = 256

// batches cuts rows into parts of which the lengths are powers of two, so that
// there are few different statements to prepare and keep.
func batches[R any](rows []R) iter.Seq[[]R] {
	return func(yield func([]R) bool) {
		for n := most; len(rows) > 0; {
			for n > len(rows) {
				n /= 2
			}
			if !yield(rows[:n]) {
				return
			}
			rows = rows[n:]
		}
	}
}

// save writes the rows of after that before lacks or has otherwise, and
// removes those that only before has.
func (w *writer) save(ctx context.Context, before, after *draftRows) error {
	if err := w.saveEvent(ctx, before.event, after.event); err != nil {
		return err
	}
	s := &saver{ctx: ctx, tx: w.tx}
	settle(s, before.days, after.days, func(r *dayRow) string { return r.Date })
	settle(s, before.sessions, after.sessions, func(r *sessionRow) string { return r.ID })
	settle(s, before.parts, after.parts, func(r *partRow) string { return r.ID })
	settle(s, before.talks, after.talks, func(r *talkRow) string { return r.ID })
	settle(s, before.roles, after.roles, func(r *roleRow) roleKey { return roleKey{r.Owner, r.Position} })
	settle(s, before.people, after.people, func(r *personRow) string { return r.Key })
	settle(s, before.rooms, after.rooms, func(r *roomRow) string { return r.ID })
	settle(s, before.tracks, after.tracks, func(r *trackRow) string { return r.ID })
	settle(s, before.notes, after.notes, func(r *noteRow) string { return r.Key })
	return taken(s.err, "event %q has the ID of a session, part or talk of another event", after.event.Slug)
}

type roleKey struct {
	owner    string
	position int
}

// saveEvent writes the row of the event and sees to its slug.
func (w *writer) saveEvent(ctx context.Context, before, after eventRow) error {
	var err error
	switch {
	case before.ID == "":
		err = gorm.G[eventRow](w.tx).Create(ctx, &after)
	case before != after:
		_, err = gorm.G[eventRow](w.tx).Where("id = ?", after.ID).Select("*").Updates(ctx, after)
	}
	if err == nil && before.Slug != after.Slug {
		err = w.moveSlug(ctx, after)
	}
	return taken(err, "slug %q belongs to another event", after.Slug)
}

// moveSlug gives an event its slug, and gives back one that was never
// released.
func (w *writer) moveSlug(ctx context.Context, event eventRow) error {
	if _, err := gorm.G[slugRow](w.tx).Where("event = ? AND NOT released", event.ID).Delete(ctx); err != nil {
		return err
	}
	own, err := gorm.G[slugRow](w.tx).Where("slug = ? AND event = ?", event.Slug, event.ID).Count(ctx, "slug")
	if err != nil || own > 0 {
		return err
	}
	return gorm.G[slugRow](w.tx).Create(ctx, &slugRow{Slug: event.Slug, Event: event.ID})
}

// A saver writes rows; its first error stays.
type saver struct {
	ctx context.Context
	tx  *gorm.DB
	err error
}

// settle makes the rows of one table what after says, by their keys.
func settle[R, K comparable](s *saver, before, after []R, key func(*R) K) {
	was := make(map[K]R, len(before))
	for i := range before {
		was[key(&before[i])] = before[i]
	}
	var put []R
	for i := range after {
		k := key(&after[i])
		if old, ok := was[k]; !ok || old != after[i] {
			put = append(put, after[i])
		}
		delete(was, k)
	}
	gone := make([]R, 0, len(was))
	for _, row := range was {
		gone = append(gone, row)
	}
	for rows := range batches(gone) { // by their primary keys
		s.do(func() error { return s.tx.WithContext(s.ctx).Delete(&rows).Error })
	}
	for rows := range batches(put) {
		s.do(func() error {
			return gorm.G[R](s.tx, clause.OnConflict{UpdateAll: true}).CreateInBatches(s.ctx, &rows, most)
		})
	}
}

// do calls f unless there was an error.
func (s *saver) do(f func() error) {
	if s.err == nil {
		s.err = f()
	}
}

// record appends an entry to the log.
func (w *writer) record(ctx context.Context, actor string, event eventRow, edits []agenda.Edit) error {
	var enc encoder
	row := logRow{event.ID, event.Version, newInstant(w.now), actor, enc.document(edits)}
	if enc.err != nil {
		return fmt.Errorf("edits: %w", enc.err)
	}
	return gorm.G[logRow](w.tx).Create(ctx, &row)
}

// notice says, once the transaction is over, that an event has changed.
func (w *writer) notice(event eventRow) error {
	w.notices = append(w.notices, event.notice())
	return w.engine.announce(w.tx, event.ID)
}

func (r *eventRow) notice() agenda.Notice {
	return agenda.Notice{Event: r.ID, Slug: r.Slug, Release: r.Latest, Draft: r.Version}
}
