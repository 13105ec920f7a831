package locale

import (
	"fmt"
	"io/fs"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// MessageFiles returns the message files of the program, named AREA.TAG.json, for those who
// translate them.
func MessageFiles() (fs.FS, error) { return fs.Sub(messageFiles, "messages") }

// A PluralForm is one of the forms in which a language has a message with a number.
type PluralForm struct {
	Name     string // as the CLDR calls it: "zero", "one", "two", "few", "many" or "other"
	Examples []int  // the first whole numbers that take it
}

// examples is how many numbers a [PluralForm] has at most.
const examples = 4

// PluralForms returns the forms that whole numbers need in a language, "other" last, which is
// always there. It knows every language that the CLDR has rules for, and fails for others.
func PluralForms(tag string) ([]PluralForm, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", tag, err)
	}
	rules, err := newPlurals(i18n.NewBundle(language.English), parsed)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", tag, err)
	}
	var numbers [len(names)][]int
	for n := range len(rules.small) {
		numbers[rules.small[n]] = append(numbers[rules.small[n]], n)
	}
	for _, n := range []int{1000, 1_000_000, 2_000_000} {
		f := rules.form(n)
		numbers[f] = append(numbers[f], n)
	}
	var forms []PluralForm
	for i, name := range names {
		if list := numbers[i]; len(list) > 0 || i == other {
			forms = append(forms, PluralForm{name, list[:min(examples, len(list))]})
		}
	}
	return forms, nil
}
