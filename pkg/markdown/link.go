package markdown

import (
	"bytes"
	"html"
	"net/url"
	"strings"
)

// longestReference bounds a character reference: "&CounterClockwiseContourIntegral;".
const longestReference = 40

// reference resolves the character reference at the beginning of b, if there is one, and
// returns how much it took.
func reference(b []byte) (string, int) {
	end := bytes.IndexByte(b[:min(len(b), longestReference)], ';')
	if end < 0 {
		return "&", 1
	}
	s := string(b[:end+1])
	resolved := html.UnescapeString(s)
	if strings.ContainsFunc(resolved, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }) {
		return "", len(s)
	}
	return resolved, len(s)
}

// longestAddress bounds links, in bytes.
const longestAddress = 2000

// address is link if it may be followed, with its scheme in small letters, else "".
func address(link string) string {
	link = strings.TrimSpace(link)
	if len(link) > longestAddress || strings.ContainsFunc(link, func(r rune) bool { return r <= ' ' || r == 0x7F }) {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
	case "mailto", "tel":
		if u.Opaque == "" {
			return ""
		}
	default:
		return ""
	}
	return u.String()
}
