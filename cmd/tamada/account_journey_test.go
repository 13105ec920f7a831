//go:build e2e

package main

import (
	"context"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/openid/openidtest"
)

// follow clicks what the selector finds and waits until the page shows the text.
func (v *visit) follow(selector, text string) {
	v.t.Helper()
	v.do(chromedp.Click(chromedp.CSS(selector)))
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if strings.Contains(v.text(), text) {
			return
		}
	}
	v.sees(text)
}

// text returns what the page shows; "" while there is none, or another is on its way.
func (v *visit) text() string {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, 60*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	if err != nil {
		return ""
	}
	return text
}

// types puts a text into a field.
func (v *visit) types(selector, text string) {
	v.t.Helper()
	v.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// firstLink is the path of the link that the site printed.
func (v *visit) firstLink() string {
	v.t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, link, ok := strings.Cut(v.printed.String(), v.site); ok {
			return strings.Fields(link)[0]
		}
	}
	v.t.Fatalf("the site printed no link: %q", v.printed)
	return ""
}

// mailed waits until n messages are in the outbox, and returns the path of the
// link in the newest.
func (v *visit) mailed(n int) string {
	v.t.Helper()
	link := regexp.MustCompile(regexp.QuoteMeta(v.site) + `(/\S+key=\S+)`)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		names, err := filepath.Glob(filepath.Join(filepath.Dir(v.database), "outbox", "*.eml"))
		if err != nil {
			v.t.Fatal(err)
		}
		newest, latest := "", time.Time{}
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil {
				v.t.Fatal(err)
			}
			if info.ModTime().After(latest) {
				newest, latest = name, info.ModTime()
			}
		}
		if len(names) < n {
			continue
		}
		b, err := os.ReadFile(newest)
		if err != nil {
			v.t.Fatal(err)
		}
		read, err := mail.Read(b)
		if err != nil {
			v.t.Fatal(err)
		}
		found := link.FindStringSubmatch(read.Text)
		if found == nil {
			v.t.Fatalf("no link in\n%s", read.Text)
		}
		return found[1]
	}
	v.t.Fatalf("%d messages never came", n)
	return ""
}

// begins makes the visitor the first organiser.
func (v *visit) begins(lang, name, email string) {
	v.t.Helper()
	v.open(withLanguage(v.firstLink(), lang))
	v.types("#name", name)
	v.types("#email", email)
	v.shot("first")
	v.checked("the first organiser's form in "+lang, lang == "en")
	v.follow("form.stack button.primary", name)
}

// signsInByMail asks for a link and follows it; n counts the messages so far.
func (v *visit) signsInByMail(lang, email, name string, n int) {
	v.t.Helper()
	l := locale.For(lang)
	v.open("/sign-in?lang=" + lang)
	v.types("#email", email)
	v.follow("form.stack button.primary", l.T("account.sent"))
	v.shot("sent")
	v.open(v.mailed(n))
	v.sees(email)
	v.shot("confirm")
	v.follow("form.stack button.primary", name)
}

// checked is accessible on a page that was opened with JavaScript off: the
// checker needs it.
func (v *visit) checked(what string, on bool) {
	v.t.Helper()
	v.scripts(true)
	v.accessible(what)
	v.scripts(on)
}

// inTwoManners runs a journey in English, and in Arabic with JavaScript off.
func inTwoManners(t *testing.T, journey func(t *testing.T, lang string, prepare func(*visit))) {
	t.Run("en", func(t *testing.T) { journey(t, "en", func(*visit) {}) })
	t.Run("ar", func(t *testing.T) { journey(t, "ar", func(v *visit) { v.scripts(false) }) })
}

// TestJourneyOrganiserSignInByMail follows the first organiser from the printed
// link to a link from the outbox.
func TestJourneyOrganiserSignInByMail(t *testing.T) {
	inTwoManners(t, func(t *testing.T, lang string, prepare func(*visit)) {
		v, l := newVisit(t), locale.For(lang)
		prepare(v)
		v.begins(lang, "Nino Beridze", "nino@host.example")
		v.shot("home")
		v.follow("nav.account button", l.T("account.organisers"))
		v.open("/organise?lang=" + lang)
		v.sees(l.T("account.sign-in.submit"))
		v.signsInByMail(lang, "nino@host.example", "Nino Beridze", 1)
		v.shot("signed-in")
		used := v.mailed(1)
		v.open(used)
		v.sees(locale.For(lang).T("account.error.link"))
		v.shot("used")
		v.open(v.firstLink())
		v.sees("This link does not work any more")
		v.open("/organise/mail?lang=" + lang)
		v.sees(l.T("mail.state.sent"))
		v.shot("outbox")
		v.follow(".rows a", l.T("account.mail.letter"))
		v.sees("Nino Beridze")
		v.shot("message")
	})
}

