package agendafile

import (
	"bytes"
	"encoding/json"
)

// Schema returns the JSON Schema (draft 2020-12) of agenda files, for editors: they complete
// keys, explain them and underline mistakes while a file is written.
//
// It is the part of the rules that such a schema can say. [Parse] knows more: which rooms,
// tracks and people there are, which days a month has, and what YAML 1.1 would read as
// something else. In one thing the schema is stricter: a key without a value, which counts as
// left out, is underlined.
func Schema() ([]byte, error) {
	s := agendaThing.schema()
	s.Dialect, s.Title = "https://json-schema.org/draft/2020-12/schema", "Agenda file"
	s.Defs = definitions()
	for _, t := range things() {
		s.Defs = append(s.Defs, property{t.name, t.schema()})
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	if err := w.Encode(s); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// A thing is a mapping of the file with keys of its own.
type thing struct {
	name  string // among the definitions
	about string
	keys  []keyword
	rules schema // what holds between the keys
}

// A keyword is a key of a thing.
type keyword struct {
	name  string
	must  bool // the key has to be there
	value *schema
	about string // for a tooltip
}

// schema returns what the keys of t make.
func (t thing) schema() *schema {
	s := t.rules
	s.Type, s.Description, s.Closed = "object", t.about, new(bool)
	for _, k := range t.keys {
		value := *k.value
		value.Description = k.about
		s.Properties = append(s.Properties, property{k.name, &value})
		if k.must {
			s.Required = append(s.Required, k.name)
		}
	}
	return &s
}

// A schema is the part of JSON Schema that agenda files need, in the order in which it is
// written.
type schema struct {
	Dialect     string     `json:"$schema,omitempty"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Ref         string     `json:"$ref,omitempty"`
	Type        any        `json:"type,omitempty"` // a name or several
	Enum        []string   `json:"enum,omitempty"`
	Default     string     `json:"default,omitempty"`
	Pattern     string     `json:"pattern,omitempty"`
	Format      string     `json:"format,omitempty"`
	MinLength   int        `json:"minLength,omitempty"`
	MaxLength   int        `json:"maxLength,omitempty"`
	Minimum     *int       `json:"minimum,omitempty"`
	Maximum     *int       `json:"maximum,omitempty"`
	AnyOf       []*schema  `json:"anyOf,omitempty"`
	OneOf       []*schema  `json:"oneOf,omitempty"`
	Not         *schema    `json:"not,omitempty"`
	Prefix      []*schema  `json:"prefixItems,omitempty"`
	Items       *schema    `json:"items,omitempty"`
	MinItems    int        `json:"minItems,omitempty"`
	MaxItems    int        `json:"maxItems,omitempty"`
	Required    []string   `json:"required,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Closed      *bool      `json:"additionalProperties,omitempty"` // false: no other keys
	Every       properties `json:"patternProperties,omitempty"`    // what all keys of a pattern hold
	Defs        properties `json:"$defs,omitempty"`
	Examples    []any      `json:"examples,omitempty"`
}

// properties are schemas by name, in an order that editors show.
type properties []property

type property struct {
	name   string
	schema *schema
}

// MarshalJSON writes the properties as an object, in their order.
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, one := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(one.name)
		if err != nil {
			return nil, err
		}
		value, err := plainJSON(one.schema)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// plainJSON writes v without escapes for HTML.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	err := w.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// refer returns a reference to a definition.
func refer(name string) *schema { return &schema{Ref: "#/$defs/" + name} }

// listOf returns the schema of a list.
func listOf(item *schema, most int) *schema {
	return &schema{Type: "array", Items: item, MaxItems: most}
}

// oneOrMore returns the schema of a list for which one alone may stand.
func oneOrMore(item *schema, most int) *schema {
	return &schema{AnyOf: []*schema{item, listOf(item, most)}}
}

// keyed returns the schema of a mapping whose keys the file chooses.
func keyed(pattern string, value *schema) *schema {
	return &schema{Type: "object", Every: properties{{pattern, value}}, Closed: new(bool)}
}

// oneOf returns the schema of a word of a vocabulary; without one it is standard, if that is
// not empty.
func oneOf[T ~string](all []T, standard T) *schema {
	s := &schema{Type: "string", Default: string(standard)}
	for _, w := range all {
		s.Enum = append(s.Enum, string(w))
	}
	return s
}

// whole returns the schema of a whole number from 0.
func whole(most int) *schema { return &schema{Type: "integer", Minimum: new(int), Maximum: &most} }

// matching returns the schema of a string.
func matching(pattern string, examples ...any) *schema {
	return &schema{Type: "string", Pattern: pattern, Examples: examples}
}

// never says that two keys exclude each other.
func never(a, b string) *schema { return &schema{Required: []string{a, b}} }

// line returns the schema of a text that is not translated. A number without quotes is one.
func line(most int) *schema {
	return &schema{Type: []string{"string", "number"}, MaxLength: most}
}

// translatable returns the schema of a text of up to most characters, at least least.
func translatable(least, most int) *schema {
	plain := line(most)
	plain.MinLength = least
	return &schema{AnyOf: []*schema{plain, keyed(tagForm, plain)}}
}
