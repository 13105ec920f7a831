package agenda

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// namespace is the UUID that the derived IDs of Tamada are made under.
var namespace = [16]byte{0x5f, 0x1d, 0x0c, 0x6e, 0x2b, 0x0f, 0x4d, 0x57, 0x9a, 0x3e, 0x7a, 0x4d, 0x41, 0x6d, 0x61, 0x64}

// DerivedID returns the UUID of something that has none of its own, from the
// words that name it: a version 5 UUID (RFC 9562 section 5.5), the same at
// every call. The caller leaves out whatever may change, times above all.
func DerivedID(words ...string) string {
	h := sha1.New()
	h.Write(namespace[:])
	h.Write([]byte(strings.Join(words, "\x00")))
	return format([16]byte(h.Sum(nil)[:16]), 5)
}

// NewID returns a random UUID, version 4 (RFC 9562 section 5.4).
func NewID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails; see crypto/rand
	return format(b, 4)
}

// format writes b as a UUID of the given version.
func format(b [16]byte, version byte) string {
	b[6] = b[6]&0x0f | version<<4
	b[8] = b[8]&0x3f | 0x80
	s := hex.EncodeToString(b[:])
	return fmt.Sprintf("%s-%s-%s-%s-%s", s[:8], s[8:12], s[12:16], s[16:20], s[20:])
}

var uuidPattern = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// ValidID reports whether id is a UUID in lower case.
func ValidID(id string) bool { return uuidPattern.MatchString(id) }

// codeDigits are the digits of [Code]: those of Crockford's base 32, in which
// no two look alike.
const codeDigits = "0123456789abcdefghjkmnpqrstvwxyz"

const codeLength = 6

// Code returns the short code that stands for a session in addresses, made
// from the first 30 bits of its ID: six digits or lower-case letters; or "" if
// id is not a UUID.
func Code(id string) string {
	if len(id) < 8 {
		return ""
	}
	bits, err := strconv.ParseUint(id[:8], 16, 32)
	if err != nil {
		return ""
	}
	var b [codeLength]byte
	for i := range b {
		b[i] = codeDigits[bits>>(27-5*i)&31]
	}
	return string(b[:])
}
