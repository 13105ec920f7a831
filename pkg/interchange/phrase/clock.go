package phrase

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"tamada/pkg/agenda"
)

// A When is a time or a stretch of time as a line gives it.
type When struct {
	Start, End  agenda.Clock
	HasEnd      bool
	Approximate bool // "ca."
	Twelve      bool // it says morning or afternoon, so that no guess is needed
	Zone        string
}

// The parts of the patterns, for folded text. Go's \b knows only ASCII, so words
// in other scripts end in a space.
const (
	// clockPart matches one time: four digits, or an hour and its minute in
	// three ways.
	clockPart = `(?:(\d{4})|(\d{1,2})(?:\s?[:.]\s?(\d{2})|\s?h(?:\s?(\d{2}))?|٫(\d{2}))?)`
	// half matches the words for the halves of the day.
	half = `(?:\s*:?\s*(a\.\s?m\.?|p\.\s?m\.?|am\b|pm\b|صباحا|صباح|ص(?:\s|$)|ظهرا|مساء|م(?:\s|$)|утра|вечера|дня|uhr\b|ч\.|час(?:ов|а)?|hod\b\.?|hrs?\b|hs\b\.?))?`
	// toward matches what stands between the times of a stretch.
	toward = `\s*(?:->|-|\bto\b|\btill?\b|\buntil\b|\bbis\b|\bhasta\b|\bate\b|\bau\b|\bdo\b|\bal?\b|\bas\b|/|до|الي|حتي)\s*`
	// approx matches what says that a time is not exact.
	approx = `((?:(?:ca|circa|approx|about|around|env|environ|omkring|kolem|ungefahr|ungefar|omtrent|cerca|vers|aprox|c)\b\.?\s*|(?:около|حوالي|نحو)\s+|(?:ок|დაახლ)\.\s*|~\s*)?)`
	// before matches prepositions and labels of a time.
	before = `((?:(?:kl|klo|klokken|um|at|from|fra|fran|von|des|de|desde|das|as|a las|a|od|ab|time|heure|hora|v|ve)\b\.?:?\s*|(?:в|с|от|من|الساعه)\s+)?)`
)

var (
	leadingRange = regexp.MustCompile(`^[\[(*_]*\s*` + approx + before + approx + clockPart + half + `(?:` + toward + before + clockPart + half + `)?`)
	numbering    = regexp.MustCompile(`^\d{1,2}[.)]\s+`)
	innerRange   = regexp.MustCompile(`(?:^|[^\d\pL.:/])` + approx + before + approx + clockPart + half + toward + before + clockPart + half)
	innerClock   = regexp.MustCompile(`(?:^|[^\d\pL.:/])` + approx + `(?:(kl|klo|at|um|a las|as)\b\.?\s*)?` + `(\d{1,2})\s?[:.h]\s?(\d{2})` + half)
)

// The groups of the patterns of stretches.
const (
	groupApprox = 1
	groupBefore = 2
	groupAgain  = 3 // a second "ca.", as in "kl. ca. 11:00"
	groupFirst  = 4 // see the groups of one time
	groupSecond = 11
)

// The groups of one time, counted from its first.
const (
	fourDigits = iota
	hour
	minute
	minuteH
	minuteComma
	halfOfDay
)

// A Match is a time found in a line, and the bytes it takes.
type Match struct {
	When
	From, To int
}

