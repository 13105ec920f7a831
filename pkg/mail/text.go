package mail

import (
	"strings"

	"tamada/pkg/locale"
	"tamada/pkg/markdown"
	"tamada/pkg/post"
)

// text writes a letter as plain text: an empty line between paragraphs, links on
// lines of their own, the site below a line.
func (c *Composer) text(m post.Message, l *locale.Locale) string {
	parts := blocksText(m.Letter.Blocks, l)
	parts = append(parts, blocksText(m.Letter.Notes, l)...)
	parts = append(parts, "-- \n"+strings.Join(c.signature(l), "\n")) // RFC 3676 section 4.3
	if m.Unsubscribe != "" {
		parts = append(parts, l.T("mail.unsubscribe")+"\n"+m.Unsubscribe)
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// signature is the lines that say who sends.
func (c *Composer) signature(l *locale.Locale) []string {
	site := c.site(l.Tag())
	lines := []string{site.Name}
	for _, s := range []string{site.URL, site.Imprint[l.Tag()]} {
		if s != "" {
			lines = append(lines, s)
		}
	}
	return lines
}

// blocksText writes each block as a paragraph.
func blocksText(blocks []post.Block, l *locale.Locale) []string {
	texts := make([]string, 0, len(blocks))
	for _, b := range blocks {
		texts = append(texts, blockText(b, l))
	}
	return texts
}

// blockText writes one block.
func blockText(b post.Block, l *locale.Locale) string {
	switch b.Kind {
	case post.Markdown:
		return markdown.Plain(b.Text)
	case post.Button:
		return b.Text + "\n" + b.URL
	case post.Facts:
		lines := make([]string, len(b.Facts))
		for i, f := range b.Facts {
			lines[i] = l.T("label", "label", f.Label, "value", post.OneLine(f.Value))
		}
		return strings.Join(lines, "\n")
	case post.Paragraph:
	}
	return b.Text
}
