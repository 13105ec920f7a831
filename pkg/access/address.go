package access

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// ErrAddress says that a text is not an e-mail address that mail can be sent
// to. The error around it says what is wrong with it.
var ErrAddress = errors.New("not an e-mail address")

// The longest parts of addresses, in bytes (RFC 5321 section 4.5.3.1).
const (
	longestLocal   = 64
	longestAddress = 254
)

// An Address is an e-mail address, the domain in small letters and, where it is
// not ASCII, in Punycode. The zero value is no address.
type Address struct {
	Local, Domain string
}

// ParseAddress reads an e-mail address as people type it: spaces around it are
// left out, the domain may be in any script. It takes no names, no comments, no
// quotes, no lists, and nothing that could begin another header.
func ParseAddress(text string) (Address, error) {
	text = strings.TrimSpace(text)
	if len(text) > 4*longestAddress {
		return Address{}, fmt.Errorf("%w: it is too long", ErrAddress)
	}
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return Address{}, fmt.Errorf("%w: it has no @", ErrAddress)
	}
	local := text[:at]
	if problem := checkLocal(local); problem != "" {
		return Address{}, fmt.Errorf("%w: %s", ErrAddress, problem)
	}
	domain, err := normalDomain(text[at+1:])
	if err != nil {
		return Address{}, err
	}
	if len(local)+1+len(domain) > longestAddress {
		return Address{}, fmt.Errorf("%w: it is too long", ErrAddress)
	}
	return Address{local, domain}, nil
}

// checkLocal says what is wrong with what is before the @: a dot-atom of
// RFC 5322 section 3.2.3 is asked for.
func checkLocal(local string) string {
	switch {
	case local == "":
		return "there is nothing before the @"
	case len(local) > longestLocal:
		return "what is before the @ is too long"
	case strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, ".."):
		return "a dot before the @ has nothing beside it"
	}
	for _, r := range local {
		if !atom(r) {
			return fmt.Sprintf("%q may not be before the @", r)
		}
	}
	return ""
}

// atom reports whether r may be in the local part.
func atom(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		r < utf8.RuneSelf && strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)
}

// normalDomain returns the domain as it is looked up.
func normalDomain(domain string) (string, error) {
	if domain == "" {
		return "", fmt.Errorf("%w: there is nothing after the @", ErrAddress)
	}
	// Lookup follows UTS 46 as browsers do: it maps capitals and full-width
	// letters, and refuses what is in no domain, spaces and control characters
	// included.
	ascii, err := idna.Lookup.ToASCII(domain)
	if again, e := idna.Lookup.ToASCII(ascii); err != nil || e != nil || again != ascii || !utf8.ValidString(domain) {
		return "", fmt.Errorf("%w: %q is not the name of a domain", ErrAddress, domain)
	}
	labels := strings.Split(ascii, ".")
	if len(labels) < 2 && ascii != "localhost" {
		return "", fmt.Errorf("%w: the domain %q has no dot", ErrAddress, domain)
	}
	for _, label := range labels {
		if !hostLabel(label) {
			return "", fmt.Errorf("%w: %q is not the name of a domain", ErrAddress, domain)
		}
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return "", fmt.Errorf("%w: write a name after the @, not a number", ErrAddress)
	}
	return ascii, nil
}

// hostLabel reports whether s is one part of a domain (RFC 1123 section 2.1).
func hostLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// String returns the address as mail is sent to it, or "" for none.
func (a Address) String() string {
	if a.Domain == "" {
		return ""
	}
	return a.Local + "@" + a.Domain
}

// Key returns what stands for the address where accounts and limits are looked
// up. Nobody has two mailboxes that differ in capitals only.
func (a Address) Key() string { return strings.ToLower(a.String()) }

// Shown returns the address as people read it, the domain in its own script.
func (a Address) Shown() string {
	domain, err := idna.Display.ToUnicode(a.Domain)
	if err != nil || a.Domain == "" {
		return a.String()
	}
	return a.Local + "@" + domain
}
