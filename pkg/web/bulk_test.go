package web

import (
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
)

// batch saves the draft of a message to many and returns its ID.
func (m *archive) batch(t testing.TB, event string) string {
	t.Helper()
	b, err := m.mail.SaveBatch(t.Context(), "", post.Batch{
		Event: event, Audience: "owner", Subject: agenda.Text{"en": "Rooms"}, Body: agenda.Text{"en": "Dear {name}"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.ID
}

// A scene is a forum whose owner is about to write to its members and to those who
// were asked to a session.
type scene struct {
	s     *Server
	m     *archive
	event *agenda.Event
	owner member
	all   string // the address of the messages
}

func newScene(t testing.TB) scene {
	t.Helper()
	s, m := newServer(t)
	e := m.drafts["forum-2026"].Event
	grant := func(r access.Role) access.Grant { return access.Grant{Event: e.ID, Role: r} }
	user := newcomer(t, m, "owner", false, grant(access.Owner), grant(access.Moderator))
	newcomer(t, m, "Ada", false, grant(access.Editor))
	newcomer(t, m, "Bo", false, grant(access.Viewer))
	invites := []post.Invite{
		{ID: agenda.NewID(), Event: e.ID, Session: openingID(t, e), To: post.Mailbox{Name: "Layla *Haddad*\r\nBcc: all@example.org", Address: "layla@example.org"}, Role: "speaker", Language: "ar"},
		{ID: agenda.NewID(), Event: e.ID, Session: openingID(t, e), To: post.Mailbox{Name: "Ada at home", Address: "ADA@example.org"}, Role: "speaker", Language: "en"},
	}
	for i := range invites {
		invites[i] = invites[i].Next("", false, m.clock)
	}
	if err := m.mail.SendInvites(t.Context(), "", m.clock, invites, nil); err != nil {
		t.Fatal(err)
	}
	return scene{s, m, e, at(t, s, m, user), "/organise/e/forum-2026/messages"}
}

// draft writes a message and returns its page.
func (sc scene) draft(t testing.TB, form url.Values) string {
	t.Helper()
	w := sc.owner.send(sc.s, http.MethodPost, sc.all+"/new", form)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("a new message: got %d\n%s", w.Code, w.Body)
	}
	page, _, _ := strings.Cut(w.Header().Get("Location"), "?")
	return page
}

// rooms is a message to those who edit and those who were asked.
func rooms() url.Values {
	return url.Values{
		"to": {"owner", "editor", "invited", "moderator"}, "subject.en": {"{meeting}: rooms\r\nBcc: all@example.org"}, "body.en": {"Dear {name},\n\nthe rooms are **open**."},
		"subject.ar": {"القاعات"}, "body.ar": {"عزيزتي {name}، القاعات مفتوحة."},
	}
}

// An owner writes to some, sees the message as its readers will, and sends it once.
func TestMessageToMany(t *testing.T) {
	sc := newScene(t)
	page := sc.draft(t, rooms())
	w := sc.owner.send(sc.s, http.MethodGet, page, nil)
	for _, want := range []string{"Send to 3 people", "Answers go to", "owner@example.org", "Arabic", "English", `dir="rtl"`, "Dear owner,", "عزيزتي Layla *Haddad* Bcc: all@example.org، القاعات مفتوحة."} {
		if !contains(w, want) {
			t.Errorf("the preview lacks %q", want)
		}
	}
	if len(sc.m.claimed(t)) > 0 {
		t.Fatal("the draft was sent")
	}
	looks := sc.owner.send(sc.s, http.MethodGet, page+"/page?letter=ar", nil)
	if looks.Code != 200 || !contains(looks, `dir="rtl"`) || !contains(looks, "Layla *Haddad* Bcc") || looks.Header().Get("Content-Security-Policy") != letterPolicy {
		t.Errorf("what it looks like: got %d, %v\n%s", looks.Code, looks.Header(), looks.Body)
	}
	if w := sc.owner.send(sc.s, http.MethodGet, page+"/page?letter=fr", nil); w.Code != 404 {
		t.Errorf("a language that nobody reads: got %d, want 404", w.Code)
	}

	form := carried(w)
	form.Set("do", "send")
	var twice sync.WaitGroup
	for range 3 {
		twice.Go(func() {
			if w := sc.owner.send(sc.s, http.MethodPost, page, form); w.Code != http.StatusSeeOther {
				t.Errorf("sent: got %d\n%s", w.Code, w.Body)
			}
		})
	}
	twice.Wait()
	mails := sc.m.claimed(t)
	var to []string
	for _, one := range mails {
		to = append(to, one.To.Address)
	}
	slices.Sort(to)
	if !slices.Equal(to, []string{"Ada@example.org", "layla@example.org", "owner@example.org"}) {
		t.Errorf("sent to %q, want everybody once", to)
	}
	for _, one := range mails {
		sc.headers(t, one)
	}
	if w := sc.owner.send(sc.s, http.MethodPost, page, form); w.Code != http.StatusSeeOther || len(sc.m.claimed(t)) > 0 {
		t.Errorf("sent again: got %d, want the page and no mail", w.Code)
	}
	if w := sc.owner.send(sc.s, http.MethodGet, page, nil); !contains(w, "0 of 3 sent") || !contains(w, "data-busy") || !contains(w, `http-equiv="refresh"`) {
		t.Errorf("the progress: got %d\n%s", w.Code, w.Body)
	}
	if w := sc.owner.send(sc.s, http.MethodGet, page+"?still=yes", nil); contains(w, `http-equiv="refresh"`) || contains(w, "progress.js") {
		t.Error("the page shows news though it should not")
	}
	if w := sc.owner.send(sc.s, http.MethodGet, page+"/edit", nil); w.Code != http.StatusSeeOther {
		t.Errorf("the form of what was sent: got %d, want 303", w.Code)
	}
	late := rooms()
	if w := sc.owner.send(sc.s, http.MethodPost, page+"/edit", late); w.Code != http.StatusBadRequest {
		t.Errorf("a form without its version: got %d, want 400", w.Code)
	}
	late.Set("version", "1")
	if w := sc.owner.send(sc.s, http.MethodPost, page+"/edit", late); w.Code != http.StatusConflict || !contains(w, "can no longer be changed") {
		t.Errorf("what was sent, changed: got %d, want 409", w.Code)
	}
}

// headers checks the headers of a message to many as it goes out.
func (sc scene) headers(t *testing.T, one post.Message) {
	t.Helper()
	written, err := sc.m.mail.Compose(one)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(strings.NewReader(string(written)))
	if err != nil {
		t.Fatal(err)
	}
	h := m.Header
	if h.Get("Bcc") != "" || len(h["To"]) != 1 || len(h["Subject"]) != 1 {
		t.Errorf("%s: a name or a subject made headers of its own: %v", one.To.Address, h)
	}
	if list, err := h.AddressList("Reply-To"); err != nil || len(list) != 1 || list[0].Address != "owner@example.org" {
		t.Errorf("%s: Reply-To is %v, %v", one.To.Address, list, err)
	}
	if !regexp.MustCompile(`^<https://[^>]+/unsubscribe\?key=[0-9a-z]{32}&lang=\w+>$`).MatchString(h.Get("List-Unsubscribe")) || h.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Errorf("%s: List-Unsubscribe is %q, List-Unsubscribe-Post %q", one.To.Address, h.Get("List-Unsubscribe"), h.Get("List-Unsubscribe-Post"))
	}
}

// What is wrong with a message is said where it is, and nothing is kept.
func TestMessageToManyWithProblems(t *testing.T) {
	sc := newScene(t)
	for name, tt := range map[string]struct {
		field, value, want string
	}{
		"nobody":        {"to", "", "Choose to whom the message goes"},
		"no subject":    {"subject.en", " ", "Write a subject"},
		"no message":    {"body.en", "", "Write the message"},
		"half in ar":    {"subject.ar", "", "Write a subject"},
		"placeholder":   {"body.en", "Dear {nmae}", "“{nmae}”\u2069 is not known"},
		"link":          {"subject.en", "{link}", "“{link}”\u2069 is not known"},
		"long":          {"subject.en", strings.Repeat("x", 151), "150 characters are the most"},
		"long message":  {"body.ar", strings.Repeat("x", 20_001), "20,000"},
		"unknown group": {"to", "everybody", "Choose to whom"},
	} {
		form := rooms()
		form.Set(tt.field, tt.value)
		w := sc.owner.send(sc.s, http.MethodPost, sc.all+"/new", form)
		if name == "long message" {
			tt.want = "characters are the most"
		}
		if w.Code != 422 || !contains(w, tt.want) || !contains(w, "القاعات") && tt.field != "subject.ar" {
			t.Errorf("%s: got %d, want 422 that says %q and keeps what was typed", name, w.Code, tt.want)
		}
	}
	if list, err := sc.m.mail.Batches(t.Context(), sc.event.ID); err != nil || len(list) > 0 {
		t.Errorf("got %v, %v, want nothing kept", list, err)
	}
	if w := sc.owner.send(sc.s, http.MethodPost, sc.all+"/new", url.Values{"body.en": {strings.Repeat("x", mostBulk)}}); w.Code != 413 {
		t.Errorf("too large: got %d, want 413", w.Code)
	}
}

// Drafts of two who write at once do not overwrite each other; what was changed
// after it was shown is not sent; a draft can be discarded.
func TestMessageToManyMeanwhile(t *testing.T) {
	sc := newScene(t)
	page := sc.draft(t, rooms())
	shown := carried(sc.owner.send(sc.s, http.MethodGet, page, nil))
	form := carried(sc.owner.send(sc.s, http.MethodGet, page+"/edit", nil))
	form["to"] = []string{"editor"}
	form.Set("subject.en", "Other rooms")
	if w := sc.owner.send(sc.s, http.MethodPost, page+"/edit", form); w.Code != http.StatusSeeOther {
		t.Fatalf("edited: got %d\n%s", w.Code, w.Body)
	}
	w := sc.owner.send(sc.s, http.MethodPost, page+"/edit", form)
	if w.Code != http.StatusConflict || !contains(w, "Somebody else has changed this draft") || !contains(w, "Other rooms") {
		t.Errorf("edited over a newer one: got %d\n%s", w.Code, w.Body)
	}
	for _, do := range []string{"send", "discard"} {
		shown.Set("do", do)
		if w := sc.owner.send(sc.s, http.MethodPost, page, shown); w.Code != http.StatusConflict || !contains(w, "Nothing was done") || !contains(w, "Other rooms") {
			t.Errorf("%s as it was shown before: got %d, want 409", do, w.Code)
		}
	}
	shown = carried(sc.owner.send(sc.s, http.MethodGet, page, nil))
	newcomer(t, sc.m, "Cleo", false, access.Grant{Event: sc.event.ID, Role: access.Editor})
	shown.Set("do", "send")
	if w := sc.owner.send(sc.s, http.MethodPost, page, shown); w.Code != http.StatusConflict || !contains(w, "Send to 2 people") {
		t.Errorf("to an audience that has grown: got %d, want 409", w.Code)
	}
	if len(sc.m.claimed(t)) > 0 {
		t.Error("something was sent")
	}
	shown = carried(sc.owner.send(sc.s, http.MethodGet, page, nil))
	shown.Set("do", "discard")
	if w := sc.owner.send(sc.s, http.MethodPost, page, shown); w.Code != http.StatusSeeOther {
		t.Errorf("discarded: got %d", w.Code)
	}
	if w := sc.owner.send(sc.s, http.MethodGet, page, nil); w.Code != 404 {
		t.Errorf("the page of what is discarded: got %d, want 404", w.Code)
	}
	if w := sc.owner.send(sc.s, http.MethodPost, sc.all+"/"+sc.m.batch(t, sc.event.ID), url.Values{"do": {"dance"}}); w.Code != 400 {
		t.Errorf("an unknown button: got %d, want 400", w.Code)
	}
	other := sc.all + "/" + sc.m.batch(t, sc.m.drafts["closed-2026"].Event.ID)
	for _, path := range []string{other, other + "/edit", other + "/page?letter=en"} {
		if w := sc.owner.send(sc.s, http.MethodGet, path, nil); w.Code != 404 {
			t.Errorf("%s of another event: got %d, want 404", path, w.Code)
		}
	}
}

// send sends a message and returns the mails.
func (sc scene) send(t testing.TB, page string) []post.Message {
	t.Helper()
	form := carried(sc.owner.send(sc.s, http.MethodGet, page, nil))
	form.Set("do", "send")
	if w := sc.owner.send(sc.s, http.MethodPost, page, form); w.Code != http.StatusSeeOther {
		t.Fatalf("sent: got %d\n%s", w.Code, w.Body)
	}
	items, err := sc.m.mail.List(t.Context(), post.Filter{Event: sc.event.ID, States: []post.State{post.Waiting}})
	if err != nil {
		t.Fatal(err)
	}
	var mails []post.Message
	for _, item := range items {
		mails = append(mails, item.Message)
	}
	return mails
}

// What has not gone out is stopped, and what was refused is sent again.
func TestMessageToManyStoppedAndSentAgain(t *testing.T) {
	sc := newScene(t)
	page := sc.draft(t, rooms())
	mails := sc.send(t, page)
	items, err := sc.m.mail.Claim(t.Context(), "a test", 2, sc.m.clock.Add(time.Hour))
	if err != nil || len(mails) != 3 || len(items) != 2 {
		t.Fatalf("got %d mails, %d claimed, %v", len(mails), len(items), err)
	}
	for i, e := range []post.Event{{Step: post.Refuse, Cause: post.Replied, Detail: "550 no such user"}, {Step: post.HandOver}} {
		sc.step(t, items[i], e)
	}
	item, err := sc.m.mail.Find(t.Context(), items[1].Message.ID)
	if err != nil {
		t.Fatal(err)
	}
	sc.step(t, item, post.Event{Step: post.Lose, Cause: post.Unanswered})
	w := sc.owner.send(sc.s, http.MethodGet, page, nil)
	for _, want := range []string{"Stop 1 message", "Send 1 refused message again", "Count 1 message as sent", "Send 1 uncertain message again", "550 no such user", "0 of 3 sent"} {
		if !contains(w, want) {
			t.Errorf("the progress lacks %q", want)
		}
	}
	for _, do := range []string{"stop", "stop", "again", "settle", "resend"} {
		if w := sc.owner.send(sc.s, http.MethodPost, page, url.Values{"do": {do}}); w.Code != http.StatusSeeOther {
			t.Errorf("%s: got %d", do, w.Code)
		}
	}
	got, err := sc.m.mail.Counts(t.Context(), post.Filter{Event: sc.event.ID})
	if err != nil || got[post.Cancelled] != 1 || got[post.Waiting] != 1 || got[post.Sent] != 1 {
		t.Errorf("got %v, %v, want one stopped, one waiting again, one that counts as sent", got, err)
	}
	if w := sc.owner.send(sc.s, http.MethodGet, sc.all, nil); !contains(w, `class="post cancelled"`) || !contains(w, "Sent messages") {
		t.Errorf("the list: got %d\n%s", w.Code, w.Body)
	}
}

func (sc scene) step(t *testing.T, item post.Item, e post.Event) {
	t.Helper()
	to, err := post.Next(item.Status, e, sc.m.clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := sc.m.mail.Mark(t.Context(), item, to); err != nil {
		t.Fatal(err)
	}
}

// To open the link does nothing; to press the button, or the mail program's, does:
// there are no more messages to many, and all others still come.
func TestUnsubscribing(t *testing.T) {
	sc := newScene(t)
	var link, ada string
	for _, one := range sc.send(t, sc.draft(t, rooms())) {
		switch path := strings.TrimPrefix(one.Unsubscribe, sc.s.BaseURL); one.To.Address {
		case "layla@example.org":
			link = path
		case "Ada@example.org":
			ada = path
		}
	}
	stranger := member{}
	for range 2 {
		w := stranger.send(sc.s, http.MethodGet, link, nil)
		if w.Code != 200 || !contains(w, `lang="ar"`) || !contains(w, "layla@example.org") || !contains(w, "إلغاء الاشتراك") || w.Header().Get("Referrer-Policy") != "no-referrer" {
			t.Fatalf("the link: got %d\n%s", w.Code, w.Body)
		}
	}
	if gone, err := sc.m.mail.Unsubscribed(t.Context(), sc.event.ID); err != nil || len(gone) > 0 {
		t.Fatalf("opening the link unsubscribed %v, %v", gone, err)
	}
	if w := stranger.send(sc.s, http.MethodPost, ada, url.Values{"List-Unsubscribe": {"One-Click"}}); w.Code != 204 { // RFC 8058 section 3.2
		t.Errorf("what a mail program posts: got %d, want 204", w.Code)
	}
	if w := stranger.send(sc.s, http.MethodPost, link, carried(stranger.send(sc.s, http.MethodGet, link, nil))); w.Code != http.StatusSeeOther || w.Header().Get("Location") == "" {
		t.Errorf("the button: got %d", w.Code)
	}
	w := stranger.send(sc.s, http.MethodGet, link+"&lang=en", nil)
	if !contains(w, "أُلغي اشتراككم") || !contains(w, "استلامها من جديد") {
		t.Errorf("after that: got %d\n%s", w.Code, w.Body)
	}
	page := sc.draft(t, rooms())
	if w := sc.owner.send(sc.s, http.MethodGet, page, nil); !contains(w, "Send to 1 person") || !contains(w, "2 people of this audience have unsubscribed and are left out.") {
		t.Errorf("the next message: got %d\n%s", w.Code, w.Body)
	}
	waiting := sc.send(t, page)
	if len(waiting) != 2 { // both to the owner; what waited for the others was cancelled
		t.Errorf("%d messages wait, want 2", len(waiting))
	}
	if w := stranger.send(sc.s, http.MethodPost, link, carried(stranger.send(sc.s, http.MethodGet, link, nil))); w.Code != http.StatusSeeOther {
		t.Errorf("back again: got %d", w.Code)
	}
	if gone, err := sc.m.mail.Unsubscribed(t.Context(), sc.event.ID); err != nil || !slices.Equal(gone, []string{"ada@example.org"}) {
		t.Errorf("got %v, %v, want ada alone", gone, err)
	}
	for _, wrong := range []string{"/unsubscribe", "/unsubscribe?key=" + access.NewSecret().String()} {
		if w := stranger.send(sc.s, http.MethodPost, wrong, url.Values{"do": {"leave"}}); w.Code != http.StatusGone {
			t.Errorf("%s: got %d, want 410", wrong, w.Code)
		}
	}
	foreign := httptest.NewRequest(http.MethodPost, ada, strings.NewReader("do=return"))
	foreign.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	answer := httptest.NewRecorder()
	sc.s.Handler().ServeHTTP(answer, foreign)
	if answer.Code != http.StatusForbidden {
		t.Errorf("the page of another site: got %d, want 403", answer.Code)
	}
}

// What people wait for has no such header, and comes to those who unsubscribed.
func TestOtherMailIsNotUnsubscribedFrom(t *testing.T) {
	sc := newScene(t)
	if err := sc.m.mail.Unsubscribe(t.Context(), sc.event.ID, "nino@example.org"); err != nil {
		t.Fatal(err)
	}
	id := sc.m.post(t, sc.event.ID, notice("The agenda"))
	item, err := sc.m.mail.Find(t.Context(), id)
	if err != nil || item.Status.State != post.Waiting {
		t.Fatalf("got %v, %v, want it waiting", item.Status, err)
	}
	written, err := sc.m.mail.Compose(item.Message)
	if err != nil || strings.Contains(string(written), "List-Unsubscribe") {
		t.Errorf("got %v and\n%s\nwant no List-Unsubscribe", err, written)
	}
}
