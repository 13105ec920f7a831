package translation

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"tamada/pkg/locale"
)

// The columns of a sheet; those of the languages follow.
const (
	columnID = iota + 1
	columnForm
	columnEnglish
	columnNote
	columnFirst
)

// heads are the first cells of the first four columns.
var heads = []string{"id", "form", "English", "note"}

// noForm stands in a cell for a form that the language has not.
const noForm = "—"

// about is the sheet that explains the others.
const about = "About"

// WriteXLSX writes a workbook of c for translators into the languages, which may have no
// translation yet. It fails for a language without rules for plurals.
func WriteXLSX(w io.Writer, c *Catalogue, languages []string) error {
	rules, err := plurals(languages)
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	b := &book{file: f, languages: languages, rules: rules}
	if err := b.styles(); err != nil {
		return err
	}
	if err := b.about(c); err != nil {
		return err
	}
	for i := range c.Areas {
		if err := b.sheet(&c.Areas[i]); err != nil {
			return fmt.Errorf("sheet %s: %w", c.Areas[i].Name, err)
		}
	}
	return f.Write(w)
}

// A book is a workbook being written.
type book struct {
	file      *excelize.File
	languages []string
	rules     []plural

	head, plain, fixed, right, unused int // styles
	missing                           int // the conditional one
}

const (
	grey, pale, yellow = "D9D9D9", "F2F2F2", "FFF2B3"
	asText             = 49 // the number format "@": what is typed is text, never a formula
)

func (b *book) styles() error {
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	mirrored := &excelize.Alignment{Vertical: "top", WrapText: true, ReadingOrder: 2, Horizontal: "right"}
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&b.head, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: filled(grey), NumFmt: asText, Alignment: wrapped}},
		{&b.plain, excelize.Style{NumFmt: asText, Alignment: wrapped}},
		{&b.fixed, excelize.Style{Fill: filled(pale), NumFmt: asText, Alignment: wrapped}},
		{&b.right, excelize.Style{NumFmt: asText, Alignment: mirrored}},
		{&b.unused, excelize.Style{Fill: filled(grey), NumFmt: asText, Alignment: wrapped}},
	} {
		style, err := b.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.to = style
	}
	var err error
	b.missing, err = b.file.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{yellow}}})
	return err
}

func filled(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// guide is what stands on the first sheet.
var guide = []string{
	"The words of the program, for translators",
	"",
	"There is a sheet for each part of the program, and a line for each text. Write into the columns of the languages; the others are there to read.",
	"A yellow cell is missing. A grey one is not needed: the language has no such form.",
	"Names in double braces, as {{.count}}, are placeholders: the program puts a number, a name or a date in their place. Keep each as it is, where the sentence wants it.",
	"A text that depends on a number has a line for each plural form. The note says which numbers take it. Where a form is for one number alone, it may say it in words.",
	"Texts are short where there is little room. Keep the register of a ministry, and no space at the beginning or the end.",
	"An apostrophe before =, +, - or @ keeps a spreadsheet from taking a text for a formula. It is not part of the text.",
	"If the English seems wrong, say so in a letter: it is not changed here.",
}

// about writes the first sheet: the guide, and what is missing.
func (b *book) about(c *Catalogue) error {
	if err := b.file.SetSheetName("Sheet1", about); err != nil {
		return err
	}
	for i, line := range guide {
		if err := b.set(about, 1, i+1, line, b.plain); err != nil {
			return err
		}
	}
	top := len(guide) + 2
	for i, head := range []string{"language", "plural forms", "texts", "missing"} {
		if err := b.set(about, i+1, top, head, b.head); err != nil {
			return err
		}
	}
	english := locale.For(Source)
	for i, language := range b.languages {
		total, missing := c.count(language)
		cells := []string{language + " (" + english.Language(language) + ")", forms(b.rules[i+1]), english.Number(total), english.Number(missing)}
		for j, cell := range cells {
			if err := b.set(about, j+1, top+i+1, cell, b.plain); err != nil {
				return err
			}
		}
	}
	return b.widths(about, []float64{100, 70, 10, 10})
}

// forms lists plural forms with their numbers.
func forms(p plural) string {
	list := make([]string, len(p))
	for i, f := range p {
		list[i] = f.Name + ": " + numbers(f)
	}
	return strings.Join(list, "; ")
}

// count returns how many messages there are, and how many of them a language has not.
func (c *Catalogue) count(language string) (total, missing int) {
	for _, a := range c.Areas {
		total += len(a.Messages)
		for _, m := range a.Messages {
			if m.Texts[language] == nil {
				missing++
			}
		}
	}
	return total, missing
}

// sheet writes the sheet of an area.
func (b *book) sheet(a *Area) error {
	if _, err := b.file.NewSheet(a.Name); err != nil {
		return err
	}
	english := locale.For(Source)
	line := append([]string{}, heads...)
	for _, language := range b.languages {
		line = append(line, language+" ("+english.Language(language)+")")
	}
	for i, head := range line {
		if err := b.set(a.Name, i+1, 1, head, b.head); err != nil {
			return err
		}
	}
	rows := a.rows(b.languages, b.rules)
	for i, r := range rows {
		if err := b.row(a.Name, i+2, r); err != nil {
			return err
		}
	}
	if err := b.markMissing(a.Name, len(rows)); err != nil {
		return err
	}
	widths := []float64{28, 8, 50, 30}
	for range b.languages {
		widths = append(widths, 50)
	}
	if err := b.widths(a.Name, widths); err != nil {
		return err
	}
	return b.file.SetPanes(a.Name, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: 1, TopLeftCell: "D2", ActivePane: "bottomRight"})
}

