package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
)

// claimed returns the mails that wait in the queue, and takes them out.
func (m *archive) claimed(t testing.TB) []post.Message {
	t.Helper()
	items, err := m.mail.Claim(t.Context(), "a test", 100, m.clock.Add(48*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var mails []post.Message
	for _, item := range items {
		mails = append(mails, item.Message)
	}
	return mails
}

// said returns the calendar of the only mail.
func said(t testing.TB, mails []post.Message) string {
	t.Helper()
	if len(mails) != 1 || mails[0].Calendar == nil || len(mails[0].Attachments) != 1 {
		t.Fatalf("got %d mails, want one with a calendar in it and as a file", len(mails))
	}
	calendar := string(mails[0].Calendar.Data)
	if !strings.Contains(calendar, "METHOD:"+mails[0].Calendar.Method+"\r\n") || string(mails[0].Attachments[0].Data) != calendar {
		t.Errorf("the mail says %s, which its calendar does not:\n%s", mails[0].Calendar.Method, calendar)
	}
	return strings.ReplaceAll(calendar, "\r\n ", "")
}

// wants reports what a calendar lacks.
func wants(t testing.TB, what, calendar string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		if !strings.Contains(calendar, l) {
			t.Errorf("%s: no %q in\n%s", what, l, calendar)
		}
	}
}

// An organiser asks somebody to a session, tells them of a move and takes it back; each
// mail is seen before it goes out.
func TestInvitesToASession(t *testing.T) {
	s, m := newServer(t)
	d := m.drafts["forum-2026"]
	user := newcomer(t, m, "owner", false, access.Grant{Event: d.Event.ID, Role: access.Owner})
	owner := at(t, s, m, user)
	session := openingID(t, d.Event)
	const all = "/organise/e/forum-2026/invitations"
	page := all + "/" + agenda.Code(session)
	_, opening, _ := d.Event.Session(session)
	d.Backstage = agenda.Backstage{session: {Join: "https://join.example.org/opening", Notes: agenda.Text{"en": "The minister is late."}}}
	if _, err := m.Import(t.Context(), "", d); err != nil {
		t.Fatal(err)
	}

	for _, form := range []url.Values{
		{},
		{"name": {"Nino"}, "email": {"nino"}, "role": {"moderator"}, "language": {"en"}},
		{"name": {"Nino"}, "email": {"nino@example.org"}, "role": {"king"}, "language": {"xx"}},
	} {
		form.Set("do", "send")
		if w := owner.send(s, http.MethodPost, page, form); w.Code != 422 || len(m.claimed(t)) > 0 {
			t.Errorf("%v: got %d, want 422 and no mail", form, w.Code)
		}
	}
	form := url.Values{"name": {"Nino Beridze"}, "email": {"nino@example.org"}, "role": {"moderator"}, "language": {"en"}, "do": {"look"}}
	w := owner.send(s, http.MethodPost, page, form)
	if w.Code != 200 || !contains(w, "Invitation: ") || !contains(w, "Nino Beridze <nino@example.org>") || len(m.claimed(t)) > 0 {
		t.Fatalf("look: got %d, want the mail, not sent\n%s", w.Code, w.Body)
	}
	send := carried(w)
	send.Set("do", "send")
	if w := owner.send(s, http.MethodPost, page, send); w.Code != 303 {
		t.Fatalf("send: got %d\n%s", w.Code, w.Body)
	}
	mails := m.claimed(t)
	calendar := said(t, mails)
	composed, err := m.mail.composer.Compose(mails[0])
	if err != nil {
		t.Fatal(err)
	}
	wants(t, "message", strings.ReplaceAll(string(composed), "\r\n ", " "), "text/calendar; method=REQUEST; charset=UTF-8", "application/ics", "invite.ics", "meetings@example.org")
	wants(t, "invitation", calendar, "METHOD:REQUEST", "SEQUENCE:0", "ROLE=CHAIR", "RSVP=FALSE", `ATTENDEE;CN="Nino Beridze"`, "mailto:nino@example.org",
		"mailto:meetings@example.org", "https://join.example.org/opening")
	if strings.Contains(calendar, "minister is late") {
		t.Error("the mail says what is for the organisers alone")
	}
	if w := owner.send(s, http.MethodPost, page, send); w.Code != 409 || len(m.claimed(t)) > 0 {
		t.Errorf("sent twice: got %d, want 409 and no mail", w.Code)
	}
	if w := owner.send(s, http.MethodPost, page, form); w.Code != 422 || !contains(w, "was asked to this session before") {
		t.Errorf("asked twice: got %d, want 422", w.Code)
	}
	if w := owner.send(s, http.MethodGet, all, nil); !contains(w, "knows the latest release") || !contains(w, "Asked: 1") {
		t.Errorf("got another list than that everybody knows:\n%s", w.Body)
	}

	opening.Abstract = agenda.Text{"en": "Another text."}
	m.publish(t, d, "")
	if w := owner.send(s, http.MethodGet, all, nil); !contains(w, "knows the latest release") {
		t.Error("another text is no reason for a mail")
	}
	opening.Time.Start += 20
	m.publish(t, d, "")
	owner = at(t, s, m, user) // days have passed
	r, err := m.DB.Latest(t.Context(), "forum-2026")
	if err != nil {
		t.Fatal(err)
	}
	s.Now = func() time.Time { return r.Published.Add(9 * time.Minute) }
	if w := owner.send(s, http.MethodGet, all, nil); !contains(w, "More changes may follow") || contains(w, "Send these mails") {
		t.Errorf("after nine minutes:\n%s", w.Body)
	}
	s.Now = func() time.Time { return r.Published.Add(10 * time.Minute) }
	w = owner.send(s, http.MethodGet, all, nil)
	if !contains(w, "Send these mails") || !contains(w, "Changed: ") {
		t.Fatalf("after ten minutes:\n%s", w.Body)
	}
	if w := owner.send(s, http.MethodPost, all, url.Values{"release": {"1"}}); w.Code != 422 || len(m.claimed(t)) > 0 {
		t.Errorf("changes of another release: got %d, want 422 and no mail", w.Code)
	}
	release := carried(w)
	if w := owner.send(s, http.MethodPost, all, release); w.Code != 303 {
		t.Fatalf("send changes: got %d\n%s", w.Code, w.Body)
	}
	moved := said(t, m.claimed(t))
	wants(t, "move", moved, "METHOD:REQUEST", "SEQUENCE:1", uidOf(calendar))
	if owner.send(s, http.MethodPost, all, release); len(m.claimed(t)) > 0 {
		t.Error("got a second mail of the same change, want none")
	}

	id := endOf(t, owner.send(s, http.MethodGet, page, nil).Body.String())
	w = owner.send(s, http.MethodPost, page, url.Values{"end": {id}, "do": {"look"}})
	if w.Code != 200 || !contains(w, "Invitation taken back") || len(m.claimed(t)) > 0 {
		t.Fatalf("take back: got %d\n%s", w.Code, w.Body)
	}
	send = carried(w)
	send.Set("do", "send")
	if w := owner.send(s, http.MethodPost, page, send); w.Code != 303 {
		t.Fatalf("take back: got %d\n%s", w.Code, w.Body)
	}
	wants(t, "taken back", said(t, m.claimed(t)), "METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED", uidOf(calendar))
	if w := owner.send(s, http.MethodGet, page, nil); !contains(w, "Taken back") || contains(w, `name="end"`) {
		t.Errorf("got another state than taken back:\n%s", w.Body)
	}

	// Asked once more, from a mailbox of the meeting, with the next number: their calendar takes it.
	s.Mailboxes = map[string]post.Mailbox{"forum-2026": {Name: "Forum", Address: "forum@example.org"}}
	form.Set("do", "send")
	if w := owner.send(s, http.MethodPost, page, form); w.Code != 303 {
		t.Fatalf("ask again: got %d\n%s", w.Code, w.Body)
	}
	mails = m.claimed(t)
	wants(t, "asked again", said(t, mails), "METHOD:REQUEST", "SEQUENCE:3", "mailto:forum@example.org", uidOf(calendar))
	if composed, err = m.mail.composer.Compose(mails[0]); err != nil {
		t.Fatal(err)
	}
	wants(t, "message", string(composed), "From: \"Forum\" <forum@example.org>", "Reply-To: ")
}

// endOf returns the ID by which a page takes its only invitation back.
func endOf(t *testing.T, page string) string {
	t.Helper()
	_, rest, found := strings.Cut(page, `name="end" value="`)
	id, _, _ := strings.Cut(rest, `"`)
	if !found {
		t.Fatalf("the page has nothing to take back:\n%s", page)
	}
	return id
}

// uidOf returns the line with the UID of the only entry of a calendar.
func uidOf(calendar string) string {
	_, entry, _ := strings.Cut(calendar, "BEGIN:VEVENT")
	_, rest, _ := strings.Cut(entry, "UID:")
	uid, _, _ := strings.Cut(rest, "\r\n")
	return "UID:" + uid
}

// A session that is cancelled takes everybody's entry away, and a cancelled one asks nobody.
func TestInvitesToACancelledSession(t *testing.T) {
	s, m := newServer(t)
	d := m.drafts["forum-2026"]
	owner := at(t, s, m, newcomer(t, m, "owner", false, access.Grant{Event: d.Event.ID, Role: access.Owner}))
	session := openingID(t, d.Event)
	const all = "/organise/e/forum-2026/invitations"
	page := all + "/" + agenda.Code(session)
	form := url.Values{"name": {"Ola Nordmann"}, "email": {"ola@example.org"}, "role": {"speaker"}, "language": {"fr"}, "do": {"send"}}
	if w := owner.send(s, http.MethodPost, page, form); w.Code != 303 {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	wants(t, "first", said(t, m.claimed(t)), "ROLE=REQ-PARTICIPANT")
	_, opening, _ := d.Event.Session(session)
	opening.Status = agenda.Cancelled
	m.publish(t, d, "")
	s.Now = func() time.Time { return m.clock.Add(time.Hour) }
	if w := owner.send(s, http.MethodPost, all, carried(owner.send(s, http.MethodGet, all, nil))); w.Code != 303 {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	mails := m.claimed(t)
	wants(t, "cancelled", said(t, mails), "METHOD:CANCEL", "SEQUENCE:1")
	if mails[0].Letter.Language != "fr" || !strings.HasPrefix(mails[0].Letter.Subject, "Annulation") {
		t.Errorf("got the subject %q in %q, want it in French", mails[0].Letter.Subject, mails[0].Letter.Language)
	}
	form.Set("email", "another@example.org")
	if w := owner.send(s, http.MethodPost, page, form); w.Code != 422 || len(m.claimed(t)) > 0 {
		t.Errorf("to a cancelled session: got %d, want 422 and no mail", w.Code)
	}
}

// The pages of invitations are one item of the menu, and the one of a session proposes those
// who have a role in it, until they are asked.
func TestInvitesProposePeople(t *testing.T) {
	s, m := newServer(t)
	d := m.drafts["forum-2026"]
	owner := at(t, s, m, newcomer(t, m, "owner", false, access.Grant{Event: d.Event.ID, Role: access.Owner}))
	session := openingID(t, d.Event)
	_, opening, _ := d.Event.Session(session)
	d.Event.People = append(d.Event.People, agenda.Person{ID: agenda.NewID(), Key: "tamar", Name: agenda.Text{"en": "Tamar O'Brien, <PhD>"}})
	opening.Roles = append(opening.Roles, agenda.Role{As: []agenda.RoleName{agenda.Rapporteur}, Person: "tamar", Status: agenda.RoleConfirmed})
	m.publish(t, d, "")
	page := "/organise/e/forum-2026/invitations/" + agenda.Code(session)
	w := owner.send(s, http.MethodGet, page, nil)
	if !contains(w, `person=tamar&role=rapporteur">Tamar O'Brien, <PhD></a>`) || !contains(w, `aria-current="page">Invitations to sessions`) {
		t.Fatalf("got a page that does not propose her:\n%s", w.Body)
	}
	w = owner.send(s, http.MethodGet, page+"?person=tamar&role=rapporteur", nil)
	if !contains(w, `value="Tamar O'Brien, <PhD>"`) || !contains(w, `<option value="rapporteur" selected>`) {
		t.Errorf("the form is not filled:\n%s", w.Body)
	}
	if w := owner.send(s, http.MethodGet, page+"?person=nobody&role=king", nil); w.Code != 200 {
		t.Errorf("nobody: got %d, want the page", w.Code)
	}
	form := url.Values{"name": {"Tamar O'Brien, <PhD>"}, "email": {"tamar@example.org"}, "role": {"rapporteur"}, "language": {"en"}, "do": {"send"}}
	if w := owner.send(s, http.MethodPost, page, form); w.Code != 303 {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	if w := owner.send(s, http.MethodGet, page, nil); contains(w, "person=tamar") {
		t.Error("she is proposed after she was asked")
	}
	if w := owner.send(s, http.MethodGet, "/organise/e/forum-2026/s/"+agenda.Code(session), nil); !contains(w, `href="`+page) {
		t.Errorf("the page of the session does not lead to its invitations:\n%s", w.Body)
	}
}

// Where a mailbox is read, people are asked to answer, and the page says what they answered.
func TestInvitesAnswered(t *testing.T) {
	s, m := newServer(t)
	m.mail.replies = "answers@example.org"
	d := m.drafts["forum-2026"]
	user := newcomer(t, m, "owner", false, access.Grant{Event: d.Event.ID, Role: access.Owner})
	owner := at(t, s, m, user)
	session := openingID(t, d.Event)
	const all = "/organise/e/forum-2026/invitations"
	page := all + "/" + agenda.Code(session)
	form := url.Values{"name": {"Ola Nordmann"}, "email": {"ola@example.org"}, "role": {"speaker"}, "language": {"en"}, "do": {"send"}}
	if w := owner.send(s, http.MethodPost, page, form); w.Code != 303 {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	mails := m.claimed(t)
	calendar := said(t, mails)
	wants(t, "invitation", calendar, "METHOD:REQUEST", "RSVP=TRUE", ":mailto:answers@example.org")
	composed, err := m.mail.composer.Compose(mails[0])
	if err != nil {
		t.Fatal(err)
	}
	wants(t, "message", string(composed), "From: \"Tamada\" <meetings@example.org>", "<answers@example.org>\r\n")
	if notes := mails[0].Letter.Notes; len(notes) != 1 || !strings.Contains(notes[0].Text, "accept or decline") {
		t.Errorf("got the notes %v, want one that asks for an answer", notes)
	}
	if w := owner.send(s, http.MethodGet, page, nil); contains(w, `class="answer`) {
		t.Errorf("got an answer that nobody has given:\n%s", w.Body)
	}

	answer := func(a post.Answer, sequence int) {
		t.Helper()
		r := post.Reply{
			Session: strings.TrimPrefix(uidOf(calendar), "UID:"), Address: "ola@example.org", Answer: a, Sequence: sequence, Received: m.clock.Add(time.Hour),
		}
		if got, err := m.mail.TakeReply(t.Context(), r); err != nil || got != post.Taken {
			t.Fatalf("got %s, %v; want %s", got, err, post.Taken)
		}
	}
	for _, said := range [][2]string{{"declined", "Declined"}, {"tentative", "Perhaps"}, {"accepted", "Accepted"}} {
		a, word := post.Answer(said[0]), said[1]
		answer(a, 0)
		if w := owner.send(s, http.MethodGet, page, nil); !contains(w, `<span class="answer `+string(a)+`">`+word+"<") {
			t.Errorf("%s: the page does not say it:\n%s", a, w.Body)
		}
		if w := owner.send(s, http.MethodGet, all, nil); !contains(w, "Asked: 1 · "+word+": 1") {
			t.Errorf("%s: the list does not say it:\n%s", a, w.Body)
		}
	}

	_, opening, _ := d.Event.Session(session)
	opening.Time.Start += 20
	m.publish(t, d, "")
	owner = at(t, s, m, user) // days have passed
	s.Now = func() time.Time { return m.clock.Add(time.Hour) }
	if w := owner.send(s, http.MethodPost, all, carried(owner.send(s, http.MethodGet, all, nil))); w.Code != 303 {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	wants(t, "change", said(t, m.claimed(t)), "METHOD:REQUEST", "SEQUENCE:1", "PARTSTAT=NEEDS-ACTION", "RSVP=TRUE")
	if w := owner.send(s, http.MethodGet, page, nil); !contains(w, "No answer to the last mail. Before it: Accepted") {
		t.Errorf("after a change:\n%s", w.Body)
	}
	if w := owner.send(s, http.MethodGet, all, nil); contains(w, "Accepted: 1") {
		t.Errorf("the list counts an answer to a mail before the last:\n%s", w.Body)
	}
	answer(post.Declined, 1)
	if w := owner.send(s, http.MethodGet, page, nil); !contains(w, ">Declined<") {
		t.Errorf("after an answer to the change:\n%s", w.Body)
	}
	m.mail.deaf = post.Trouble{Since: m.clock, Cause: post.Away, Detail: "imap: wrong password"}
	for _, address := range []string{page, all} {
		if w := owner.send(s, http.MethodGet, address, nil); !contains(w, "Answers have not been read since") || !contains(w, "imap: wrong password") {
			t.Errorf("%s does not say that answers are not read:\n%s", address, w.Body)
		}
	}
	s.CountReply(post.Stranger)
	figures := httptest.NewRecorder()
	s.Metrics().ServeHTTP(figures, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if !contains(figures, `tamada_invitation_replies_total{outcome="stranger"} 1`) {
		t.Errorf("the figures lack the stranger:\n%s", figures.Body)
	}
	back := url.Values{"end": {endOf(t, owner.send(s, http.MethodGet, page, nil).Body.String())}, "do": {"send"}}
	if w := owner.send(s, http.MethodPost, page, back); w.Code != 303 {
		t.Fatalf("take back: got %d\n%s", w.Code, w.Body)
	}
	wants(t, "taken back", said(t, m.claimed(t)), "METHOD:CANCEL", "RSVP=FALSE", ":mailto:answers@example.org")
}
