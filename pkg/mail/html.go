package mail

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"tamada/pkg/locale"
	"tamada/pkg/markdown"
	"tamada/pkg/post"
)

//go:embed letter.html.tmpl
var letterSource string

// letterTemplate is the frame of every letter.
var letterTemplate = template.Must(template.New("letter").Funcs(template.FuncMap{
	"markdown": func(s string) template.HTML { return markdown.HTML(s, 2) },
	"dressed":  func(b post.Block, colour string) dressedBlock { return dressedBlock{b, colour} },
	"logo":     func() template.URL { return template.URL("cid:" + logoID) },
}).Parse(letterSource))

// A dressedBlock is a block with the colour of the site.
type dressedBlock struct {
	post.Block
	Colour string
}

// A letterPage is what the frame shows.
type letterPage struct {
	Language, Dir string
	Letter        post.Letter
	Site          Site
	Imprint       string
	HasLogo       bool
	Unsubscribe   string
	Words         letterWords
}

// letterWords are the words of the frame.
type letterWords struct{ Unsubscribe string }

// html writes a letter as HTML that mail programs understand: one column, inline
// styles, real headings and links, nothing fetched from anywhere.
func (c *Composer) html(m post.Message, l *locale.Locale) (string, error) {
	site := c.site(m.Letter.Language)
	if site.Colour == "" {
		site.Colour = "#0b4f6c"
	}
	var b strings.Builder
	err := letterTemplate.Execute(&b, letterPage{
		Language:    m.Letter.Language,
		Dir:         locale.Dir(m.Letter.Language),
		Letter:      m.Letter,
		Site:        site,
		Imprint:     site.Imprint[l.Tag()],
		HasLogo:     len(site.Logo.Data) > 0,
		Unsubscribe: m.Unsubscribe,
		Words:       letterWords{l.T("mail.unsubscribe")},
	})
	if err != nil {
		return "", fmt.Errorf("letter: %w", err)
	}
	return b.String(), nil
}
