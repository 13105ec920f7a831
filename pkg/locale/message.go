package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// messageFiles are the messages, a file for each area and language.
//
//go:embed messages/*.json
var messageFiles embed.FS

// A catalogue is the messages of one language, those that only English has included.
type catalogue struct {
	messages map[string]*message
	own      map[string]bool // the ids that are not from English
}

// A message is a text in its plural forms, taken apart.
type message struct {
	plain   string             // the text, if it has one form and no placeholder
	forms   [len(names)][]part // by plural form; the last is always there
	plurals *plurals
}

// A part is a text and the placeholder after it, if any.
type part struct{ text, name string }

// names are the plural forms of the CLDR; every language has "other".
var names = [...]string{"zero", "one", "two", "few", "many", other: "other"}

const other = 5

// form returns the parts of the form that args ask for.
func (m *message) form(args []any) []part {
	if n, ok := argument("count", args).(int); ok {
		if f := m.forms[m.plurals.form(n)]; f != nil {
			return f
		}
	}
	return m.forms[other]
}

// argument finds the value of that name among pairs of names and values.
func argument(name string, args []any) any {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1]
		}
	}
	return nil
}

// argument writes the value of that name; a missing one shows as ⟦name⟧.
func (l *Locale) argument(name string, args []any) string {
	switch v := argument(name, args).(type) {
	case nil:
		return "⟦" + name + "⟧"
	case string:
		return v
	case int:
		return l.own.number(v)
	default:
		return fmt.Sprint(v)
	}
}

// catalogues reads the embedded files, once. A test reads them too, and sees errors.
var catalogues = sync.OnceValue(func() map[string]*catalogue {
	all, _ := readCatalogues(messageFiles)
	return all
})

// readCatalogues reads the message files under messages. With an error it returns what
// could be read; English is always there.
func readCatalogues(files fs.FS) (map[string]*catalogue, error) {
	all := map[string]*catalogue{fallback: newCatalogue()}
	bundle := i18n.NewBundle(language.English)
	paths, err := fs.Glob(files, "messages/*.json")
	if err != nil {
		return all, err
	}
	for _, name := range paths {
		if e := readMessages(all, bundle, files, name); e != nil && err == nil {
			err = e
		}
	}
	for tag, c := range all {
		for id, m := range all[fallback].messages {
			if tag != fallback && c.messages[id] == nil {
				c.messages[id] = m
			}
		}
	}
	return all, err
}

func newCatalogue() *catalogue {
	return &catalogue{messages: map[string]*message{}, own: map[string]bool{}}
}

// readMessages adds the messages of one file to the catalogue of its language.
func readMessages(all map[string]*catalogue, bundle *i18n.Bundle, files fs.FS, name string) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	file, err := i18n.ParseMessageFileBytes(data, path.Base(name), map[string]i18n.UnmarshalFunc{"json": json.Unmarshal})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	tag := file.Tag.String()
	c := all[tag]
	if c == nil {
		c = newCatalogue()
		all[tag] = c
	}
	rules, err := newPlurals(bundle, file.Tag)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, m := range file.Messages {
		if c.own[m.ID] {
			return fmt.Errorf("%s: message %q is there twice in this language", name, m.ID)
		}
		if c.messages[m.ID], err = newMessage(m, rules); err != nil {
			return fmt.Errorf("%s: message %q: %w", name, m.ID, err)
		}
		c.own[m.ID] = true
	}
	return nil
}

// newMessage takes a message apart.
func newMessage(m *i18n.Message, rules *plurals) (*message, error) {
	c := &message{plurals: rules}
	forms := 0
	for i, text := range []string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other} {
		if text == "" {
			continue
		}
		var err error
		if c.forms[i], err = parts(text); err != nil {
			return nil, err
		}
		forms++
	}
	if c.forms[other] == nil {
		return nil, fmt.Errorf("no text, or no form %q", "other")
	}
	if forms == 1 && len(c.forms[other]) == 1 && c.forms[other][0].name == "" {
		c.plain = m.Other
	}
	return c, nil
}

// parts takes apart a text with placeholders such as {{.count}}.
func parts(text string) ([]part, error) {
	var ps []part
	for {
		before, rest, found := strings.Cut(text, "{{")
		if !found {
			break
		}
		inside, after, closed := strings.Cut(rest, "}}")
		name, dotted := strings.CutPrefix(strings.TrimSpace(inside), ".")
		if !closed || !dotted || strings.ContainsAny(name, " .{|") {
			return nil, fmt.Errorf("placeholder %q: write one like {{.count}}", inside)
		}
		ps = append(ps, part{before, name})
		text = after
	}
	if text != "" || ps == nil {
		ps = append(ps, part{text: text})
	}
	return ps, nil
}

// plurals are the rules of one language, those of go-i18n.
type plurals struct {
	localizer *i18n.Localizer
	small     [200]uint8 // forms of the numbers that occur
}

// probe is the message whose text is its own plural form.
const probe = "plural form"

func newPlurals(bundle *i18n.Bundle, tag language.Tag) (*plurals, error) {
	err := bundle.AddMessages(tag, &i18n.Message{
		ID: probe, Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other",
	})
	if err != nil {
		return nil, err
	}
	p := &plurals{localizer: i18n.NewLocalizer(bundle, tag.String())}
	for n := range p.small {
		p.small[n] = p.ask(n)
	}
	return p, nil
}

// form is the index in names of the form for n.
func (p *plurals) form(n int) uint8 {
	if n >= 0 && n < len(p.small) {
		return p.small[n]
	}
	return p.ask(n)
}

func (p *plurals) ask(n int) uint8 {
	text, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: probe, PluralCount: n})
	if err != nil {
		return other
	}
	for i, name := range names {
		if name == text {
			return uint8(i)
		}
	}
	return other
}
