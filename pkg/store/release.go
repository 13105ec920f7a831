package store

import (
	"context"
	"fmt"
	"strconv"

	"gorm.io/gorm"

	"tamada/pkg/agenda"
)

// Latest returns the latest release of the event that has, or once had, the
// given slug: where that differs from the slug of the release, its address has
// moved. A slug that was never released is not known here. The error wraps
// [agenda.ErrNotFound] if there is none.
func (d *DB) Latest(ctx context.Context, slug string) (*agenda.Release, error) {
	return d.release(ctx, slug, func(r *reader) (releaseRow, error) {
		return gorm.G[releaseRow](r.tx).Where(`(event, number) = (SELECT events.id, events.latest
			FROM slugs JOIN events ON events.id = slugs.event WHERE slugs.slug = ? AND slugs.released)`, slug).Take(ctx)
	})
}

// Release returns the release of the given number of the event that has, or
// once had, the given slug. The error wraps [agenda.ErrNotFound] if there is
// none.
func (d *DB) Release(ctx context.Context, slug string, number int) (*agenda.Release, error) {
	return d.release(ctx, slug+" "+strconv.Itoa(number), func(r *reader) (releaseRow, error) {
		return gorm.G[releaseRow](r.tx).
			Where("event = (SELECT event FROM slugs WHERE slug = ?) AND number = ?", slug, number).Take(ctx)
	})
}

// release loads the row that find returns; name is what it was looked for by.
func (d *DB) release(ctx context.Context, name string, find func(r *reader) (releaseRow, error)) (*agenda.Release, error) {
	if !plain(name) {
		return nil, agenda.NotFound("release", name)
	}
	var row releaseRow
	err := d.read(ctx, func(r *reader) (err error) {
		row, err = find(r)
		return missing(err, "release", name)
	})
	if err != nil {
		return nil, err
	}
	return row.release()
}

// History returns all releases of the event that has, or once had, the given
// slug, the first one first, with what each changed but without its event.
// The error wraps [agenda.ErrNotFound] if there is no such event.
func (d *DB) History(ctx context.Context, slug string) ([]agenda.Release, error) {
	var rows []releaseRow
	err := d.read(ctx, func(r *reader) error {
		event, err := r.event(ctx, slug)
		if err != nil {
			return err
		}
		rows, err = gorm.G[releaseRow](r.tx).Select("event, number, published, author, note, changes").
			Where("event = ?", event.ID).Order("number").Find(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	history := make([]agenda.Release, 0, len(rows))
	for _, row := range rows {
		release, err := row.release()
		if err != nil {
			return nil, err
		}
		history = append(history, *release)
	}
	return history, nil
}

// Published returns the latest release of every event that has one, whatever
// its visibility, in the order of their slugs.
func (d *DB) Published(ctx context.Context) ([]*agenda.Release, error) {
	var rows []releaseRow
	err := d.read(ctx, func(r *reader) (err error) {
		rows, err = gorm.G[releaseRow](r.tx).Raw(`SELECT releases.* FROM releases
			JOIN events ON events.id = releases.event AND events.latest = releases.number ORDER BY events.slug`).Find(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	releases := make([]*agenda.Release, 0, len(rows))
	for _, row := range rows {
		release, err := row.release()
		if err != nil {
			return nil, err
		}
		releases = append(releases, release)
	}
	return releases, nil
}

// latest loads the latest release of an event, which has one.
func (r *reader) latest(ctx context.Context, event eventRow) (*agenda.Release, error) {
	row, err := gorm.G[releaseRow](r.tx).Where("event = ? AND number = ?", event.ID, event.Latest).Take(ctx)
	if err != nil {
		return nil, missing(err, "release", event.Slug+" "+strconv.Itoa(event.Latest))
	}
	return row.release()
}

// release returns the release that r is the row of; without its event if the
// row was loaded without.
func (r *releaseRow) release() (*agenda.Release, error) {
	release := &agenda.Release{Number: r.Number, Published: r.Published.time(), By: r.Author, Note: r.Note}
	var dec decoder
	if dec.read(r.Changes, &release.Changes); dec.err != nil {
		return nil, dec.err
	}
	if r.Document == "" {
		return release, nil
	}
	var err error
	if release.Event, err = agenda.Decode([]byte(r.Document)); err != nil {
		return nil, fmt.Errorf("release %d of %s: %w", r.Number, r.Event, err)
	}
	return release, nil
}
