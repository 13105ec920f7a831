//go:build e2e

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"tamada/pkg/locale"
	"tamada/pkg/site"
)

// rewrite puts a text into a field in the place of what is there.
func (v *visit) rewrite(id, text string) {
	v.t.Helper()
	ask(v, chromedp.Evaluate[bool](fmt.Sprintf(`(() => { const f = document.getElementById(%q); f.value = ""; f.focus(); return true })()`, id)))
	v.do(chromedp.SendKeys(chromedp.CSS(`[id="`+id+`"]`), text))
}

// TestJourneyOrganiserSite follows an administrator who makes the site their
// ministry's: a name, a logo, a colour that can be read. Visitors see it at once.
func TestJourneyOrganiserSite(t *testing.T) {
	v := newVisit(t)
	v.signedIn(v.database)
	v.desk()
	logo := filepath.Join(t.TempDir(), "logo.svg")
	picture := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="19" fill="#7a1f3d"/><path d="M12 28V12h4l4 8 4-8h4v16h-4v-9l-4 8-4-8v9z" fill="#fff"/></svg>`
	if err := os.WriteFile(logo, []byte(picture), 0o600); err != nil {
		t.Fatal(err)
	}
	v.open("/account?lang=en")
	v.follow(`.account a[href*="/organise/site"]`, "Name and logo")
	v.shot("before")
	v.rewrite("name.en", "Ministry of Meetings")
	v.rewrite("name.ar", "وزارة الاجتماعات")
	v.rewrite("light", "#7fb2ff")
	v.sees("\u2068#7fb2ff\u2069 has a contrast of at least 1.8:1")
	v.follow(`button[value="save"]`, "The nearest that can is #")
	v.accessible("the settings with a problem")
	v.shot("refused")
	v.rewrite("light", "#7a1f3d")
	v.do(chromedp.SetUploadFiles(chromedp.CSS("#logo"), []string{logo}))
	v.follow(`button[value="preview"]`, "Nothing has been saved yet")
	v.accessible("the preview")
	v.shot("preview")
	v.follow(`button[value="save"]`, "The whole site shows it")
	v.shot("saved")
	visitor := v.another()
	visitor.open("/?lang=ar")
	visitor.sees("وزارة الاجتماعات")
	if got := ask(visitor, chromedp.Evaluate[string](`getComputedStyle(document.querySelector("header.site")).borderBlockStartColor`)); got != "rgb(122, 31, 61)" {
		t.Errorf("the head has the colour %s", got)
	}
	visitor.awaits(`document.querySelector(".brand img").naturalWidth > 0`)
	visitor.accessible("the list of meetings in another colour")
	visitor.shot("visitor-ar")
	visitor.scheme("dark")
	visitor.desk()
	visitor.open("/e/tbilisi-poc-2014?lang=ka")
	visitor.accessible("an agenda in another colour, dark")
	visitor.shot("visitor-ka-dark")
	v.keep("picture.png", v.fetch("/e/tbilisi-poc-2014/picture.png?lang=ka", "image/png"))
}

// TestJourneyOrganiserSiteWithoutScripts changes the name in Arabic, on a phone,
// with JavaScript off; a second administrator comes too late.
func TestJourneyOrganiserSiteWithoutScripts(t *testing.T) {
	v := newVisit(t)
	v.signedIn(v.database)
	l := locale.For("ar")
	v.scripts(false)
	v.open("/organise/site?lang=ar")
	v.shot("phone")
	v.do(chromedp.Click(chromedp.CSS("fieldset summary")), chromedp.SendKeys(chromedp.CSS(`[id="short.ar"]`), "الوزارة"))
	v.follow(`button[value="save"]`, l.T("site.done"))
	v.sees("الوزارة")
	v.shot("saved")
}

// TestJourneyOrganiserSitePages holds the settings to the accessibility rules in
// all forms.
func TestJourneyOrganiserSitePages(t *testing.T) {
	v := newVisit(t)
	v.signedIn(v.database)
	for _, lang := range []string{"en", "ar", "ka"} {
		v.everyForm("site-"+lang, "/organise/site?lang="+lang)
	}
}

// concrete returns the address of a page of the evidence.
func concrete(v *visit, p site.Page) string {
	return strings.NewReplacer("/e/:event/s/:session", v.firstSession(), ":event", "tbilisi-poc-2014").Replace(p.Path)
}

// TestJourneyDelegateOfCheckedPages does what the accessibility statement says is
// done: its pages, in its languages, with its tool, in that version.
func TestJourneyDelegateOfCheckedPages(t *testing.T) {
	v := newVisit(t)
	checked := site.Checked()
	for _, p := range checked.Pages {
		path := concrete(v, p)
		for _, lang := range checked.Languages {
			v.everyForm(strings.Trim(strings.ReplaceAll(p.Path, "/", "-"), "-:")+"-"+lang, withLanguage(path, lang))
		}
	}
	if got := ask(v, chromedp.Evaluate[string](`axe.version`)); got != checked.Version {
		t.Errorf("the statement says version %s, it is %s", checked.Version, got)
	}
	if got := ask(v, chromedp.Evaluate[int](`axe.getRules(`+checkedTags()+`).length`)); got != checked.Rules {
		t.Errorf("the statement says %d rules, there are %d", checked.Rules, got)
	}
}

// crowded is what is wrong with the room on a page: what is wider than the
// window, text that is cut off, controls that lie on each other.
const crowded = `(() => {
	const wrong = [], name = e => e.tagName + "." + e.className + " " + (e.innerText || e.value || "").slice(0, 40);
	const shown = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0 && !e.closest(".vh, .skip");
	if (document.documentElement.scrollWidth > document.documentElement.clientWidth) 
		wrong.push("wider than the window: " + [...document.querySelectorAll("body *")].filter(e => shown(e) && (e.getBoundingClientRect().left < -1 || e.getBoundingClientRect().right > innerWidth + 1)).map(name));
	for (const e of document.querySelectorAll("body *")) {
		if (!shown(e) || e.closest("svg, select, textarea, input, .source")) continue;
		const style = getComputedStyle(e);
		const clips = style.overflowX === "hidden" || style.overflowX === "clip";
		if (clips && e.scrollWidth > e.clientWidth + 1) wrong.push("cut: " + name(e));
	}
	const controls = [...document.querySelectorAll("main button, main input:not([type=hidden]), main select, main textarea, main .btn, header a, header button, header summary")].filter(shown);
	for (let i = 0; i < controls.length; i++) for (let k = i + 1; k < controls.length; k++) {
		const [a, b] = [controls[i].getBoundingClientRect(), controls[k].getBoundingClientRect()];
		const w = Math.min(a.right, b.right) - Math.max(a.left, b.left), h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
		if (w > 1 && h > 1 && !controls[i].contains(controls[k]) && !controls[k].contains(controls[i])) wrong.push("overlap: " + name(controls[i]) + " / " + name(controls[k]));
	}
	return wrong;
})()`

// TestJourneyDelegateInPseudoLocales gives every message two fifths more room
// than it needs, and turns every page round: there is room for all of it, on
// phones and at desks.
func TestJourneyDelegateInPseudoLocales(t *testing.T) {
	v := newVisit(t, "TAMADA_LANGUAGES=en,"+locale.PseudoLong+","+locale.PseudoRightToLeft)
	public := []string{"/series/mena-oecd-wg2", "/e/no-such-meeting"}
	for _, p := range site.Checked().Pages {
		public = append(public, concrete(v, p))
	}
	v.haveRoom(public)
	v.signedIn(v.database)
	v.haveRoom([]string{
		"/organise", "/organise/new", "/organise/site", "/organise/mail", "/account",
		"/organise/e/tbilisi-poc-2014", "/organise/e/tbilisi-poc-2014/history",
	})
}

// haveRoom fails the test for each of the pages that is crowded in a
// pseudo-locale, on a phone or at a desk.
func (v *visit) haveRoom(paths []string) {
	v.t.Helper()
	for _, path := range paths {
		for _, lang := range []string{locale.PseudoLong, locale.PseudoRightToLeft} {
			for _, width := range []string{"phone", "desk"} {
				v.phone()
				if width == "desk" {
					v.desk()
				}
				v.open(withLanguage(path, lang))
				if got := ask(v, chromedp.Evaluate[string](`document.documentElement.lang`)); got != lang {
					v.t.Fatalf("%s is in %s, want %s", path, got, lang)
				}
				if wrong := ask(v, chromedp.Evaluate[[]string](crowded)); len(wrong) > 0 {
					v.t.Errorf("%s in %s (%s):\n%s", path, lang, width, strings.Join(wrong, "\n"))
					v.shot(strings.ReplaceAll(strings.Trim(path, "/"), "/", "-") + "-" + lang + "-" + width)
				}
			}
		}
	}
}
