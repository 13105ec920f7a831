package typeset

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// addTree writes the structure tree and the parent tree, which leads from
// marked content and annotations back to their elements (ISO 32000-1,
// 14.7), and returns the number of the root.
func (f *finisher) addTree() int {
	root := f.add("")
	f.number(f.d.root)
	f.writeElement(f.d.root, root)
	tree := f.add("<</Nums[" + strings.Join(f.parentTree(), " ") + "]>>")
	f.set(root, fmt.Sprintf("<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>",
		f.d.root.object, tree, len(f.sheets)+f.links()))
	return root
}

func (f *finisher) links() int {
	n := 0
	for _, p := range f.d.pages {
		n += len(p.links)
	}
	return n
}

// number gives an element and all below it their object numbers.
func (f *finisher) number(e *Element) {
	e.object = f.add("")
	for _, kid := range e.kids {
		if kid, ok := kid.(*Element); ok {
			f.number(kid)
		}
	}
}

func (f *finisher) writeElement(e *Element, parent int) {
	b := append(append(f.room[:0], "<</Type/StructElem/S/"...), e.tag...)
	b = appendReference(append(b, "/P "...), parent)
	sheet := f.sheetOf(e)
	if sheet >= 0 {
		b = appendReference(append(b, "/Pg "...), pageObject(sheet))
	}
	b = append(b, f.properties(e)...)
	b = append(b, "/K["...)
	for _, kid := range e.kids {
		b = f.appendKid(b, kid, sheet)
	}
	f.room = append(b, "]>>"...)
	f.list[e.object-1] = bytes.Clone(f.room)
	for _, kid := range e.kids {
		if kid, ok := kid.(*Element); ok {
			f.writeElement(kid, e.object)
		}
	}
}

// appendReference appends a reference to an object.
func appendReference(b []byte, n int) []byte {
	return append(strconv.AppendInt(b, int64(n), 10), " 0 R"...)
}

// properties returns what an element's dictionary says besides its place.
func (f *finisher) properties(e *Element) string {
	if e.attrs == nil && e.bounds == nil {
		return ""
	}
	var b strings.Builder
	own := e.own()
	for _, entry := range [][2]string{{"Alt", own.Alt}, {"Lang", own.Language}, {"ActualText", own.Actual}, {"T", own.Title}} {
		if entry[1] != "" {
			b.WriteString("/" + entry[0] + textString(oneLine(entry[1])))
		}
	}
	if a := f.attributes(e); a != "" {
		b.WriteString("/A[" + a + "]")
	}
	return b.String()
}

// sheetOf returns the sheet of an element's first content, or -1.
func (f *finisher) sheetOf(e *Element) int {
	for _, kid := range e.kids {
		if m, ok := kid.(marked); ok {
			return f.prints[m.page.index].sheet
		}
	}
	return -1
}

// appendKid appends an entry of an element's K array.
func (f *finisher) appendKid(b []byte, kid any, sheet int) []byte {
	switch kid := kid.(type) {
	case *Element:
		return append(appendReference(b, kid.object), ' ')
	case marked:
		at := f.prints[kid.page.index]
		if at.sheet == sheet {
			return append(strconv.AppendInt(b, int64(at.mark+kid.index), 10), ' ')
		}
		return fmt.Appendf(b, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pageObject(at.sheet), at.mark+kid.index)
	case *annotation:
		return fmt.Appendf(b, "<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>", pageObject(f.prints[kid.page.index].sheet), kid.object)
	}
	return b
}

// attributes returns the attribute dictionaries of an element.
func (f *finisher) attributes(e *Element) string {
	var table, all strings.Builder
	own := e.own()
	if own.Scope != "" {
		table.WriteString("/Scope/" + string(own.Scope))
	}
	if own.Columns > 1 {
		fmt.Fprintf(&table, "/ColSpan %d", own.Columns)
	}
	if own.Rows > 1 {
		fmt.Fprintf(&table, "/RowSpan %d", own.Rows)
	}
	if table.Len() > 0 {
		all.WriteString("<</O/Table" + table.String() + ">>")
	}
	if own.Numbering != "" {
		all.WriteString("<</O/List/ListNumbering/" + string(own.Numbering) + ">>")
	}
	if e.bounds != nil {
		at := f.prints[e.bounds.page.index]
		all.WriteString("<</O/Layout/Placement/Block/BBox" + pdfRect(at.rect(e.bounds.Rect), at.height) + ">>")
	}
	return all.String()
}

// parentTree returns the entries of the parent tree: by sheet for marked
// content, then by link.
func (f *finisher) parentTree() []string {
	var entries []string
	for i, s := range f.sheets {
		b := f.room[:0]
		for _, place := range s.Places {
			for _, e := range f.d.pages[place.Page-1].marked {
				b = append(appendReference(b, e.object), ' ')
			}
		}
		f.room = b
		entries = append(entries, fmt.Sprintf("%d[%s]", i, b))
	}
	key := len(f.sheets)
	for _, p := range f.d.pages {
		for _, a := range p.links {
			entries = append(entries, fmt.Sprintf("%d %d 0 R", key, a.element.object))
			key++
		}
	}
	return entries
}

// node is a bookmark with those below it.
type node struct {
	bookmark
	kids []*node
}

// addOutline writes the bookmarks (ISO 32000-1, 12.3.3) and returns the
// entries of the catalog that show them.
func (f *finisher) addOutline() string {
	if len(f.d.bookmarks) == 0 {
		return ""
	}
	top := &node{}
	path := []*node{top} // the last node of each level, below top
	for _, b := range f.d.bookmarks {
		n := &node{bookmark: b}
		parent := path[b.level]
		parent.kids = append(parent.kids, n)
		path = append(path[:b.level+1], n)
	}
	root := f.add("")
	first, last := f.writeNodes(top.kids, root)
	f.set(root, fmt.Sprintf("<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", first, last, len(top.kids)))
	return fmt.Sprintf("/Outlines %d 0 R/PageMode/UseOutlines", root)
}

// writeNodes writes siblings, what is below them folded away.
func (f *finisher) writeNodes(siblings []*node, parent int) (first, last int) {
	numbers := make([]int, len(siblings))
	for i := range siblings {
		numbers[i] = f.add("")
	}
	for i, n := range siblings {
		var b strings.Builder
		fmt.Fprintf(&b, "<</Title%s/Parent %d 0 R/Dest%s", textString(n.title), parent, f.destination(n.destination))
		if i > 0 {
			fmt.Fprintf(&b, "/Prev %d 0 R", numbers[i-1])
		}
		if i < len(siblings)-1 {
			fmt.Fprintf(&b, "/Next %d 0 R", numbers[i+1])
		}
		if len(n.kids) > 0 {
			from, to := f.writeNodes(n.kids, numbers[i])
			fmt.Fprintf(&b, "/First %d 0 R/Last %d 0 R/Count -%d", from, to, len(n.kids))
		}
		f.set(numbers[i], b.String()+">>")
	}
	return numbers[0], numbers[len(numbers)-1]
}
