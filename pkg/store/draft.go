package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/agenda"
)

// Draft returns the draft of the event that has, or once had, the given slug,
// and its version. The error wraps [agenda.ErrNotFound] if there is none.
func (d *DB) Draft(ctx context.Context, slug string) (*agenda.Draft, int, error) {
	var rows *draftRows
	err := d.read(ctx, func(r *reader) (err error) {
		rows, err = r.draft(ctx, slug)
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	draft, err := rows.unpack()
	return draft, rows.event.Version, err
}

// draft loads the rows of the draft of an event.
func (r *reader) draft(ctx context.Context, slug string) (*draftRows, error) {
	event, err := r.event(ctx, slug)
	if err != nil {
		return nil, err
	}
	return r.rows(ctx, event)
}

// event loads the row of the event that has or once had a slug.
func (r *reader) event(ctx context.Context, slug string, options ...clause.Expression) (eventRow, error) {
	if !plain(slug) {
		return eventRow{}, agenda.NotFound("event", slug)
	}
	row, err := gorm.G[eventRow](r.tx, options...).Where("id = (SELECT event FROM slugs WHERE slug = ?)", slug).Take(ctx)
	return row, missing(err, "event", slug)
}

// rows loads what belongs to an event, in as many statements as there are
// tables.
func (r *reader) rows(ctx context.Context, event eventRow) (*draftRows, error) {
	rows := &draftRows{event: event}
	l := &loader{ctx: ctx, tx: r.tx, event: event.ID}
	load(l, &rows.days, "date")
	load(l, &rows.sessions, "position")
	load(l, &rows.parts, "position")
	load(l, &rows.talks, "position")
	load(l, &rows.roles, "position")
	load(l, &rows.people, "position")
	load(l, &rows.rooms, "position")
	load(l, &rows.tracks, "position")
	load(l, &rows.notes, "key")
	return rows, l.err
}

// A loader loads rows of one event; its first error stays.
type loader struct {
	ctx   context.Context
	tx    *gorm.DB
	event string
	err   error
}

// load fills rows in the given order.
func load[R any](l *loader, rows *[]R, order string) {
	if l.err == nil {
		*rows, l.err = gorm.G[R](l.tx).Where("event = ?", l.event).Order(order).Find(l.ctx)
	}
}

// summaryRow is what lists show of an event.
type summaryRow struct {
	ID         string
	Slug       string
	Title      document
	Languages  document
	Visibility agenda.Visibility
	Status     agenda.Status
	Span       document
	Updated    instant
	Version    int
	Latest     int
	First      string // the date of the first day; empty if none is fixed
	Last       string
}

// Drafts returns a summary of every event, in the order of their slugs.
func (d *DB) Drafts(ctx context.Context) ([]agenda.Summary, error) {
	var rows []summaryRow
	err := d.read(ctx, func(r *reader) (err error) {
		rows, err = gorm.G[summaryRow](r.tx).Raw(`
			SELECT id, slug, title, languages, visibility, status, span, updated, version, latest,
				COALESCE((SELECT MIN(date) FROM days WHERE event = events.id), '') AS first,
				COALESCE((SELECT MAX(date) FROM days WHERE event = events.id), '') AS last
			FROM events ORDER BY slug`).Find(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	var dec decoder
	summaries := make([]agenda.Summary, 0, len(rows))
	for _, row := range rows {
		summaries = append(summaries, row.summary(&dec))
	}
	return summaries, dec.err
}

func (r *summaryRow) summary(dec *decoder) agenda.Summary {
	s := agenda.Summary{
		ID: r.ID, Slug: r.Slug, Title: dec.text(r.Title), Visibility: r.Visibility, Status: r.Status,
		Updated: r.Updated.time(), Version: r.Version, Release: r.Latest,
	}
	dec.read(r.Languages, &s.Languages)
	var span agenda.Span
	dec.read(r.Span, &span)
	s.From, s.To = span.From, span.To
	if r.First != "" {
		dec.check(s.From.UnmarshalText([]byte(r.First)))
		dec.check(s.To.UnmarshalText([]byte(r.Last)))
	}
	return s
}
