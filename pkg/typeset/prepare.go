package typeset

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	softHyphen       = '\u00ad'
	noBreakSpace     = '\u00a0'
	narrowNoBreak    = '\u202f'
	replacement      = '\ufffd'
	zeroWidthJoiner  = '\u200d'
	zeroWidthNonJoin = '\u200c'
)

// isSpace reports whether r is a space of some width.
func isSpace(r rune) bool { return r == ' ' || r > 0x7f && unicode.Is(unicode.Zs, r) }

// isTrimmed reports whether r vanishes at the end of a line.
func isTrimmed(r rune) bool {
	return isSpace(r) && r != noBreakSpace && r != narrowNoBreak && r != '\u2007'
}

// isInvisible reports whether r only steers layout: it has done its work
// when lines are broken and ordered, and is neither drawn nor copied.
func isInvisible(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r == softHyphen, r == 0x034f, r == 0x061c, r == 0xfeff:
		return true
	case 0x200b <= r && r <= 0x200f:
		return r != zeroWidthJoiner && r != zeroWidthNonJoin
	case 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f, 0xfe00 <= r && r <= 0xfe0f:
		return true
	}
	return 0xe0000 <= r && r <= 0xe0fff
}

// clean makes text fit for layout: valid, composed (NFC), its line ends all
// "\n", other control characters gone or made spaces.
func clean(text string) string {
	text = strings.ToValidUTF8(text, string(replacement))
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\n':
			return r
		case '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
			return '\n'
		case '\t':
			return ' '
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
	return norm.NFC.String(text)
}

// frenchSpacing sets a narrow no-break space before ; : ! ? » and after «
// as French printers do (Lexique des règles typographiques en usage à
// l'Imprimerie nationale). Times and addresses keep their colons. Canada
// and Switzerland space less: there only spaces that are written narrow.
func frenchSpacing(text, language string) string {
	base, region, _ := strings.Cut(strings.ToLower(language), "-")
	if base != "fr" || !strings.ContainsAny(text, ";:!?»«") {
		return text
	}
	add := region != "ca" && region != "ch"
	in := []rune(text)
	out := make([]rune, 0, len(in)+8)
	for i, r := range in {
		if isHighMark(r) && i > 0 && endsMark(in[i+1:]) {
			out = spaceBefore(out, r, add)
		}
		if i > 0 && in[i-1] == '«' && r != '\n' {
			if isSpace(r) {
				out = append(out, narrowNoBreak)
				continue
			}
			out = append(out, narrowNoBreak)
		}
		out = append(out, r)
	}
	return string(out)
}

func isHighMark(r rune) bool { return strings.ContainsRune(";:!?»", r) }

// endsMark reports whether a mark may end a word when rest follows it.
func endsMark(rest []rune) bool {
	return len(rest) == 0 || isSpace(rest[0]) || rest[0] == '\n' || strings.ContainsRune(";:!?»).,…", rest[0])
}

func spaceBefore(out []rune, mark rune, add bool) []rune {
	last := out[len(out)-1]
	switch {
	case isSpace(last):
		out[len(out)-1] = narrowNoBreak
	case mark == '»' || add && (unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune("»)”’…", last)):
		out = append(out, narrowNoBreak)
	}
	return out
}

// timeRange matches what is read as one time: 9:00–10:30, 9h00 – 10h30,
// 09.00-10.30.
var timeRange = regexp.MustCompile(`\p{Nd}{1,2}(?:[:.h]\p{Nd}{2}| h)?[ \x{a0}\x{202f}]?[-\x{2010}-\x{2014}][ \x{a0}\x{202f}]?\p{Nd}{1,2}(?:[:.h]\p{Nd}{2}| h)`)

// unbroken marks the runes of text before which a line must not be broken,
// as they continue a range of times. It is nil when there are none.
func unbroken(text string) []bool {
	found := timeRange.FindAllStringIndex(text, -1)
	if found == nil {
		return nil
	}
	var marks []bool
	next := 0
	for at := range text {
		if next < len(found) && at >= found[next][1] {
			next++
		}
		marks = append(marks, next < len(found) && at > found[next][0])
	}
	return marks
}
