package agenda

import "encoding/json"

// A Draft is the agenda as organisers see and edit it: the event and what is
// backstage.
type Draft struct {
	Event     *Event    `json:"event"`
	Backstage Backstage `json:"backstage,omitempty"`
}

// Validate returns nil if d keeps to the rules of its fields, and an *[Invalid]
// with every problem if not.
func (d *Draft) Validate() error {
	var all Invalid
	for _, err := range []error{d.Event.Validate(), d.Backstage.Validate(d.Event)} {
		if v, ok := err.(*Invalid); ok {
			all.Problems = append(all.Problems, v.Problems...)
		}
	}
	return all.Err()
}

// An Edit is one change of a draft, as a value that can be stored, sent,
// checked and undone. It sets a field of a target, if the field still has the
// value that whoever made the edit saw.
//
// Targets are "event", "day/2021-03-29", "session/" and its ID, "person/" and
// its key, "room/" and "track/" with their ID, and "backstage/" with a key of
// [Backstage]. Fields have their names in JSON. Two fields are special:
//
//   - "" is the whole target with its place, as [Whole]: From null adds it,
//     To null removes it;
//   - "place" is where a session, person, room or track is, as [Place].
type Edit struct {
	Target string          `json:"target"`
	Field  string          `json:"field"`
	From   json.RawMessage `json:"from"`
	To     json.RawMessage `json:"to"`
}

// Inverse returns the edit that takes e back.
func (e Edit) Inverse() Edit { return Edit{e.Target, e.Field, e.To, e.From} }

// A Place is where something is among its like.
type Place struct {
	In    string `json:"in,omitempty"`    // for a session, the target of its day
	After string `json:"after,omitempty"` // the ID or key of the one before it; empty if it is the first
}

// A Whole is a target with its place.
type Whole struct {
	Place
	Value json.RawMessage `json:"value"`
}

// A Stale error says that an edit came too late: the field no longer has the
// value the edit starts from. It wraps [ErrConflict].
type Stale struct {
	Edit    Edit
	Current json.RawMessage // what the field is now
}

// Error names the target and the field.
func (s *Stale) Error() string {
	if s.Edit.Field == "" {
		return s.Edit.Target + " has changed: conflict"
	}
	return s.Edit.Target + " has another " + s.Edit.Field + " by now: conflict"
}

// Unwrap returns [ErrConflict].
func (s *Stale) Unwrap() error { return ErrConflict }
