package programme

import (
	"strconv"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/markdown"
	"tamada/pkg/typeset"
)

// prose sets Markdown. Where there is no translation, only the voice whose
// language it is in says it, or the first: the other's readers see it beside.
func (s scope) prose(before float64, t agenda.Text) {
	writers := make([]*proseWriter, len(s.voices))
	most, alone := 0, s.alone(t)
	for i, v := range s.voices {
		text, language := v.text(t)
		writers[i] = &proseWriter{scope: s, voice: i, language: language, alone: alone}
		if s.says(v, t) {
			writers[i].blocks = markdown.Blocks(text)
		}
		most = max(most, len(writers[i].blocks))
	}
	for k := range most {
		var cells []cell
		isHeading := false
		for _, w := range writers {
			if k < len(w.blocks) {
				cells = append(cells, w.block(w.blocks[k])...)
				isHeading = isHeading || w.blocks[k].Kind == markdown.Heading
			}
		}
		from := s.flow.end()
		s.flow.row(before, cells...)
		if isHeading {
			s.flow.keepNext(from)
		}
		before = s.design.pt(4)
	}
}

// says reports whether a voice says a long text: in its own language, or in
// one that no other voice says it in.
func (j *job) says(v *voice, t agenda.Text) bool {
	_, language := v.text(t)
	if base(v.lang) == base(language) {
		return true
	}
	before := true
	for _, other := range j.voices {
		if other == v {
			before = false
			continue
		}
		_, l := other.text(t)
		if l == language && (before || base(other.lang) == base(l)) {
			return false
		}
	}
	return true
}

// alone reports whether one voice of two says t, and the other nothing.
func (j *job) alone(t agenda.Text) bool {
	if len(j.voices) < 2 {
		return false
	}
	silent := func(v *voice) bool { return !v.has(t) || !j.says(v, t) }
	return silent(j.voices[0]) != silent(j.voices[1])
}

// base returns the language of a tag without script and region.
func base(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return language
}

// A proseWriter sets the blocks of one voice.
type proseWriter struct {
	scope
	voice    int
	language string
	alone    bool // the other voice is silent
	blocks   []markdown.Block
	list     *element // that is open
	item     *element // its last item's body
}

// block returns the cells of a block: its text, and the label of an item.
func (w *proseWriter) block(b markdown.Block) []cell {
	m := w.measureOf(w.voice, w.alone).running(w.language)
	indent := w.design.pt(12) * float64(b.Level)
	if b.Kind != markdown.Heading && b.Level > 0 && m.width-indent > 24 {
		m.offset += indent
		m.width -= indent
	}
	switch {
	case b.Kind == markdown.Item:
		return w.listItem(m, b)
	case b.Kind == markdown.Heading:
		w.list = nil
		return []cell{w.set(m, w.elements[w.voice].in(w.heading), w.runs(b, strongLook)...)}
	case b.Level > 0 && w.item != nil:
		return []cell{w.set(m, w.item.in(typeset.P), w.runs(b, bodyLook)...)}
	}
	w.list = nil
	tag := typeset.P
	if b.Quote {
		tag = typeset.BlockQuote
	}
	return []cell{w.set(m, w.elements[w.voice].in(tag), w.runs(b, bodyLook)...)}
}

// listItem returns the cells of an item: its bullet or number, and its text.
func (w *proseWriter) listItem(m measure, b markdown.Block) []cell {
	label, numbering := "•", typeset.Disc
	if b.Number >= 0 {
		label, numbering = strconv.Itoa(b.Number)+".", typeset.Decimal
	}
	if w.list == nil {
		w.list = w.elements[w.voice].add(typeset.List, typeset.Attrs{Numbering: numbering})
	}
	item := w.list.in(typeset.ListItem)
	beside := m
	beside.offset -= w.design.pt(12)
	beside.width = w.design.pt(18)
	l := bodyLook
	l.colour = accent
	cells := []cell{w.set(beside, item.in(typeset.Label), phrase{text: label, language: w.own(), look: l})}
	w.item = item.in(typeset.ListBody)
	return append(cells, w.set(m, w.item.in(typeset.P), w.runs(b, bodyLook)...))
}

// own is the language of the column, for bullets and numbers.
func (w *proseWriter) own() string { return w.voices[w.voice].Tag() }

// runs returns the text of a block as phrases.
func (w *proseWriter) runs(b markdown.Block, l look) []phrase {
	all := make([]phrase, 0, len(b.Runs))
	for _, r := range b.Runs {
		p := phrase{text: r.Text, language: w.language, look: l}
		switch {
		case r.Bold:
			p.look.font = typeset.SemiBold
		case r.Italic || b.Quote:
			p.look.font = typeset.Italic
		}
		if r.Link != "" {
			p.link, p.look.colour = typeset.Link{URI: address(r.Link)}, accent
		}
		all = append(all, p)
	}
	return all
}
