package typeset

import (
	"fmt"
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
	var b strings.Builder
	fmt.Fprintf(&b, "<</Type/StructElem/S/%s/P %d 0 R", e.tag, parent)
	sheet := f.sheetOf(e)
	if sheet >= 0 {
		fmt.Fprintf(&b, "/Pg %d 0 R", pageObject(sheet))
	}
	for _, entry := range [][2]string{{"Alt", e.attrs.Alt}, {"Lang", e.attrs.Language}, {"ActualText", e.attrs.Actual}, {"T", e.attrs.Title}} {
		if entry[1] != "" {
			b.WriteString("/" + entry[0] + textString(oneLine(entry[1])))
		}
	}
	if a := f.attributes(e); a != "" {
		b.WriteString("/A[" + a + "]")
	}
	b.WriteString("/K[")
	for _, kid := range e.kids {
		b.WriteString(f.kid(kid, sheet))
	}
	b.WriteString("]>>")
	f.set(e.object, b.String())
	for _, kid := range e.kids {
		if kid, ok := kid.(*Element); ok {
			f.writeElement(kid, e.object)
		}
	}
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

// kid writes an entry of an element's K array.
func (f *finisher) kid(kid any, sheet int) string {
	switch kid := kid.(type) {
	case *Element:
		return fmt.Sprintf("%d 0 R ", kid.object)
	case marked:
		at := f.prints[kid.page.index]
		if at.sheet == sheet {
			return fmt.Sprintf("%d ", at.mark+kid.index)
		}
		return fmt.Sprintf("<</Type/MCR/Pg %d 0 R/MCID %d>>", pageObject(at.sheet), at.mark+kid.index)
	case *annotation:
		return fmt.Sprintf("<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>", pageObject(f.prints[kid.page.index].sheet), kid.object)
	}
	return ""
}

// attributes returns the attribute dictionaries of an element.
func (f *finisher) attributes(e *Element) string {
	var table, all strings.Builder
	if e.attrs.Scope != "" {
		table.WriteString("/Scope/" + string(e.attrs.Scope))
	}
	if e.attrs.Columns > 1 {
		fmt.Fprintf(&table, "/ColSpan %d", e.attrs.Columns)
	}
	if e.attrs.Rows > 1 {
		fmt.Fprintf(&table, "/RowSpan %d", e.attrs.Rows)
	}
	if table.Len() > 0 {
		all.WriteString("<</O/Table" + table.String() + ">>")
	}
	if e.attrs.Numbering != "" {
		all.WriteString("<</O/List/ListNumbering/" + string(e.attrs.Numbering) + ">>")
	}
	if e.page != nil {
		at := f.prints[e.page.index]
		all.WriteString("<</O/Layout/Placement/Block/BBox" + pdfRect(at.rect(e.bounds), at.height) + ">>")
	}
	return all.String()
}

// parentTree returns the entries of the parent tree: by sheet for marked
// content, then by link.
func (f *finisher) parentTree() []string {
	var entries []string
	for i, s := range f.sheets {
		var b strings.Builder
		for _, place := range s.Places {
			for _, e := range f.d.pages[place.Page-1].marked {
				fmt.Fprintf(&b, "%d 0 R ", e.object)
			}
		}
		entries = append(entries, fmt.Sprintf("%d[%s]", i, b.String()))
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
