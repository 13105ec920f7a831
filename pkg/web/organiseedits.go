package web

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// mostEdits is how many changed things are listed of one version.
const mostEdits = 12

// edits says what edits change: a line for each thing that is changed, and how
// many more there are.
func (v *view) edits(edits []agenda.Edit) (lines []words, more string) {
	var targets []string
	fields := map[string][]string{}
	for _, e := range edits {
		if !slices.Contains(targets, e.Target) {
			targets = append(targets, e.Target)
		}
		if word := v.editWord(e); !slices.Contains(fields[e.Target], word) {
			fields[e.Target] = append(fields[e.Target], word)
		}
	}
	for i, target := range targets {
		if i == mostEdits {
			return lines, v.l.T("organise.more", "count", len(targets)-mostEdits)
		}
		line := v.l.T("label", "label", v.target(target, edits), "value", strings.Join(fields[target], ", "))
		lines = append(lines, words{Text: line})
	}
	return lines, ""
}

// editWords are the fields of edits that have a word of their own; the others
// are details.
var editWords = []string{
	"title", "time", "kind", "status", "abstract", "questions", "roles", "rooms", "talks", "parts", "place", "name", "posts", "zone", "venue",
	"visibility", "slug", "languages", "organisers", "information",
}

// editWord says what of its target an edit changes.
func (v *view) editWord(e agenda.Edit) string {
	switch {
	case e.Field == "" && absent(e.From):
		return v.l.T("organise.edit.added")
	case e.Field == "" && absent(e.To):
		return v.l.T("organise.edit.removed")
	case slices.Contains(editWords, e.Field):
		return v.l.T("organise.field." + e.Field)
	}
	return v.l.T("organise.field.other")
}

func absent(value json.RawMessage) bool { return len(value) == 0 || string(value) == "null" }

// target names what edits are made of. What is there no longer, or not yet, is
// named as the edits have it.
func (v *view) target(target string, edits []agenda.Edit) string {
	kind, id, _ := strings.Cut(target, "/")
	name := v.named(kind, id)
	if name == "" {
		name = v.namedBy(target, edits)
	}
	switch kind {
	case "event":
		return v.l.T("web.change.event")
	case "day":
		date, err := agenda.ParseDate(id)
		if err != nil {
			return id
		}
		return v.l.Title(v.l.Date(date, locale.Day))
	case "backstage":
		if name = v.named("session", id); name == "" {
			return v.l.T("organise.target.backstage")
		}
		return v.l.T("organise.target.backstage") + " " + quoted(name)
	}
	return v.l.T("organise.target."+kind) + " " + quoted(name)
}

// named returns the name of something of the event, or "".
func (v *view) named(kind, id string) string {
	e := v.event
	switch kind {
	case "session":
		if _, s, err := e.Session(id); err == nil {
			return v.plain(s.Title)
		}
	case "person":
		if p, err := e.Person(id); err == nil {
			return v.plain(p.Name)
		}
	case "room":
		if r, err := e.Room(id); err == nil {
			return v.plain(r.Name)
		}
	case "track":
		if t, err := e.Track(id); err == nil {
			return v.plain(t.Name)
		}
	}
	return ""
}

// namedBy returns the name that a target has in the edit that adds or removes
// it, or "".
func (v *view) namedBy(target string, edits []agenda.Edit) string {
	for _, e := range edits {
		if e.Target != target || e.Field != "" {
			continue
		}
		for _, value := range []json.RawMessage{e.To, e.From} {
			var whole agenda.Whole
			var names struct{ Title, Name agenda.Text }
			if json.Unmarshal(value, &whole) == nil && json.Unmarshal(whole.Value, &names) == nil {
				if title := v.plain(names.Title) + v.plain(names.Name); title != "" {
					return title
				}
			}
		}
	}
	return ""
}

// quoted returns a name in quotation marks, kept apart from the direction of
// the text around it (Unicode's first strong isolate).
func quoted(name string) string { return isolated("“" + name + "”") }

// isolated returns a text that does not mix with what runs in another direction
// around it.
func isolated(text string) string { return "\u2068" + text + "\u2069" }

// untranslated counts the texts of e that say nothing in lang.
func untranslated(e *agenda.Event, lang string) int {
	n := 0
	walkTexts(reflect.ValueOf(e), func(t agenda.Text) {
		if !t.Empty() && t[lang] == "" {
			n++
		}
	})
	return n
}

// walkTexts visits every text below v.
func walkTexts(v reflect.Value, visit func(agenda.Text)) {
	switch v.Kind() {
	case reflect.Map:
		if t, ok := v.Interface().(agenda.Text); ok {
			visit(t)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			walkTexts(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkTexts(v.Index(i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walkTexts(v.Field(i), visit)
			}
		}
	}
}

// problems says what is wrong with a value, a line for each problem.
func problemsOf(l *locale.Locale, invalid *agenda.Invalid) []string {
	const most = 50
	var out []string
	for i, p := range invalid.Problems {
		if i == most {
			return append(out, l.T("organise.more", "count", len(invalid.Problems)-most))
		}
		rule := l.T("organise.rule."+string(p.Rule), "value", p.Value)
		out = append(out, l.T("label", "label", "\u2068"+p.Field+"\u2069", "value", rule))
	}
	return out
}
