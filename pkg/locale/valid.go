package locale

import "strings"

// grandfathered are the irregular tags of RFC 5646 section 2.2.8 that its grammar would not
// allow.
var grandfathered = map[string]bool{
	"en-gb-oed": true, "i-ami": true, "i-bnn": true, "i-default": true, "i-enochian": true, "i-hak": true,
	"i-klingon": true, "i-lux": true, "i-mingo": true, "i-navajo": true, "i-pwn": true, "i-tao": true,
	"i-tay": true, "i-tsu": true, "sgn-be-fr": true, "sgn-be-nl": true, "sgn-ch-de": true,
}

// Valid reports whether tag is well-formed by RFC 5646 (BCP 47) section 2.1: built as a tag
// is, of subtags that may be unknown. Tags of more than 64 bytes are refused.
func Valid(tag string) bool {
	if len(tag) > longestTag {
		return false
	}
	tag = strings.ToLower(tag)
	if grandfathered[tag] {
		return true
	}
	s := subtags(strings.Split(tag, "-"))
	for _, t := range s {
		if !alphanumeric(t) || len(t) < 1 || len(t) > 8 {
			return false
		}
	}
	if s[0] == "x" {
		return len(s) > 1
	}
	return s.language() && s.script() && s.region() && s.variants() && s.extensions() && len(s) == 0
}

// subtags are what is left of a tag while its parts are taken from the front. Each method
// takes one part, if it is there, and reports whether what it took is well-formed.
type subtags []string

// language takes the language, which must be there, and up to three extended ones.
func (s *subtags) language() bool {
	first := (*s)[0]
	if len(first) < 2 || !alphabetic(first) {
		return false
	}
	*s = (*s)[1:]
	for n := 0; n < 3 && len(first) <= 3 && s.next(func(t string) bool { return len(t) == 3 && alphabetic(t) }); n++ {
		continue
	}
	return true
}

func (s *subtags) script() bool {
	s.next(func(t string) bool { return len(t) == 4 && alphabetic(t) })
	return true
}

func (s *subtags) region() bool {
	s.next(func(t string) bool { return len(t) == 2 && alphabetic(t) || len(t) == 3 && numeric(t) })
	return true
}

// variants takes the variants; none may be there twice.
func (s *subtags) variants() bool {
	seen := map[string]bool{}
	for len(*s) > 0 {
		t := (*s)[0]
		if !s.next(func(t string) bool { return len(t) >= 5 || len(t) == 4 && numeric(t[:1]) }) {
			break
		}
		if seen[t] {
			return false
		}
		seen[t] = true
	}
	return true
}

// extensions takes the extensions, each a single letter of its own with subtags, and the
// private use at the end.
func (s *subtags) extensions() bool {
	seen := map[string]bool{}
	for len(*s) > 0 && len((*s)[0]) == 1 {
		letter := (*s)[0]
		*s = (*s)[1:]
		if letter == "x" {
			private := len(*s) > 0
			*s = nil
			return private
		}
		n := 0
		for s.next(func(t string) bool { return len(t) >= 2 }) {
			n++
		}
		if n == 0 || seen[letter] {
			return false
		}
		seen[letter] = true
	}
	return true
}

// next takes the next subtag if it is as wanted.
func (s *subtags) next(wanted func(string) bool) bool {
	if len(*s) == 0 || !wanted((*s)[0]) {
		return false
	}
	*s = (*s)[1:]
	return true
}

func alphabetic(s string) bool { return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" }
func numeric(s string) bool    { return strings.Trim(s, "0123456789") == "" }
func alphanumeric(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}
