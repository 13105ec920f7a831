package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// Grant gives a user a role at an event, or, if they have it, other sessions to
// moderate. The error wraps [agenda.ErrNotFound] if there is no such user or
// event.
func (d *DB) Grant(ctx context.Context, actor, user string, g access.Grant) error {
	return d.write(ctx, func(w *writer) error { return w.grant(ctx, actor, user, g) })
}

func (w *writer) grant(ctx context.Context, actor, user string, g access.Grant) error {
	if err := checkText("role", string(g.Role)); err != nil {
		return err
	}
	if err := w.exist(ctx, user, g.Event); err != nil {
		return err
	}
	var enc encoder
	row := grantRow{user, g.Event, g.Role, enc.document(g.Sessions)}
	if enc.err != nil {
		return enc.err
	}
	if err := gorm.G[grantRow](w.tx, clause.OnConflict{UpdateAll: true}).Create(ctx, &row); err != nil {
		return err
	}
	change := access.Change{By: actor, What: access.GrantGiven, Subject: user, Event: g.Event}
	return w.audit(ctx, change, map[string]any{"role": g.Role, "sessions": g.Sessions})
}

// exist returns an error unless there are the user and the event.
func (r *reader) exist(ctx context.Context, user, event string) error {
	if _, err := r.user(ctx, "id = ?", user); err != nil {
		return missing(err, "user", user)
	}
	if !plain(event) {
		return agenda.NotFound("event", event)
	}
	_, err := gorm.G[eventRow](r.tx).Select("id").Where("id = ?", event).Take(ctx)
	return missing(err, "event", event)
}

// Ungrant takes a role from a user. The error wraps [agenda.ErrNotFound] if
// they do not have it, and [agenda.ErrConflict] if they are the last owner of
// the event.
func (d *DB) Ungrant(ctx context.Context, actor, user, event string, role access.Role) error {
	return d.write(ctx, func(w *writer) error { return w.ungrant(ctx, actor, user, event, role) })
}

func (w *writer) ungrant(ctx context.Context, actor, user, event string, role access.Role) error {
	if !plain(user) || !plain(event) || !plain(string(role)) {
		return agenda.NotFound("role", string(role))
	}
	if err := w.keepOwner(ctx, user, event, role); err != nil {
		return err
	}
	n, err := gorm.G[grantRow](w.tx).Where("account = ? AND event = ? AND role = ?", user, event, role).Delete(ctx)
	switch {
	case err != nil:
		return err
	case n == 0:
		return agenda.NotFound("role", string(role))
	}
	change := access.Change{By: actor, What: access.GrantTaken, Subject: user, Event: event}
	return w.audit(ctx, change, map[string]any{"role": role})
}

// Regrant takes a role from a user and gives them another at the same event: both or neither.
// Errors are those of [DB.Grant] and [DB.Ungrant].
func (d *DB) Regrant(ctx context.Context, actor, user string, was access.Role, g access.Grant) error {
	return d.write(ctx, func(w *writer) error {
		if err := w.ungrant(ctx, actor, user, g.Event, was); err != nil {
			return err
		}
		return w.grant(ctx, actor, user, g)
	})
}

// keepOwner returns an error if a user is the last owner of an event and is to
// lose that. The rows of all owners are locked, so that two who remove each
// other come one after the other.
func (w *writer) keepOwner(ctx context.Context, user, event string, role access.Role) error {
	if role != access.Owner {
		return nil
	}
	owners, err := gorm.G[grantRow](w.tx, locked).Where("event = ? AND role = ?", event, role).Order("account").Find(ctx)
	if err != nil {
		return err
	}
	if len(owners) == 1 && owners[0].Account == user {
		return agenda.Conflict("the last owner of an event keeps that role: make somebody else its owner first")
	}
	return nil
}

// Grants returns the roles of a user at all events.
func (d *DB) Grants(ctx context.Context, user string) (grants []access.Grant, err error) {
	err = d.read(ctx, func(r *reader) error {
		grants, err = r.grants(ctx, user)
		return err
	})
	return grants, err
}

func (r *reader) grants(ctx context.Context, user string) ([]access.Grant, error) {
	if !plain(user) {
		return nil, nil
	}
	rows, err := gorm.G[grantRow](r.tx).Where("account = ?", user).Order("event, role").Find(ctx)
	if err != nil {
		return nil, err
	}
	var dec decoder
	grants := make([]access.Grant, 0, len(rows))
	for _, row := range rows {
		grants = append(grants, row.grant(&dec))
	}
	return grants, dec.err
}

// Members returns who has which role at an event, in the order of addresses.
func (d *DB) Members(ctx context.Context, event string) (members []access.Member, err error) {
	if !plain(event) {
		return nil, nil
	}
	err = d.read(ctx, func(r *reader) error {
		members, err = r.members(ctx, event)
		return err
	})
	return members, err
}

func (r *reader) members(ctx context.Context, event string) ([]access.Member, error) {
	rows, err := gorm.G[grantRow](r.tx).Where("event = ?", event).Order("account, role").Find(ctx)
	if err != nil {
		return nil, err
	}
	users, err := gorm.G[userRow](r.tx).
		Where("id IN (SELECT account FROM grants WHERE event = ?)", event).Order("key").Find(ctx)
	if err != nil {
		return nil, err
	}
	var dec decoder
	of := make(map[string][]access.Grant, len(users))
	for _, row := range rows {
		of[row.Account] = append(of[row.Account], row.grant(&dec))
	}
	members := make([]access.Member, 0, len(rows))
	for _, u := range users {
		for _, g := range of[u.ID] {
			members = append(members, access.Member{User: u.user(), Grant: g})
		}
	}
	return members, dec.err
}

func (r *grantRow) grant(dec *decoder) access.Grant {
	g := access.Grant{Event: r.Event, Role: r.Role}
	dec.read(r.Sessions, &g.Sessions)
	return g
}
