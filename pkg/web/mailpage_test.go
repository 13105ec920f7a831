package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/post"
	"tamada/pkg/store"
)

// A mailroom is the queue of an archive with an outbox that nobody has to empty:
// what was sent is there.
type mailroom struct {
	*store.Mail
	composer mail.Composer
	outbox   bool
	trouble  post.Trouble
	replies  string // the address that answers are read at
	deaf     post.Trouble
}

// From returns the mailbox that messages are from.
func (m *mailroom) From() post.Mailbox { return m.composer.From }

// ReplyAddress returns where answers are read.
func (m *mailroom) ReplyAddress() string { return m.replies }

// ReplyTrouble returns what keeps answers from being read.
func (m *mailroom) ReplyTrouble() post.Trouble { return m.deaf }

func newMailroom(t testing.TB, db *store.DB) *mailroom {
	t.Helper()
	queue, err := db.Mail("a secret of this test")
	if err != nil {
		t.Fatal(err)
	}
	from := post.Mailbox{Name: "Tamada", Address: "meetings@example.org"}
	return &mailroom{Mail: queue, composer: mail.Composer{From: from, Site: mail.Site{Name: "Tamada"}}, outbox: true}
}

// Compose returns a message as it goes out.
func (m *mailroom) Compose(one post.Message) ([]byte, error) { return m.composer.Compose(one) }

func (m *mailroom) Trouble() post.Trouble { return m.trouble }
func (m *mailroom) Outbox() bool          { return m.outbox }

func (m *mailroom) Written(one post.Message) ([]byte, error) {
	if !m.outbox || len(one.Letter.Blocks) == 0 {
		return nil, agenda.NotFound("message in the outbox", one.ID)
	}
	return m.composer.Compose(one)
}

func (m *mailroom) Read(message []byte) (Reading, error) {
	p, err := mail.Read(message)
	return Reading(p), err
}

// post puts a letter to nino into the queue, and moves it on.
func (m *archive) post(t testing.TB, event string, letter post.Letter, steps ...post.Event) string {
	t.Helper()
	one := post.Message{
		ID: agenda.NewID(), Kind: post.KindPublished, To: post.Mailbox{Name: "Nino", Address: "nino@example.org"},
		Event: event, Letter: letter, Created: m.clock,
	}
	if err := m.mail.Add(t.Context(), m.clock, one); err != nil {
		t.Fatal(err)
	}
	for _, e := range steps {
		item, err := m.mail.Find(t.Context(), one.ID)
		if err != nil {
			t.Fatal(err)
		}
		to, err := post.Next(item.Status, e, m.clock)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.mail.Mark(t.Context(), item, to); err != nil {
			t.Fatal(err)
		}
	}
	return one.ID
}

// notice is a letter that says something.
func notice(subject string) post.Letter {
	l := mail.Published{Name: "Nino", Event: subject, Release: 1, Link: "https://tamada.example/e/forum-2026"}.Letter(locale.For("en"))
	l.Subject = subject
	return l
}

// What went wrong with messages is where those look who can do something about
// it: all of it for administrators, that of an event for its owner.
func TestMailPages(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["closed-2026"].Event
	boss := at(t, s, m, newcomer(t, m, "boss", true))
	owner := at(t, s, m, newcomer(t, m, "owner", false, access.Grant{Event: e.ID, Role: access.Owner}))
	claim, handOver := post.Event{Step: post.Claim}, post.Event{Step: post.HandOver}
	m.post(t, e.ID, notice("Sent well <b>"), claim, handOver, post.Event{Step: post.Accept})
	m.post(t, e.ID, notice("Came back"), claim, handOver, post.Event{Step: post.Accept},
		post.Event{Step: post.Return, Cause: post.Bounced, Detail: "550 5.1.1 no such user"})
	doubtful := m.post(t, "", notice("Perhaps there"), claim, handOver, post.Event{Step: post.Lose, Cause: post.Unanswered})

	w := boss.send(s, http.MethodGet, "/organise/mail", nil)
	for _, want := range []string{
		"Sent well <b>", "Came back", "Perhaps there", "It came back", "550 5.1.1 no such user", "may have arrived",
		"No mail server is set up", `/organise/mail/` + doubtful,
	} {
		if !contains(w, want) {
			t.Errorf("the mail of the site lacks %q:\n%s", want, w.Body)
		}
	}
	w = boss.send(s, http.MethodGet, "/organise/mail?state=refused", nil)
	if !contains(w, "Came back") || contains(w, "Sent well") {
		t.Errorf("those that were refused:\n%s", w.Body)
	}
	w = owner.send(s, http.MethodGet, "/organise/e/closed-2026/mail", nil)
	if !contains(w, "550 5.1.1 no such user") || contains(w, "Perhaps there") || contains(w, "/organise/mail/") || contains(w, "No mail server") {
		t.Errorf("the mail of an event, for its owner:\n%s", w.Body)
	}
	for _, bad := range []string{"state=lost", "skip=-1", "skip=x", "skip=99999999999"} {
		if w := boss.send(s, http.MethodGet, "/organise/mail?"+bad, nil); w.Code != 400 {
			t.Errorf("%s: got %d, want 400", bad, w.Code)
		}
	}
}

