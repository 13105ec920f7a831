package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// NewToken makes a token of t as [access.NewToken] does, stores its hash, and
// returns the secret, which cannot be had again. Actor is who makes it, "" for
// the program itself.
func (d *DB) NewToken(ctx context.Context, actor string, t access.Token) (s access.Secret, err error) {
	err = d.write(ctx, func(w *writer) error {
		s, err = w.newToken(ctx, actor, t)
		return err
	})
	return s, err
}

func (w *writer) newToken(ctx context.Context, actor string, t access.Token) (access.Secret, error) {
	if err := checkText("subject", t.Subject, "event", t.Event, "role", string(t.Role)); err != nil {
		return access.Secret{}, err
	}
	s, t := access.NewToken(t, w.now)
	var enc encoder
	row := newTokenRow(&enc, actor, t)
	if enc.err != nil {
		return s, enc.err
	}
	if err := gorm.G[tokenRow](w.tx).Create(ctx, &row); err != nil {
		return s, lacksEvent(err, t.Event)
	}
	if actor == "" {
		return s, nil // a link to sign in, asked for by anybody
	}
	change := access.Change{By: actor, What: access.TokenMade, Subject: row.Hash, Event: t.Event}
	return s, w.audit(ctx, change, map[string]any{"purpose": t.Purpose, "subject": t.Subject, "role": t.Role})
}

// Token returns the token of a secret if it is good for the purpose now, and
// leaves it unused. The error is one of [access.Token.Check], or
// [access.ErrSecret] if there is no such token.
func (d *DB) Token(ctx context.Context, s access.Secret, p access.Purpose) (t access.Token, err error) {
	err = d.read(ctx, func(r *reader) error {
		t, err = r.token(ctx, s)
		return err
	})
	if err != nil {
		return access.Token{}, err
	}
	if err := t.Check(p, d.now()); err != nil {
		return access.Token{}, err
	}
	return t, nil
}

// token reads the token of a secret.
func (r *reader) token(ctx context.Context, s access.Secret, options ...clause.Expression) (access.Token, error) {
	row, err := gorm.G[tokenRow](r.tx, options...).Where("hash = ?", s.Hash().String()).Take(ctx)
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return access.Token{}, access.ErrSecret
	case err != nil:
		return access.Token{}, err
	}
	issue, err := row.issue()
	return issue.Token, err
}

// UseToken uses the token of a secret for a purpose and returns it. Of those
// who use one that works once, one gets it. Errors are as those of [DB.Token].
func (d *DB) UseToken(ctx context.Context, s access.Secret, p access.Purpose) (t access.Token, err error) {
	err = d.write(ctx, func(w *writer) error {
		t, err = w.useToken(ctx, s, p)
		return err
	})
	return t, err
}

func (w *writer) useToken(ctx context.Context, s access.Secret, p access.Purpose) (access.Token, error) {
	before, err := w.token(ctx, s, locked)
	if err != nil {
		return access.Token{}, err
	}
	t, err := before.Use(p, w.now)
	if err != nil || t.Used.Equal(before.Used) {
		return t, err
	}
	n, err := gorm.G[tokenRow](w.tx).Where("hash = ? AND used IS NULL AND revoked IS NULL", t.Hash.String()).
		Update(ctx, "used", newInstant(t.Used))
	switch {
	case err != nil:
		return access.Token{}, err
	case n != 1:
		return access.Token{}, access.ErrUsed
	}
	return t, nil
}

// Tokens returns the tokens for a purpose at an event, "" for the site, that
// are not over, the latest first.
func (d *DB) Tokens(ctx context.Context, p access.Purpose, event string) ([]access.Issue, error) {
	if !plain(event) {
		return nil, nil
	}
	var rows []tokenRow
	err := d.read(ctx, func(r *reader) (err error) {
		rows, err = gorm.G[tokenRow](r.tx).
			Where("purpose = ? AND COALESCE(event, '') = ?", p, event).
			Where("used IS NULL AND revoked IS NULL AND (expires IS NULL OR expires > ?)", newInstant(d.now())).
			Order("created DESC, hash").Find(ctx)
		return err
	})
	issues := make([]access.Issue, 0, len(rows))
	for _, row := range rows {
		issue, damaged := row.issue()
		err = errors.Join(err, damaged)
		issues = append(issues, issue)
	}
	return issues, err
}

// RevokeToken ends a token. The error wraps [agenda.ErrNotFound] if there is
// none with that hash at that event, or it is revoked already.
func (d *DB) RevokeToken(ctx context.Context, actor, event string, h access.Hash) error {
	if !plain(event) {
		return agenda.NotFound("token", h.String())
	}
	return d.write(ctx, func(w *writer) error {
		n, err := w.revoke(ctx, "hash = ? AND COALESCE(event, '') = ?", h.String(), event)
		switch {
		case err != nil:
			return err
		case n == 0:
			return agenda.NotFound("token", h.String())
		}
		return w.audit(ctx, access.Change{By: actor, What: access.TokenRevoked, Subject: h.String(), Event: event}, nil)
	})
}

// RevokeTokens ends all tokens for a purpose and a subject, such as the links
// of somebody who has asked for a new one, and returns how many those were.
func (d *DB) RevokeTokens(ctx context.Context, p access.Purpose, subject string) (n int, err error) {
	if !plain(subject) {
		return 0, nil
	}
	err = d.write(ctx, func(w *writer) error {
		n, err = w.revoke(ctx, "purpose = ? AND subject = ?", p, subject)
		return err
	})
	return n, err
}

