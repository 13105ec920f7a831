package access

import (
	"errors"
	"time"
)

// ErrReplayed says that a cookie was used after it had been replaced: somebody
// keeps a copy. Everything of the same [SignIn.Family] is to be revoked.
var ErrReplayed = errors.New("replaced, and used all the same")

// A SignIn is one user signed in on one device, as it is stored: what a cookie
// stands for.
type SignIn struct {
	Hash     Hash      // of the secret in the cookie
	Family   string    // an ID that stays when the cookie is replaced
	User     string    // the ID of the user
	Created  time.Time // when the user signed in
	Issued   time.Time // when this cookie was made
	Seen     time.Time // when it was last used, to the minute
	Replaced time.Time // when another cookie took its place
	Revoked  time.Time
}

// How long sign-ins live.
const (
	IdleLifetime     = 14 * 24 * time.Hour // without being used
	AbsoluteLifetime = 90 * 24 * time.Hour // in any case
	RotateAfter      = 24 * time.Hour      // a cookie is replaced by another
	grace            = time.Minute         // in which requests under way may still show the old one
	seenStep         = time.Minute         // Seen is not written more often
)

// NewSignIn signs a user in at now. The secret goes into the cookie. A sign-in
// never continues one that was there before, so that nobody can plant a cookie.
func NewSignIn(user, family string, now time.Time) (Secret, SignIn) {
	s := NewSecret()
	return s, SignIn{Hash: s.Hash(), Family: family, User: user, Created: now, Issued: now, Seen: now}
}

// Live returns nil if the cookie of s is good at now, else [ErrRevoked],
// [ErrReplayed] or [ErrExpired].
func (s SignIn) Live(now time.Time) error {
	switch {
	case !s.Revoked.IsZero():
		return ErrRevoked
	case !s.Replaced.IsZero() && now.After(s.Replaced.Add(grace)):
		return ErrReplayed
	case !between(s.Created, s.Created.Add(AbsoluteLifetime), now):
		return ErrExpired
	case !now.Before(s.Seen.Add(IdleLifetime)):
		return ErrExpired
	}
	return nil
}

// Touch returns s as seen at now, and whether that is worth writing. A clock
// that was set back is followed.
func (s SignIn) Touch(now time.Time) (SignIn, bool) {
	if d := now.Sub(s.Seen); d >= 0 && d < seenStep {
		return s, false
	}
	s.Seen = now
	return s, true
}

// Due reports whether the cookie of s is old enough to be replaced.
func (s SignIn) Due(now time.Time) bool {
	return s.Replaced.IsZero() && now.Sub(s.Issued) >= RotateAfter
}

// Rotate replaces the cookie of s: it returns the secret of the new one, the
// sign-in that goes with it, and the old one, good for another minute. Both are
// written in one transaction. The absolute lifetime does not begin anew.
func (s SignIn) Rotate(now time.Time) (Secret, SignIn, SignIn) {
	secret := NewSecret()
	next := s
	next.Hash, next.Issued, next.Seen = secret.Hash(), now, now
	s.Replaced = now
	return secret, next, s
}
