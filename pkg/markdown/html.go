package markdown

import (
	"html"
	"html/template"
	"strconv"
	"strings"
)

// HTML writes src for a page. The highest heading in it is of that level (2 for h2), so that
// the outline of the page stays right; none is below h6. Each block finds its own
// direction.
func HTML(src string, level int) template.HTML {
	return BlocksHTML(Blocks(src), level)
}

// BlocksHTML is [HTML] for blocks that were read before.
func BlocksHTML(blocks []Block, level int) template.HTML {
	var p page
	for _, b := range blocks {
		p.quotation(b)
		p.lists(b)
		p.block(b, level)
	}
	p.close(0)
	p.quotation(Block{})
	return template.HTML(p.String())
}

// A page is HTML under way, with the lists that are open.
type page struct {
	strings.Builder
	open  []list
	quote bool
}

// A list is an open list whose last item is open too.
type list struct {
	numbered bool
	last     int // number of the last item
}

// tag is the list's element.
func (l list) tag() string {
	if l.numbered {
		return "ol"
	}
	return "ul"
}

// quotation begins or ends a quotation before b. Lists are closed at both.
func (p *page) quotation(b Block) {
	if b.Quote == p.quote {
		return
	}
	p.close(0)
	p.quote = b.Quote
	if b.Quote {
		p.WriteString("<blockquote>\n")
	} else {
		p.WriteString("</blockquote>\n")
	}
}

// lists closes and opens lists so that b stands in its place.
func (p *page) lists(b Block) {
	depth := b.Level
	if b.Kind == Heading {
		depth = 0
	}
	p.close(depth)
	if b.Kind != Item || depth < 1 {
		return
	}
	next := list{numbered: b.Number != Bullet, last: b.Number}
	if len(p.open) == depth {
		if current := p.open[depth-1]; current.numbered == next.numbered && current.last+1 == next.last || !current.numbered && !next.numbered {
			p.open[depth-1] = next
			p.WriteString("</li>\n<li dir=\"auto\">")
			return
		}
		p.close(depth - 1)
	}
	for len(p.open) < depth-1 {
		p.begin(list{last: Bullet}) // of an item without text
	}
	p.begin(next)
}

// begin opens a list and its first item.
func (p *page) begin(l list) {
	p.open = append(p.open, l)
	p.WriteString("<" + l.tag())
	if l.numbered && l.last != 1 {
		p.WriteString(` start="` + strconv.Itoa(l.last) + `"`)
	}
	p.WriteString(">\n<li dir=\"auto\">")
}

// close closes lists until there are depth.
func (p *page) close(depth int) {
	for len(p.open) > depth {
		last := p.open[len(p.open)-1]
		p.open = p.open[:len(p.open)-1]
		p.WriteString("</li>\n</" + last.tag() + ">\n")
	}
}

// block writes b itself.
func (p *page) block(b Block, level int) {
	switch b.Kind {
	case Heading:
		tag := "h" + strconv.Itoa(min(max(level, 1)+b.Level-1, 6))
		p.WriteString("<" + tag + ` dir="auto">`)
		p.runs(b.Runs)
		p.WriteString("</" + tag + ">\n")
	case Item:
		p.runs(b.Runs)
	default:
		p.WriteString(`<p dir="auto">`)
		p.runs(b.Runs)
		p.WriteString("</p>\n")
	}
}

// runs writes runs, those of one link within one element.
func (p *page) runs(runs []Run) {
	for part := range byLink(runs) {
		link := part[0].Link
		if link != "" {
			p.WriteString(`<a href="` + html.EscapeString(link) + `">`)
		}
		for _, r := range part {
			p.run(r)
		}
		if link != "" {
			p.WriteString("</a>")
		}
	}
}

// run writes the text of r in its style.
func (p *page) run(r Run) {
	before, after := "", ""
	if r.Bold {
		before, after = "<strong>", "</strong>"
	}
	if r.Italic {
		before, after = before+"<em>", "</em>"+after
	}
	p.WriteString(before)
	p.WriteString(strings.ReplaceAll(html.EscapeString(r.Text), "\n", "<br>\n"))
	p.WriteString(after)
}
