package store

import (
	"bytes"
	"context"
	"maps"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"tamada/pkg/agenda"
)

// Publish freezes the draft of an event as its next release. Sessions of the
// release before that the draft lacks come back into both, cancelled. If the
// draft is what the latest release is already, Publish returns that release
// and [agenda.ErrUnchanged], and writes nothing. The error wraps
// [agenda.ErrNotFound] if there is no such event, and is an *[agenda.Invalid]
// if the draft or the note is not valid.
func (d *DB) Publish(ctx context.Context, actor, slug, note string) (release *agenda.Release, err error) {
	if err := checkNote(note); err != nil {
		return nil, err
	}
	err = d.write(ctx, func(w *writer) error {
		release, err = w.publish(ctx, actor, slug, note)
		return err
	})
	return release, err
}

// checkNote returns an *[agenda.Invalid] if a note is no text or too long.
func checkNote(note string) error {
	var v agenda.Invalid
	if !plain(note) {
		v.Problems = append(v.Problems, agenda.Problem{Field: "note", Rule: agenda.BadText})
	}
	if utf8.RuneCountInString(note) > agenda.MaxProse {
		v.Problems = append(v.Problems, agenda.Problem{
			Field: "note", Rule: agenda.TooLong, Value: strconv.Itoa(agenda.MaxProse) + " characters",
		})
	}
	return v.Err()
}

func (w *writer) publish(ctx context.Context, actor, slug, note string) (*agenda.Release, error) {
	o, err := w.open(ctx, slug)
	if err != nil {
		return nil, err
	}
	if err := o.draft.Validate(); err != nil {
		return nil, err
	}
	previous, err := w.previous(ctx, o)
	if err != nil {
		return nil, err
	}
	next, err := o.draft.Event.Clone()
	if err != nil {
		return nil, err
	}
	release, err := w.freeze(previous, next, actor, note)
	if err != nil {
		return release, err
	}
	full := &agenda.Draft{Event: next, Backstage: o.draft.Backstage}
	if sessions(full) > sessions(o.draft) { // some came back
		if o.edits, err = agenda.Edits(o.draft, full); err != nil {
			return nil, err
		}
	}
	o.draft = full
	return release, w.put(ctx, o, release)
}

// sessions counts the sessions of d.
func sessions(d *agenda.Draft) int {
	n := 0
	for range d.Event.Sessions() {
		n++
	}
	return n
}

// previous returns the latest release of an opened draft; an empty one,
// without an event, if there is none.
func (w *writer) previous(ctx context.Context, o *opened) (*agenda.Release, error) {
	if o.latest == 0 {
		return &agenda.Release{}, nil
	}
	return w.latest(ctx, o.before.event)
}

// freeze makes next the event of the release after previous. If both are the
// same, it returns previous and [agenda.ErrUnchanged].
func (w *writer) freeze(previous *agenda.Release, next *agenda.Event, actor, note string) (*agenda.Release, error) {
	agenda.Restamp(previous.Event, next, w.now)
	if previous.Event != nil {
		next.Release, next.Updated = previous.Event.Release, previous.Event.Updated
		same, err := equal(previous.Event, next)
		if err != nil {
			return nil, err
		}
		if same {
			return previous, agenda.ErrUnchanged
		}
	}
	next.Release, next.Updated = previous.Number+1, w.now
	return &agenda.Release{
		Number: next.Release, Published: w.now, By: actor, Note: note,
		Event: next, Changes: agenda.Diff(previous.Event, next),
	}, nil
}

// equal reports whether two events are the same to the byte.
func equal(a, b *agenda.Event) (bool, error) {
	x, err := agenda.Encode(a)
	if err != nil {
		return false, err
	}
	y, err := agenda.Encode(b)
	return bytes.Equal(x, y), err
}

// put writes a release, and the draft that goes with it.
func (w *writer) put(ctx context.Context, o *opened, release *agenda.Release) error {
	encoded, err := agenda.Encode(release.Event)
	if err != nil {
		return err
	}
	var enc encoder
	row := releaseRow{
		Event: o.before.event.ID, Number: release.Number, Published: newInstant(release.Published), Author: release.By,
		Note: release.Note, Document: document(encoded), Changes: enc.document(release.Changes),
	}
	if enc.err != nil {
		return enc.err
	}
	if err := gorm.G[releaseRow](w.tx).Create(ctx, &row); err != nil {
		return err
	}
	o.latest = release.Number
	if _, err := w.commit(ctx, release.By, o); err != nil {
		return err
	}
	_, err = gorm.G[slugRow](w.tx).Where("slug = ? AND event = ?", release.Event.Slug, row.Event).Update(ctx, "released", true)
	return err
}

