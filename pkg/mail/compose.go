package mail

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// A Site is what every message shows of the site it comes from.
type Site struct {
	Name    string
	URL     string            // where it is; "" if that is not known
	Imprint map[string]string // one line by language
	Colour  string            // "#0b4f6c", of links, and of buttons under white letters; "" for this one
	Logo    Logo              // shown at the head; the message carries it
}

// A Logo is a picture. Mail programs show PNG, JPEG and GIF.
type Logo struct {
	Type string // "image/png"
	Data []byte
}

// logoID is the name of the logo within a message (RFC 2392).
const logoID = "logo@site"

// A Composer makes messages of one site.
type Composer struct {
	From   post.Mailbox
	Domain string // of Message-IDs; "" is the domain of From
	Site   Site

	// Now returns the site as it is when a message is made, for readers of a
	// language; it is Site if nil.
	Now func(language string) Site
}

// Check returns an error that says what is wrong with the site's own address.
func (c *Composer) Check() error {
	if err := c.From.Check(); err != nil {
		return fmt.Errorf("sender: %w", err)
	}
	return nil
}

// site returns what a message in a language shows of the site.
func (c *Composer) site(language string) Site {
	if c.Now == nil {
		return c.Site
	}
	return c.Now(language)
}

// domain is that of Message-IDs.
func (c *Composer) domain() string {
	if c.Domain != "" {
		return c.Domain
	}
	return c.From.Address[strings.LastIndexByte(c.From.Address, '@')+1:]
}

// Compose returns m as it goes over the line (RFC 5322), with the Date and the
// Message-ID that it has at every attempt. An error wraps [post.ErrMessage].
func (c *Composer) Compose(m post.Message) ([]byte, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from := c.From
	if m.From.Address != "" {
		from = m.From
	}
	if from.Name == "" {
		from.Name = c.site(m.Letter.Language).Name
	}
	msg.FromMailAddress(header(from))
	msg.ToMailAddress(header(m.To))
	if m.ReplyTo.Address != "" {
		msg.ReplyToMailAddress(header(m.ReplyTo))
	}
	msg.SetMessageIDWithValue(post.MessageID(m.ID, c.domain()))
	msg.SetDateWithValue(m.Created)
	msg.Subject(post.OneLine(m.Letter.Subject))
	// Programs that answer for those who are away leave us alone (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if locale.Valid(m.Letter.Language) {
		msg.SetGenHeader("Content-Language", m.Letter.Language)
	}
	if err := unsubscribe(msg, m.Unsubscribe); err != nil {
		return nil, err
	}
	if err := c.parts(msg, m); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("message %s: %w: %w", m.ID, post.ErrMessage, err)
	}
	return b.Bytes(), nil
}

// A Preview is what a message looks like, for whoever is about to send it.
type Preview struct {
	Subject string
	Text    string
	HTML    string // a whole page with styles of its own; the logo is part of the message and not shown
}

// Preview shows m without making a message of it.
func (c *Composer) Preview(m post.Message) (Preview, error) {
	if err := m.Check(); err != nil {
		return Preview{}, err
	}
	l := locale.For(m.Letter.Language)
	html, err := c.html(m, l)
	return Preview{post.OneLine(m.Letter.Subject), c.text(m, l), html}, err
}

// unsubscribe names the address that a program may post to for the reader (RFC
// 8058). Without TLS it is only a page to open (RFC 2369).
func unsubscribe(msg *gomail.Msg, address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return fmt.Errorf("address %q to unsubscribe: %w", address, post.ErrMessage)
	case u.Scheme == "https":
		return msg.SetListUnsubscribeOneClick(address)
	case address != "":
		msg.SetListUnsubscribe(address)
	}
	return nil
}

// parts adds the body in each of its forms, the worst first, and the files.
func (c *Composer) parts(msg *gomail.Msg, m post.Message) error {
	l := locale.For(m.Letter.Language)
	html, err := c.html(m, l)
	if err != nil {
		return fmt.Errorf("%w: %w", post.ErrMessage, err)
	}
	text := c.text(m, l)
	msg.SetBodyString(gomail.TypeTextPlain, text, encodingOf(text))
	msg.AddAlternativeString(gomail.TypeTextHTML, html, encodingOf(html))
	if m.Calendar != nil {
		// RFC 6047 section 2.4: the method is that of the calendar.
		kind := gomail.ContentType("text/calendar; method=" + m.Calendar.Method)
		msg.AddAlternativeString(kind, string(m.Calendar.Data), gomail.WithPartEncoding(gomail.EncodingB64))
	}
	return c.files(msg, m)
}

// files adds the logo and the attachments.
func (c *Composer) files(msg *gomail.Msg, m post.Message) error {
	if logo := c.site(m.Letter.Language).Logo; len(logo.Data) > 0 {
		err := msg.EmbedReader("logo", bytes.NewReader(logo.Data),
			gomail.WithFileContentType(gomail.ContentType(logo.Type)), gomail.WithFileContentID("<"+logoID+">"))
		if err != nil {
			return fmt.Errorf("logo: %w: %w", post.ErrMessage, err)
		}
	}
	for _, a := range m.Attachments {
		err := msg.AttachReader(post.OneLine(a.Name), bytes.NewReader(a.Data),
			gomail.WithFileContentType(gomail.ContentType(a.Type)))
		if err != nil {
			return fmt.Errorf("attachment %q: %w: %w", a.Name, post.ErrMessage, err)
		}
	}
	return nil
}

// encodingOf chooses the shorter of the encodings of a text: quoted-printable
// takes three characters for every byte that is not ASCII.
func encodingOf(text string) gomail.PartOption {
	letters := utf8.RuneCountInString(text)
	if foreign := len(text) - letters; foreign*4 > letters {
		return gomail.WithPartEncoding(gomail.EncodingB64)
	}
	return gomail.WithPartEncoding(gomail.EncodingQP)
}
