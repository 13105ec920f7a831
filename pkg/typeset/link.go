package typeset

import (
	"fmt"
	"net/url"
)

// A Link leads to an address or to a place in the document; the zero value
// leads nowhere.
type Link struct {
	URI   string
	Place string // a name given to [Document.Place]
}

// annotation is the active area of a link.
type annotation struct {
	box      Rect // on its page
	link     Link
	contents string
	element  *Element
	page     *page
	object   int
}

// LinkArea makes a rectangle of the current page lead somewhere. Use it
// inside an element [LinkTag] that holds the text of the link; elsewhere it
// makes such an element. contents describes the link to those who cannot
// see it. In artifacts it does nothing.
func (d *Document) LinkArea(r Rect, l Link, contents string) {
	if d.artifacts > 0 {
		return
	}
	if d.at.tag == LinkTag {
		d.annotate(r, l, contents, d.at)
		return
	}
	e := d.Begin(LinkTag, Attrs{})
	d.annotate(r, l, contents, e)
	d.End()
}

func (d *Document) annotate(r Rect, l Link, contents string, e *Element) {
	switch {
	case d.current == nil:
		d.fail(errNoPage)
		return
	case l == Link{}:
		return
	}
	if _, err := url.Parse(l.URI); err != nil {
		d.fail(fmt.Errorf("link: %w", err))
		return
	}
	contents = oneLine(contents)
	if contents == "" {
		contents = l.URI + l.Place
	}
	a := &annotation{box: d.matrix.rect(r), link: l, contents: contents, element: e, page: d.current}
	d.current.links = append(d.current.links, a)
	e.kids = append(e.kids, a)
}

// destination is a place that links lead to.
type destination struct {
	page *page
	y    float64
}

// Place names a height on the current page for links to it.
func (d *Document) Place(name string, y float64) {
	if d.current == nil {
		d.fail(errNoPage)
		return
	}
	_, y = d.matrix.point(0, y)
	d.places[name] = destination{d.current, y}
}

// bookmark is a line of the outline that readers show beside the pages.
type bookmark struct {
	title string
	level int
	destination
}

// Bookmark adds a line to the outline, leading to a height on the current
// page. Levels count from 0; one that skips a level is drawn in.
func (d *Document) Bookmark(title string, level int, y float64) {
	if d.current == nil {
		d.fail(errNoPage)
		return
	}
	deepest := 0
	if n := len(d.bookmarks); n > 0 {
		deepest = d.bookmarks[n-1].level + 1
	}
	_, y = d.matrix.point(0, y)
	b := bookmark{oneLine(title), min(max(level, 0), deepest), destination{d.current, y}}
	d.bookmarks = append(d.bookmarks, b)
}

// checkLinks reports links to places that were never named.
func (d *Document) checkLinks() error {
	for i, p := range d.pages {
		for _, a := range p.links {
			if _, ok := d.places[a.link.Place]; a.link.Place != "" && !ok {
				return fmt.Errorf("page %d: link to the place %q, which is on no page", i+1, a.link.Place)
			}
		}
	}
	return nil
}
