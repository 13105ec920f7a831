package agendafile

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// suggest says which of the known words was meant by s or, where none is near,
// what they are.
func suggest(s string, words []string) string {
	if near := nearest(s, words); near != "" {
		return `did you mean "` + near + `"?`
	}
	return "it is one of " + strings.Join(words, ", ")
}

// nearest returns the word that is nearest to s, or "" if none is near.
func nearest(s string, words []string) string {
	const longest = 80
	if utf8.RuneCountInString(s) > longest {
		return ""
	}
	s = strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(s))
	best, least := "", 1+max(2, utf8.RuneCountInString(s)/3)
	for _, w := range words {
		if d := distance(s, strings.ToLower(w)); d < least && d < utf8.RuneCountInString(w) {
			best, least = w, d
		}
	}
	return best
}

// distance returns how many characters are put in, left out, changed or
// swapped with their neighbour between a and b.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := range s {
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
