package zone

import "strings"

// longestName bounds what is compared and shown of a wrong name, in bytes.
const longestName = 64

// nearest is the name of names that name was probably meant to be, or "". Writers
// leave out the continent, use spaces and small letters, and mistype.
func nearest(name string, names []string) string {
	if len(name) > longestName {
		return ""
	}
	wanted := simplified(name)
	best, distance := "", 1+len(wanted)/4
	for _, n := range names {
		full := simplified(n)
		city := full[strings.LastIndexByte(full, '/')+1:]
		d := min(edits(wanted, full), edits(wanted, city))
		if d < distance {
			best, distance = n, d
		}
	}
	return best
}

// simplified is name in small letters with "_" for spaces.
func simplified(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")
}

// edits is the Levenshtein distance of a and b in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d++
			}
			diagonal = row[j+1]
			row[j+1] = min(d, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
