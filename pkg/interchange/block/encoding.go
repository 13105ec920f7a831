package block

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func tooManyLines() error {
	return fmt.Errorf("document of more than %d lines: %w", MaxBlocks, ErrTooLarge)
}

// checkSize refuses a source beyond the bounds.
func checkSize(n int) error {
	if n > MaxSize {
		return fmt.Errorf("document of %d MB, at most %d are read: %w", n>>20, MaxSize>>20, ErrTooLarge)
	}
	return nil
}

// encodings are the encodings that are read, by the names documents give them.
var encodings = map[string]encoding.Encoding{
	"utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "windows-1251": charmap.Windows1251, "cp1251": charmap.Windows1251,
	"iso-8859-1": charmap.Windows1252, "latin1": charmap.Windows1252, "windows-1252": charmap.Windows1252, "us-ascii": charmap.Windows1252,
}

// otherKinds are documents that are no text, by the bytes with which they begin.
var otherKinds = []struct{ begins, name string }{
	{"%PDF-", "PDF"},
	{"{\\rtf", "Rich Text (RTF)"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document of an older Office (.doc, .xls, .ppt)"},
	{"\x89PNG", "picture (PNG)"},
	{"\xff\xd8\xff", "picture (JPEG)"},
	{"GIF8", "picture (GIF)"},
	{"\x1f\x8b", "archive (gzip)"},
}

// declared finds the encoding that an HTML or XML document names in its head.
var declared = regexp.MustCompile(`(?i)<(?:meta[^>]{0,200}charset|\?xml[^>]{0,200}encoding)\s*=\s*["']?([-\w]{2,40})`)

// Decode returns the text of b in UTF-8. It reads UTF-8, UTF-16, Windows-1251
// and ISO 8859-1 (as Windows-1252, which contains it), by the byte order mark,
// by what the document says of itself, or by its bytes. Errors wrap
// [ErrTooLarge] or [ErrNotText]; that of another encoding names it.
func Decode(b []byte) (string, error) {
	if err := checkSize(len(b)); err != nil {
		return "", err
	}
	for _, k := range otherKinds {
		if bytes.HasPrefix(b, []byte(k.begins)) {
			return "", fmt.Errorf("%s: %w", k.name, ErrOtherKind)
		}
	}
	if rest, ok := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); ok {
		b = rest
	}
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return decode(b, "utf-16")
	}
	if name := wide(b); name != "" {
		return decode(b, name)
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return "", fmt.Errorf("binary file (a zero byte at %d): %w", i, ErrNotText)
	}
	if utf8.Valid(b) {
		return checked(string(b))
	}
	if m := declared.FindSubmatch(b[:min(len(b), 2048)]); m != nil {
		name := strings.ToLower(string(m[1]))
		if name != "utf-8" && name != "utf8" {
			return decode(b, name)
		}
	}
	return decode(b, guess(b))
}

func decode(b []byte, name string) (string, error) {
	e, ok := encodings[name]
	if !ok {
		return "", fmt.Errorf("text in the encoding %s; save it as UTF-8: %w", name, ErrNotText)
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("text in the encoding %s: %v: %w", name, err, ErrNotText)
	}
	return checked(string(out))
}

// checked refuses text in which control characters are frequent: no person
// wrote it.
func checked(s string) (string, error) {
	controls := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' {
			controls++
		}
	}
	if controls > 8 && controls > len(s)/200 {
		return "", fmt.Errorf("binary file (%d control characters): %w", controls, ErrNotText)
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), nil
}

// wide names UTF-16 without a byte order mark: every second byte of its ASCII
// characters, spaces and line ends at least, is zero.
func wide(b []byte) string {
	head := b[:min(len(b), 4096)&^1]
	var even, odd int
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == 0 && head[i+1] != 0 {
			even++
		}
		if head[i+1] == 0 && head[i] != 0 {
			odd++
		}
	}
	switch pairs := len(head) / 2; {
	case pairs < 4:
		return ""
	case odd > pairs/8 && even == 0:
		return "utf-16le"
	case even > pairs/8 && odd == 0:
		return "utf-16be"
	}
	return ""
}

// guess tells Windows-1251 from ISO 8859-1: in Cyrillic text most letters are
// above 0xC0, in Latin text few are.
func guess(b []byte) string {
	high, low := 0, 0
	for _, c := range b {
		switch {
		case c >= 0xc0:
			high++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			low++
		}
	}
	if high > low {
		return "windows-1251"
	}
	return "iso-8859-1"
}
