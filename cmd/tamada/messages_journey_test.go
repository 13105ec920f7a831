//go:build e2e

package main

import (
	"context"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/emersion/go-smtp"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/openid/openidtest"
	"tamada/pkg/post"
	"tamada/pkg/store"
)

// A letterbox is a mail server that can be held, and can refuse somebody.
type letterbox struct {
	listener net.Listener
	held     sync.Mutex // nothing is taken while it is locked

	mu      sync.Mutex
	refused string // an address; "" for nobody
	taken   map[string][]string
}

// startLetterbox serves on a port of this machine until the test ends.
func startLetterbox(t *testing.T) *letterbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &letterbox{listener: l, taken: map[string][]string{}}
	server := smtp.NewServer(b)
	server.Domain, server.ErrorLog = "letterbox.example", log.New(io.Discard, "", 0)
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	t.Cleanup(func() { server.Close(); <-done })
	return b
}

// NewSession implements [smtp.Backend].
func (b *letterbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{box: b}, nil }

// refuse has the server refuse an address from now on, "" for none.
func (b *letterbox) refuse(address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refused = address
}

// to returns what was taken for an address.
func (b *letterbox) to(address string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.taken[address]
}

// A delivery is one message on its way into a letterbox.
type delivery struct {
	box *letterbox
	to  string
}

func (d *delivery) Mail(string, *smtp.MailOptions) error { return nil }
func (d *delivery) Reset()                               {}
func (d *delivery) Logout() error                        { return nil }

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.box.held.Lock()
	defer d.box.held.Unlock()
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	if to == d.box.refused {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	}
	d.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	written, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	d.box.taken[d.to] = append(d.box.taken[d.to], string(written))
	return nil
}

// withDatabase does something to the database of the site.
func (v *visit) withDatabase(do func(ctx context.Context, db *store.DB) error) {
	v.t.Helper()
	db, err := store.Open(v.t.Context(), "sqlite://"+v.database, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		v.t.Fatal(err)
	}
	defer db.Close()
	if err := do(v.t.Context(), db); err != nil {
		v.t.Fatal(err)
	}
}

// joins adds somebody who has a role at an event, and signs the visitor in as them
// if that is said.
func (v *visit) joins(slug string, r access.Role, name, email, lang string, signIn bool) {
	v.t.Helper()
	v.withDatabase(func(ctx context.Context, db *store.DB) error {
		address, err := access.ParseAddress(email)
		if err != nil {
			return err
		}
		d, _, err := db.Draft(ctx, slug)
		if err != nil {
			return err
		}
		u, err := db.AddUser(ctx, "", access.User{Address: address, Name: name, Language: lang})
		if err != nil {
			return err
		}
		if err := db.Grant(ctx, "", u.ID, access.Grant{Event: d.Event.ID, Role: r}); err != nil || !signIn {
			return err
		}
		in, err := db.SignIn(ctx, u.ID)
		if err != nil {
			return err
		}
		_, err = chromedp.Call(v.ctx, network.SetCookie, network.SetCookieParams{Name: "tamada", Value: in.Secret.String(), URL: v.site})
		return err
	})
}

// unsubscribeLink returns the path of the link in a message with which its reader
// unsubscribes, as its header has it.
func (v *visit) unsubscribeLink(message string) string {
	v.t.Helper()
	unfolded := strings.ReplaceAll(message, "\r\n ", " ")
	found := regexp.MustCompile(`(?m)^List-Unsubscribe: <` + regexp.QuoteMeta(v.site) + `(\S+)>`).FindStringSubmatch(unfolded)
	if found == nil {
		v.t.Fatalf("no List-Unsubscribe in\n%s", message)
	}
	return found[1]
}