// LeadingTime reads the time that s begins with, and returns what follows it
// without separators and brackets. Dates, years and numbers are not times.
func LeadingTime(s string) (w When, rest string, ok bool) {
	if !mayHoldTime(s[:min(len(s), longestWords)]) {
		return When{}, s, false
	}
	if m := numbering.FindString(s); m != "" {
		if w, rest, ok := LeadingTime(s[len(m):]); ok {
			return w, rest, true
		}
	}
	head, tail := s, ""
	if len(s) > 120 { // a time is at the beginning
		cut := 120
		for cut < len(s) && s[cut]&0xc0 == 0x80 {
			cut++
		}
		head, tail = s[:cut], s[cut:]
	}
	folded, offsets := foldedOffsets(head)
	m := leadingRange.FindStringSubmatchIndex(folded)
	if m == nil {
		return When{}, s, false
	}
	w, end, ok := groups{folded, m}.when(true)
	if !ok || blocked(folded[end:]) {
		return When{}, s, false
	}
	rest = trimAfterTime(head[offsets[end]:] + tail)
	w.Zone, rest = leadingZone(rest)
	return w, rest, true
}

// blocked reports whether what follows a time shows that it was none: a
// further number ("10.12.2019"), a percent sign, a letter.
func blocked(after string) bool {
	if after == "" {
		return false
	}
	switch c := after[0]; {
	case c >= '0' && c <= '9', c == '%', c >= 'a' && c <= 'z':
		return true
	case (c == '.' || c == '/' || c == ':') && len(after) > 1 && after[1] >= '0' && after[1] <= '9':
		return true
	}
	return false
}

// FindRange finds the first stretch of time in s.
func FindRange(s string) (Match, bool) {
	if !mayHoldTime(s) || len(s) > 4000 {
		return Match{}, false
	}
	folded, offsets := foldedOffsets(s)
	for at := 0; at < len(folded); {
		m := innerRange.FindStringSubmatchIndex(folded[at:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += at
			}
		}
		g := groups{folded, m}
		from := m[2*groupApprox]
		if w, end, ok := g.when(false); ok && w.HasEnd && !blocked(folded[end:]) && !inDate(folded, from) {
			w.Zone, _ = leadingZone(trimAfterTime(s[offsets[end]:]))
			return Match{w, offsets[from], offsets[end]}, true
		}
		at = max(g.endOfFirst(), at+1)
	}
	return Match{}, false
}

// inDate reports whether the number at i is the end of a date: "2021-10-13".
func inDate(s string, i int) bool {
	return i >= 2 && s[i-1] == '-' && s[i-2] >= '0' && s[i-2] <= '9'
}

// FindTime finds the first stretch of time in s or, where there is none, the
// first time that is written with minutes.
func FindTime(s string) (Match, bool) {
	if m, ok := FindRange(s); ok {
		return m, true
	}
	if !mayHoldTime(s) || len(s) > 4000 {
		return Match{}, false
	}
	folded, offsets := foldedOffsets(s)
	for _, m := range innerClock.FindAllStringSubmatchIndex(folded, 8) {
		g := groups{folded, m}
		c, ok := clock(g.text(3), g.text(4), g.text(5))
		if !ok || blocked(folded[m[1]:]) {
			continue
		}
		from := m[6]
		w := When{Start: c, Approximate: g.text(1) != "", Twelve: twelve(g.text(5))}
		w.Zone, _ = leadingZone(trimAfterTime(s[offsets[m[1]]:]))
		return Match{w, offsets[from], offsets[m[1]]}, true
	}
	return Match{}, false
}

// TrailingTime reads the time that s ends with, in brackets or after a dash,
// tab or comma, and returns what comes before it.
func TrailingTime(s string) (w When, before string, ok bool) {
	if !mayHoldTime(s[max(0, len(s)-longestWords):]) {
		return When{}, s, false
	}
	tail := strings.LastIndexByte(s[:max(0, len(s)-2*longestWords)], ' ') + 1 // long lines are not looked through
	m, ok := FindRange(s[tail:])
	if m.From, m.To = m.From+tail, m.To+tail; !ok || m.From == 0 {
		return When{}, s, false
	}
	after := strings.Trim(s[m.To:], " )].*_")
	if m.Zone != "" {
		after = strings.Trim(strings.Replace(after, m.Zone, "", 1), " ()[].")
	}
	before = strings.TrimSpace(s[:m.From])
	mark, size := utf8.DecodeLastRuneInString(before)
	if after != "" || !strings.ContainsRune("([,-–—|:.…", mark) {
		return When{}, s, false
	}
	before = strings.TrimRight(before[:len(before)-size], " ([,-–—|:.…")
	return m.When, before, before != ""
}