// TestJourneyOrganiserSignInByOpenID comes in through a provider that knows the
// organiser, and stays outside as somebody that only the provider knows.
func TestJourneyOrganiserSignInByOpenID(t *testing.T) {
	inTwoManners(t, func(t *testing.T, lang string, prepare func(*visit)) {
		far := &openidtest.Provider{Ask: true, Claims: map[string]any{"email": "nino@host.example", "email_verified": true}}
		server := httptest.NewServer(far)
		t.Cleanup(server.Close)
		far.Issuer = server.URL
		v := newVisit(t, "TAMADA_OIDC_ISSUER="+server.URL, "TAMADA_OIDC_NAME=Ministry of Finance",
			"TAMADA_OIDC_CLIENT_ID="+openidtest.ClientID, "TAMADA_OIDC_CLIENT_SECRET="+openidtest.ClientSecret)
		prepare(v)
		v.command("user", "add", "nino@host.example", "--name", "Nino Beridze")
		l := locale.For(lang)
		v.open("/sign-in?lang=" + lang)
		v.checked("the form with a provider in "+lang, lang == "en")
		v.shot("form")
		v.follow(`a[href^="/sign-in/openid"]`, "It is me")
		v.follow("#yes", "Nino Beridze")
		v.shot("signed-in")
		v.follow("nav.account button", l.T("account.organisers"))

		far.Claims["email"] = "stranger@host.example"
		v.open("/sign-in?lang=" + lang)
		v.follow(`a[href^="/sign-in/openid"]`, "It is me")
		v.follow("#yes", l.T("account.openid.stranger"))
		v.sees("stranger@host.example")
		v.checked("a stranger in "+lang, lang == "en")
		v.shot("stranger")
		if list := v.command("user", "list"); strings.Contains(list, "stranger") {
			t.Errorf("an account was made:\n%s", list)
		}
	})
}

// TestJourneyOrganiserSignInRevoked is signed in at two browsers, and ends the
// other one.
func TestJourneyOrganiserSignInRevoked(t *testing.T) {
	inTwoManners(t, func(t *testing.T, lang string, prepare func(*visit)) {
		v, l := newVisit(t), locale.For(lang)
		prepare(v)
		v.begins(lang, "Nino Beridze", "nino@host.example")
		other := v.another()
		other.signsInByMail(lang, "nino@host.example", "Nino Beridze", 1)
		other.open("/account?lang=" + lang)
		other.sees("nino@host.example")

		v.open("/account?lang=" + lang)
		v.sees(l.T("account.sign-ins.other"))
		v.checked("the account in "+lang, lang == "en")
		v.shot("two")
		v.follow(`form[action^="/account/sign-ins"]:not(:has(input)) button`, l.T("account.done.sign-ins"))
		v.shot("one")
		other.open("/account?lang=" + lang)
		other.sees(l.T("account.sign-in.submit"))
		other.number = 20
		other.shot("outside")
		v.open("/account?lang=" + lang)
		v.sees("nino@host.example")
	})
}

// TestJourneyOrganiserSignInPages holds every page of accounts and mail to the
// accessibility rules, and leaves a picture of each in all its forms.
func TestJourneyOrganiserSignInPages(t *testing.T) {
	v := newVisit(t)
	for _, lang := range []string{"en", "ar", "ka"} {
		for name, path := range map[string]string{
			"first": v.firstLink(), "sign-in": "/sign-in", "sent": "/sign-in/sent", "password": "/sign-in/password", "closed": "/sign-in/link?key=none",
		} {
			v.everyForm(name+"-"+lang, withLanguage(path, lang))
		}
	}
	v.begins("en", "Nino Beridze", "nino@host.example")
	other := v.another()
	other.open("/sign-in?lang=ka")
	other.types("#email", "nino@host.example")
	other.follow("form.stack button.primary", locale.For("ka").T("account.sent"))
	link, err := url.Parse(v.mailed(1))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "ar", "ka"} {
		q := link.Query()
		q.Set("lang", lang)
		v.everyForm("link-"+lang, link.Path+"?"+q.Encode())
		v.open("/organise/mail?lang=" + lang)
		message := v.links(".rows a")[0]
		for name, path := range map[string]string{
			"account": "/account?lang=" + lang, "mail": "/organise/mail?lang=" + lang, "mail-none": "/organise/mail?state=refused&lang=" + lang,
			"message": message, "mail-event": "/organise/e/tbilisi-poc-2014/mail?lang=" + lang,
		} {
			v.everyForm(name+"-"+lang, path)
		}
		v.open("/account?lang=" + lang)
		v.types("#new-password", "short")
		v.follow(`form[action^="/account/password"] button`, locale.For(lang).T("account.problems", "count", 1))
		v.accessible("the account with a problem in " + lang)
		v.shot("problem-" + lang)
	}
}
