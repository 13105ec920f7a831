package programme

import "tamada/pkg/typeset"

// An element is a node of the structure that screen readers follow. The tree
// is grown while text is laid out and built before anything is drawn.
type element struct {
	tag   typeset.Tag
	attrs *typeset.Attrs // nil for none
	kids  []*element
	made  *typeset.Element
}

// add puts a new element at the end of e. In no element (decoration) there is
// none.
func (e *element) add(tag typeset.Tag, attrs typeset.Attrs) *element {
	kid := e.in(tag)
	if kid != nil {
		kid.attrs = &attrs
	}
	return kid
}

// in puts a new element without attributes at the end of e.
func (e *element) in(tag typeset.Tag) *element {
	if e == nil {
		return nil
	}
	kid := &element{tag: tag}
	e.kids = append(e.kids, kid)
	return kid
}

// heads makes e the cell that heads its row.
func (e *element) heads() {
	e.tag, e.attrs = typeset.HeaderCell, &typeset.Attrs{Scope: typeset.RowScope}
}

// build makes e and what is in it elements of d. The root is the document
// itself.
func (e *element) build(d *typeset.Document) {
	if e.tag == "" {
		for _, kid := range e.kids {
			kid.build(d)
		}
		return
	}
	attrs := typeset.Attrs{}
	if e.attrs != nil {
		attrs = *e.attrs
	}
	e.made = d.Begin(e.tag, attrs)
	for _, kid := range e.kids {
		kid.build(d)
	}
	d.End()
	e.kids = nil
}