// longestWords is more than the bytes of the words before the digits of a time
// at the beginning of a line, and of those after a time at its end.
const longestWords = 64

// mayHoldTime reports whether s has a digit, quickly.
func mayHoldTime(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' || s[i] == 0xd9 || s[i] == 0xdb { // or may begin an Arabic-Indic digit
			return true
		}
	}
	return false
}

// foldedOffsets folds s and returns, for each byte of the result and its end,
// where in s it comes from.
func foldedOffsets(s string) (string, []int) {
	var b strings.Builder
	b.Grow(len(s))
	offsets := make([]int, 0, len(s)+1)
	for i, r := range s {
		if r < utf8.RuneSelf {
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			b.WriteByte(byte(r))
			offsets = append(offsets, i)
			continue
		}
		f := Fold(string(r))
		for range len(f) {
			offsets = append(offsets, i)
		}
		b.WriteString(f)
	}
	return b.String(), append(offsets, len(s))
}

// groups are the submatches of a pattern of two times.
type groups struct {
	s string
	m []int
}

func (g groups) text(i int) string {
	if 2*i+1 >= len(g.m) || g.m[2*i] < 0 {
		return ""
	}
	return g.s[g.m[2*i]:g.m[2*i+1]]
}

// when reads the groups. It returns where the time ends, too.
func (g groups) when(leading bool) (w When, end int, ok bool) {
	w.Approximate = g.text(groupApprox) != "" || g.text(groupAgain) != ""
	if !g.plausible(leading) {
		return w, 0, false
	}
	firstHalf, secondHalf := g.text(groupFirst+halfOfDay), g.text(groupSecond+halfOfDay)
	if w.Start, ok = g.clock(groupFirst, firstHalf); !ok {
		return w, 0, false
	}
	w.Twelve = twelve(firstHalf)
	if !g.there(groupSecond) || g.stray() {
		return w, g.endOfFirst(), true
	}
	until, ok := g.clock(groupSecond, secondHalf)
	if !ok {
		return w, g.endOfFirst(), true
	}
	if firstHalf == "" && twelve(secondHalf) {
		if later, ok := g.clock(groupFirst, secondHalf); ok && later < until {
			w.Start = later
		}
	}
	w.End, w.HasEnd, w.Twelve = until, true, w.Twelve || twelve(secondHalf)
	return w, g.m[1], true
}

// endOfFirst returns where the first time ends.
func (g groups) endOfFirst() int {
	end := 0
	for i := groupFirst; i <= groupFirst+halfOfDay; i++ {
		end = max(end, g.m[2*i+1])
	}
	if g.hour(groupFirst) && end == g.m[2*(groupFirst+hour)+1] { // "14h"
		end += strings.IndexByte(g.s[end:], 'h') + 1
	}
	return end
}

// there reports whether a time stands at group i.
func (g groups) there(i int) bool { return g.text(i+hour) != "" || g.text(i+fourDigits) != "" }

// bare reports whether a number without minutes or words stands at group i.
func (g groups) bare(i int) bool {
	return g.text(i+hour) != "" && g.text(i+minute) == "" && g.text(i+minuteH) == "" && g.text(i+minuteComma) == "" &&
		g.text(i+halfOfDay) == "" && !g.hour(i)
}

// stray reports whether the second number belongs to what follows: "10:00 - 3
// workshops". In "18:15-20" no space parts them.
func (g groups) stray() bool {
	if !g.bare(groupSecond) || g.bare(groupFirst) {
		return false
	}
	return strings.Contains(g.s[g.endOfFirst():g.m[2*(groupSecond+hour)]], " ")
}