// Live makes edits of the latest release, which gives the next one, and of the
// draft, unless it has their outcome already; nothing else of the draft goes
// out with them. Edits of what is backstage concern the draft alone; if there are no others, there is no new
// release. Errors are as those of [DB.Edit] and [DB.Publish]; they wrap
// [agenda.ErrConflict] if there is no release yet, if the draft differs from
// the release where the edits are (an *[agenda.Contested] says by whom), and
// if an edit removes a session instead of cancelling it.
func (d *DB) Live(ctx context.Context, actor, slug string, edits []agenda.Edit) (release *agenda.Release, err error) {
	err = d.write(ctx, func(w *writer) error {
		release, err = w.live(ctx, actor, slug, edits)
		return err
	})
	return release, err
}

func (w *writer) live(ctx context.Context, actor, slug string, edits []agenda.Edit) (*agenda.Release, error) {
	o, err := w.open(ctx, slug)
	if err != nil {
		return nil, err
	}
	if o.latest == 0 {
		return nil, agenda.Conflict("event %q has no release yet to change", slug)
	}
	previous, err := w.latest(ctx, o.before.event)
	if err != nil {
		return nil, err
	}
	public, err := onstage(edits)
	if err != nil {
		return nil, err
	}
	left, err := unmade(o.draft, edits)
	if err != nil {
		return nil, err
	}
	if err := w.apply(ctx, o, left); err != nil {
		return nil, err
	}
	if len(public) == 0 {
		_, err := w.commit(ctx, actor, o)
		return previous, err
	}
	next, err := w.change(ctx, previous.Event, public)
	if err != nil {
		return nil, err
	}
	release, err := w.freeze(previous, next, actor, "")
	if err != nil {
		return release, err
	}
	carry(next, o.draft.Event)
	return release, w.put(ctx, o, release)
}

// unmade returns the edits whose outcome d does not have already, from being
// prepared there.
func unmade(d *agenda.Draft, edits []agenda.Edit) ([]agenda.Edit, error) {
	event, err := d.Event.Clone()
	if err != nil {
		return nil, err
	}
	probe := &agenda.Draft{Event: event, Backstage: maps.Clone(d.Backstage)}
	var left []agenda.Edit
	for _, e := range edits {
		made := e
		made.From = e.To
		if probe.Apply(made) != nil {
			left = append(left, e)
		}
	}
	return left, nil
}

// onstage returns the edits that are not of what is backstage.
func onstage(edits []agenda.Edit) ([]agenda.Edit, error) {
	var public []agenda.Edit
	for _, e := range edits {
		if strings.HasPrefix(e.Target, "backstage/") {
			continue
		}
		if strings.HasPrefix(e.Target, "session/") && e.Field == "" && (len(e.To) == 0 || string(e.To) == "null") {
			return nil, agenda.Conflict("%s has been released: cancel it instead of removing it", e.Target)
		}
		public = append(public, e)
	}
	return public, nil
}

// change returns a copy of a released event with edits made.
func (w *writer) change(ctx context.Context, released *agenda.Event, edits []agenda.Edit) (*agenda.Event, error) {
	next, err := released.Clone()
	if err != nil {
		return nil, err
	}
	if err := (&agenda.Draft{Event: next}).Apply(edits...); err != nil {
		return nil, w.contested(ctx, released.ID, err)
	}
	return next, introduced(released.Validate(), next.Validate())
}

// carry copies the stamps of a release to the draft.
func carry(from, to *agenda.Event) {
	to.Sequence, to.Modified = from.Sequence, from.Modified
	type stamp struct {
		sequence int
		modified time.Time
	}
	stamps := map[string]stamp{}
	for _, s := range from.Sessions() {
		stamps[s.ID] = stamp{s.Sequence, s.Modified}
	}
	for _, s := range to.Sessions() {
		if was, ok := stamps[s.ID]; ok {
			s.Sequence, s.Modified = was.sequence, was.modified
		}
	}
}

// TakeBack makes a release the draft, by edits that can be undone, and returns
// the version of the draft after them. Sessions that were released since stay,
// as cancelled ones; the slug stays; what is backstage stays where its session
// does. The error wraps [agenda.ErrNotFound] if there is no such release.
func (d *DB) TakeBack(ctx context.Context, actor, slug string, number int) (version int, err error) {
	err = d.write(ctx, func(w *writer) error {
		version, err = w.takeBack(ctx, actor, slug, number)
		return err
	})
	return version, err
}

func (w *writer) takeBack(ctx context.Context, actor, slug string, number int) (int, error) {
	o, err := w.open(ctx, slug)
	if err != nil {
		return 0, err
	}
	row, err := gorm.G[releaseRow](w.tx).Where("event = ? AND number = ?", o.before.event.ID, number).Take(ctx)
	if err != nil {
		return 0, missing(err, "release", slug+" "+strconv.Itoa(number))
	}
	old, err := row.release()
	if err != nil {
		return 0, err
	}
	latest, err := w.latest(ctx, o.before.event)
	if err != nil {
		return 0, err
	}
	agenda.Restamp(latest.Event, old.Event, w.now)
	old.Event.Slug = o.draft.Event.Slug
	edits, err := edits(o.draft, &agenda.Draft{Event: old.Event})
	if err != nil {
		return 0, err
	}
	if err := w.apply(ctx, o, edits); err != nil {
		return 0, err
	}
	return w.commit(ctx, actor, o)
}
