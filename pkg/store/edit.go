package store

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/agenda"
)

// Edit makes edits of the draft of an event, all or none, and returns the
// version of the draft after them. What is backstage of a session goes with
// it. The error wraps [agenda.ErrNotFound] if the event or a target is not
// there, is an *[agenda.Contested] if a value has changed meanwhile, and an
// *[agenda.Invalid] with the problems that the edits would bring.
func (d *DB) Edit(ctx context.Context, actor, slug string, edits []agenda.Edit) (version int, err error) {
	err = d.write(ctx, func(w *writer) error {
		version, err = w.edit(ctx, actor, slug, edits)
		return err
	})
	return version, err
}

func (w *writer) edit(ctx context.Context, actor, slug string, edits []agenda.Edit) (int, error) {
	o, err := w.open(ctx, slug)
	if err != nil {
		return 0, err
	}
	if err := w.apply(ctx, o, edits); err != nil {
		return 0, err
	}
	return w.commit(ctx, actor, o)
}

// Undo takes back the edits that made the given version of the draft, and
// returns the version that this makes. Errors are as those of [DB.Edit]: an
// *[agenda.Contested] says who has changed a value since.
func (d *DB) Undo(ctx context.Context, actor, slug string, version int) (int, error) {
	var next int
	err := d.write(ctx, func(w *writer) error {
		edits, err := w.inverse(ctx, slug, version)
		if err != nil {
			return err
		}
		next, err = w.edit(ctx, actor, slug, edits)
		return err
	})
	return next, err
}

// inverse returns the edits that take back those of a version.
func (r *reader) inverse(ctx context.Context, slug string, version int) ([]agenda.Edit, error) {
	event, err := r.event(ctx, slug)
	if err != nil {
		return nil, err
	}
	row, err := gorm.G[logRow](r.tx).Where("event = ? AND version = ?", event.ID, version).Take(ctx)
	if err != nil {
		return nil, missing(err, "version", strconv.Itoa(version))
	}
	entry, err := row.entry()
	if err != nil {
		return nil, err
	}
	if len(entry.Edits) == 0 {
		return nil, agenda.Conflict("version %d has no edits that could be taken back", version)
	}
	var edits []agenda.Edit
	for _, e := range slices.Backward(entry.Edits) {
		edits = append(edits, e.Inverse())
	}
	return edits, nil
}

// An opened draft is locked for whoever changes it: its rows as they were, the
// draft as it is becoming, and the edits that make it so.
type opened struct {
	before *draftRows
	draft  *agenda.Draft
	latest int
	edits  []agenda.Edit
}

// open locks an event and loads its draft.
func (w *writer) open(ctx context.Context, slug string) (*opened, error) {
	event, err := w.event(ctx, slug, clause.Locking{Strength: "UPDATE"})
	if err != nil {
		return nil, err
	}
	rows, err := w.rows(ctx, event)
	if err != nil {
		return nil, err
	}
	draft, err := rows.unpack()
	return &opened{before: rows, draft: draft, latest: event.Latest}, err
}

// apply makes edits of an opened draft and removes the notes that they leave
// without a session.
func (w *writer) apply(ctx context.Context, o *opened, edits []agenda.Edit) error {
	if err := o.draft.Apply(edits...); err != nil {
		return w.contested(ctx, o.before.event.ID, err)
	}
	o.edits = append(o.edits, edits...)
	orphans, err := orphans(o.draft)
	if err != nil {
		return err
	}
	o.edits = append(o.edits, orphans...)
	if err := o.draft.Apply(orphans...); err != nil {
		return err
	}
	problems := o.draft.Validate()
	if problems == nil {
		return nil
	}
	was, err := o.before.unpack()
	if err != nil {
		return err
	}
	return introduced(was.Validate(), problems)
}

// orphans returns the edits that remove what is backstage of no session.
func orphans(d *agenda.Draft) ([]agenda.Edit, error) {
	bare := &agenda.Draft{Event: d.Event, Backstage: attached(d.Backstage, d.Event)}
	if len(bare.Backstage) == len(d.Backstage) {
		return nil, nil
	}
	return agenda.Edits(d, bare)
}

// attached returns the notes of b that are of the event or a session of e.
func attached(b agenda.Backstage, e *agenda.Event) agenda.Backstage {
	kept := agenda.Backstage{}
	take := func(key string) {
		if note, ok := b[key]; ok {
			kept[key] = note
		}
	}
	take(agenda.BackstageEvent)
	for _, s := range e.Sessions() {
		take(s.ID)
	}
	return kept
}

// introduced returns the problems of after that before has not, wherever they
// are: a draft that an older version let through can still be mended.
func introduced(before, after error) error {
	var old, now *agenda.Invalid
	if !errors.As(after, &now) {
		return after
	}
	known := map[agenda.Problem]int{}
	if errors.As(before, &old) {
		for _, p := range old.Problems {
			known[somewhere(p)]++
		}
	}
	var fresh agenda.Invalid
	for _, p := range now.Problems {
		if known[somewhere(p)]--; known[somewhere(p)] < 0 {
			fresh.Problems = append(fresh.Problems, p)
		}
	}
	return fresh.Err()
}

var indexes = regexp.MustCompile(`\[\d+\]`)

// somewhere returns p without the places in lists, which edits move.
func somewhere(p agenda.Problem) agenda.Problem {
	p.Field = indexes.ReplaceAllString(p.Field, "[]")
	return p
}

// commit writes what has become of an opened draft, and returns its version:
// the next one if there are edits, the same if not.
func (w *writer) commit(ctx context.Context, actor string, o *opened) (int, error) {
	version := o.before.event.Version
	if len(o.edits) > 0 {
		version++
		o.draft.Event.Updated = w.now
	}
	after, err := pack(o.draft, version, o.latest)
	if err != nil {
		return 0, err
	}
	if err := w.save(ctx, o.before, after); err != nil {
		return 0, err
	}
	if len(o.edits) > 0 {
		if err := w.record(ctx, actor, after.event, o.edits); err != nil {
			return 0, err
		}
	}
	return version, w.notice(after.event)
}

// contested adds to an error of an edit that came too late who came before.
func (r *reader) contested(ctx context.Context, event string, err error) error {
	var stale *agenda.Stale
	if !errors.As(err, &stale) {
		return err
	}
	rows, failed := gorm.G[logRow](r.tx).
		Where("event = ? AND CAST(edits AS TEXT) LIKE ?", event, `%"`+stale.Edit.Target+`"%`).
		Order("version DESC").Limit(20).Find(ctx)
	if failed != nil {
		return failed
	}
	for _, row := range rows {
		entry, err := row.entry()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(entry.Edits, func(e agenda.Edit) bool { return rival(e, stale.Edit) }) {
			return &agenda.Contested{Stale: stale, By: entry.By, At: entry.At}
		}
	}
	return &agenda.Contested{Stale: stale}
}

// rival reports whether edit a touches what edit b is about.
func rival(a, b agenda.Edit) bool {
	return a.Target == b.Target && (a.Field == b.Field || a.Field == "" || b.Field == "")
}
