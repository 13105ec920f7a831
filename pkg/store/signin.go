package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// SignIn signs a user in, whose password or provider has proved who they are;
// the secret of the visit goes into the cookie. The error wraps
// [agenda.ErrNotFound] if there is no such user, and is [access.ErrRevoked] if
// they are disabled.
func (d *DB) SignIn(ctx context.Context, user string) (v access.Visit, err error) {
	err = d.write(ctx, func(w *writer) error {
		row, err := w.user(ctx, "id = ?", user, locked)
		if err != nil {
			return missing(err, "user", user)
		}
		v, err = w.signIn(ctx, row)
		return err
	})
	return v, err
}

// SignInByLink uses a token whose subject is the address of a user, and signs
// them in. Errors are as those of [DB.Token]; [access.ErrRevoked] if the user
// is disabled, [access.ErrSecret] if there is none any more.
func (d *DB) SignInByLink(ctx context.Context, s access.Secret) (v access.Visit, err error) {
	err = d.write(ctx, func(w *writer) error {
		t, err := w.useToken(ctx, s, access.ForSignIn)
		if err != nil {
			return err
		}
		a, err := access.ParseAddress(t.Subject)
		if err != nil {
			return access.ErrSecret
		}
		row, err := w.user(ctx, "key = ?", a.Key(), locked)
		switch {
		case errors.Is(err, gorm.ErrRecordNotFound):
			return access.ErrSecret
		case err != nil:
			return err
		}
		v, err = w.signIn(ctx, row)
		return err
	})
	return v, err
}

// signIn begins a sign-in of a user whose row is locked.
func (w *writer) signIn(ctx context.Context, row userRow) (access.Visit, error) {
	if row.Disabled {
		return access.Visit{}, access.ErrRevoked
	}
	row.Seen = newInstant(w.now)
	if _, err := gorm.G[userRow](w.tx).Where("id = ?", row.ID).Update(ctx, "seen", row.Seen); err != nil {
		return access.Visit{}, err
	}
	secret, s := access.NewSignIn(row.ID, agenda.NewID(), w.now)
	created := newSignInRow(s)
	if err := gorm.G[signInRow](w.tx).Create(ctx, &created); err != nil {
		return access.Visit{}, err
	}
	grants, err := w.grants(ctx, row.ID)
	return access.Visit{User: row.user(), Grants: grants, SignIn: s, Secret: secret, Renewed: true}, err
}

// Resume returns who the holder of a cookie is. If the visit is renewed, its
// secret goes into the cookie. The error is [access.ErrSecret] if there is no
// such sign-in, or one of [access.SignIn.Live]: a cookie that was used after it
// had been replaced ends all of its family.
func (d *DB) Resume(ctx context.Context, s access.Secret) (v access.Visit, err error) {
	err = d.read(ctx, func(r *reader) error {
		v, err = r.visit(ctx, s)
		return err
	})
	if err != nil {
		return access.Visit{}, err
	}
	now := d.now()
	live := v.SignIn.Live(now)
	if _, seen := v.SignIn.Touch(now); live == nil && !seen && !v.SignIn.Due(now) {
		return v, nil // as nearly always: nothing is written
	}
	err = d.write(ctx, func(w *writer) error {
		v, live, err = w.resume(ctx, s)
		return err
	})
	if err = errors.Join(live, err); err != nil {
		return access.Visit{}, err
	}
	return v, nil
}

// visit reads who the holder of a cookie is.
func (r *reader) visit(ctx context.Context, s access.Secret, options ...clause.Expression) (access.Visit, error) {
	row, err := gorm.G[signInRow](r.tx, options...).Where("hash = ?", s.Hash().String()).Take(ctx)
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return access.Visit{}, access.ErrSecret
	case err != nil:
		return access.Visit{}, err
	}
	user, err := r.user(ctx, "id = ?", row.Account)
	if err != nil {
		return access.Visit{}, err
	}
	if user.Disabled {
		return access.Visit{}, access.ErrRevoked
	}
	v := access.Visit{User: user.user()}
	if v.SignIn, err = row.signIn(); err != nil {
		return access.Visit{}, err
	}
	v.Grants, err = r.grants(ctx, user.ID)
	return v, err
}

// resume notes that a cookie was used, and replaces it if it is due. What is
// wrong with the cookie is returned apart from err, so that what is done about
// it is kept.
func (w *writer) resume(ctx context.Context, s access.Secret) (v access.Visit, live, err error) {
	if v, err = w.visit(ctx, s, locked); err != nil {
		return v, nil, err
	}
	switch live = v.SignIn.Live(w.now); {
	case errors.Is(live, access.ErrReplayed):
		return v, live, w.replayed(ctx, v.SignIn)
	case live != nil || !v.SignIn.Replaced.IsZero():
		return v, live, nil
	}
	if v.SignIn.Due(w.now) {
		secret, next, old := v.SignIn.Rotate(w.now)
		v.Secret, v.SignIn, v.Renewed = secret, next, true
		row := newSignInRow(next)
		return v, nil, errors.Join(w.saveSignIn(ctx, old), gorm.G[signInRow](w.tx).Create(ctx, &row))
	}
	touched, worth := v.SignIn.Touch(w.now)
	if v.SignIn = touched; worth {
		err = w.saveSignIn(ctx, touched)
	}
	return v, nil, err
}

