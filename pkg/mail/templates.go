package mail

import (
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
