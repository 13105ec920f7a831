package store

import (
	"context"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// locked makes a reading of rows wait until nobody else changes them, and
// others until the transaction is over.
var locked = clause.Locking{Strength: "UPDATE"}

// Administrators returns how many users look after the site. While there are
// none, the first organiser is waited for.
func (d *DB) Administrators(ctx context.Context) (n int, err error) {
	err = d.read(ctx, func(r *reader) error {
		count, err := gorm.G[userRow](r.tx).Where("administrator AND NOT disabled").Count(ctx, "id")
		n = int(count)
		return err
	})
	return n, err
}

// AddUser adds a user and returns it with its ID. The error wraps
// [agenda.ErrConflict] if somebody has the address, and is an *[agenda.Invalid]
// if there is none or the rest is not text.
func (d *DB) AddUser(ctx context.Context, actor string, u access.User) (access.User, error) {
	err := d.write(ctx, func(w *writer) (err error) {
		u, err = w.addUser(ctx, actor, u)
		return err
	})
	return u, err
}

func (w *writer) addUser(ctx context.Context, actor string, u access.User) (access.User, error) {
	if err := checkUser(u); err != nil {
		return u, err
	}
	u.ID, u.Created = agenda.NewID(), w.now
	row := newUserRow(u)
	if err := gorm.G[userRow](w.tx).Create(ctx, &row); err != nil {
		return u, taken(err, "address %q belongs to another user", u.Address.String())
	}
	change := access.Change{By: actor, What: access.UserAdded, Subject: u.ID}
	return row.user(), w.audit(ctx, change, differences(access.User{}, u))
}

// User returns the user with an ID. The error wraps [agenda.ErrNotFound] if
// there is none.
func (d *DB) User(ctx context.Context, id string) (access.User, error) {
	return d.user(ctx, "id = ?", id, id)
}

// UserByAddress returns the user with an address, in capitals or not. The error
// wraps [agenda.ErrNotFound] if there is none.
func (d *DB) UserByAddress(ctx context.Context, a access.Address) (access.User, error) {
	return d.user(ctx, "key = ?", a.Key(), a.String())
}

func (d *DB) user(ctx context.Context, condition, value, name string) (u access.User, err error) {
	err = d.read(ctx, func(r *reader) error {
		row, err := r.user(ctx, condition, value)
		u = row.user()
		return missing(err, "user", name)
	})
	return u, err
}

// user reads the row of one user.
func (r *reader) user(ctx context.Context, condition, value string, options ...clause.Expression) (userRow, error) {
	if !plain(value) {
		return userRow{}, gorm.ErrRecordNotFound
	}
	return gorm.G[userRow](r.tx, options...).Where(condition, value).Take(ctx)
}

// Users returns all users in the order of their addresses.
func (d *DB) Users(ctx context.Context) (users []access.User, err error) {
	err = d.read(ctx, func(r *reader) error {
		rows, err := gorm.G[userRow](r.tx).Order("key").Find(ctx)
		users = make([]access.User, 0, len(rows))
		for _, row := range rows {
			users = append(users, row.user())
		}
		return err
	})
	return users, err
}

// ChangeUser makes of a user what change makes of it, and returns it; an error
// of change leaves everything as it is. ID, Created and Seen stay. Who is
// disabled is signed in nowhere any more. The error wraps
// [agenda.ErrNotFound] if there is no such user, [agenda.ErrConflict] if
// another one has the new address, is [access.ErrLast] if nobody would look
// after the site, and an *[agenda.Invalid] as in [DB.AddUser].
func (d *DB) ChangeUser(
	ctx context.Context, actor, id string, change func(access.User) (access.User, error),
) (u access.User, err error) {
	err = d.write(ctx, func(w *writer) error {
		administrators, err := w.administrators(ctx)
		if err != nil {
			return err
		}
		row, err := w.user(ctx, "id = ?", id, locked)
		if err != nil {
			return missing(err, "user", id)
		}
		before := row.user()
		if u, err = change(before); err != nil {
			return err
		}
		u.ID, u.Created, u.Seen = before.ID, before.Created, before.Seen
		if err := access.CheckChange(before, u, administrators); err != nil {
			return err
		}
		return w.changeUser(ctx, actor, before, u)
	})
	return u, err
}

// administrators counts those who look after the site, and keeps them as they
// are until the transaction is over.
func (w *writer) administrators(ctx context.Context) (int, error) {
	rows, err := gorm.G[userRow](w.tx, locked).Where("administrator AND NOT disabled").Order("id").Find(ctx)
	return len(rows), err
}

func (w *writer) changeUser(ctx context.Context, actor string, before, after access.User) error {
	details := differences(before, after)
	if len(details) == 0 {
		return nil
	}
	if err := checkUser(after); err != nil {
		return err
	}
	if _, err := gorm.G[userRow](w.tx).Where("id = ?", after.ID).Select("*").Updates(ctx, newUserRow(after)); err != nil {
		return taken(err, "address %q belongs to another user", after.Address.String())
	}
	if after.Disabled && !before.Disabled {
		if _, err := w.endSignIns(ctx, "account = ?", after.ID); err != nil {
			return err
		}
	}
	return w.audit(ctx, access.Change{By: actor, What: access.UserChanged, Subject: after.ID}, details)
}

// checkUser returns an error if u cannot be kept.
func checkUser(u access.User) error {
	if u.Address.String() == "" {
		return (&agenda.Invalid{Problems: []agenda.Problem{{Field: "address", Rule: agenda.Required}}}).Err()
	}
	return checkText("address", u.Address.String(), "name", u.Name, "language", u.Language, "password", u.Password)
}

// Rehash stores the hash of the same password made anew, at another cost.
// Nothing is noted: nobody has changed anything. It does nothing if the user
// has another hash by now.
func (d *DB) Rehash(ctx context.Context, id, old, hash string) error {
	return d.write(ctx, func(w *writer) error {
		_, err := gorm.G[userRow](w.tx).Where("id = ? AND password = ?", id, old).Update(ctx, "password", hash)
		return err
	})
}

// differences says what differs between two users, by field: before and after.
// Of passwords it says only that they do.
func differences(before, after access.User) map[string][2]any {
	all := map[string][2]any{
		"address":       {before.Address.String(), after.Address.String()},
		"name":          {before.Name, after.Name},
		"language":      {before.Language, after.Language},
		"administrator": {before.Administrator, after.Administrator},
		"disabled":      {before.Disabled, after.Disabled},
	}
	for field, pair := range all {
		if pair[0] == pair[1] {
			delete(all, field)
		}
	}
	if before.Password != after.Password {
		all["password"] = [2]any{before.Password != "", after.Password != ""}
	}
	return all
}

func newUserRow(u access.User) userRow {
	return userRow{
		ID: u.ID, Key: u.Address.Key(), Address: u.Address.String(), Name: u.Name, Language: u.Language,
		Password: u.Password, Administrator: u.Administrator, Disabled: u.Disabled,
		Created: newInstant(u.Created), Seen: newInstant(u.Seen),
	}
}

func (r *userRow) user() access.User {
	local, domain, _ := strings.Cut(r.Address, "@") // there is one, and only one
	return access.User{
		ID: r.ID, Address: access.Address{Local: local, Domain: domain}, Name: r.Name, Language: r.Language,
		Password: r.Password, Administrator: r.Administrator, Disabled: r.Disabled,
		Created: r.Created.time(), Seen: r.Seen.time(),
	}
}
