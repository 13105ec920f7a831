package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"tamada/pkg/agenda"
)

// Import makes an event of a draft, or the edits that make the draft of the
// event that is there into it: of the event with its ID, or of that with its
// slug if its ID is only derived from words ([agenda.DerivedID]). If it has no
// map of what is backstage, that stays as it is; an empty one clears it. The
// error is an *[agenda.Invalid] if the draft is not valid, and wraps
// [agenda.ErrConflict] if its slug or one of its IDs belongs to another event.
func (d *DB) Import(ctx context.Context, actor string, draft *agenda.Draft) (done agenda.Imported, err error) {
	if err := draft.Validate(); err != nil {
		return done, err
	}
	err = d.write(ctx, func(w *writer) error {
		done, err = w.importDraft(ctx, actor, draft)
		return err
	})
	return done, err
}

// Preview returns what [DB.Import] would do, and does nothing.
func (d *DB) Preview(ctx context.Context, draft *agenda.Draft) (done agenda.Imported, err error) {
	if err := draft.Validate(); err != nil {
		return done, err
	}
	err = d.read(ctx, func(r *reader) error {
		done, err = r.preview(ctx, draft)
		return err
	})
	return done, err
}

func (r *reader) preview(ctx context.Context, draft *agenda.Draft) (agenda.Imported, error) {
	event, err := r.match(ctx, draft.Event)
	if errors.Is(err, agenda.ErrNotFound) {
		return created(draft.Event), nil
	}
	if err != nil {
		return agenda.Imported{}, err
	}
	rows, err := r.rows(ctx, event)
	if err != nil {
		return agenda.Imported{}, err
	}
	current, err := rows.unpack()
	if err != nil {
		return agenda.Imported{}, err
	}
	edits, err := edits(current, draft)
	done := agenda.Imported{ID: event.ID, Slug: draft.Event.Slug, Version: event.Version, Edits: edits}
	if len(edits) > 0 {
		done.Version++
	}
	return done, err
}

func (w *writer) importDraft(ctx context.Context, actor string, draft *agenda.Draft) (agenda.Imported, error) {
	event, err := w.match(ctx, draft.Event)
	if errors.Is(err, agenda.ErrNotFound) {
		return created(draft.Event), w.create(ctx, actor, draft)
	}
	if err != nil {
		return agenda.Imported{}, err
	}
	o, err := w.open(ctx, event.Slug)
	if err != nil {
		return agenda.Imported{}, err
	}
	if o.edits, err = edits(o.draft, draft); err != nil {
		return agenda.Imported{}, err
	}
	done := agenda.Imported{ID: event.ID, Slug: draft.Event.Slug, Version: event.Version, Edits: o.edits}
	if len(o.edits) == 0 {
		return done, nil
	}
	if err := o.draft.Apply(o.edits...); err != nil {
		return agenda.Imported{}, err
	}
	done.Version, err = w.commit(ctx, actor, o)
	return done, err
}

// edits returns the edits that make current into draft, which may lack the ID
// of the event and what is backstage.
func edits(current, draft *agenda.Draft) ([]agenda.Edit, error) {
	to := &agenda.Draft{Event: draft.Event, Backstage: draft.Backstage}
	if to.Backstage == nil {
		to.Backstage = attached(current.Backstage, draft.Event)
	}
	return agenda.Edits(current, to)
}

func created(e *agenda.Event) agenda.Imported {
	return agenda.Imported{ID: e.ID, Slug: e.Slug, Created: true, Version: 1}
}

// match finds the event that e is a newer state of.
func (r *reader) match(ctx context.Context, e *agenda.Event) (eventRow, error) {
	owner, err := r.owner(ctx, e.Slug)
	if err != nil {
		return eventRow{}, err
	}
	row, err := gorm.G[eventRow](r.tx).Where("id = ?", e.ID).Take(ctx)
	if err == nil || !errors.Is(err, gorm.ErrRecordNotFound) {
		if err == nil && owner != "" && owner != row.ID {
			return row, agenda.Conflict("slug %q belongs to another event", e.Slug)
		}
		return row, err
	}
	if owner == "" {
		return row, agenda.NotFound("event", e.Slug)
	}
	row, err = r.event(ctx, e.Slug)
	if err == nil && (row.Slug != e.Slug || !derived(e.ID)) {
		return row, agenda.Conflict("slug %q belongs to another event", e.Slug)
	}
	return row, err
}

// owner returns the ID of the event that a slug belongs to, or "".
func (r *reader) owner(ctx context.Context, slug string) (string, error) {
	row, err := gorm.G[slugRow](r.tx).Where("slug = ?", slug).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	return row.Event, err
}

// derived reports whether a UUID is made of words: of version 5 (RFC 9562).
func derived(id string) bool { return len(id) > 14 && id[14] == '5' }

// create writes a new event.
func (w *writer) create(ctx context.Context, actor string, draft *agenda.Draft) error {
	after, err := pack(draft, 1, 0)
	if err != nil {
		return err
	}
	if after.event.Updated == "" {
		after.event.Updated = newInstant(w.now)
	}
	if err := w.save(ctx, &draftRows{}, after); err != nil {
		return err
	}
	if err := w.record(ctx, actor, after.event, []agenda.Edit{}); err != nil {
		return err
	}
	return w.notice(after.event)
}
