package interchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"tamada/pkg/interchange/block"
)

// ReadCSV reads a table of sessions: columns of times, titles, people and rooms
// by their names in any of our languages, or a grid with rooms or days as
// columns; separated by commas, semicolons or tabs. Errors wrap [ErrFormat] or
// those of package block.
func ReadCSV(source []byte, options ReadOptions) (*Result, error) {
	text, err := block.Decode(source)
	if err != nil {
		return nil, err
	}
	blocks, err := csvBlocks(text)
	if err != nil {
		return nil, err
	}
	return recognise(blocks, options), nil
}

// csvBlocks returns the rows of text.
func csvBlocks(text string) ([]block.Block, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	var blocks []block.Block
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("table: %v: %w", err, ErrFormat)
		}
		line, _ := r.FieldPos(0)
		b := block.Block{Kind: block.Row, Table: 1, Line: line, Header: len(blocks) == 0}
		filled := false
		for _, value := range record {
			var cell block.Cell
			for i, part := range strings.Split(strings.TrimSpace(value), "\n") {
				if part = block.Clean(part); part != "" {
					cell = append(cell, block.Block{Text: part, Line: line + i})
					filled = true
				}
			}
			b.Cells = append(b.Cells, cell)
			b.Text = strings.TrimPrefix(b.Text+" | "+cell.String(), " | ")
		}
		if filled {
			blocks = append(blocks, b)
		}
		if len(blocks) > block.MaxBlocks/4 {
			return nil, fmt.Errorf("table of more than %d rows: %w", block.MaxBlocks/4, block.ErrTooLarge)
		}
	}
	if len(blocks) < 2 || len(blocks[0].Cells) < 2 {
		return nil, fmt.Errorf("table without rows and columns: %w", ErrFormat)
	}
	return blocks, nil
}

// separator returns the separator that the first line has most of.
func separator(text string) rune {
	head, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		if n := strings.Count(head, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// looksLikeCSV reports whether text is a table: its first lines have the same
// number of separators, and the first names at least one column we know.
func looksLikeCSV(text string) bool {
	blocks, err := csvBlocks(text[:min(len(text), 20_000)])
	if err != nil || len(blocks[0].Cells) < 3 {
		return false
	}
	known := 0
	columns := columnsOf(&blocks[0], blocks[1:])
	for _, c := range columns {
		if c.field != 0 {
			known++
		}
	}
	return known >= 2 && timetableColumns(columns) && len(strings.Fields(blocks[0].Text)) < 60
}