// plausible tells times from other numbers: a bare number is a time only with a
// word or a partner that shows it, four digits only in a stretch.
func (g groups) plausible(leading bool) bool {
	called := strings.HasPrefix(g.text(groupBefore), "kl") || strings.HasPrefix(g.text(groupBefore), "a las")
	if four := g.text(groupFirst + fourDigits); four != "" {
		if g.text(groupSecond+fourDigits) == "" {
			return called && !g.there(groupSecond)
		}
		return hours(four, leading) && hours(g.text(groupSecond+fourDigits), leading)
	}
	if g.text(groupSecond+fourDigits) != "" {
		return false
	}
	if g.bare(groupFirst) {
		return called && leading || g.there(groupSecond) && !g.bare(groupSecond)
	}
	return !g.decimal(groupFirst) || g.there(groupSecond)
}

// hours tells four digits of a time from a year.
func hours(four string, leading bool) bool {
	n, _ := strconv.Atoi(four)
	switch {
	case n%5 != 0:
		return false
	case n >= 2000 && n < 2060 || n >= 1900 && n < 1960:
		return leading && n%30 == 0
	}
	return true
}

// decimal reports whether the time at group i may be the number of a section
// or a date instead: "1.10", "10.12".
func (g groups) decimal(i int) bool {
	minutes, end := g.text(i+minute), g.m[2*(i+hour)+1]
	if minutes == "" || end >= len(g.s) || !strings.HasPrefix(strings.TrimLeft(g.s[end:], " "), ".") || g.text(i+halfOfDay) != "" {
		return false
	}
	h, _ := strconv.Atoi(g.text(i + hour))
	m, _ := strconv.Atoi(minutes)
	return h < 6 || m%5 != 0
}

// hour reports whether the number at group i is followed by an "h".
func (g groups) hour(i int) bool {
	end := g.m[2*(i+hour)+1]
	return end >= 0 && end < len(g.s) && (g.s[end] == 'h' || end+1 < len(g.s) && g.s[end] == ' ' && g.s[end+1] == 'h')
}

// clock reads the time at group i.
func (g groups) clock(i int, half string) (agenda.Clock, bool) {
	if four := g.text(i + fourDigits); four != "" {
		return clock(four[:2], four[2:], half)
	}
	minutes := g.text(i+minute) + g.text(i+minuteH) + g.text(i+minuteComma)
	return clock(g.text(i+hour), minutes, half)
}

// twelve reports whether half says which half of the day it is.
func twelve(half string) bool {
	return half != "" && !strings.HasPrefix(half, "uhr") && !strings.HasPrefix(half, "ч") && !strings.HasPrefix(half, "h")
}

// clock returns a time from its parts. An hour after twelve needs no half, and
// keeps none: "20:00 PM" is 20:00.
func clock(hour, minute, half string) (agenda.Clock, bool) {
	h, err := strconv.Atoi(hour)
	if err != nil || h > 24 {
		return 0, false
	}
	m := 0
	if minute != "" {
		if m, err = strconv.Atoi(minute); err != nil || m > 59 {
			return 0, false
		}
	}
	if h == 24 && m > 0 {
		return 0, false
	}
	switch first := strings.TrimSpace(half); {
	case strings.HasPrefix(first, "p") || first == "م" || strings.HasPrefix(first, "مساء") || first == "вечера" || first == "дня" || strings.HasPrefix(first, "ظهر"):
		if h < 12 && !(strings.HasPrefix(first, "ظهر") && h > 5) {
			h += 12
		}
	case strings.HasPrefix(first, "a") || first == "ص" || strings.HasPrefix(first, "صباح") || first == "утра":
		if h == 12 {
			h = 0
		}
	}
	return agenda.Clock(h*60 + m), true
}

// trimAfterTime removes what separates a time from what follows it.
func trimAfterTime(s string) string {
	return strings.TrimSpace(strings.TrimLeft(s, " \t:–—-−|,.;)]*_+•/\u00a0"))
}