// TestJourneyOrganiserMessages has an owner write to many: a mistake is pointed out,
// the message is seen in both languages of its readers and sent, its page shows how
// far it has gone by itself, one who is refused gets it at the second attempt, and one
// who has unsubscribed gets no other.
func TestJourneyOrganiserMessages(t *testing.T) {
	inTwoManners(t, func(t *testing.T, lang string, prepare func(*visit)) {
		box := startLetterbox(t)
		v, l := newVisit(t, "TAMADA_MAIL_SMTP=smtp://"+box.listener.Addr().String(), "TAMADA_MAIL_FROM=meetings@host.example"), locale.For(lang)
		const slug = "mena-oecd-bureau-2021"
		v.joins(slug, access.Owner, "Nino Beridze", "nino@host.example", lang, true)
		v.joins(slug, access.Editor, "Ada Lovelace", "ada@ministry.example", "en", false)
		v.joins(slug, access.Viewer, "ليلى حداد", "layla@ministry.example", "ar", false)
		prepare(v)

		v.open("/organise/e/" + slug + "?lang=" + lang)
		v.follow(`nav a[href*="/messages"]`, l.T("bulk.none"))
		v.follow(`main a[href*="/messages/new"]`, l.T("bulk.to"))
		v.paste(`[name="subject.en"]`, "{meeting}: rooms")
		v.paste(`[name="body.en"]`, "Dear {nmae},\n\nthe rooms are **open** from 08:30.")
		v.follow(`form.stack button.primary`, l.T("bulk.nobody.chosen"))
		v.sees("{nmae}")
		v.checked("the form with problems in "+lang, lang == "en")
		v.shot("problems")
		v.paste(`[name="body.en"]`, "Dear {name},\n\nthe rooms are **open** from 08:30.\n\n- Bring your badge\n- [Agenda](https://meetings.example/e/bureau)")
		for _, group := range []string{"owner", "editor", "viewer"} {
			v.do(chromedp.Click(chromedp.CSS(`input[value="` + group + `"]`)))
		}
		v.do(chromedp.Click(chromedp.CSS(`details.language:last-of-type summary`)))
		v.paste(`[name="subject.ar"]`, "{meeting}: القاعات")
		v.paste(`[name="body.ar"]`, "عزيزتي {name}،\n\nتُفتح القاعات من الساعة **08:30**.")
		v.shot("written")
		v.follow(`form.stack button.primary`, l.T("bulk.send", "count", 3))
		example := map[string]string{"en": "ليلى حداد", "ar": "Nino Beridze"}[lang] // the first who reads Arabic
		v.checked("the preview in "+lang, lang == "en")
		v.shot("preview")
		looks := ask(v, chromedp.Evaluate[string](`document.querySelectorAll("iframe")[1].getAttribute("src")`))
		message := ask(v, chromedp.Evaluate[string](`location.pathname`))
		v.open(looks)
		v.sees("عزيزتي " + example + "،")
		v.shot("letter")

		box.refuse("ada@ministry.example")
		box.held.Lock()
		v.open(message + "?lang=" + lang)
		v.follow(`button[value="send"]`, l.T("bulk.progress", "sent", l.Number(0), "total", l.Number(3)))
		v.shot("going")
		if lang == "en" {
			v.accessible("the progress")
		}
		box.held.Unlock()
		v.eventuallyShows(l.T("bulk.progress", "sent", l.Number(2), "total", l.Number(3)))
		v.sees("no such mailbox")
		v.checked("the refused in "+lang, lang == "en")
		v.shot("refused")
		box.refuse("")
		v.follow(`button[value="again"]`, l.T("bulk.again.done"))
		v.eventuallyShows(l.T("bulk.progress", "sent", l.Number(3), "total", l.Number(3)))
		v.shot("sent")
		for address, want := range map[string]string{"nino@host.example": "Dear Nino Beridze,", "ada@ministry.example": "Dear Ada Lovelace,", "layla@ministry.example": "عزيزتي ليلى حداد،"} {
			if lang == "ar" && address == "nino@host.example" {
				want = "عزيزتي Nino Beridze،"
			}
			taken := box.to(address)
			if len(taken) != 1 {
				t.Fatalf("%s got %d messages, want 1", address, len(taken))
			}
			if read, err := mail.Read([]byte(taken[0])); err != nil || !strings.Contains(read.Text, want) || !strings.Contains(read.HTML, want) {
				t.Errorf("%s got %q, %v, want %q in it", address, read.Text, err, want)
			}
		}

		reader := v.another()
		reader.number = 40
		reader.open(v.unsubscribeLink(box.to("ada@ministry.example")[0]))
		reader.accessible("unsubscribing")
		reader.shot("unsubscribe")
		reader.follow(`form.stack button.primary`, "You have unsubscribed")
		reader.shot("unsubscribed")
		v.open("/organise/e/" + slug + "/messages/new?lang=" + lang)
		v.paste(`[name="subject.en"]`, "Lunch")
		v.paste(`[name="body.en"]`, "Lunch is at one.")
		v.do(chromedp.Click(chromedp.CSS(`input[value="owner"]`)), chromedp.Click(chromedp.CSS(`input[value="editor"]`)))
		v.follow(`form.stack button.primary`, l.T("bulk.left", "count", 1))
		v.sees(l.T("bulk.send", "count", 1))
		v.shot("left-out")
		v.open("/organise/e/" + slug + "/messages?lang=" + lang)
		v.checked("the list in "+lang, lang == "en")
		v.shot("list")
	})
}

