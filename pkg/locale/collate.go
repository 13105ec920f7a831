package locale

import (
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Collate returns a function that compares names as the language of tag orders them. The
// function is for one goroutine: take one for each sort.
func Collate(tag string) func(a, b string) int {
	c := collate.New(collationTag(tag))
	return func(a, b string) int {
		if n := c.CompareString(a, b); n != 0 {
			return n
		}
		return strings.Compare(a, b) // a total order, so that sorting is stable
	}
}

// collationTag is the tag by which x/text finds the order. It has none for Bokmål, which
// is that of Nynorsk: æ, ø and å at the end.
func collationTag(tag string) language.Tag {
	tag = canonical(tag)
	base, _, _ := strings.Cut(tag, "-")
	if base == "nb" || base == "no" {
		return language.MustParse("nn")
	}
	if !Valid(tag) {
		return language.Und
	}
	return language.Make(tag)
}
