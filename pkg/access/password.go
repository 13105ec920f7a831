package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Why a password is not taken, or cannot be looked at now.
var (
	ErrTooShort  = errors.New("the password is too short")
	ErrTooLong   = errors.New("the password is too long")
	ErrGuessable = errors.New("the password is easy to guess")
	ErrBusy      = errors.New("too many passwords are being looked at")
	ErrEncoded   = errors.New("not an argon2id hash")
)

// The lengths of passwords. There are no other rules (NIST SP 800-63B
// section 3.1.1.2): length is what counts.
const (
	ShortestPassword = 12  // characters
	LongestPassword  = 256 // bytes
)

// CheckPassword returns nil if a password may be set, else [ErrTooShort],
// [ErrTooLong] or [ErrGuessable]: for one that repeats few characters, or is
// mostly made of one of the words, such as the address, the name or the site.
func CheckPassword(password string, words ...string) error {
	password = norm.NFC.String(password)
	switch {
	case len(password) > LongestPassword:
		return ErrTooLong
	case utf8.RuneCountInString(password) < ShortestPassword:
		return ErrTooShort
	case guessable(password, words):
		return ErrGuessable
	}
	return nil
}

// guessable reports whether little of the password is left without the words,
// or it has few different characters.
func guessable(password string, words []string) bool {
	rest := strings.ToLower(password)
	for _, w := range words {
		if w = strings.ToLower(norm.NFC.String(w)); utf8.RuneCountInString(w) > 3 {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	different := make(map[rune]bool)
	for _, r := range rest {
		different[r] = true
	}
	const fewest = 5
	return len(different) < fewest
}

// Cost is what an argon2id hash costs to make.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// StandardCost is above the least that OWASP asks for (19 MiB, 2 passes), and
// takes about a tenth of a second.
func StandardCost() Cost { return Cost{Memory: 64 << 10, Passes: 2, Threads: 1} }

// A Hasher makes and checks hashes of passwords, not more at a time than it has
// memory for. It is safe for concurrent use.
type Hasher struct {
	cost   Cost
	slots  chan struct{}
	nobody phc // what is compared with where there is nothing stored
}

// The sizes of salt and key, in bytes (RFC 9106 section 4).
const (
	saltSize = 16
	keySize  = 32
)

// NewHasher returns a hasher that works on atOnce passwords at a time, at least
// one; the others wait.
func NewHasher(cost Cost, atOnce int) *Hasher {
	return &Hasher{
		cost:   cost,
		slots:  make(chan struct{}, max(1, atOnce)),
		nobody: phc{cost, make([]byte, saltSize), make([]byte, keySize)},
	}
}

// Hash returns what to store of a password: its argon2id hash with salt and
// cost, in the PHC string format. It is [ErrBusy] if ctx ends before its turn.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	p := phc{Cost: h.cost, salt: make([]byte, saltSize)}
	rand.Read(p.salt) // never fails; see crypto/rand
	key, err := h.derive(ctx, password, p, keySize)
	if err != nil {
		return "", err
	}
	p.key = key
	return p.String(), nil
}

// Verify reports whether password is the one that was stored as encoded, and
// whether it should be hashed anew, because the cost has changed since.
//
// Where there is no account, or one without a password, encoded is "": the work
// is done all the same and the answer is false, so that time does not tell.
// [ErrBusy] is as in [Hasher.Hash]; [ErrEncoded] means that what was stored is
// damaged.
func (h *Hasher) Verify(ctx context.Context, encoded, password string) (ok, rehash bool, err error) {
	p := h.nobody
	if encoded != "" {
		if p, err = parsePHC(encoded); err != nil {
			return false, false, err
		}
	}
	key, err := h.derive(ctx, password, p, len(p.key))
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(key, p.key) == 1 && encoded != ""
	return ok, ok && p.Cost != h.cost, nil
}

// derive waits for its turn and hashes. The same letters typed in another way
// (composed or not) are the same password. One that is too long is cut where it
// is longer than any that is taken, so that it is none of those.
func (h *Hasher) derive(ctx context.Context, password string, p phc, size int) ([]byte, error) {
	password = norm.NFC.String(cut(password, 4*LongestPassword)) // NFC makes text a third as long at best
	password = cut(password, LongestPassword+1)
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, ErrBusy
	}
	return argon2.IDKey([]byte(password), p.salt, p.Passes, p.Memory, p.Threads, uint32(size)), nil
}

// cut returns the first n bytes of s.
func cut(s string, n int) string { return s[:min(n, len(s))] }

// A phc is a hash in the PHC string format:
// $argon2id$v=19$m=65536,t=2,p=1$SALT$KEY.
type phc struct {
	Cost
	salt, key []byte
}

// String writes the hash.
func (p phc) String() string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		p.Memory, p.Passes, p.Threads, b.EncodeToString(p.salt), b.EncodeToString(p.key))
}

// parsePHC reads a hash. It refuses costs that would take all the memory: what
// is stored may have been restored from anywhere.
func parsePHC(encoded string) (phc, error) {
	var p phc
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, ErrEncoded
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Passes, &p.Threads); err != nil {
		return p, ErrEncoded
	}
	var err1, err2 error
	p.salt, err1 = base64.RawStdEncoding.DecodeString(parts[4])
	p.key, err2 = base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || !p.sane() {
		return phc{}, ErrEncoded
	}
	return p, nil
}

// sane reports whether the hash is one that may be worked on.
func (p phc) sane() bool {
	return p.Memory <= 1<<20 && p.Passes >= 1 && p.Passes <= 16 && p.Threads >= 1 && p.Threads <= 16 &&
		len(p.salt) >= 8 && len(p.salt) <= 64 && len(p.key) >= 16 && len(p.key) <= 64
}
