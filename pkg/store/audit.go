package store

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"tamada/pkg/access"
)

// Audit returns who changed users, roles, settings and mail: limit entries at
// most, the latest first, those before the given number unless it is 0, and
// those of one event unless it is empty.
func (d *DB) Audit(ctx context.Context, event string, before, limit int) ([]access.Change, error) {
	if !plain(event) {
		return nil, nil
	}
	var rows []auditRow
	err := d.read(ctx, func(r *reader) (err error) {
		query := gorm.G[auditRow](r.tx).Order("number DESC").Limit(limit)
		if event != "" {
			query = query.Where("event = ?", event)
		}
		if before > 0 {
			query = query.Where("number < ?", before)
		}
		rows, err = query.Find(ctx)
		return err
	})
	changes := make([]access.Change, 0, len(rows))
	for _, row := range rows {
		changes = append(changes, access.Change{
			Number: row.Number, At: row.At.time(), By: row.Author, What: row.What, Subject: row.Subject,
			Event: row.Event, Details: json.RawMessage(row.Details),
		})
	}
	return changes, err
}

// audit appends an entry to the log. Details are by field and hold no secrets.
func (w *writer) audit(ctx context.Context, c access.Change, details any) error {
	var enc encoder
	row := auditRow{
		At: newInstant(w.now), Author: c.By, What: c.What, Subject: c.Subject, Event: c.Event,
		Details: enc.document(details),
	}
	if enc.err != nil {
		return fmt.Errorf("details: %w", enc.err)
	}
	return gorm.G[auditRow](w.tx).Create(ctx, &row)
}
