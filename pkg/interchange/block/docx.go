package block

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// IsZip reports whether b begins like a ZIP archive, which Word documents are.
func IsZip(b []byte) bool { return bytes.HasPrefix(b, []byte("PK\x03\x04")) }

// FromWord returns the paragraphs of a Word document (.docx, ECMA-376) in its
// body and tables. Only the text part is unpacked, and at most [MaxSize] of it.
func FromWord(b []byte) ([]Block, error) {
	if len(b) > 4*MaxSize {
		return nil, fmt.Errorf("document of Word of %d MB, at most %d are read: %w", len(b)>>20, 4*MaxSize>>20, ErrTooLarge)
	}
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("document of Word: %v: %w", err, ErrBroken)
	}
	for _, f := range archive.File {
		if f.Name == "word/document.xml" {
			return fromPart(f)
		}
	}
	return nil, fmt.Errorf("archive (ZIP) without word/document.xml, so not a Word document: %w", ErrBroken)
}

func fromPart(f *zip.File) ([]Block, error) {
	part, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("document of Word: %v: %w", err, ErrBroken)
	}
	defer part.Close()
	limited := &io.LimitedReader{R: part, N: MaxSize + 1}
	r := wordReader{decoder: xml.NewDecoder(limited)}
	r.decoder.Strict = true
	for {
		t, err := r.decoder.RawToken()
		if limited.N <= 0 {
			return nil, fmt.Errorf("document of Word of more than %d MB of text: %w", MaxSize>>20, ErrTooLarge)
		}
		if errors.Is(err, io.EOF) {
			return r.blocks, r.endParagraph()
		}
		if err != nil {
			return nil, fmt.Errorf("document of Word: %v: %w", err, ErrBroken)
		}
		if err := r.token(t); err != nil {
			return nil, err
		}
	}
}

// A wordReader reads the body of one document.
type wordReader struct {
	list
	decoder   *xml.Decoder
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
}

func (r *wordReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.EndElement:
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
		r.paragraph.Level = n + 1
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
			r.cell = &Cell{}
		}
	}
}

// value returns the attribute w:val of t.
func value(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
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

// style makes the paragraph a heading if its style is one. Word names its own
// styles "Heading1" in any language of its interface.
func (r *wordReader) style(name string) {
	switch lower := strings.ToLower(name); {
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
