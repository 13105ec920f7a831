package interchange

import (
	"strings"

	"tamada/pkg/interchange/block"
)

// SourceLines returns the lines of a source by which remarks and sessions name
// their place: those of a text, or the paragraphs of a Word document, of which
// the cells of a row stand in one line. Errors wrap one of package block.
func SourceLines(source []byte) ([]string, error) {
	if block.IsZip(source) {
		blocks, err := block.FromWord(source)
		if err != nil {
			return nil, err
		}
		return paragraphs(blocks), nil
	}
	text, err := block.Decode(source)
	if err != nil {
		return nil, err
	}
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n"), nil
}

// paragraphs returns the text of blocks by their lines.
func paragraphs(blocks []block.Block) []string {
	var lines []string
	put := func(line int, text string) {
		for len(lines) < line {
			lines = append(lines, "")
		}
		if line > 0 {
			lines[line-1] = strings.TrimPrefix(lines[line-1]+"\t"+text, "\t")
		}
	}
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != block.Row {
			put(b.Line, b.Text)
		}
		for _, cell := range b.Cells {
			for j := range cell {
				put(cell[j].Line, cell[j].Text)
			}
		}
	}
	return lines
}

// ReadableText returns a source as text that can be edited, and whether it is
// text at all: a Word document is not.
func ReadableText(source []byte) (string, bool) {
	if block.IsZip(source) {
		return "", false
	}
	text, err := block.Decode(source)
	return text, err == nil
}

// The errors of readers about the source itself, as package block has them.
var (
	ErrTooLarge = block.ErrTooLarge
	ErrNotText  = block.ErrNotText
	ErrBroken   = block.ErrBroken

	ErrOtherKind = block.ErrOtherKind
)
