package programme

import (
	"strconv"

	"tamada/pkg/typeset"
)

// A column is one of a table.
type column struct {
	head   []phrase
	offset float64 // from the start side of the table
	width  float64
	align  typeset.Align
	heads  bool // its cells head their rows
	turned bool // it runs against the direction of the table
}

// A table is set row by row in a flow. Hairlines part the rows; there are no
// boxes.
type table struct {
	*job
	flow    *flow
	frame   typeset.Frame
	element *element
	columns []column
	pad     float64  // above and below the text of a row
	again   *heading // the heads of its columns
	begin   int      // index of the first strip below them
}

// table begins a table as wide as the text.
func (j *job) table(f *flow, e *element, columns []column) *table {
	frame := j.design.full()
	frame.RightToLeft = j.first().column.RightToLeft
	return &table{job: j, flow: f, frame: frame, element: e.in(typeset.Table), columns: columns, pad: j.design.pt(3.5)}
}

// layColumns gives columns their offsets, with a gap between them; the one
// without a width gets what is left.
func layColumns(columns []column, width, gap float64) []column {
	free := width - gap*float64(len(columns)-1)
	for _, c := range columns {
		free -= c.width
	}
	at := 0.0
	for i := range columns {
		if columns[i].width == 0 {
			columns[i].width = max(free, 24)
		}
		columns[i].offset = at
		at += columns[i].width + gap
	}
	return columns
}

// head sets the row of column heads.
func (t *table) head() {
	row := t.element.in(typeset.TableHead).in(typeset.Row)
	cells := make([]cell, len(t.columns))
	for i, c := range t.columns {
		e := row.add(typeset.HeaderCell, typeset.Attrs{Scope: typeset.ColumnScope})
		cells[i] = t.cell(i, e, c.head)
	}
	from := t.flow.end()
	t.flow.row(0, cells...)
	t.flow.keepNext(from)
	t.again, t.begin = t.flow.heading(from), t.flow.end()
}

// cell sets a cell of column i.
func (t *table) cell(i int, e *element, phrases []phrase) cell {
	return t.set(t.measure(i), e, phrases...)
}

// measure returns the measure of column i.
func (t *table) measure(i int) measure {
	c := t.columns[i]
	frame := typeset.Frame{X: t.frame.At(c.offset, c.width), Width: c.width, RightToLeft: t.frame.RightToLeft != c.turned}
	return measure{column: frame, width: c.width, align: c.align}
}

// row sets a row, with a rule above it; cells beyond those given are empty. A
// short row is not parted.
func (t *table) row(content ...[]phrase) *strip {
	if n := len(t.element.kids); n == 0 || t.element.kids[n-1].tag != typeset.TableBody {
		t.element.in(typeset.TableBody)
	}
	row := t.element.kids[len(t.element.kids)-1].in(typeset.Row)
	var cells []cell
	for i := range t.columns {
		e := row.in(typeset.Cell)
		if t.columns[i].heads {
			e.heads()
		}
		if i < len(content) && len(content[i]) > 0 {
			cells = append(cells, t.cell(i, e, content[i]))
		}
	}
	from := t.flow.end()
	t.flow.row(2*t.pad, cells...)
	first := t.flow.at(from)
	t.rule(first)
	if from > t.begin {
		t.flow.under(from, t.again)
	}
	const short = 14 // lines
	if t.flow.end()-from <= short {
		t.flow.keep(from)
	}
	return first
}

// rule draws a hairline over a row.
func (t *table) rule(s *strip) {
	s.marks = append(s.marks, mark{x: t.frame.X, y: -t.pad, draw: func(p *painter, x, y float64) {
		p.d.Rule(x, y, t.frame.Width, hairline, hair)
	}})
}

// lastCell returns the element of the last cell of the last row.
func (t *table) lastCell() *element {
	body := t.element.kids[len(t.element.kids)-1]
	row := body.kids[len(body.kids)-1]
	return row.kids[len(row.kids)-1]
}

// pageNumber puts the number of the page that a place is on into a strip, at
// the end side of a column, as a link.
func (j *job) pageNumber(s *strip, e *element, m measure, name string, l look) {
	m.align = typeset.End
	baseline := s.baseline
	v := j.first()
	s.marks = append(s.marks, mark{element: e, draw: func(p *painter, _, y float64) {
		ph := v.plain(strconv.Itoa(p.numbers[name]), l).to(typeset.Link{Place: name})
		c := j.set(m, nil, ph)
		p.d.Draw(c.block, c.x, y+baseline-c.block.Lines[0].Baseline)
	}})
}

// lines joins paragraphs of phrases into one, each on a line of its own.
func lines(paragraphs ...[]phrase) []phrase {
	var all []phrase
	for _, p := range paragraphs {
		if len(p) == 0 {
			continue
		}
		if n := len(all); n > 0 {
			end := all[n-1]
			end.text, end.link = "\n", typeset.Link{}
			all = append(all, end)
		}
		all = append(all, p...)
	}
	return all
}

// each returns what every voice says, on lines of their own; what two say in
// the same words is said once.
func (j *job) each(say func(v *voice) []phrase) []phrase {
	var all [][]phrase
	said := ""
	for _, v := range j.voices {
		phrases := say(v)
		words := ""
		for _, p := range phrases {
			words += p.text
		}
		if words != said {
			all = append(all, phrases)
		}
		said = words
	}
	return lines(all...)
}
