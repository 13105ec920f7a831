package block

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// IsZip reports whether b begins like a ZIP archive, which Word documents are.
func IsZip(b []byte) bool { return bytes.HasPrefix(b, []byte("PK\x03\x04")) }

// FromWord returns the paragraphs of a Word document (.docx, ECMA-376) in its
// body and tables. Only the text and the names of styles are unpacked, and at
// most [MaxSize] of each.
func FromWord(b []byte) ([]Block, error) {
	if len(b) > 4*MaxSize {
		return nil, fmt.Errorf("document of Word of %d MB, at most %d are read: %w", len(b)>>20, 4*MaxSize>>20, ErrTooLarge)
	}
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("document of Word: %v: %w", err, ErrBroken)
	}
	r := wordReader{styles: map[string]string{}}
	var text *zip.File
	kind := "archive (ZIP) without word/document.xml"
	for _, f := range archive.File {
		switch {
		case wordText.MatchString(f.Name):
			text = f
		case f.Name == "word/styles.xml":
			if err := eachToken(f, r.styleToken); err != nil {
				return nil, err
			}
		case f.Name == "xl/workbook.xml":
			kind = "workbook of Excel"
		case f.Name == "ppt/presentation.xml":
			kind = "presentation of PowerPoint"
		case f.Name == "content.xml":
			kind = "document of LibreOffice (OpenDocument)"
		}
	}
	if text == nil {
		return nil, fmt.Errorf("%s: %w", kind, ErrOtherKind)
	}
	if err := eachToken(text, r.token); err != nil {
		return nil, err
	}
	return r.blocks, r.endParagraph()
}

// wordText matches the names of the part with the text. Word on the web numbers
// it.
var wordText = regexp.MustCompile(`^word/document\d?\.xml$`)

// eachToken hands the tokens of a part of a document to do.
func eachToken(f *zip.File, do func(xml.Token) error) error {
	part, err := f.Open()
	if err != nil {
		return fmt.Errorf("document of Word: %v: %w", err, ErrBroken)
	}
	defer part.Close()
	limited := &io.LimitedReader{R: part, N: MaxSize + 1}
	decoder := xml.NewDecoder(limited)
	for {
		t, err := decoder.RawToken()
		switch {
		case limited.N <= 0:
			return fmt.Errorf("document of Word of more than %d MB of text: %w", MaxSize>>20, ErrTooLarge)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("document of Word: %v: %w", err, ErrBroken)
		}
		if err := do(t); err != nil {
			return err
		}
	}
}

// A wordReader reads the body of one document.
type wordReader struct {
	list
	styles    map[string]string // their names in English, by their identifiers
	named     string            // the identifier of the style whose name comes
	fallback  int               // inside what older programs show instead of a drawing: the same text once more
	paragraph Block
	pieces    []piece
	number    int // of the paragraph
	bold      bool
	struck    bool
	text      bool // inside w:t
	table     int
	nested    int // open tables
	row       *Block
	cell      *Cell
	columns   int // that the open cell takes
}

// styleToken reads the names of styles.
func (r *wordReader) styleToken(t xml.Token) error {
	s, ok := t.(xml.StartElement)
	switch {
	case ok && s.Name.Local == "style":
		r.named = attr(s, "styleId")
	case ok && s.Name.Local == "name" && r.named != "" && len(r.styles) < 10_000:
		r.styles[r.named], r.named = value(s), ""
	}
	return nil
}

func (r *wordReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if t.Name.Local == "Fallback" || r.fallback > 0 {
			r.fallback++
			return nil
		}
		r.start(t)
	case xml.EndElement:
		if r.fallback > 0 {
			r.fallback--
			return nil
		}
		return r.stop(t.Name.Local)
	case xml.CharData:
		if r.text {
			r.pieces = append(r.pieces, piece{text: string(t), bold: r.bold, struck: r.struck})
		}
	}
	return nil
}

