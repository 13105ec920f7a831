package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"tamada/pkg/post"
)

// errSealed says that what a message says cannot be read.
var errSealed = errors.New("sealed with another secret of the site, or damaged")

// shortestSecret is how long the secret of a site is at least, in bytes.
const shortestSecret = 16

// A sealer keeps what messages say from whoever has a copy of the database:
// there are links in them that are as good as a password. It is AES-256-GCM with
// a key made from the secret of the site (RFC 5869), bound to the ID of the
// message.
type sealer struct{ cipher.AEAD }

func newSealer(secret string) (sealer, error) {
	if len(secret) < shortestSecret {
		return sealer{}, fmt.Errorf("secret of %d bytes, want at least %d", len(secret), shortestSecret)
	}
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "tamada messages", 32)
	if err != nil {
		return sealer{}, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return sealer{aead}, err
}

// seal returns a message as it is stored.
func (s sealer) seal(m post.Message) ([]byte, error) {
	b, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("message %s: %w", m.ID, err)
	}
	return s.Seal(nil, nil, b, []byte(m.ID)), nil
}

// open returns a message of what is stored, or [errSealed].
func (s sealer) open(id string, sealed []byte) (m post.Message, err error) {
	b, err := s.Open(nil, nil, sealed, []byte(id))
	if err != nil {
		return m, errSealed
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("message %s: %w", id, err)
	}
	return m, nil
}
