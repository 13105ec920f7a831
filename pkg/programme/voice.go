package programme

import (
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/typeset"
)

// A voice is a language that a document speaks, in a column of its own.
type voice struct {
	*locale.Locale
	lang     string
	fallback []string // the event's languages
	column   typeset.Frame
}

// text returns t in the language of v, or one it falls back to.
func (v *voice) text(t agenda.Text) (text, language string) {
	return t.In(v.lang, v.fallback...)
}

// has reports whether t says anything to readers of v.
func (v *voice) has(t agenda.Text) bool {
	s, _ := v.text(t)
	return strings.TrimSpace(s) != ""
}

// A phrase is a piece of a paragraph in one look and language.
type phrase struct {
	text     string
	language string
	look     look
	link     typeset.Link
}

// longest is where a single line of an agenda (a title, a name) is cut, in
// bytes; valid ones are far shorter.
const longest = 4 * agenda.MaxTitle

// say returns t as a phrase.
func (v *voice) say(t agenda.Text, l look) phrase {
	text, language := v.text(t)
	return phrase{text: clip(strings.TrimSpace(text), longest), language: language, look: l}
}

// clip cuts s after so many bytes, between characters.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// word returns a message of the interface as a phrase.
func (v *voice) word(l look, id string, args ...any) phrase {
	return phrase{text: v.T(id, args...), language: v.Tag(), look: l}
}

// separator parts what a list names, in the language of v.
func (v *voice) separator(s string, l look) phrase {
	return phrase{text: separatorIn(v.Tag(), s), language: v.Tag(), look: l}
}

// plain returns words in the language of v as a phrase: dates, times, names.
func (v *voice) plain(text string, l look) phrase {
	return phrase{text: text, language: v.DateTag(), look: l}
}

// to makes a phrase lead somewhere.
func (p phrase) to(l typeset.Link) phrase {
	p.link = l
	return p
}

// separators are those of lists that Arabic has marks of its own for.
var separators = strings.NewReplacer(",", "،", ";", "؛")

// separatorIn returns a separator of lists as it is written in a language.
func separatorIn(language, separator string) string {
	switch base(language) {
	case "ar", "fa", "ur", "ps", "ckb":
		return separators.Replace(separator)
	}
	return separator
}

// list joins phrases with a separator in the look of each, empty ones left
// out. The separator is that of the language of the first: the paragraph runs
// as it does.
func list(separator string, phrases ...phrase) []phrase {
	var all []phrase
	for _, p := range phrases {
		if p.text == "" {
			continue
		}
		if len(all) > 0 {
			between := all[len(all)-1]
			between.text, between.link, between.look.font = separatorIn(all[0].language, separator), typeset.Link{}, typeset.Regular
			all = append(all, between)
		}
		all = append(all, p)
	}
	return all
}

// A measure is where in a column a paragraph is set.
type measure struct {
	column typeset.Frame
	offset float64 // from the start side
	width  float64
	align  typeset.Align
	hang   float64 // indent of all lines but the first
}

// running returns m as a column of its own that runs as text in a language
// does: prose that is not translated keeps its side, bullets and all.
func (m measure) running(language string) measure {
	if language == "" || (directionOf(language) == typeset.RightToLeft) == m.column.RightToLeft {
		return m
	}
	m.column = typeset.Frame{X: m.column.At(m.offset, m.width), Width: m.width, RightToLeft: !m.column.RightToLeft}
	m.offset = 0
	return m
}

// set lays out a paragraph of phrases. Text that runs against its column
// stands on the column's start side all the same, unless its lines are full.
func (j *job) set(m measure, e *element, phrases ...phrase) cell {
	if len(phrases) != 1 || len(phrases[0].text) > maxKnown {
		return cell{block: j.block(m, phrases), x: m.column.At(m.offset, m.width), element: e}
	}
	key := known{phrases[0], m.width, m.align, m.column.RightToLeft, m.hang, j.design.scale}
	b := j.blocks[key]
	if b == nil {
		b = j.block(m, phrases)
		j.blocks[key] = b
	}
	return cell{block: b, x: m.column.At(m.offset, m.width), element: e}
}

// maxKnown is the length of the longest text that a job remembers, in bytes:
// labels, names, posts, rooms and titles come again and again.
const maxKnown = 90

// known is what the lines of a text follow from.
type known struct {
	phrase
	width       float64
	align       typeset.Align
	rightToLeft bool
	hang, scale float64
}

// block breaks phrases into lines. They run as the language of the first does;
// what is in no language (a telephone number) runs as its first letter does.
func (j *job) block(m measure, phrases []phrase) *typeset.Block {
	para := typeset.Paragraph{Width: m.width, Align: m.align, Hanging: m.hang}
	own := 1 // lines that are lines by themselves
	for i, p := range phrases {
		if i == 0 {
			para.Direction = directionOf(p.language)
		}
		own += strings.Count(p.text, "\n")
		para.Runs = append(para.Runs, typeset.Run{Text: p.text, Style: j.design.style(p.look, p.language), Link: p.link})
	}
	block := j.composer.Layout(para)
	if block.RightToLeft == m.column.RightToLeft || m.align == typeset.Centre || len(block.Lines) > own {
		return block
	}
	para.Align, para.Hanging = typeset.End-m.align, 0
	return j.composer.Layout(para)
}

// directionOf returns which way text in a language runs.
func directionOf(language string) typeset.Direction {
	switch {
	case language == "":
		return typeset.Auto
	case locale.Dir(language) == "rtl":
		return typeset.RightToLeft
	}
	return typeset.LeftToRight
}

// oneLine lays out a phrase on one line, cut with an ellipsis if it must be.
func (j *job) oneLine(m measure, e *element, p phrase) cell {
	const narrowest = 0.15 // of the size of the text: how wide a character is at least
	p.text = clip(p.text, int(m.width/(p.look.size*narrowest))+16)
	c := j.set(m, e, p)
	for len(c.block.Lines) > 1 {
		words := strings.TrimSpace(c.block.Lines[0].Text())
		cut := strings.LastIndexByte(words, ' ')
		if !strings.HasPrefix(p.text, words) || strings.HasSuffix(words, "…") || cut <= 0 {
			cut = len(words)
		}
		if cut == len(words) {
			c.block = c.block.Cut(0, 1)
			break
		}
		p.text = words[:cut] + "…"
		c = j.set(m, e, p)
	}
	return c
}