// eventuallyShows waits until the page shows a text, without doing anything.
func (v *visit) eventuallyShows(text string) {
	v.t.Helper()
	for end := time.Now().Add(40 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if strings.Contains(v.text(), text) {
			return
		}
	}
	v.sees(text)
}

// TestJourneyOrganiserMessagesPages holds the pages of messages to many, and those
// that others reach by mail or through a provider, to the accessibility rules in all
// forms, in three languages.
func TestJourneyOrganiserMessagesPages(t *testing.T) {
	far := &openidtest.Provider{Ask: true, Claims: map[string]any{"email": "stranger@host.example", "email_verified": true}}
	server := httptest.NewServer(far)
	t.Cleanup(server.Close)
	far.Issuer = server.URL
	v := newVisit(t, "TAMADA_OIDC_ISSUER="+server.URL, "TAMADA_OIDC_NAME=Ministry of Finance",
		"TAMADA_OIDC_CLIENT_ID="+openidtest.ClientID, "TAMADA_OIDC_CLIENT_SECRET="+openidtest.ClientSecret)
	v.signedIn(v.database)
	const slug = "tbilisi-poc-2014"
	const base = "/organise/e/" + slug
	v.joins(slug, access.Owner, "Maia Kapanadze-Chkheidze", "maia.kapanadze-chkheidze@ministry-of-regional-development.example", "ka", false)
	v.joins(slug, access.Editor, "ليلى حداد", "layla@ministry.example", "ar", false)
	draft, sent := v.batches(slug)
	invitation, calendar := v.invited(slug), ""
	v.open(base + "/invitations?lang=en")
	if sessions := v.links(`main .links a`); len(sessions) > 0 {
		calendar = strings.SplitN(sessions[0], "?", 2)[0]
	}
	stranger := v.another()
	for _, lang := range []string{"en", "ar", "ka"} {
		pages := map[string]string{
			"messages": base + "/messages", "message-new": base + "/messages/new", "message-edit": base + "/messages/" + draft + "/edit",
			"message-draft": base + "/messages/" + draft, "message-sent": base + "/messages/" + sent,
			"members": base + "/members", "draft": base, "history": base + "/history", "calendars": base + "/calendars",
			"invitations": base + "/invitations", "invitation-session": calendar, "mail-event": base + "/mail",
		}
		for name, path := range pages {
			v.everyForm(name+"-"+lang, withLanguage(path, lang))
		}
		other := *stranger
		other.number = 500
		other.everyForm("invitation-"+lang, withLanguage(invitation, lang))
		other.everyForm("unsubscribe-"+lang, withLanguage(v.leaveLink(slug), lang))
		other.everyForm("sign-in-"+lang, "/sign-in?lang="+lang)
		other.follow(`a[href^="/sign-in/openid"]`, "It is me")
		other.follow("#yes", locale.For(lang).T("account.openid.stranger"))
		for _, size := range []string{"phone", "desk"} {
			other.phone()
			if size == "desk" {
				other.desk()
			}
			other.accessible("a stranger in " + lang + ", " + size)
			other.shot("stranger-" + lang + "-" + size)
		}
	}
}

