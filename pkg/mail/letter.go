package mail

import (
	"net/mail"
	"strings"

	"tamada/pkg/post"
)

// paragraph returns a block of plain text.
func paragraph(text string) post.Block { return post.Block{Kind: post.Paragraph, Text: text} }

// facts returns a block of those pairs of label and value that have a value.
func facts(pairs ...string) post.Block {
	b := post.Block{Kind: post.Facts}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			b.Facts = append(b.Facts, post.Fact{Label: pairs[i], Value: pairs[i+1]})
		}
	}
	return b
}

// header returns the mailbox as headers have it, with a name that cannot end the
// line. Backslashes are left out: package net/mail puts them into encoded words,
// where they may not be (RFC 2047 section 5).
func header(m post.Mailbox) *mail.Address {
	return &mail.Address{Name: post.OneLine(strings.ReplaceAll(m.Name, `\`, "")), Address: m.Address}
}