func (r *wordReader) start(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		r.number++
		r.paragraph = Block{Line: r.number}
	case "pStyle":
		r.style(value(t))
	case "ilvl":
		n, _ := strconv.Atoi(value(t))
		r.paragraph.Level = min(max(n, 0), MaxLevel-1) + 1
	case "numPr":
		r.paragraph.Kind, r.paragraph.Level = Item, 1
	case "r":
		r.bold, r.struck = false, false
	case "b":
		r.bold = on(t)
	case "strike", "dstrike":
		r.struck = on(t)
	case "t":
		r.text = true
	case "tab":
		r.pieces = append(r.pieces, piece{text: "\t"})
	case "br", "cr":
		r.pieces = append(r.pieces, piece{hard: true})
	case "tbl":
		if r.nested++; r.nested == 1 {
			r.table++
		}
	case "tr":
		if r.nested == 1 {
			r.row = &Block{Kind: Row, Table: r.table, Line: r.number + 1}
		}
	case "tc":
		if r.nested == 1 {
			r.cell, r.columns = &Cell{}, 1
		}
	case "gridSpan":
		if n, err := strconv.Atoi(value(t)); err == nil && r.nested == 1 {
			r.columns = min(max(n, 1), MaxCells)
		}
	}
}

// value returns the attribute w:val of t.
func value(t xml.StartElement) string { return attr(t, "val") }

// attr returns an attribute of t, or "".
func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reads a switch: it is on if it is there, unless its value says no.
func on(t xml.StartElement) bool {
	v := value(t)
	return v != "0" && v != "false" && v != "none"
}

// style makes the paragraph a heading or an item if its style is one. The
// identifiers of Word's own styles are in the language of its interface
// ("berschrift1"), their names in English ("heading 1"). Where a document does
// not name them, the identifier is taken for the name.
func (r *wordReader) style(id string) {
	name := r.styles[id]
	if name == "" {
		name = id
	}
	switch lower := strings.ToLower(name); {
	case strings.HasPrefix(lower, "list bullet"), strings.HasPrefix(lower, "list number"):
		n, err := strconv.Atoi(strings.TrimSpace(lower[len("list bullet"):]))
		if err != nil {
			n = 1
		}
		r.paragraph.Kind, r.paragraph.Level = Item, max(n, 1)
	case lower == "title":
		r.paragraph.Kind, r.paragraph.Level = Heading, 1
	case strings.HasPrefix(lower, "heading"):
		n, err := strconv.Atoi(strings.TrimSpace(lower[len("heading"):]))
		if err == nil && n > 0 {
			r.paragraph.Kind, r.paragraph.Level = Heading, n
		}
	}
}

func (r *wordReader) stop(name string) error {
	switch name {
	case "p":
		return r.endParagraph()
	case "t":
		r.text = false
	case "tbl":
		r.nested = max(0, r.nested-1)
	case "tc":
		if r.nested == 1 && r.row != nil && r.cell != nil {
			r.row.Cells = append(r.row.Cells, *r.cell)
			for ; r.columns > 1 && len(r.row.Cells) < MaxCells; r.columns-- {
				r.row.Cells = append(r.row.Cells, nil)
			}
			r.cell = nil
		}
	case "tr":
		if r.nested == 1 && r.row != nil {
			row := *r.row
			r.row = nil
			if row.Text = joinCells(row.Cells); row.Text != "" {
				return r.add(row)
			}
		}
	}
	return nil
}

// endParagraph adds the lines of the open paragraph.
func (r *wordReader) endParagraph() error {
	if len(r.pieces) == 0 {
		return nil
	}
	spans := divide(r.pieces)
	r.pieces = nil
	for i, s := range spans {
		b := r.paragraph
		if i > 0 && b.Kind == Item {
			b.Kind = Text
		}
		b = s.block(b)
		if r.cell != nil {
			if r.count++; r.count > MaxBlocks {
				return tooManyLines()
			}
			if b.Text != "" {
				*r.cell = append(*r.cell, b)
			}
			continue
		}
		if err := r.add(r.tabbed(b, s)); err != nil {
			return err
		}
	}
	return nil
}

// tabbed makes a line that tabs cut a row.
func (r *wordReader) tabbed(b Block, s span) Block {
	var raw strings.Builder
	for _, p := range s.pieces {
		raw.WriteString(p.text)
	}
	line := raw.String()
	if b.Kind == Text && strings.Contains(strings.TrimSpace(line), "\t") {
		return (&textReader{}).row(b, line)
	}
	return b
}
