package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"strings"
	"time"
)

// Why a token or a sign-in does not open anything. To a stranger all of them,
// and a token that was never there, are the same: the page says that the link
// is not or no longer valid and offers a new one.
var (
	ErrSecret  = errors.New("not a secret that was made here")
	ErrPurpose = errors.New("made for another purpose")
	ErrExpired = errors.New("expired")
	ErrRevoked = errors.New("revoked")
	ErrUsed    = errors.New("used before")
)

// A Purpose is what a token is for. A token opens nothing else.
type Purpose string

// The purposes.
const (
	ForSignIn         Purpose = "sign-in"         // prove that an e-mail address is one's own
	ForPreview        Purpose = "preview"         // see the draft of an event
	ForRegistration   Purpose = "registration"    // one's own registration
	ForCalendar       Purpose = "calendar"        // one's own calendar, fetched by a program
	ForBrief          Purpose = "brief"           // a moderator's briefs, and running their sessions
	ForInvitation     Purpose = "invitation"      // take on a role
	ForFirstOrganiser Purpose = "first-organiser" // become the first administrator
	ForUnsubscribing  Purpose = "unsubscribing"   // get no more messages to many about an event
)

// Purposes lists every [Purpose].
func Purposes() []Purpose {
	return []Purpose{
		ForSignIn, ForPreview, ForRegistration, ForCalendar, ForBrief, ForInvitation, ForFirstOrganiser,
		ForUnsubscribing,
	}
}

// Lifetime is how long a token for p lives unless it is said otherwise; 0 is
// until it is revoked.
func (p Purpose) Lifetime() time.Duration {
	const day = 24 * time.Hour
	switch p {
	case ForSignIn:
		return 15 * time.Minute
	case ForFirstOrganiser:
		return day
	case ForInvitation:
		return 14 * day
	case ForPreview:
		return 30 * day
	case ForRegistration, ForCalendar, ForBrief, ForUnsubscribing:
		return 0
	}
	return time.Nanosecond // what is no purpose opens nothing
}

// Single reports whether a token for p works once.
func (p Purpose) Single() bool {
	return p == ForSignIn || p == ForInvitation || p == ForFirstOrganiser
}

// secretSize is the size of a secret in bytes: 160 bits, which are 32
// characters.
const secretSize = 20

// A Secret is what the holder of a token or a sign-in has, in an address or a
// cookie. It is never stored.
type Secret [secretSize]byte

// digits are those of Crockford's base 32, in which no two look alike: secrets
// survive being read aloud, typed, and wrapped by mail programs.
const digits = "0123456789abcdefghjkmnpqrstvwxyz"

// NewSecret returns a random secret.
func NewSecret() Secret {
	var s Secret
	rand.Read(s[:]) // never fails; see crypto/rand
	return s
}

// encoding writes secrets.
func encoding() *base32.Encoding { return base32.NewEncoding(digits).WithPadding(base32.NoPadding) }

// String returns the secret as 32 small letters and digits.
func (s Secret) String() string { return encoding().EncodeToString(s[:]) }

// alike replaces what people type for digits that look alike.
func alike(r rune) rune {
	switch r {
	case 'o':
		return '0'
	case 'i', 'l':
		return '1'
	}
	return r
}

// ParseSecret reads what [Secret.String] wrote, in letters of any size and with
// o for 0 and i or l for 1; or returns [ErrSecret].
func ParseSecret(text string) (Secret, error) {
	var s Secret
	text = strings.Map(alike, strings.ToLower(text))
	if len(text) != encoding().EncodedLen(secretSize) {
		return s, ErrSecret
	}
	if _, err := encoding().Decode(s[:], []byte(text)); err != nil || s.String() != text { // it passes over line breaks
		return Secret{}, ErrSecret
	}
	return s, nil
}

// A Hash stands for a secret where it is stored.
type Hash [sha256.Size]byte

// Hash returns the SHA-256 of s. Secrets are random, so that no salt and no
// slowness are needed.
func (s Secret) Hash() Hash { return sha256.Sum256(s[:]) }

// Equal compares two hashes in constant time.
func (h Hash) Equal(other Hash) bool { return subtle.ConstantTimeCompare(h[:], other[:]) == 1 }

// A Token is what is stored of one that was handed out.
type Token struct {
	Hash     Hash
	Purpose  Purpose
	Subject  string   // whom or what it is about: an address, a user, a person, a registration
	Event    string   // the ID of the event; "" for the site as a whole
	Sessions []string // IDs of the sessions of [ForBrief]
	Role     Role     // that [ForInvitation] gives
	Created  time.Time
	Expires  time.Time // zero for never
	Used     time.Time // when it was used, if it works once
	Revoked  time.Time
}

// NewToken completes t, of which it takes the purpose, what it is about and
// Expires, if that is set: it is new at now and has the lifetime of its
// purpose. The secret is for its holder; it cannot be had a second time.
func NewToken(t Token, now time.Time) (Secret, Token) {
	s := NewSecret()
	t.Hash, t.Created, t.Used, t.Revoked = s.Hash(), now, time.Time{}, time.Time{}
	if life := t.Purpose.Lifetime(); t.Expires.IsZero() && life > 0 {
		t.Expires = now.Add(life)
	}
	return s, t
}

// Check returns nil if t is good for the purpose, else [ErrPurpose],
// [ErrRevoked], [ErrUsed] or [ErrExpired].
func (t Token) Check(p Purpose, now time.Time) error {
	switch {
	case t.Purpose != p || p == "":
		return ErrPurpose
	case !t.Revoked.IsZero():
		return ErrRevoked
	case p.Single() && !t.Used.IsZero():
		return ErrUsed
	case !t.Expires.IsZero() && !between(t.Created, t.Expires, now):
		return ErrExpired
	}
	return nil
}

// Use returns t as it is once it has been used at now, or an error of
// [Token.Check]. A store calls it between reading the token and writing it
// back, in one transaction, so that of two who open a link at once one is told
// [ErrUsed]. Tokens that work more than once come back as they were.
func (t Token) Use(p Purpose, now time.Time) (Token, error) {
	if err := t.Check(p, now); err != nil {
		return Token{}, err
	}
	if p.Single() {
		t.Used = now
	}
	return t, nil
}

// between reports whether now is within what lives from a to b; see the
// package's Design on clocks.
func between(a, b, now time.Time) bool {
	return !now.Before(a.Add(-Tolerance)) && now.Before(b)
}
