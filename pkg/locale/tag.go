package locale

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// longestTag bounds the tags that are looked at, in bytes. RFC 5646 section 4.4.1 has 35 as
// the least that is enough.
const longestTag = 64

// canonical is tag with the letters that RFC 5646 section 2.1.1 recommends: "sr-Latn-RS".
func canonical(tag string) string {
	if len(tag) > longestTag {
		return tag
	}
	if isCanonical(tag) {
		return tag
	}
	subtags := strings.Split(strings.ReplaceAll(tag, "_", "-"), "-")
	for i, s := range subtags {
		s = strings.ToLower(s)
		switch {
		case i > 0 && len(subtags[i-1]) == 1: // of an extension
		case i > 0 && len(s) == 2:
			s = strings.ToUpper(s)
		case i > 0 && len(s) == 4:
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		subtags[i] = s
	}
	return strings.Join(subtags, "-")
}

// isCanonical reports, quickly, whether tag is just a language in small letters.
func isCanonical(tag string) bool {
	for i := range len(tag) {
		if tag[i] < 'a' || tag[i] > 'z' {
			return false
		}
	}
	return true
}

// parent is tag without its last subtag (RFC 4647 section 3.4).
func parent(tag string) string {
	i := max(0, strings.LastIndexByte(tag, '-'))
	if i >= 2 && tag[i-2] == '-' {
		i -= 2 // a single letter only introduces what follows
	}
	return tag[:i]
}

// related are the languages whose readers read another one.
var related = map[string]string{
	"no": "nb", "nn": "nb", "iw": "he", "mo": "ro", "sh": "sr-Latn", "bs": "hr", "cnr": "sr-Latn",
}

// lookup finds the best known tag for readers of tag: itself, one with fewer subtags in
// the same script, one of a language so related that they read it; or "".
func lookup(tag string, known func(string) bool) string {
	if known(tag) {
		return tag
	}
	tag = canonical(tag)
	for t := tag; t != ""; t = parent(t) {
		if known(t) && sameScript(tag, t) {
			return t
		}
	}
	base, _, _ := strings.Cut(tag, "-")
	if t := related[base]; known(t) && sameScript(tag, t) {
		return t
	}
	return ""
}

// sameScript reports whether tag, where it names a script, names that of known.
func sameScript(tag, known string) bool {
	subtags := strings.Split(tag, "-")
	if len(subtags) < 2 || len(subtags[1]) != 4 || strings.Contains(known, subtags[1]) {
		return true
	}
	likely, _ := language.Make(known).Script()
	return likely.String() == subtags[1]
}

// rightToLeft are the scripts and languages written from right to left.
var rightToLeft = []string{
	"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa",
	"apc", "ar", "arc", "ary", "arz", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks",
	"lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd", "sdh", "syr", "ug", "ur", "yi",
}

// Dir returns the direction in which the language of a tag is written, "ltr" or "rtl", for
// the dir attribute.
func Dir(tag string) string {
	tag = canonical(tag)
	base, rest, _ := strings.Cut(tag, "-")
	script, _, _ := strings.Cut(rest, "-")
	if len(script) != 4 {
		script = base
	}
	if slices.Contains(rightToLeft, script) {
		return "rtl"
	}
	return "ltr"
}

// mostRanges bounds what is read of an Accept-Language header.
const mostRanges = 32

// Match returns the tag of offered that a reader with this Accept-Language header (RFC
// 9110 section 12.5.4) likes best; the first when none is acceptable or the header says
// nothing, "" when nothing is offered. What is malformed in the header is passed over.
func Match(acceptLanguage string, offered []string) string {
	if len(offered) == 0 {
		return ""
	}
	best, quality := offered[0], 0.0
	rest := acceptLanguage
	for n := 0; rest != "" && n < mostRanges; n++ {
		var item string
		item, rest, _ = strings.Cut(rest, ",")
		tag, q := languageRange(item)
		if q <= quality {
			continue
		}
		if found := matching(tag, offered); found != "" {
			best, quality = found, q
		}
	}
	return best
}

// languageRange reads "fr-CA;q=0.8". What is malformed has quality 0.
func languageRange(item string) (tag string, q float64) {
	tag, params, weighted := strings.Cut(item, ";")
	tag = strings.TrimSpace(tag)
	if tag != "*" && !Valid(tag) {
		return "", 0
	}
	if !weighted {
		return tag, 1
	}
	name, value, _ := strings.Cut(params, "=")
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if strings.TrimSpace(strings.ToLower(name)) != "q" || err != nil || !(q > 0 && q <= 1) {
		return "", 0
	}
	return tag, q
}

// matching finds the tag of offered for readers of tag, "*" being everybody; or "".
func matching(tag string, offered []string) string {
	if tag == "*" {
		return offered[0]
	}
	for _, exact := range []bool{true, false} {
		found := lookup(tag, func(t string) bool { return offers(offered, t, exact) != "" })
		if found != "" {
			return offers(offered, found, exact)
		}
	}
	return ""
}

// offers finds t in offered; if it need not be exact, also with more subtags ("pt-BR" for "pt").
func offers(offered []string, t string, exact bool) string {
	for _, o := range offered {
		c := canonical(o)
		if c == t || !exact && t != "" && strings.HasPrefix(c, t+"-") {
			return o
		}
	}
	return ""
}
