// Package translation turns the messages of the interface into a workbook for translators and
// back: message files ⇄ [Catalogue] ⇄ XLSX.
//
// A workbook has a sheet for each area and a line for each form of each message, with English
// and what stands in for it in the other languages. Reading one back checks placeholders and
// plural forms and says everything that is wrong, with its sheet and cell. Message files come
// out as they went in, byte for byte, but for what was translated.
//
// The package leaves out where files are, and which languages there should be.
//
// # Design
//
// English is the source: it is changed in the message files, never in a workbook. A
// translation of an English text that has changed meanwhile is told and not taken, since it may
// say something else.
package translation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"tamada/pkg/agenda"
)

// Source is the language that others are translated from.
const Source = "en"

// A Catalogue is the messages of the interface, by area in the order of their names.
type Catalogue struct {
	Areas []Area
}

// An Area is the messages of a part of the interface, in the order of the English file.
type Area struct {
	Name     string // "web", "print"
	Messages []Message
}

// A Message is one message in its languages; those without a translation are not there.
type Message struct {
	ID    string
	Texts map[string]Forms // by language
}

// Forms are the texts of a message by plural form, "other" always among them. One that does
// not depend on a number has no more than that.
type Forms map[string]string

// other is the form that every message has.
const other = "other"

// formNames are the plural forms, in the order in which they are written.
var formNames = []string{"zero", "one", "two", "few", "many", other}

// Read reads message files named AREA.TAG.json. Every area has one in English; messages that
// are not in it are an error.
func Read(files fs.FS) (*Catalogue, error) {
	paths, err := fs.Glob(files, "*."+Source+".json")
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, agenda.NotFound("message files", "*."+Source+".json")
	}
	c := &Catalogue{}
	for _, p := range paths {
		area, _, _ := strings.Cut(p, ".")
		a, err := readArea(files, area)
		if err != nil {
			return nil, err
		}
		c.Areas = append(c.Areas, a)
	}
	return c, nil
}

func readArea(files fs.FS, name string) (Area, error) {
	a := Area{Name: name}
	paths, err := fs.Glob(files, name+".*.json")
	if err != nil {
		return a, err
	}
	source := name + "." + Source + ".json"
	paths = slices.DeleteFunc(paths, func(p string) bool { return p == source })
	for _, p := range append([]string{source}, paths...) {
		language := strings.TrimSuffix(strings.TrimPrefix(path.Base(p), name+"."), ".json")
		b, err := fs.ReadFile(files, p)
		if err != nil {
			return a, err
		}
		if err := a.read(language, b); err != nil {
			return a, fmt.Errorf("%s: %w", p, err)
		}
	}
	return a, nil
}

// read adds the messages of one file.
func (a *Area) read(language string, b []byte) error {
	var texts map[string]json.RawMessage
	if err := json.Unmarshal(b, &texts); err != nil {
		return err
	}
	for _, id := range keys(b) {
		forms, err := readForms(texts[id])
		if err != nil {
			return fmt.Errorf("message %q: %w", id, err)
		}
		m := a.message(id)
		if m == nil {
			if language != Source {
				return agenda.NotFound("English of message", id)
			}
			a.Messages = append(a.Messages, Message{ID: id, Texts: map[string]Forms{}})
			m = &a.Messages[len(a.Messages)-1]
		}
		m.Texts[language] = forms
	}
	return nil
}

// message returns the message of that id, or nil if there is none.
func (a *Area) message(id string) *Message {
	for i := range a.Messages {
		if a.Messages[i].ID == id {
			return &a.Messages[i]
		}
	}
	return nil
}

// keys returns the keys of a JSON object in their order.
func keys(b []byte) []string {
	d := json.NewDecoder(bytes.NewReader(b))
	var all []string
	depth := 0
	for key := false; ; {
		t, err := d.Token()
		if err != nil {
			return all
		}
		switch t := t.(type) {
		case json.Delim:
			if t == '{' || t == '[' {
				depth++
			} else {
				depth--
			}
			key = depth == 1
		case string:
			if depth == 1 && key {
				all = append(all, t)
			}
			key = depth == 1 && !key
		default:
			key = depth == 1
		}
	}
}

// readForms reads a text, or texts by plural form.
func readForms(b json.RawMessage) (Forms, error) {
	var text string
	if json.Unmarshal(b, &text) == nil {
		return Forms{other: text}, nil
	}
	var forms Forms
	if err := json.Unmarshal(b, &forms); err != nil {
		return nil, fmt.Errorf("a text, or texts by plural form: %w", err)
	}
	for name := range forms {
		if !slices.Contains(formNames, name) {
			return nil, agenda.NotFound("plural form", name)
		}
	}
	if forms[other] == "" {
		return nil, agenda.NotFound("plural form", other)
	}
	return forms, nil
}

// Write returns the message file of a in a language: the translated messages in the order of
// the English ones. Where nothing is translated there is no file: it returns nil.
func (a *Area) Write(language string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{")
	separator := "\n"
	for _, m := range a.Messages {
		forms := m.Texts[language]
		if forms == nil {
			continue
		}
		b.WriteString(separator + "  ")
		if err := forms.write(&b, m.ID); err != nil {
			return nil, err
		}
		separator = ",\n"
	}
	if b.Len() == 1 {
		return nil, nil
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}

// write writes "id": "text", or "id": with an object of the forms.
func (f Forms) write(b *bytes.Buffer, id string) error {
	if len(f) == 1 {
		return writePair(b, id, f[other])
	}
	if err := writeString(b, id); err != nil {
		return err
	}
	b.WriteString(": {")
	separator := "\n"
	for _, name := range formNames {
		text, ok := f[name]
		if !ok {
			continue
		}
		b.WriteString(separator + "    ")
		if err := writePair(b, name, text); err != nil {
			return err
		}
		separator = ",\n"
	}
	b.WriteString("\n  }")
	return nil
}

func writePair(b *bytes.Buffer, key, value string) error {
	if err := writeString(b, key); err != nil {
		return err
	}
	b.WriteString(": ")
	return writeString(b, value)
}

// writeString writes s as JSON, with <, > and & as they are.
func writeString(b *bytes.Buffer, s string) error {
	w := json.NewEncoder(b)
	w.SetEscapeHTML(false)
	err := w.Encode(s)
	b.Truncate(len(bytes.TrimRight(b.Bytes(), "\n")))
	return err
}

// counted reports whether m depends on a number.
func (m *Message) counted() bool {
	source := m.Texts[Source]
	return len(source) > 1 || slices.Contains(placeholders(source[other]), "count")
}

// placeholders returns the names of the placeholders of a text, each once, in the order of
// the alphabet.
func placeholders(text string) []string {
	var found []string
	for {
		_, rest, open := strings.Cut(text, "{{")
		inside, after, closed := strings.Cut(rest, "}}")
		if !open || !closed {
			slices.Sort(found)
			return slices.Compact(found)
		}
		found = append(found, strings.TrimPrefix(strings.TrimSpace(inside), "."))
		text = after
	}
}