func TestMailPagesOfMany(t *testing.T) {
	s, m := newServer(t)
	boss := at(t, s, m, newcomer(t, m, "boss", true))
	if w := boss.send(s, http.MethodGet, "/organise/mail", nil); !contains(w, "There are no such messages") {
		t.Errorf("without messages:\n%s", w.Body)
	}
	for range mailPerPage + 1 {
		m.post(t, "", notice("One of many"))
	}
	first := boss.send(s, http.MethodGet, "/organise/mail", nil)
	if n := strings.Count(first.Body.String(), "One of many"); n != mailPerPage || !contains(first, "skip=50") {
		t.Errorf("the first page has %d messages, want %d and a link to more", n, mailPerPage)
	}
	second := boss.send(s, http.MethodGet, "/organise/mail?skip=50", nil)
	if n := strings.Count(second.Body.String(), "One of many"); n != 1 || !contains(second, "Newer") || contains(second, "Older") {
		t.Errorf("the second page has %d messages, want 1 and a way back", n)
	}
}

func TestMessagePage(t *testing.T) {
	s, m := newServer(t)
	boss := at(t, s, m, newcomer(t, m, "boss", true))
	id := m.post(t, "", notice("Perhaps there"),
		post.Event{Step: post.Claim}, post.Event{Step: post.HandOver}, post.Event{Step: post.Lose, Cause: post.Interrupted})
	page := "/organise/mail/" + id
	w := boss.send(s, http.MethodGet, page, nil)
	for _, want := range []string{`value="resend"`, `value="settle"`, `href="https://tamada.example/e/forum-2026"`, "message.eml", `sandbox="allow-popups`} {
		if !contains(w, want) {
			t.Errorf("the message lacks %q:\n%s", want, w.Body)
		}
	}
	if contains(w, `value="withdraw"`) {
		t.Error("a message that was handed over can be withdrawn")
	}
	html := boss.send(s, http.MethodGet, page+"/page", nil)
	if policy := html.Header().Get("Content-Security-Policy"); html.Code != 200 || !contains(html, `<base target="_blank">`) || !strings.HasPrefix(policy, "sandbox ") || strings.Contains(policy, "allow-scripts") {
		t.Errorf("what it looks like: got %d, policy %q", html.Code, policy)
	}
	file := boss.send(s, http.MethodGet, page+"/message.eml", nil)
	if !contains(file, "Message-ID: <"+id) || !strings.HasPrefix(file.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("the file: got %v\n%s", file.Header(), file.Body)
	}
	if w := boss.send(s, http.MethodPost, page, url.Values{"step": {"settle"}}); w.Code != 303 {
		t.Errorf("settling it: got %d", w.Code)
	}
	w = boss.send(s, http.MethodPost, page, url.Values{"step": {"resend"}}) // on a page that is out of date
	if got := w.Header().Get("Location"); got != page+"?done=late" {
		t.Errorf("sending again what was settled leads to %q", got)
	}
	if w := boss.send(s, http.MethodGet, page+"?done=late", nil); !contains(w, "Meanwhile") || !contains(w, ">Sent<") || contains(w, `name="step"`) {
		t.Errorf("the message afterwards:\n%s", w.Body)
	}
	if w := boss.send(s, http.MethodPost, page, url.Values{"step": {"burn"}}); w.Code != 422 {
		t.Errorf("another step: got %d, want 422", w.Code)
	}

	m.mail.outbox = false // with a server, what it says is nobody else's business
	if w := boss.send(s, http.MethodGet, page, nil); !contains(w, "not shown here") || contains(w, "message.eml") {
		t.Errorf("a message that a server took:\n%s", w.Body)
	}
	for _, path := range []string{page + "/page", page + "/message.eml", "/organise/mail/" + agenda.NewID()} {
		if w := boss.send(s, http.MethodGet, path, nil); w.Code != 404 {
			t.Errorf("%s: got %d, want 404", path, w.Code)
		}
	}
}

func TestTroubleIsShown(t *testing.T) {
	s, m := newServer(t)
	boss := at(t, s, m, newcomer(t, m, "boss", true))
	m.mail.trouble = post.Trouble{Since: opening, Next: opening.Add(5 * time.Minute), Cause: post.Unreachable, Detail: "dial tcp: refused"}
	w := boss.send(s, http.MethodGet, "/organise/mail", nil)
	if !contains(w, "No message has gone out since 1 October 2026, 08:00, UTC. The mail server cannot be reached.") {
		t.Errorf("got\n%s", w.Body)
	}
}

func TestInvitation(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["closed-2026"].Event
	invite := func(address string) member {
		secret, err := m.NewToken(t.Context(), "", access.Token{
			Purpose: access.ForInvitation, Subject: address, Event: e.ID, Role: access.Editor,
		})
		if err != nil {
			t.Fatal(err)
		}
		return member{key: secret.String()}
	}
	guest := invite("levan@example.org")
	if w := guest.send(s, http.MethodGet, "/invitation", nil); w.Code != 200 || !contains(w, "For \u2068levan@example.org\u2069, with the role: Editor.") {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	if w := guest.send(s, http.MethodPost, "/invitation", url.Values{"name": {" "}}); w.Code != 422 {
		t.Errorf("without a name: got %d, want 422", w.Code)
	}
	w := guest.send(s, http.MethodPost, "/invitation", url.Values{"name": {"Levan"}})
	if w.Code != 303 || cookie(w) == nil {
		t.Fatalf("accepted: got %d\n%s", w.Code, w.Body)
	}
	in := member{cookie: cookie(w)}
	if w := in.send(s, http.MethodGet, "/e/closed-2026", nil); w.Code != 200 {
		t.Errorf("the event, for its new editor: got %d", w.Code)
	}
	if w := guest.send(s, http.MethodPost, "/invitation", url.Values{"name": {"Levan"}}); w.Code != 410 {
		t.Errorf("accepted once more: got %d, want 410", w.Code)
	}
	if w := invite("levan@example.org").send(s, http.MethodGet, "/invitation", nil); contains(w, `name="name"`) {
		t.Error("somebody with an account is asked for their name")
	}
}
