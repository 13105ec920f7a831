// Package typeset puts text on paper: it shapes and breaks paragraphs in the
// scripts of its readers and draws them on the pages of a tagged PDF file.
//
// It has two halves. A [Composer] turns a [Paragraph], runs of styled text,
// into a [Block], lines whose heights are known. A [Document] is drawn on
// page by page, block by block, and becomes a file in [Document.Bytes].
// Between the two stands the caller, who decides where things go and where
// pages end; typeset knows nothing of agendas, columns or tables.
//
// All measures are points (1/72 inch) from the top left corner of the page,
// y running down.
//
//	c, err := typeset.NewComposer()
//	d := typeset.New(typeset.Info{Title: "Programme", Language: "fr", Date: released})
//	d.AddPage(typeset.A4)
//	heading := c.Layout(typeset.Paragraph{Runs: typeset.Plain("Bienvenue !", style), Width: 400})
//	d.Tagged(typeset.H1, typeset.Attrs{}, func() { d.Draw(heading, 60, 60) })
//	pdf, err := d.Bytes(ctx)
//
// Everything drawn is either inside an element ([Document.Begin]), and read
// aloud in the order of drawing, or an artifact ([Document.Artifact]).
// [Document.Return] goes back to an earlier page, for page numbers in a
// table of contents. [Document.Impose] puts pages on sheets, for booklets.
//
// # Text
//
// Text may be anything: it is made valid, composed (NFC) and stripped of
// control characters. Direction follows the Unicode bidirectional algorithm
// (UAX #9), places to break a line UAX #14; beyond it, ranges of times stay
// whole and French marks are spaced as French printers do. Lines are as few
// as possible and then as even as possible. Text is set ragged, never
// justified, and never hyphenated but at soft hyphens. It is never changed
// to upper case: Georgian would get letters that its readers do not use.
// Each cluster is drawn in the first font that has it; what none has is
// drawn as U+FFFD, copied rightly, and told by [Document.Missing].
//
// # Left out
//
// Justified text, hyphenation dictionaries, vertical and complex scripts
// without a font here, colour emoji, transparency, encryption, forms. The
// file is tagged to PDF/UA-1 as far as a program can check; whether headings
// and alternative texts make sense is for people to say.
//
// # Design
//
// Shaping is HarfBuzz in Go, go-text/typesetting, pinned at v0.3.3: v0.3.4
// and v0.3.5 drop kerning and Arabic joining in most fonts. The tests compare
// every glyph with HarfBuzz's own, so that another version cannot do so
// unseen. Its bidirectional ordering and line wrapping are not used; nor is
// golang.org/x/text's ordering, which gives logical order only.
//
// The file is written by github.com/jung-kurt/gofpdf v1.16.2, which cuts and
// embeds fonts and images and lays out objects, but draws text by characters
// and cannot tag. So it sees neither text nor structure:
//
//   - Operators are collected per page. A code stands for one glyph with one
//     text, numbered by first use, which makes copied text exact even where a
//     glyph serves two texts. When all is drawn, each font is given to gofpdf
//     with a cmap from this document's codes to glyphs. Each document has its
//     own copy, as gofpdf writes into the bytes it is given.
//   - The codes in use are told to gofpdf by drawing them on a template that
//     no page shows.
//   - The finished bytes are taken apart by their cross-reference table and
//     written anew with structure tree, links, outline, exact ToUnicode maps,
//     metadata, object streams, and images in a fixed order. This relies on
//     the order in which v1.16.2 writes objects; a file in another order is
//     an error, not a bad file.
//
// A right-to-left ligature is said to stand for the one presentation form
// that has its meaning (lam-alef, Allah), because readers reverse such text
// character by character. The same drawing gives the same bytes in any
// process: nothing depends on the clock, on maps or on what was drawn before.
package typeset