// batches makes a draft of a message to many, and one that was sent, and returns
// their IDs.
func (v *visit) batches(slug string) (draft, sent string) {
	v.t.Helper()
	secret, err := readSecret(v.database + ".secret")
	if err != nil {
		v.t.Fatal(err)
	}
	v.withDatabase(func(ctx context.Context, db *store.DB) error {
		queue, err := db.Mail(secret)
		if err != nil {
			return err
		}
		d, _, err := db.Draft(ctx, slug)
		if err != nil {
			return err
		}
		write := func(subject string) (post.Batch, error) {
			return queue.SaveBatch(ctx, "", post.Batch{
				Event: d.Event.ID, Audience: "owner editor",
				Subject: agenda.Text{"en": subject, "ka": "{meeting}: დარბაზები"},
				Body:    agenda.Text{"en": "Dear {name},\n\nthe rooms are **open** from 08:30.\n\n- Bring your badge", "ka": "პატივცემულო {name},\n\nდარბაზები **08:30**-დან ღიაა."},
			})
		}
		one, err := write("{meeting}: rooms")
		if err != nil {
			return err
		}
		two, err := write("Practical matters before {meeting}")
		if err != nil {
			return err
		}
		draft, sent = one.ID, two.ID
		var messages []post.Message
		for _, to := range []post.Mailbox{{Name: "Maia Kapanadze-Chkheidze", Address: "maia.kapanadze-chkheidze@ministry-of-regional-development.example"}, {Name: "ليلى حداد", Address: "layla@ministry.example"}} {
			letter, err := two.Letter(post.Recipient{To: to}, d.Event.Title, d.Event.Languages)
			if err != nil {
				return err
			}
			messages = append(messages, two.Message(letter, to, time.Now()))
		}
		if err := queue.QueueBatch(ctx, "", two.ID, two.Version, messages, nil); err != nil {
			return err
		}
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if n, err := queue.Counts(ctx, post.Filter{Batch: two.ID}); err != nil || n[post.Sent] == len(messages) {
				break
			}
		}
		_, err = queue.Move(ctx, "", messages[1].ID, post.Event{Step: post.Return, Cause: post.Bounced, Detail: "550 5.1.1 <layla@ministry.example>: no such mailbox"})
		return err
	})
	return draft, sent
}

// leaveLink makes a link with which somebody unsubscribes.
func (v *visit) leaveLink(slug string) string {
	v.t.Helper()
	return v.token(slug, "/unsubscribe", access.Token{Purpose: access.ForUnsubscribing, Subject: "maia@ministry.example"})
}

// invited makes a link that offers a role.
func (v *visit) invited(slug string) string {
	v.t.Helper()
	return v.token(slug, "/invitation", access.Token{Purpose: access.ForInvitation, Subject: "bo@ministry.example", Role: access.Editor})
}

// token makes a token about an event and returns the link that carries it.
func (v *visit) token(slug, path string, t access.Token) (link string) {
	v.t.Helper()
	v.withDatabase(func(ctx context.Context, db *store.DB) error {
		d, _, err := db.Draft(ctx, slug)
		if err != nil {
			return err
		}
		t.Event = d.Event.ID
		secret, err := db.NewToken(ctx, "", t)
		link = path + "?" + url.Values{"key": {secret.String()}}.Encode()
		return err
	})
	return link
}
