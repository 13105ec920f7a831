package mail_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"tamada/pkg/agenda"
	"tamada/pkg/golden"
	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/post"
)

var noon = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)

const messageUUID = "6f1d6cf0-98a5-4a3c-8a33-d6b42f0a8a01"

// composer is that of a site.
func composer() *mail.Composer {
	return &mail.Composer{
		From: post.Mailbox{Name: "Meetings, Georgia", Address: "meetings@example.org"},
		Site: mail.Site{
			Name:    "Government meetings",
			URL:     "https://meetings.example.org",
			Imprint: map[string]string{"en": "Administration of the Government, Tbilisi", "ar": "إدارة الحكومة، تبليسي"},
			Logo:    mail.Logo{Type: "image/png", Data: []byte("\x89PNG\r\n\x1a\nlogo")},
		},
	}
}

// letterTo returns a message with that letter.
func letterTo(l post.Letter) post.Message {
	return post.Message{
		ID: messageUUID, Kind: post.KindSignIn, Letter: l, Created: noon,
		To: post.Mailbox{Name: "Ada Lovelace", Address: "ada@example.org"},
	}
}

// A part is one of a message, without its encoding.
type part struct {
	kind   string // with its parameters, without boundaries
	header map[string][]string
	body   string
}

// parsed returns the header of a message and its parts, those within others too.
func parsed(t *testing.T, data []byte) (netmail.Header, []part) {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header, partsOf(t, m.Header, m.Body)
}

func partsOf(t *testing.T, header map[string][]string, body io.Reader) []part {
	t.Helper()
	first := func(name string) string { return strings.Join(header[name], " ") }
	kind, params, err := mime.ParseMediaType(first("Content-Type"))
	if err != nil {
		t.Fatalf("%s: %v", first("Content-Type"), err)
	}
	boundary := params["boundary"]
	delete(params, "boundary")
	p := part{kind: mime.FormatMediaType(kind, params), header: header}
	if boundary == "" {
		switch first("Content-Transfer-Encoding") {
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, body)
		case "quoted-printable":
			body = quotedprintable.NewReader(body)
		default:
			t.Errorf("%s has encoding %q", kind, first("Content-Transfer-Encoding"))
		}
		b, err := io.ReadAll(body)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		p.body = string(b)
		return []part{p}
	}
	parts := []part{p}
	for r := multipart.NewReader(body, boundary); ; {
		next, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return parts
		}
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		parts = append(parts, partsOf(t, next.Header, next)...)
	}
}

// outline lists the kinds of parts.
func outline(parts []part) string {
	var kinds []string
	for _, p := range parts {
		kinds = append(kinds, p.kind)
	}
	return strings.Join(kinds, "\n")
}

