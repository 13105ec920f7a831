package store

import (
	"context"

	"gorm.io/gorm"

	"tamada/pkg/agenda"
)

// Log returns what made the versions of a draft after the given one, in their
// order, limit of them at most. The first entry of an event has no edits: it
// is its beginning. The error wraps [agenda.ErrNotFound] if there is no event
// that has or had the slug.
func (d *DB) Log(ctx context.Context, slug string, after, limit int) ([]agenda.Entry, error) {
	var rows []logRow
	err := d.read(ctx, func(r *reader) error {
		event, err := r.event(ctx, slug)
		if err != nil {
			return err
		}
		rows, err = gorm.G[logRow](r.tx).Where("event = ? AND version > ?", event.ID, after).
			Order("version").Limit(limit).Find(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	entries := make([]agenda.Entry, 0, len(rows))
	for _, row := range rows {
		entry, err := row.entry()
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func (r *logRow) entry() (agenda.Entry, error) {
	e := agenda.Entry{Version: r.Version, At: r.At.time(), By: r.Author}
	var dec decoder
	dec.read(r.Edits, &e.Edits)
	return e, dec.err
}
