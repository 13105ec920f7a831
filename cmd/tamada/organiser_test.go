//go:build e2e

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	keys "github.com/chromedp/chromedp/kb"

	"tamada/pkg/access"
	"tamada/pkg/store"
)

// signedIn makes the visitor an administrator who has signed in: the browser
// has the cookie.
func (v *visit) signedIn(database string) {
	v.t.Helper()
	db, err := store.Open(v.t.Context(), "sqlite://"+database, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		v.t.Fatal(err)
	}
	defer db.Close()
	address, err := access.ParseAddress("nino@host.example")
	if err != nil {
		v.t.Fatal(err)
	}
	u, err := db.AddUser(v.t.Context(), "", access.User{Address: address, Name: "Nino Beridze", Administrator: true})
	if err != nil {
		v.t.Fatal(err)
	}
	in, err := db.SignIn(v.t.Context(), u.ID)
	if err != nil {
		v.t.Fatal(err)
	}
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: "tamada", Value: in.Secret.String(), URL: v.site})
		return err
	}))
}

// seed returns the text of a meeting's agenda as it was sent round. The test is
// passed over where ../shared does not exist.
func seed(t *testing.T, pattern string) string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared")
	if env := os.Getenv("TAMADA_SHARED"); env != "" {
		root = env
	}
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		t.Skip("no ../shared beside the module: it has the agenda that this test pastes")
	}
	files, err := filepath.Glob(filepath.Join(root, "seeds", pattern))
	if err != nil || len(files) != 1 {
		t.Fatalf("%s: got %q, %v, want one file", pattern, files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// paste puts a text into a field at once, as the clipboard does.
func (v *visit) paste(selector, text string) {
	v.t.Helper()
	encoded := base64.StdEncoding.EncodeToString([]byte(text))
	ask(v, chromedp.Evaluate[bool](`(() => {
		const field = document.querySelector(`+"`"+selector+"`"+`);
		field.value = new TextDecoder().decode(Uint8Array.from(atob("`+encoded+`"), c => c.charCodeAt(0)));
		return field.dispatchEvent(new Event("input", {bubbles: true}));
	})()`))
}

// awaits waits until an expression holds on the page.
func (v *visit) awaits(expression string) {
	v.t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ask(v, chromedp.Evaluate[bool](expression)) {
			return
		}
	}
	v.shot("awaited")
	v.t.Fatalf("the page never comes to %s", expression)
}

const openGuesses = `document.querySelectorAll('.remarks button[value^="accept:"]').length`

// TestJourneyOrganiserPastesAgenda pastes the agenda of a bureau meeting, as it
// was sent round, accepts two guesses, and publishes it.
func TestJourneyOrganiserPastesAgenda(t *testing.T) {
	text := seed(t, "002_*")
	v := newVisit(t)
	v.signedIn(v.database)
	v.desk()
	v.open("/organise?lang=en")
	v.shot("meetings")
	v.click(`main a[href*="/organise/new"]`)
	v.paste("#text", text)
	v.awaits(openGuesses + ` >= 2`)
	v.sees("Topic 1: Driving public sector innovation in service design and delivery")
	v.sees("Alessandro Bellantoni")
	v.shot("understood")
	guesses := ask(v, chromedp.Evaluate[int](openGuesses))
	for range 2 {
		guesses--
		v.do(chromedp.Click(chromedp.CSS(`.remarks button[value^="accept:"]`)))
		v.awaits(openGuesses + " === " + strconv.Itoa(guesses))
	}
	v.click(`button[value="create"]`)
	v.sees("The draft has been made")
	v.shot("draft")
	v.click(`main a[href*="/publish"]`)
	v.paste("#note", "First agenda")
	v.shot("publish")
	v.click(`form.stack button.primary`)
	v.awaits(`document.querySelector(".notice.done") !== null`)
	v.sees("The agenda is published.")
	v.eventually("/e/first-bureau-meeting-2021?lang=en", "10:15–10:40")
	v.open("/e/first-bureau-meeting-2021?lang=en")
	v.sees("Conclusion")
	v.sees("Barbara Ubaldi")
	v.shot("published")
}

// TestJourneyOrganiserPastesWithoutScripts does the same with a button, in
// Arabic, with JavaScript switched off.
func TestJourneyOrganiserPastesWithoutScripts(t *testing.T) {
	v := newVisit(t)
	v.signedIn(v.database)
	v.open("/organise/new?lang=ar")
	v.paste("#text", "Seminar on registers\n3 March 2026, Tbilisi\n\n09:00-09:30 Opening\n09:30-10:30 Discussion: who owns the data?\n")
	v.scripts(false)
	v.click(`button[value="look"]`)
	v.do(chromedp.WaitVisible(chromedp.CSS(`.remarks`)))
	v.shot("understood")
	v.click(`.remarks button[value^="accept:"]`)
	v.do(chromedp.WaitVisible(chromedp.CSS(`.remarks details`)))
	v.do(chromedp.Click(chromedp.CSS(`button[value="create"]`)), chromedp.WaitVisible(chromedp.CSS(`.mark.draft`)))
	v.shot("draft")
}

// TestJourneyOrganiserPastesWordFile brings a Word file, and accepts a guess and
// makes the draft with the keyboard alone.
func TestJourneyOrganiserPastesWordFile(t *testing.T) {
	v := newVisit(t)
	v.signedIn(v.database)
	v.desk()
	path := filepath.Join(t.TempDir(), "agenda.docx")
	if err := os.WriteFile(path, wordFile(t, "Seminar on registers", "Tuesday 3 March 2026, Tbilisi", "09:00-09:30 Opening remarks",
		"Moderator: Nino Beridze, Ministry of Finance", "09:30-10:30 Discussion: who owns the data?", "10:30 Coffee break"), 0o644); err != nil {
		t.Fatal(err)
	}
	v.open("/organise/new?lang=en")
	left := v.document()
	v.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
	v.leaves(left)
	v.sees("agenda.docx")
	v.sees("Nino Beridze")
	v.accessible("what was understood of a Word file")
	v.shot("understood")
	guesses := ask(v, chromedp.Evaluate[int](openGuesses))
	v.do(chromedp.Focus(chromedp.CSS(`.remarks button[value^="accept:"]`)), chromedp.KeyEvent(keys.Enter))
	v.awaits(openGuesses + " === " + strconv.Itoa(guesses-1))
	left = v.document()
	v.do(chromedp.Focus(chromedp.CSS(`button[value="create"]`)), chromedp.KeyEvent(keys.Enter))
	v.leaves(left)
	v.sees("The draft has been made")
	v.sees("Opening remarks")
	v.shot("draft")
}

// wordFile returns a Word document with a paragraph for each line.
func wordFile(t *testing.T, lines ...string) []byte {
	t.Helper()
	var body, b bytes.Buffer
	body.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, line := range lines {
		body.WriteString(`<w:p><w:r><w:t>` + line + `</w:t></w:r></w:p>`)
	}
	body.WriteString(`</w:body></w:document>`)
	z := zip.NewWriter(&b)
	f, err := z.Create("word/document.xml")
	if err == nil {
		_, err = f.Write(body.Bytes())
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestJourneyOrganiserOfEveryPage holds every page of the organisers to the
// accessibility rules, in two languages.
func TestJourneyOrganiserOfEveryPage(t *testing.T) {
	v := newVisit(t)
	v.signedIn(v.database)
	file := v.command("export", "eip-advisory-group-2020", "--to", "yaml")
	v.keep("changed.yaml", []byte(strings.Replace(file, "title: Monitoring and Evaluation", "title: Monitoring and evaluation", 1)))
	v.command("import", v.shots+"/changed.yaml")
	v.open("/organise/e/eip-advisory-group-2020")
	session := ask(v, chromedp.Evaluate[string](`document.querySelector(".session").id.slice(2)`))
	for name, path := range map[string]string{
		"home": "/organise", "new": "/organise/new", "draft": "/organise/e/eip-advisory-group-2020", "draft-mena": "/organise/e/mena-oecd-bureau-2021",
		"publish": "/organise/e/eip-advisory-group-2020/publish", "upload": "/organise/e/eip-advisory-group-2020/upload",
		"history": "/organise/e/eip-advisory-group-2020/history", "members": "/organise/e/eip-advisory-group-2020/members",
		"session": "/organise/e/eip-advisory-group-2020/s/" + session,
	} {
		for _, lang := range []string{"en", "ar"} {
			v.everyForm(name+"-"+lang, withLanguage(path, lang))
		}
	}
	for _, lang := range []string{"en", "ar"} {
		for _, scheme := range []string{"light", "dark"} {
			v.scheme(scheme)
			for _, size := range []string{"phone", "desk"} {
				v.phone()
				if size == "desk" {
					v.desk()
				}
				v.open("/organise/new?lang=" + lang)
				v.paste("#text", "Seminar on registers\nTuesday 4 March 2026, Tbilisi\n\n09:00-09:30 Opening remarks\nModerator: Nino Beridze, Head of Department, Ministry of Finance\n09:30-10:30 Discussion\nWho owns the data?\n10:45-10:40 Coffee break\n11:00-12:00 Closing\n")
				v.awaits(openGuesses + ` >= 2`)
				v.accessible("the preview in " + lang + " on " + size + ", " + scheme)
				v.shot("understood-" + lang + "-" + size + "-" + scheme)
			}
		}
	}
}

// TestJourneyOrganiserKeepsTheDraft changes a session with the keyboard alone,
// undoes that, invites somebody, and shows the draft to somebody without an
// account until the link is ended.
func TestJourneyOrganiserKeepsTheDraft(t *testing.T) {
	v := newVisit(t)
	v.signedIn(v.database)
	v.desk()
	v.open("/organise/e/mena-oecd-bureau-2021?lang=en")
	v.click(`.under a`)
	v.do(chromedp.Focus(chromedp.CSS(`[name="title.en"]`)), chromedp.KeyEvent(keys.End), chromedp.KeyEvent("!"), chromedp.KeyEvent(keys.Enter))
	v.awaits(`document.querySelector(".notice.done button") !== null`)
	v.sees("The session has been changed in the draft.")
	v.sees("Introduction!")
	v.accessible("the draft after an edit")
	v.shot("edited")
	v.do(chromedp.Focus(chromedp.CSS(`.notice.done button`)), chromedp.KeyEvent(keys.Enter))
	v.awaits(`document.querySelector(".notice.done") !== null && document.querySelector(".notice.done button") === null`)
	if ask(v, chromedp.Evaluate[bool](`document.body.textContent.includes("Introduction!")`)) {
		t.Error("the title is still as it was changed")
	}

	v.open("/organise/e/mena-oecd-bureau-2021/members?lang=en")
	v.do(chromedp.SendKeys(chromedp.CSS(`#address`), "bo@ministry.example"+keys.Enter))
	v.awaits(`!!document.body?.innerText.includes("The invitation is on its way.")`)
	v.sees("bo@ministry.example")
	v.click(`button[value="preview"]`)
	v.awaits(`document.querySelector("#fresh") !== null`)
	v.accessible("the page with a fresh link")
	v.shot("members")
	link := ask(v, chromedp.Evaluate[string](`document.querySelector("#fresh").value`))

	guest := v.another()
	guest.open(strings.TrimPrefix(link, v.site))
	guest.sees("This is a draft and may still change")
	guest.accessible("the draft behind a link")
	guest.shot("preview")
	v.open("/organise/e/mena-oecd-bureau-2021/members?lang=en")
	v.click(`#previews ~ .log button[value="revoke"]`)
	v.awaits(`!!document.body?.innerText.includes("That link no longer opens anything.")`)
	guest.open(strings.TrimPrefix(link, v.site))
	if ask(guest, chromedp.Evaluate[bool](`document.body.textContent.includes("Introduction")`)) {
		t.Error("the link opens the draft after its end")
	}
	guest.shot("ended")
}
