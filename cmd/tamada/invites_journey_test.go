//go:build e2e

package main

import (
	"bytes"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/emersion/go-imap/v2"

	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// later makes all releases ten minutes older, which nothing but a test can do.
func (v *visit) later() {
	v.t.Helper()
	db, err := sql.Open("sqlite3", v.database)
	if err != nil {
		v.t.Fatal(err)
	}
	defer db.Close()
	const shift = `DROP TRIGGER releases_immutable; UPDATE releases SET published = strftime('%Y-%m-%dT%H:%M:%S.000000Z', published, '-10 minutes')`
	if _, err := db.ExecContext(v.t.Context(), shift); err != nil {
		v.t.Fatal(err)
	}
}

// invites returns those of the site's database, by address.
func (v *visit) invites(event string) map[string]post.Invite {
	v.t.Helper()
	list, err := (&terminal{v.t, filepath.Dir(v.database)}).queue().Invites(v.t.Context(), event)
	if err != nil {
		v.t.Fatal(err)
	}
	all := map[string]post.Invite{}
	for _, i := range list {
		all[i.To.Address] = i
	}
	return all
}

// inMenu fails the test unless the menu of the event says that this is one of the pages of
// invitations.
func (v *visit) inMenu(page string) {
	v.t.Helper()
	const current = `[...document.querySelectorAll('nav.event [aria-current="page"]')].map(a => a.pathname).join(" ")`
	if got := ask(v, chromedp.Evaluate[string](current)); !strings.HasSuffix(got, "/invitations") || strings.Contains(got, " ") {
		v.t.Errorf("%s: the menu says that this is %q, want the invitations", page, got)
	}
}

// TestJourneyOrganiserInvites asks two people to a session, publishes a change, tells them of
// it when it has been left as it is for ten minutes, and reads what one of them answers.
func TestJourneyOrganiserInvites(t *testing.T) {
	mailbox, address := postbox(t)
	v := newVisit(t, "TAMADA_IMAP_SERVER="+address, "TAMADA_MAIL_FROM=Forum <meetings@example.org>")
	v.signedIn(v.database)
	v.desk()
	const meeting = "/organise/e/mena-oecd-bureau-2021"
	v.open(meeting + "?lang=en")
	v.click(`.under a`)
	v.awaits(`document.querySelector('.title a[href*="/invitations/"]') !== null`)
	session := ask(v, chromedp.Evaluate[string](`location.pathname`))
	v.follow(`.title a[href*="/invitations/"]`, "People with a role who were not asked")
	page := ask(v, chromedp.Evaluate[string](`location.pathname`))
	v.follow(`#people ~ .links a`, "Ask somebody")
	v.awaits(`document.querySelector("#name")?.value === "Marco Daglio"`)
	if got := ask(v, chromedp.Evaluate[string](`document.querySelector("#email").value + document.querySelector("#role").value`)); got != "speaker" {
		t.Errorf("the form says %q, want the role of a speaker and no address", got)
	}
	v.types("#email", "marco@example.org")
	v.shot("proposed")
	v.follow(`button[value="look"]`, "This mail will be sent")
	v.sees("Invitation: Introduction")
	v.sees("Please accept or decline in your calendar")
	v.accessible("the preview of an invitation")
	v.shot("preview")
	v.follow(`button[value="send"]`, "The mail is on its way.")
	v.types("#name", "Lina Haddad")
	v.types("#email", "lina@example.org")
	v.follow(`button[value="look"]`, "This mail will be sent")
	v.follow(`button[value="send"]`, "The mail is on its way.")
	v.sees("Marco Daglio")
	v.sees("Lina Haddad")

	messages := (&terminal{t, filepath.Dir(v.database)}).written(2)
	for _, m := range messages {
		if !strings.Contains(m, "text/calendar; method=REQUEST") || !strings.Contains(m, "meetings@example.org") {
			t.Errorf("got a message without an invitation:\n%s", m)
		}
	}
	v.open("/organise/mail?lang=en")
	v.follow(`.rows.mail a`, "Invitation: Introduction")
	v.sees("You are invited to take part in a session")
	v.shot("message")

	v.open(session + "?lang=en")
	v.paste(`[name="time"]`, "10:05-10:15")
	v.follow(`form.stack button.primary`, "The session has been changed in the draft.")
	v.open(meeting + "/publish?lang=en")
	v.follow(`form.stack button.primary`, "The agenda is published.")
	v.open(meeting + "/invitations?lang=en")
	v.sees("Changed: Introduction")
	v.sees("More changes may follow.")
	v.inMenu("changes to send")
	v.accessible("changes that are collected")
	v.shot("collected")
	v.later()
	v.open(meeting + "/invitations?lang=en")
	v.do(chromedp.Click(chromedp.CSS(`details.more summary`)))
	v.sees("10:05")
	v.accessible("changes that can be sent")
	v.shot("due")
	v.follow(`button.primary`, "Everybody who was asked knows the latest release.")
	v.sees("The mail is on its way.")
	(&terminal{t, filepath.Dir(v.database)}).written(4)

	event := builtinEvent(t, "mena-oecd-bureau-2021")
	lina := v.invites(event)["lina@example.org"]
	if lina.Sequence != 1 {
		t.Fatalf("got %+v, want an invitation that was told of a change", lina)
	}
	reply := strings.NewReplacer("6f9619ff-8b86-4d01-b42d-00cf4fc964f1", lina.Session, "nino@example.org", "lina@example.org", "SEQUENCE:0", "SEQUENCE:1").
		Replace(answerFrom(t, "google"))
	if _, err := mailbox.Append("INBOX", letter{bytes.NewReader([]byte(reply))}, &imap.AppendOptions{Time: time.Now()}); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(90 * time.Second); v.invites(event)["lina@example.org"].Answer == post.NoAnswer && time.Now().Before(end); {
		time.Sleep(time.Second)
	}
	v.open(page + "?lang=en")
	v.sees("Accepted")
	v.inMenu("one session")
	for _, lang := range []string{"en", "ar", "ka"} {
		v.everyForm("session-"+lang, withLanguage(page, lang))
		v.everyForm("all-"+lang, withLanguage(meeting+"/invitations", lang))
		v.phone()
		v.open(withLanguage(page, lang))
		v.types("#name", "Leïla Haddad")
		v.types("#email", "leila@example.org")
		v.do(chromedp.SetValue(chromedp.CSS("#language"), lang))
		v.follow(`button[value="look"]`, locale.For(lang).T("calendar.invites.preview"))
		v.accessible("the preview in " + lang)
		v.shot("preview-" + lang)
	}
}

// builtinEvent returns the ID of a meeting that comes with the program.
func builtinEvent(t *testing.T, slug string) string {
	t.Helper()
	drafts, err := builtinAgendas()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drafts {
		if d.Event.Slug == slug {
			return d.Event.ID
		}
	}
	t.Fatalf("no meeting %s", slug)
	return ""
}
