package interchange

import (
	"encoding/json"
	"fmt"
	"strings"

	"tamada/pkg/interchange/block"
)

// A looseText is a text that other systems write as a string, or as an object
// with a string for each language. The key of a plain string is "".
type looseText map[string]string

// UnmarshalJSON reads strings, numbers, null and objects; the name in an object
// like {"id": 1, "name": "…"}; and of a list its first.
func (t *looseText) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*t = looseOf(v)
	return nil
}

func looseOf(v any) looseText {
	switch v := v.(type) {
	case string:
		if v != "" {
			return looseText{"": v}
		}
	case float64:
		return looseText{"": fmt.Sprint(v)}
	case []any:
		if len(v) > 0 {
			return looseOf(v[0])
		}
	case map[string]any:
		for _, name := range []string{"name", "title"} {
			if t := looseOf(v[name]); t != nil {
				return t
			}
		}
		t := looseText{}
		for k, s := range v {
			if text, ok := s.(string); ok && text != "" && languageTag(k) != "" {
				t[languageTag(k)] = text
			}
		}
		if len(t) > 0 {
			return t
		}
	}
	return nil
}

// String returns the text in any language, the plain string first.
func (t looseText) String() string {
	if s := t[""]; s != "" {
		return s
	}
	for _, tag := range []string{"en", "fr", "es", "de"} {
		if t[tag] != "" {
			return t[tag]
		}
	}
	for _, s := range t {
		return s
	}
	return ""
}

// A looseString is a string that others write as a number, too.
type looseString string

// UnmarshalJSON reads a string, a number or a boolean; anything else is "".
func (s *looseString) UnmarshalJSON(b []byte) error {
	text := strings.TrimSpace(string(b))
	if strings.HasPrefix(text, `"`) {
		var v string
		if err := json.Unmarshal(b, &v); err != nil {
			return err
		}
		*s = looseString(v)
		return nil
	}
	if text == "null" || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		text = ""
	}
	*s = looseString(text)
	return nil
}

// A looseList is a list that may be null, an object by name, or nonsense.
type looseList[T any] []T

// UnmarshalJSON reads a list, or the values of an object; elements that do not
// fit are left out.
func (l *looseList[T]) UnmarshalJSON(b []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		var object map[string]json.RawMessage
		if json.Unmarshal(b, &object) != nil {
			return nil
		}
		for _, name := range sortedKeys(object) {
			list = append(list, object[name])
		}
	}
	for _, raw := range list {
		var v T
		if json.Unmarshal(raw, &v) == nil {
			*l = append(*l, v)
		}
	}
	return nil
}

// decodeForeign returns the text of an export within the bounds.
func decodeForeign(source []byte) ([]byte, error) {
	if len(source) > maxForeign {
		return nil, fmt.Errorf("export of %d MB, at most %d are read: %w", len(source)>>20, maxForeign>>20, block.ErrTooLarge)
	}
	if len(source) <= block.MaxSize {
		s, err := block.Decode(source)
		return []byte(s), err
	}
	return source, nil
}