// replayed ends everything that began with one sign-in: somebody has a copy of
// its cookie.
func (w *writer) replayed(ctx context.Context, s access.SignIn) error {
	if _, err := w.endSignIns(ctx, "family = ?", s.Family); err != nil {
		return err
	}
	change := access.Change{What: access.SignInsEnded, Subject: s.User}
	return w.audit(ctx, change, map[string]any{"replayed": s.Family})
}

// saveSignIn writes what changes of a sign-in.
func (w *writer) saveSignIn(ctx context.Context, s access.SignIn) error {
	row := newSignInRow(s)
	_, err := gorm.G[signInRow](w.tx).Where("hash = ?", row.Hash).Select("seen", "replaced").Updates(ctx, row)
	return err
}

// SignIns returns where a user is signed in, the latest first: one for each
// device.
func (d *DB) SignIns(ctx context.Context, user string) ([]access.SignIn, error) {
	if !plain(user) {
		return nil, nil
	}
	var rows []signInRow
	err := d.read(ctx, func(r *reader) (err error) {
		rows, err = gorm.G[signInRow](r.tx).
			Where("account = ? AND replaced IS NULL AND revoked IS NULL", user).Order("created DESC, hash").Find(ctx)
		return err
	})
	now, live := d.now(), make([]access.SignIn, 0, len(rows))
	for _, row := range rows {
		s, damaged := row.signIn()
		err = errors.Join(err, damaged)
		if s.Live(now) == nil {
			live = append(live, s)
		}
	}
	return live, err
}

// SignOut ends the sign-in of a cookie; it need not be there.
func (d *DB) SignOut(ctx context.Context, s access.Secret) error {
	return d.write(ctx, func(w *writer) error {
		_, err := w.endSignIns(ctx, "family = (SELECT family FROM sign_ins WHERE hash = ?)", s.Hash().String())
		return err
	})
}

// EndSignIn ends one sign-in of a user, by its family. The error wraps
// [agenda.ErrNotFound] if there is none.
func (d *DB) EndSignIn(ctx context.Context, actor, user, family string) error {
	if !plain(user) || !plain(family) {
		return agenda.NotFound("sign-in", family)
	}
	return d.write(ctx, func(w *writer) error {
		n, err := w.endSignIns(ctx, "account = ? AND family = ?", user, family)
		switch {
		case err != nil:
			return err
		case n == 0:
			return agenda.NotFound("sign-in", family)
		}
		change := access.Change{By: actor, What: access.SignInsEnded, Subject: user}
		return w.audit(ctx, change, map[string]any{"family": family})
	})
}

// EndSignIns ends all sign-ins of a user but those of one family, "" for none.
func (d *DB) EndSignIns(ctx context.Context, actor, user, except string) error {
	if !plain(user) || !plain(except) {
		return agenda.NotFound("user", user)
	}
	return d.write(ctx, func(w *writer) error {
		if _, err := w.endSignIns(ctx, "account = ? AND family <> ?", user, except); err != nil {
			return err
		}
		change := access.Change{By: actor, What: access.SignInsEnded, Subject: user}
		return w.audit(ctx, change, map[string]any{"except": except})
	})
}

// endSignIns revokes the sign-ins of a condition that are not revoked.
func (w *writer) endSignIns(ctx context.Context, condition string, values ...any) (int, error) {
	return gorm.G[signInRow](w.tx).Where(condition, values...).Where("revoked IS NULL").
		Update(ctx, "revoked", newInstant(w.now))
}

func newSignInRow(s access.SignIn) signInRow {
	return signInRow{
		Hash: s.Hash.String(), Family: s.Family, Account: s.User, Created: newInstant(s.Created),
		Issued: newInstant(s.Issued), Seen: newInstant(s.Seen), Replaced: newInstant(s.Replaced), Revoked: newInstant(s.Revoked),
	}
}

func (r *signInRow) signIn() (access.SignIn, error) {
	h, err := access.ParseHash(r.Hash)
	return access.SignIn{
		Hash: h, Family: r.Family, User: r.Account, Created: r.Created.time(), Issued: r.Issued.time(),
		Seen: r.Seen.time(), Replaced: r.Replaced.time(), Revoked: r.Revoked.time(),
	}, err
}