// revoke revokes the tokens of a condition that are not revoked.
func (w *writer) revoke(ctx context.Context, condition string, values ...any) (int, error) {
	return gorm.G[tokenRow](w.tx).Where(condition, values...).Where("revoked IS NULL").
		Update(ctx, "revoked", newInstant(w.now))
}

// NewFirstOrganiser makes the token with which somebody becomes the first
// administrator, and ends those before it. The error is [access.ErrStarted] if
// there is an administrator.
func (d *DB) NewFirstOrganiser(ctx context.Context) (s access.Secret, err error) {
	err = d.write(ctx, func(w *writer) error {
		if err := w.first(ctx); err != nil {
			return err
		}
		if _, err := w.revoke(ctx, "purpose = ?", access.ForFirstOrganiser); err != nil {
			return err
		}
		s, err = w.newToken(ctx, "", access.Token{Purpose: access.ForFirstOrganiser})
		return err
	})
	return s, err
}

// first waits for others that want to be the first, and returns an error if
// there is an administrator.
func (w *writer) first(ctx context.Context) error {
	if _, err := w.exclusive(ctx, "first organiser"); err != nil {
		return err
	}
	n, err := w.administrators(ctx)
	if err == nil && n > 0 {
		return access.ErrStarted
	}
	return err
}

// FirstOrganiser uses the token of [DB.NewFirstOrganiser] to make u the first
// administrator, and signs them in. Somebody with that address becomes one.
// Errors are as those of [DB.Token], and [access.ErrStarted] if there is an
// administrator.
func (d *DB) FirstOrganiser(ctx context.Context, s access.Secret, u access.User) (v access.Visit, err error) {
	err = d.write(ctx, func(w *writer) error {
		if err := w.first(ctx); err != nil {
			return err
		}
		if _, err := w.useToken(ctx, s, access.ForFirstOrganiser); err != nil {
			return err
		}
		u.Administrator = true
		if v, err = w.join(ctx, "", u); err != nil {
			return err
		}
		if v.User.Administrator {
			return nil
		}
		after := v.User
		after.Administrator = true
		err := w.changeUser(ctx, "", v.User, after)
		v.User = after
		return err
	})
	return v, err
}

// AcceptInvitation uses the token of an invitation: whoever has the address it
// went to gets the role, and is signed in, which the mailbox proves. An account
// is made if there is none; u says its name and language. Errors are as those
// of [DB.Token].
func (d *DB) AcceptInvitation(ctx context.Context, s access.Secret, u access.User) (v access.Visit, err error) {
	err = d.write(ctx, func(w *writer) error {
		row, err := w.useInvitation(ctx, s)
		if err != nil {
			return err
		}
		if u.Address, err = access.ParseAddress(row.Subject); err != nil {
			return fmt.Errorf("invitation: %w", err)
		}
		u.Administrator, u.Disabled = false, false
		if v, err = w.join(ctx, row.By, u); err != nil || row.Event == "" {
			return err
		}
		g := access.Grant{Event: row.Event, Role: row.Role, Sessions: row.Sessions}
		if err := w.grant(ctx, row.By, v.User.ID, g); err != nil {
			return err
		}
		v.Grants, err = w.grants(ctx, v.User.ID)
		return err
	})
	return v, err
}

// invited is an invitation with who sent it.
type invited struct {
	access.Token
	By string
}

func (w *writer) useInvitation(ctx context.Context, s access.Secret) (invited, error) {
	t, err := w.useToken(ctx, s, access.ForInvitation)
	if err != nil {
		return invited{}, err
	}
	row, err := gorm.G[tokenRow](w.tx).Where("hash = ?", t.Hash.String()).Take(ctx)
	return invited{t, row.Author}, err
}

// join signs in the user with the address of u, who is added if there is none.
func (w *writer) join(ctx context.Context, actor string, u access.User) (access.Visit, error) {
	row, err := w.user(ctx, "key = ?", u.Address.Key(), locked)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		if u, err = w.addUser(ctx, actor, u); err == nil {
			row = newUserRow(u)
		}
	}
	if err != nil {
		return access.Visit{}, err
	}
	return w.signIn(ctx, row)
}

func newTokenRow(enc *encoder, author string, t access.Token) tokenRow {
	return tokenRow{
		Hash: t.Hash.String(), Purpose: t.Purpose, Subject: t.Subject, Event: optional(t.Event),
		Sessions: enc.document(t.Sessions), Role: t.Role, Author: author, Created: newInstant(t.Created),
		Expires: newInstant(t.Expires), Used: newInstant(t.Used), Revoked: newInstant(t.Revoked),
	}
}

func (r *tokenRow) issue() (access.Issue, error) {
	t := access.Token{
		Purpose: r.Purpose, Subject: r.Subject, Event: string(r.Event), Role: r.Role, Created: r.Created.time(),
		Expires: r.Expires.time(), Used: r.Used.time(), Revoked: r.Revoked.time(),
	}
	var dec decoder
	dec.read(r.Sessions, &t.Sessions)
	h, err := access.ParseHash(r.Hash)
	dec.check(err)
	t.Hash = h
	return access.Issue{Token: t, By: r.Author}, dec.err
}
