package agenda

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Edits returns the edits that make from into to, which must be drafts of one
// event: applied to from, in order, they give to, but for what only
// publication sets. From and to stay as they are.
func Edits(from, to *Draft) ([]Edit, error) {
	event, err := from.Event.Clone()
	if err != nil {
		return nil, err
	}
	c := &comparison{now: &Draft{event, maps.Clone(from.Backstage)}, to: to}
	c.fields("event", "event", "")
	list(c, "room", to.Event.Rooms, roomID)
	list(c, "track", to.Event.Tracks, trackID)
	list(c, "person", to.Event.People, personKey)
	c.addDays()
	c.sessions()
	c.removeDays()
	removed(c, "person", from.Event.People, to.Event.People, personKey)
	removed(c, "track", from.Event.Tracks, to.Event.Tracks, trackID)
	removed(c, "room", from.Event.Rooms, to.Event.Rooms, roomID)
	c.backstage()
	return c.edits, c.err
}

// A comparison collects edits and applies each to a copy as it goes.
type comparison struct {
	now, to *Draft
	edits   []Edit
	err     error
}

// do records an edit and makes it.
func (c *comparison) do(target, field string, from, to any) {
	if c.err != nil {
		return
	}
	e := Edit{Target: target, Field: field}
	if e.From, c.err = raw(from); c.err != nil {
		return
	}
	if e.To, c.err = raw(to); c.err != nil {
		return
	}
	c.err = c.now.Apply(e)
	c.edits = append(c.edits, e)
}

// raw returns v as JSON, null for nil.
func raw(v any) (json.RawMessage, error) {
	if w, ok := v.(Whole); ok && w.Value == nil {
		v = nil
	}
	return json.Marshal(v)
}

// fields edits the fields of a target that is on both sides.
func (c *comparison) fields(target, kind, id string) {
	if c.err != nil {
		return
	}
	var now, to any
	if now, c.err = c.now.Event.node(kind, id); c.err != nil {
		return
	}
	if to, c.err = c.to.Event.node(kind, id); c.err != nil {
		return
	}
	a, b := reflect.ValueOf(now).Elem(), reflect.ValueOf(to).Elem()
	for i := range a.NumField() {
		name, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
		x, y := a.Field(i).Interface(), b.Field(i).Interface()
		if !slices.Contains(guarded[kind], name) && !same(x, y) {
			c.do(target, name, x, y)
		}
	}
}

// list adds, edits and orders the elements of a list of targets.
func list[T any](c *comparison, kind string, to []T, name func(*T) string) {
	after := ""
	for i := range to {
		id := name(&to[i])
		c.settle(kind, id, Place{After: after})
		after = id
	}
}

// settle adds a target at a place, or edits it and moves it there.
func (c *comparison) settle(kind, id string, at Place) {
	if c.err != nil {
		return
	}
	var was, is Whole
	if was, c.err = c.now.Event.whole(kind, id); c.err != nil {
		return
	}
	target := kind + "/" + id
	if was.Value == nil {
		if is, c.err = c.to.Event.whole(kind, id); c.err == nil {
			is.Place = at
			c.do(target, "", nil, is)
		}
		return
	}
	c.fields(target, kind, id)
	if was.Place != at {
		c.do(target, "place", was.Place, at)
	}
}

// removed removes the elements of a list that to lacks.
func removed[T any](c *comparison, kind string, from, to []T, name func(*T) string) {
	for i := range from {
		if id := name(&from[i]); indexOf(to, id, name) < 0 {
			c.remove(kind, id)
		}
	}
}

func (c *comparison) remove(kind, id string) {
	if c.err != nil {
		return
	}
	var was Whole
	if was, c.err = c.now.Event.whole(kind, id); c.err == nil {
		c.do(kind+"/"+id, "", was, nil)
	}
}

func (c *comparison) addDays() {
	for _, d := range c.to.Event.Days {
		id := d.Date.String()
		if _, err := c.now.Event.Day(d.Date); err != nil {
			b, _ := json.Marshal(Day{Date: d.Date, Title: d.Title}) // text and a date always marshal
			c.do("day/"+id, "", nil, Whole{Value: b})
			continue
		}
		c.fields("day/"+id, "day", id)
	}
}

func (c *comparison) removeDays() {
	for _, d := range slices.Clone(c.now.Event.Days) {
		if _, err := c.to.Event.Day(d.Date); err != nil {
			c.remove("day", d.Date.String())
		}
	}
}

// sessions removes the sessions that are gone, then settles all others in the
// order of the agenda.
func (c *comparison) sessions() {
	kept := c.to.Event.byID()
	for _, id := range slices.Sorted(maps.Keys(c.now.Event.byID())) {
		if kept[id] == nil {
			c.remove("session", id)
		}
	}
	for _, d := range c.to.Event.Days {
		after := ""
		for i := range d.Sessions {
			c.settle("session", d.Sessions[i].ID, Place{In: "day/" + d.Date.String(), After: after})
			after = d.Sessions[i].ID
		}
	}
}

func (c *comparison) backstage() {
	keys := maps.Clone(c.to.Backstage)
	for key := range c.now.Backstage {
		if _, ok := keys[key]; !ok {
			if keys == nil {
				keys = Backstage{}
			}
			keys[key] = Note{}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if now, to := c.now.Backstage[key], c.to.Backstage[key]; !same(now, to) {
			c.do("backstage/"+key, "", now, to)
		}
	}
}
