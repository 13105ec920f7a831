package agenda

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Empty reports whether e changes nothing, nothing being the same as an empty
// value.
func (e Edit) Empty() bool { return alike(e.From, e.To) }

// Apply makes the edits in their order: all of them, or none if one fails. It
// returns a *[Stale] error if a value has changed meanwhile, an error that
// wraps [ErrNotFound] if a target is missing, and an *[Invalid] if a value
// cannot be read as its field. It does not validate the draft.
func (d *Draft) Apply(edits ...Edit) error {
	for i, e := range edits {
		if err := d.apply(e); err != nil {
			for _, done := range slices.Backward(edits[:i]) {
				if undo := d.apply(done.Inverse()); undo != nil {
					return fmt.Errorf("%w (and %q could not be taken back: %v)", err, done.Target, undo)
				}
			}
			return err
		}
	}
	return nil
}

// apply makes one edit.
func (d *Draft) apply(e Edit) error {
	kind, id, _ := strings.Cut(e.Target, "/")
	switch {
	case kind == "backstage":
		return d.applyNote(e, id)
	case e.Field == "" && kind != "event":
		return d.applyWhole(e, kind, id)
	case e.Field == "place":
		return d.applyPlace(e, kind, id)
	}
	node, err := d.Event.node(kind, id)
	if err != nil {
		return err
	}
	return setField(e, node, guarded[kind])
}

// guarded are the fields of each kind of target that no edit sets: those that
// make its identity, those that publication sets, and those that hold targets
// of their own.
var guarded = map[string][]string{
	"event":   {"id", "release", "updated", "sequence", "modified", "rooms", "tracks", "people", "days"},
	"day":     {"date", "sessions"},
	"session": {"id", "sequence", "modified"},
	"person":  {"id", "key"},
	"room":    {"id"},
	"track":   {"id"},
}

// node returns a pointer to the struct of a target.
func (e *Event) node(kind, id string) (any, error) {
	switch kind {
	case "event":
		return e, nil
	case "day":
		date, err := ParseDate(id)
		if err != nil {
			return nil, NotFound("day", id)
		}
		return e.Day(date)
	case "session":
		_, s, err := e.Session(id)
		return s, err
	case "person":
		return e.Person(id)
	case "room":
		return e.Room(id)
	case "track":
		return e.Track(id)
	}
	return nil, NotFound("target", kind+"/"+id)
}

// setField makes an edit of one field of the struct that node points to.
func setField(e Edit, node any, guarded []string) error {
	v := reflect.ValueOf(node).Elem()
	f, ok := fieldNamed(v, e.Field)
	if !ok || slices.Contains(guarded, e.Field) {
		return &Invalid{[]Problem{{e.Target, Unknown, e.Field}}}
	}
	current, err := json.Marshal(f.Interface())
	if err != nil {
		return err
	}
	if !alike(current, e.From) {
		return &Stale{e, current}
	}
	to := reflect.New(f.Type())
	if !void(e.To) {
		if err := decode(e.To, to.Interface()); err != nil {
			return &Invalid{[]Problem{{e.Target + " " + e.Field, BadValue, err.Error()}}}
		}
	}
	f.Set(to.Elem())
	return nil
}

// fieldNamed returns the field of v with the given name in JSON.
func fieldNamed(v reflect.Value, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if tag == name {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// decode reads b into v; fields that v does not have are an error.
func decode(b []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

// alike reports whether a and b say the same, nothing being the same as an
// empty value.
func alike(a, b json.RawMessage) bool {
	var x, y any
	if !void(a) && json.Unmarshal(a, &x) != nil || !void(b) && json.Unmarshal(b, &y) != nil {
		return false
	}
	return reflect.DeepEqual(tidy(x), tidy(y))
}

// void reports whether b is no value.
func void(b json.RawMessage) bool { return len(b) == 0 || string(b) == "null" }

// tidy returns v without the empty values in it, as omitempty leaves them out.
func tidy(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if value = tidy(value); value == nil {
				delete(v, key)
			} else {
				v[key] = value
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = tidy(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	}
	return v
}

// applyNote makes an edit of what is backstage of a session or the event.
// Notes come and go with their fields.
func (d *Draft) applyNote(e Edit, key string) error {
	whole := struct {
		Note `json:""` // so that the field "" is the note as a whole
	}{d.Backstage[key]}
	node := any(&whole)
	if e.Field != "" {
		node = &whole.Note
	}
	if err := setField(e, node, nil); err != nil {
		return err
	}
	note := whole.Note
	if reflect.ValueOf(note).IsZero() {
		delete(d.Backstage, key)
		return nil
	}
	if d.Backstage == nil {
		d.Backstage = Backstage{}
	}
	d.Backstage[key] = note
	return nil
}

// applyWhole adds or removes a target.
func (d *Draft) applyWhole(e Edit, kind, id string) error {
	current, err := d.Event.whole(kind, id)
	if err != nil {
		return err
	}
	var was, to Whole
	if !void(e.From) {
		if err := decode(e.From, &was); err != nil {
			return &Invalid{[]Problem{{e.Target, BadValue, err.Error()}}}
		}
	}
	if current.In != was.In || !alike(current.Value, was.Value) {
		return &Stale{e, current.Value}
	}
	if !void(e.To) {
		if err := decode(e.To, &to); err != nil {
			return &Invalid{[]Problem{{e.Target, BadValue, err.Error()}}}
		}
	}
	if err := d.Event.take(kind, id); err != nil {
		return err
	}
	if to.Value == nil {
		return nil
	}
	return d.Event.put(kind, id, to)
}

// applyPlace moves a target.
func (d *Draft) applyPlace(e Edit, kind, id string) error {
	var from, to Place
	if decode(e.From, &from) != nil || decode(e.To, &to) != nil {
		return &Invalid{[]Problem{{e.Target, BadValue, "place"}}}
	}
	current, err := d.Event.whole(kind, id)
	if err != nil {
		return err
	}
	if current.Value == nil {
		return NotFound(kind, id)
	}
	if current.In != from.In {
		b, err := json.Marshal(current.Place)
		if err != nil {
			return err
		}
		return &Stale{e, b}
	}
	if kind == "session" {
		if _, err := d.Event.dayAt(to.In); err != nil {
			return err
		}
	}
	if err := d.Event.take(kind, id); err != nil {
		return err
	}
	return d.Event.put(kind, id, Whole{to, current.Value})
}
