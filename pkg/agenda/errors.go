package agenda

import (
	"errors"
	"fmt"
	"strings"
)

// The errors that callers tell apart, with errors.Is. Every other error that is
// not an *[Invalid] means that something broke; its text is for the log.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("conflict")
)

// NotFound returns an error that wraps [ErrNotFound] and names what is missing.
func NotFound(what, id string) error {
	return fmt.Errorf("%s %q: %w", what, id, ErrNotFound)
}

// Conflict returns an error that wraps [ErrConflict] and says why.
func Conflict(format string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), ErrConflict)
}

// Invalid lists what is wrong with a value, in the order of its fields. Its
// zero value is ready to use.
type Invalid struct {
	Problems []Problem
}

// A Problem says what is wrong with one field.
type Problem struct {
	Field string // where, as a path: "days[0].sessions[2].title"
	Rule  Rule   // what rule it breaks
	Value string // the offending value, where that helps
}

// A Rule is what a field must keep to. Its text is English; a form in another
// language looks its message up by the name "rule." + the rule.
type Rule string

// The rules.
const (
	Required  Rule = "required"
	TooLong   Rule = "too-long"
	Unknown   Rule = "unknown"
	Duplicate Rule = "duplicate"
	BadID     Rule = "bad-id"
	BadSlug   Rule = "bad-slug"
	BadURL    Rule = "bad-url"
	BadColour Rule = "bad-colour"
	BadTag    Rule = "bad-tag"
	BadCode   Rule = "bad-country"
	BadRange  Rule = "bad-range"
	BadTime   Rule = "bad-time"
	OneHolder Rule = "one-holder"
	BadText   Rule = "bad-text"
	BadValue  Rule = "bad-value"
)

// texts says each rule in English, with %s for the value.
var texts = map[Rule]string{
	Required:  "is required",
	TooLong:   "is too long: at most %s",
	Unknown:   "%q is not known",
	Duplicate: "%q is there twice",
	BadID:     "%q is not a UUID in lower case",
	BadSlug:   "%q must be 3 to 80 of a-z, 0-9 and single hyphens",
	BadURL:    "%q is not a web address beginning with https:// or http://",
	BadColour: "%q is not a colour like #0b7285",
	BadTag:    "%q is not a language tag like en or pt-BR",
	BadCode:   "%q is not a country code of two capital letters",
	BadRange:  "%q is out of range",
	BadTime:   "%q cannot be worked out",
	OneHolder: "names exactly one of a person, an organisation, a country and words",
	BadValue:  "cannot take the value %q",
	BadText:   "contains bytes that are not text (UTF-8, without NUL)",
}

// String returns the problem in English: "title is required".
func (p Problem) String() string { return strings.TrimSpace(p.Field + " " + p.Text()) }

// Text returns the rule in English with the value: "is required".
func (p Problem) Text() string {
	text := texts[p.Rule]
	if strings.Contains(text, "%") {
		return fmt.Sprintf(text, p.Value)
	}
	return text
}

// check records a problem unless ok.
func (v *Invalid) check(ok bool, field string, rule Rule, value string) {
	if !ok {
		v.Problems = append(v.Problems, Problem{field, rule, value})
	}
}

// Err returns v as an error, or nil if nothing is wrong.
func (v *Invalid) Err() error {
	if len(v.Problems) == 0 {
		return nil
	}
	return v
}

// Error returns the problems, separated by semicolons.
func (v *Invalid) Error() string {
	parts := make([]string, len(v.Problems))
	for i, p := range v.Problems {
		parts[i] = p.String()
	}
	return strings.Join(parts, "; ")
}
