package phrase

import (
	"regexp"
	"strconv"
	"strings"
)

// minuteWord matches the words for minutes, folded.
const minuteWord = `(?:min\.?|mins\.?|minutes?|minuten?|minutter|minuter|minut[yu]?|minutos?|минут[ыа]?|мин\.?|წთ|წუთი|دقيقه|دقايق|')`

var (
	// trailingMinutes matches a length at the end of a line or in brackets there.
	trailingMinutes = regexp.MustCompile(`[\s,;:\-(\[_*]*[(\[~\-,]?\s*(?:(\d{1,2})\s*(?:h|hours?|heures?|horas?|stunden?|timer?|часа?)\s*)?(\d{1,3})\s*` + minuteWord + `\s*[)\]_*.]*\s*$`)
	// bracketMinutes matches a length that opens a remark in brackets.
	bracketMinutes = regexp.MustCompile(`[(\[]\s*~?\s*(\d{1,3})\s*` + minuteWord + `\s*([,;:][^)\]]*)?[)\]]`)
	leadingMinutes = regexp.MustCompile(`^[\s(\[_*~]*(\d{1,3})\s*` + minuteWord + `[)\]_*]*\s*(?:[-:|,]\s*|$)`)
	bareMinutes    = regexp.MustCompile(`\s\((\d{1,3})\)\s*$`)
	hoursOnly      = regexp.MustCompile(`[\s(\-,]+(\d)\s?(?:h|hours?|heures?|horas?|stunden?|timer?|часа?)\s*[)\]]?\s*$`)
)

// Minutes finds the length that s ends or begins with, in words ("- 15
// minutes", "(20 min)", "2 min - ") or as a bare number in brackets at the end
// ("(10)"), and returns it with the rest of s. It returns 0 where there is none.
func Minutes(s string) (minutes int, rest string) {
	if len(s) > 600 || !mayHoldTime(s) {
		return 0, s
	}
	folded, offsets := foldedOffsets(s)
	cut := func(from, to int) string {
		return strings.TrimSpace(strings.TrimSpace(s[:offsets[from]]) + " " + strings.TrimSpace(s[offsets[to]:]))
	}
	number := func(m []int, i int) int {
		if m[2*i] < 0 {
			return 0
		}
		n, _ := strconv.Atoi(folded[m[2*i]:m[2*i+1]])
		return n
	}
	if m := leadingMinutes.FindStringSubmatchIndex(folded); m != nil {
		return number(m, 1), cut(0, m[1])
	}
	if m := bracketMinutes.FindStringSubmatchIndex(folded); m != nil {
		if m[4] < 0 {
			return number(m, 1), cut(m[0], m[1])
		}
		return number(m, 1), s // what else is in the brackets stays with them
	}
	if m := trailingMinutes.FindStringSubmatchIndex(folded); m != nil {
		return 60*number(m, 1) + number(m, 2), cut(m[0], m[1])
	}
	if m := bareMinutes.FindStringSubmatchIndex(folded); m != nil {
		if n := number(m, 1); n >= 2 && n <= 240 && n%5 == 0 || n >= 2 && n < 10 {
			return n, cut(m[0], m[1])
		}
	}
	if m := hoursOnly.FindStringSubmatchIndex(folded); m != nil {
		return 60 * number(m, 1), cut(m[0], m[1])
	}
	return 0, s
}