// row writes one line.
func (b *book) row(sheet string, y int, r row) error {
	for i, cell := range []string{r.id, r.form, r.english, r.note} {
		if err := b.set(sheet, i+1, y, cell, b.fixed); err != nil {
			return err
		}
	}
	for i, text := range r.texts {
		style := b.plain
		if locale.Dir(b.languages[i]) == "rtl" {
			style = b.right
		}
		if r.unused[i] {
			text, style = noForm, b.unused
		}
		if err := b.set(sheet, columnFirst+i, y, text, style); err != nil {
			return err
		}
	}
	return nil
}

// markMissing makes the empty cells of the languages yellow, until there is something in them.
func (b *book) markMissing(sheet string, rows int) error {
	if rows == 0 || len(b.languages) == 0 {
		return nil
	}
	cells := cellName(columnFirst, 2) + ":" + cellName(columnFirst+len(b.languages)-1, rows+1)
	rule := excelize.ConditionalFormatOptions{Type: "blanks", Criteria: "=", Format: &b.missing}
	return b.file.SetConditionalFormat(sheet, cells, []excelize.ConditionalFormatOptions{rule})
}

// set writes a text into a cell, as a text.
func (b *book) set(sheet string, x, y int, text string, style int) error {
	cell := cellName(x, y)
	if text != "" {
		if err := b.file.SetCellStr(sheet, cell, shield(text)); err != nil {
			return err
		}
	}
	return b.file.SetCellStyle(sheet, cell, cell, style)
}

func (b *book) widths(sheet string, widths []float64) error {
	for i, width := range widths {
		column := strings.TrimRight(cellName(i+1, 1), "1")
		if err := b.file.SetColWidth(sheet, column, column, width); err != nil {
			return err
		}
	}
	return nil
}

// cellName returns the name of a cell, as "B7". Columns and lines count from 1.
func cellName(x, y int) string {
	letters := ""
	for ; x > 0; x = (x - 1) / 26 {
		letters = string(rune('A'+(x-1)%26)) + letters
	}
	return fmt.Sprintf("%s%d", letters, y)
}

// formulaSigns begin what spreadsheets take for a formula.
const formulaSigns = "=+-@\t\r＝＋－＠"

// shield puts an apostrophe before what a spreadsheet may take for a formula. Where there is
// an apostrophe in that place already it puts one more, so that unshield knows its own.
func shield(s string) string {
	if strings.IndexAny(strings.TrimLeft(s, "'"), formulaSigns) == 0 {
		return "'" + s
	}
	return s
}

// unshield takes back what shield did.
func unshield(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && strings.IndexAny(strings.TrimLeft(rest, "'"), formulaSigns) == 0 {
		return rest
	}
	return s
}