func compose(t *testing.T, m post.Message) []byte {
	t.Helper()
	data, err := composer().Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// invitation is a message with everything.
func invitation() post.Message {
	m := letterTo(mail.Invitation{
		Site: "Government meetings", Name: "ليلى حداد", By: "Marco Daglio", Event: "Réunion de Tunis",
		Dates: "٣–٥", Role: "moderator", Link: "https://meetings.example.org/i/0123", Days: 14,
	}.Letter(locale.For("ar")))
	m.Kind = post.KindInvitation
	m.To = post.Mailbox{Name: "ليلى حداد", Address: "leila@example.org"}
	m.ReplyTo = post.Mailbox{Name: "Marco Daglio", Address: "marco@example.org"}
	m.Unsubscribe = "https://meetings.example.org/u/0123?kind=published"
	m.Calendar = &post.Calendar{Method: "REQUEST", Data: []byte("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n")}
	m.Attachments = []post.Attachment{{Name: "programme – جدول.pdf", Type: "application/pdf", Data: []byte("%PDF-1.7")}}
	return m
}

func TestComposeEveryPart(t *testing.T) {
	header, parts := parsed(t, compose(t, invitation()))
	want := strings.Join([]string{
		"multipart/mixed", "multipart/related", "multipart/alternative",
		"text/plain; charset=UTF-8", "text/html; charset=UTF-8", "text/calendar; charset=UTF-8; method=REQUEST",
		"image/png; name=logo", "application/pdf; name*=utf-8''programme%20%E2%80%93%20%D8%AC%D8%AF%D9%88%D9%84.pdf",
	}, "\n")
	got := outline(parts)
	if i := strings.LastIndex(got, "application/pdf"); i < 0 || !strings.HasPrefix(want, got[:i]) {
		t.Errorf("got parts\n%s\nwant\n%s", got, want)
	}
	for name, want := range map[string]string{
		"Message-Id": "<" + messageUUID + "@example.org>", "Date": "Tue, 03 Nov 2026 12:00:00 +0000",
		"From": `"Meetings, Georgia" <meetings@example.org>`, "Reply-To": `"Marco Daglio" <marco@example.org>`,
		"Auto-Submitted": "auto-generated", "Content-Language": "ar", "Mime-Version": "1.0",
		"List-Unsubscribe":      "<https://meetings.example.org/u/0123?kind=published>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if to := to(t, header); to.Name != "ليلى حداد" {
		t.Errorf("To: got %v, want her name", to)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil || !strings.Contains(subject, "Réunion de Tunis") {
		t.Errorf("subject: got %q, %v, want the title in it", subject, err)
	}
	if html := parts[4].body; !strings.Contains(html, `lang="ar" dir="rtl"`) || !strings.Contains(html, `src="cid:logo@site"`) {
		t.Errorf("HTML without its language, direction or logo:\n%s", html)
	}
	if got := parts[6].header["Content-Id"]; fmt.Sprint(got) != "[<logo@site>]" {
		t.Errorf("logo: got Content-ID %v", got)
	}
	if parts[5].body != string(invitation().Calendar.Data) || parts[7].body != "%PDF-1.7" {
		t.Error("the calendar or the attachment is not what it was")
	}
}

func TestComposeIsTheSameAtEachAttempt(t *testing.T) {
	h1, p1 := parsed(t, compose(t, invitation()))
	h2, p2 := parsed(t, compose(t, invitation()))
	delete(h1, "Content-Type") // boundaries are random
	delete(h2, "Content-Type")
	if fmt.Sprint(h1) != fmt.Sprint(h2) {
		t.Errorf("got headers\n%v\nand\n%v", h1, h2)
	}
	for i := range p1 {
		if p1[i].body != p2[i].body {
			t.Errorf("part %d differs", i)
		}
	}
}

func TestLinesAreShort(t *testing.T) {
	m := invitation()
	m.Letter.Subject = strings.Repeat("جدول ", 25)
	m.To.Name = strings.Repeat("name ", 60)
	for i, line := range bytes.Split(compose(t, m), []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n") { // RFC 5322 section 2.1.1
			t.Errorf("line %d has %d bytes or a bare end of line", i+1, len(line))
		}
	}
}

// Whatever is in a name or a subject, the message has the same headers.
func TestHeaderInjection(t *testing.T) {
	plain, _ := parsed(t, compose(t, letterTo(post.Letter{Language: "en", Subject: "x"})))
	evils := []string{
		"x\r\nBcc: eve@example.org", "x\nBcc: eve@example.org", "x\rBcc: eve@example.org", "x\r\n\r\n<script>",
		"x\x00y", "\u2028Bcc: eve@example.org", "x\u0085Bcc: e", "=?utf-8?q?=0D=0ABcc:_eve@example.org?=",
		`x" <eve@example.org>, "`, "x\u202egro.elpmaxe", strings.Repeat("long ", 50) + "\r\nBcc: eve@example.org", "\xff\xfe\r\n x",
	}
	for _, evil := range evils {
		m := letterTo(post.Letter{Language: "en\r\nBcc: eve@example.org", Subject: "A " + evil})
		m.To.Name = "A " + evil
		m.ReplyTo = post.Mailbox{Name: "A " + evil, Address: "marco@example.org"}
		m.Attachments = []post.Attachment{{Name: "A " + evil, Type: "text/plain", Data: []byte("x")}}
		header, parts := parsed(t, compose(t, m))
		for name := range header {
			if name != "Reply-To" && plain[name] == nil {
				t.Errorf("%q makes a header %s: %v", evil, name, header[name])
			}
		}
		if to := to(t, header); to.Address != "ada@example.org" {
			t.Errorf("%q: to %v, want ada alone", evil, to)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
		if err != nil || strings.ContainsFunc(subject+to(t, header).Name, unfitForHeaders) {
			t.Errorf("%q: subject %q to %q, %v, want no control characters", evil, subject, to(t, header).Name, err)
		}
		if n := len(parts); n != 7 {
			t.Errorf("%q: got %d parts, want 7", evil, n)
		}
	}
}

// Whatever names and subjects are, the header and the parts are those of any letter.
func FuzzCompose(f *testing.F) {
	f.Add("Ada", "Subject", "file.pdf")
	f.Add("x\r\nBcc: eve@example.org", "=?utf-8?q?=0D=0ABcc:_eve?=", "\"; x=\r\n")
	f.Add("\xff\u202e", "جدول الأعمال", "a\u2028b")
	f.Fuzz(func(t *testing.T, name, subject, file string) {
		m := letterTo(post.Letter{Language: "en", Subject: subject, Blocks: []post.Block{{Kind: post.Paragraph, Text: subject}}})
		m.To.Name = name
		m.Attachments = []post.Attachment{{Name: file, Type: "text/plain", Data: []byte(file)}}
		data, err := composer().Compose(m)
		if err != nil {
			if !errors.Is(err, post.ErrMessage) {
				t.Errorf("got %v, want %v", err, post.ErrMessage)
			}
			return
		}
		header, parts := parsed(t, data)
		if len(header) != 9 || len(parts) != 7 || to(t, header).Address != "ada@example.org" {
			t.Errorf("got %d headers and %d parts, want 9 and 7:\n%v", len(header), len(parts), header)
		}
		if got := parts[6].body; got != file {
			t.Errorf("got a file of %q, want %q", got, file)
		}
	})
}

// unfitForHeaders reports whether r may do more than be read.
func unfitForHeaders(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u202e' || r == unicode.ReplacementChar
}

// to returns the one recipient of a message.
func to(t *testing.T, header netmail.Header) *netmail.Address {
	t.Helper()
	list, err := header.AddressList("To")
	if err != nil || len(list) != 1 {
		t.Fatalf("To: got %v, %v, want one recipient", list, err)
	}
	return list[0]
}

func TestUnfitMessages(t *testing.T) {
	good := invitation()
	tests := map[string]func(*post.Message){
		"no id":              func(m *post.Message) { m.ID = "" },
		"id of two lines":    func(m *post.Message) { m.ID = messageUUID[:30] + "\r\nBcc:" },
		"no address":         func(m *post.Message) { m.To.Address = "" },
		"two addresses":      func(m *post.Message) { m.To.Address = "a@example.org, b@example.org" },
		"address of 2 lines": func(m *post.Message) { m.To.Address = "a@example.org>\r\nRCPT TO:<b@example.org" },
		"named address":      func(m *post.Message) { m.To.Address = "Ada <a@example.org>" },
		"bad reply":          func(m *post.Message) { m.ReplyTo.Address = "a" },
		"no subject":         func(m *post.Message) { m.Letter.Subject = " \r\n " },
		"endless subject":    func(m *post.Message) { m.Letter.Subject = strings.Repeat("x", 301) },
		"bad unsubscribe":    func(m *post.Message) { m.Unsubscribe = "https://a.org/>\r\nBcc: b" },
		"scripted":           func(m *post.Message) { m.Unsubscribe = "javascript:alert(1)" },
		"bad type":           func(m *post.Message) { m.Attachments[0].Type = "a/b\r\nBcc: b" },
		"nameless file":      func(m *post.Message) { m.Attachments[0].Name = "\r\n" },
		"too much":           func(m *post.Message) { m.Attachments[0].Data = make([]byte, 16<<20) },
		"bad method":         func(m *post.Message) { m.Calendar.Method = "REQUEST\r\nBcc: b" },
	}
	for name, spoil := range tests {
		m := good
		calendar := *good.Calendar
		m.Calendar, m.Attachments = &calendar, append([]post.Attachment(nil), good.Attachments...)
		spoil(&m)
		if _, err := composer().Compose(m); !errors.Is(err, post.ErrMessage) {
			t.Errorf("%s: got %v, want %v", name, err, post.ErrMessage)
		}
	}
}

// letters are one of each template.
func letters(l *locale.Locale) map[string]post.Letter {
	const event = "Open Government Points of Contact Meeting"
	bulk, err := post.Batch{
		Subject: agenda.Text{l.Tag(): "{meeting}: practical matters"},
		Body:    agenda.Text{l.Tag(): "Dear {name},\n\nplease **register**:\n\n- by Friday\n- [here](https://meetings.example.org/r/0123)"},
	}.Letter(post.Recipient{To: post.Mailbox{Name: "Ada *the* Countess"}}, agenda.Text{"en": event}, []string{"en"})
	if err != nil {
		panic(err)
	}
	return map[string]post.Letter{
		"sign-in": mail.SignIn{Site: "Government meetings", Name: "Ada Lovelace", Link: "https://meetings.example.org/s/0123", Minutes: 15}.Letter(l),
		"invitation": mail.Invitation{
			Site: "Government meetings", By: "Marco Daglio", Event: event, Dates: "3–5 November 2026", Role: "editor",
			Link: "https://meetings.example.org/i/0123", Days: 14,
		}.Letter(l),
		"published": mail.Published{Name: "Ada Lovelace", Event: event, Dates: "3–5 November 2026", Venue: "Tbilisi", Release: 1, Link: "https://meetings.example.org/e/poc"}.Letter(l),
		"changed": mail.Published{
			Event: event, Release: 4, Note: "Lunch is *earlier*.", Link: "https://meetings.example.org/e/poc",
			Changes: "https://meetings.example.org/e/poc/changes",
		}.Letter(l),
		"bulk": bulk,
	}
}

// The golden files are what people read, in every language.
func TestLetters(t *testing.T) {
	for _, tag := range locale.Interface() {
		var b bytes.Buffer
		for _, name := range []string{"sign-in", "invitation", "published", "changed", "bulk"} {
			letter := letters(locale.For(tag))[name]
			_, parts := parsed(t, compose(t, letterTo(letter)))
			fmt.Fprintf(&b, "=== %s\n%s\n\n%s\n", name, letter.Subject, strings.ReplaceAll(parts[2].body, "\r\n", "\n"))
		}
		if strings.Contains(b.String(), "⟦") {
			t.Errorf("%s: a message is missing:\n%s", tag, b.String())
		}
		golden.Equal(t, "testdata/letters."+tag+".txt", b.Bytes())
	}
}

func TestLettersAsHTML(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		m := letterTo(letters(locale.For(tag))["invitation"])
		m.Unsubscribe = "https://meetings.example.org/u/0123"
		_, parts := parsed(t, compose(t, m))
		golden.Equal(t, "testdata/invitation."+tag+".html", []byte(strings.ReplaceAll(parts[3].body, "\r\n", "\n")))
	}
}

func TestHTMLIsEscaped(t *testing.T) {
	l := mail.Invitation{
		Site: "<script>s", Name: "<script>n", By: "<script>b", Event: "<script>e", Role: "desk",
		Link: "javascript:alert(1)", Days: 1,
	}.Letter(locale.For("en"))
	_, parts := parsed(t, compose(t, letterTo(l)))
	if html := parts[3].body; strings.Contains(html, "<script") || strings.Contains(html, `href="javascript`) {
		t.Errorf("got HTML with a script:\n%s", html)
	}
}

// A name is text wherever it stands.
func TestBulk(t *testing.T) {
	b := post.Batch{Subject: agenda.Text{"en": "{meeting}"}, Body: agenda.Text{"en": "Dear {name},\n\n[register](https://meetings.example.org/r)"}}
	to := post.Recipient{To: post.Mailbox{Name: "Ada *the* [Countess](https://evil.example.org)\r\n# of"}}
	letter, err := b.Letter(to, agenda.Text{"en": "Tbilisi <2026>"}, []string{"en"})
	if err != nil {
		t.Fatal(err)
	}
	if letter.Subject != "Tbilisi <2026>" {
		t.Errorf("subject: got %q", letter.Subject)
	}
	_, parts := parsed(t, compose(t, letterTo(letter)))
	text, html := parts[2].body, parts[3].body
	if want := "Dear Ada *the* [Countess](https://evil.example.org) # of,"; !strings.Contains(text, want) {
		t.Errorf("got text %q, want %q in it", text, want)
	}
	if strings.Contains(html, "<em>") || strings.Contains(html, `href="https://evil`) || !strings.Contains(html, `href="https://meetings.example.org/r"`) {
		t.Errorf("got HTML\n%s\nwant the name as text, and the link", html)
	}
}

// What is shown before sending, and of an outbox, is what is sent.
func TestPreview(t *testing.T) {
	m := invitation()
	preview, err := composer().Preview(m)
	if err != nil {
		t.Fatal(err)
	}
	data := compose(t, m)
	_, parts := parsed(t, data)
	read, err := mail.Read(data)
	if text := read.Text; err != nil || read != preview || strings.ReplaceAll(parts[3].body, "\r\n", "\n") != preview.Text {
		t.Errorf("got text %q, %v, sent %q, want %q", text, err, parts[3].body, preview.Text)
	}
	if strings.ReplaceAll(parts[4].body, "\r\n", "\n") != preview.HTML || preview.Subject != m.Letter.Subject {
		t.Errorf("got subject %q and HTML\n%s\nwhich is not what is sent", preview.Subject, preview.HTML)
	}
}

func TestReadOthers(t *testing.T) {
	for text, wantErr := range map[string]bool{
		"":                                   true,
		"Content-Type: image/png\r\n\r\n<p>": false,
		"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n": false,
		"Content-Type: ;\r\n\r\n":                                  true,
	} {
		if got, err := mail.Read([]byte(text)); got.Text+got.HTML != "" || (err != nil) != wantErr {
			t.Errorf("%q: got %q, %v, want error %v", text, got, err, wantErr)
		}
	}
}

// A message is stored as JSON, and comes back as it was.
func TestMessageAsJSON(t *testing.T) {
	want := invitation()
	want.Until = noon.Add(time.Hour)
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got post.Message
	if err := json.Unmarshal(b, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}
