package mail

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// A SignIn is what the message with a link to sign in says.
type SignIn struct {
	Site    string // the name of the site
	Name    string // whom it greets; may be ""
	Link    string
	Minutes int // how long the link works
}

// Letter writes it in the language of l.
func (s SignIn) Letter(l *locale.Locale) post.Letter {
	return post.Letter{
		Language: l.Tag(),
		Subject:  l.T("mail.sign-in.subject", "site", s.Site),
		Blocks: []post.Block{
			greeting(l, s.Name),
			paragraph(l.T("mail.sign-in.text", "site", s.Site)),
			{Kind: post.Button, Text: l.T("mail.sign-in.button"), URL: s.Link},
			paragraph(l.T("mail.sign-in.once", "count", s.Minutes)),
		},
		Notes: []post.Block{paragraph(l.T("mail.sign-in.ignore"))},
	}
}

// An Invitation is what the message that offers somebody a role at an event says.
type Invitation struct {
	Site  string
	Name  string // of the one invited; may be ""
	By    string // who invites
	Event string // its title
	Dates string // in the language of the letter; may be ""
	Role  string // as of access.Role
	Link  string
	Days  int // how long the link works
}

// Letter writes it in the language of l.
func (i Invitation) Letter(l *locale.Locale) post.Letter {
	role := l.T("access.role." + i.Role)
	return post.Letter{
		Language: l.Tag(),
		Subject:  l.T("mail.invitation.subject", "event", i.Event),
		Blocks: []post.Block{
			greeting(l, i.Name),
			paragraph(l.T("mail.invitation.text", "by", i.By, "site", i.Site)),
			facts(l.T("event"), i.Event, l.T("mail.dates"), i.Dates, l.T("mail.your-role"), role),
			paragraph(l.T("access.role." + i.Role + ".about")),
			{Kind: post.Button, Text: l.T("mail.invitation.button"), URL: i.Link},
			paragraph(l.T("mail.invitation.once", "count", i.Days)),
		},
		Notes: []post.Block{paragraph(l.T("mail.invitation.ignore"))},
	}
}

// A Published is what the notice of a release says.
type Published struct {
	Name    string
	Event   string
	Dates   string
	Venue   string
	Release int    // 1 is the first
	Note    string // of whoever published it; Markdown; may be ""
	Link    string // of the agenda
	Changes string // of what this release changed; may be ""
}

// Letter writes it in the language of l.
func (p Published) Letter(l *locale.Locale) post.Letter {
	id := "mail.published."
	if p.Release > 1 {
		id = "mail.changed."
	}
	letter := post.Letter{
		Language: l.Tag(),
		Subject:  l.T(id+"subject", "event", p.Event),
		Blocks: []post.Block{
			greeting(l, p.Name),
			paragraph(l.T(id + "text")),
			facts(l.T("event"), p.Event, l.T("mail.dates"), p.Dates, l.T("venue"), p.Venue),
		},
	}
	if p.Note != "" {
		letter.Blocks = append(letter.Blocks, post.Block{Kind: post.Markdown, Text: p.Note})
	}
	letter.Blocks = append(letter.Blocks, post.Block{Kind: post.Button, Text: l.T("mail.published.button"), URL: p.Link})
	if p.Release > 1 && p.Changes != "" {
		letter.Blocks = append(letter.Blocks, post.Block{Kind: post.Button, Text: l.T("mail.changed.button"), URL: p.Changes})
	}
	return letter
}

// greeting is the line that a letter begins with.
func greeting(l *locale.Locale, name string) post.Block {
	if name = post.OneLine(name); name == "" {
		return paragraph(l.T("mail.hello"))
	}
	return paragraph(l.T("mail.dear", "name", name))
}

// A Bulk is a message that an organiser writes to many. Its subject and body may
// have the placeholders {name}, {event} and {link}.
type Bulk struct {
	Language string
	Subject  string
	Body     string // Markdown
}

// Recipient is what a [Bulk] says to one of the many.
type Recipient struct {
	Name  string // {name}
	Event string // {event}: the title
	Link  string // {link}: their own page; "" if they have none
}

// ErrPlaceholder says that a text has a placeholder that is not known, or one for
// which there is nothing.
var ErrPlaceholder = errors.New("no such placeholder")

// Letter writes the message to one. The values are text: what looks like Markdown
// in a name stays as it is.
func (b Bulk) Letter(to Recipient) (post.Letter, error) {
	subject, err := fill(b.Subject, to, func(s string) string { return s })
	if err != nil {
		return post.Letter{}, fmt.Errorf("subject: %w", err)
	}
	body, err := fill(b.Body, to, escapeMarkdown)
	if err != nil {
		return post.Letter{}, fmt.Errorf("body: %w", err)
	}
	return post.Letter{Language: b.Language, Subject: post.OneLine(subject), Blocks: []post.Block{{Kind: post.Markdown, Text: body}}}, nil
}

// Placeholders lists what may stand in a [Bulk], with its braces.
func Placeholders() []string { return []string{"{name}", "{event}", "{link}"} }

// fill replaces the placeholders in text. A value is written by escape, except
// for the link, which is an address.
func fill(text string, to Recipient, escape func(string) string) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || !slices.Contains(Placeholders(), "{"+name+"}") {
			return "", fmt.Errorf("{%.20s: %w, write one of %s", rest, ErrPlaceholder, strings.Join(Placeholders(), " "))
		}
		value := to.value(name)
		if value == "" || name == "link" && !post.WebAddress(value) {
			return "", fmt.Errorf("{%s} for %q: %w", name, to.Name, ErrPlaceholder)
		}
		if name == "link" {
			b.WriteString(strings.NewReplacer("(", "%28", ")", "%29").Replace(value))
		} else {
			b.WriteString(escape(post.OneLine(value)))
		}
		text = after
	}
}

// value is what a placeholder stands for.
func (r Recipient) value(name string) string {
	switch name {
	case "name":
		return r.Name
	case "event":
		return r.Event
	}
	return r.Link
}

// escapeMarkdown writes plain text so that Markdown says it as it is (CommonMark
// section 2.4).
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
