//go:build e2e

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tamada/pkg/site"
)

// A visit is one person at a browser, on a site that was started for it.
type visit struct {
	t        *testing.T
	ctx      context.Context
	site     string // the address of the site
	database string // the file of its database
	printed  *paper // what it said when it started
	shots    string // the folder of screenshots
	number   int    // of the screenshot that comes next
	command  func(args ...string) string
}

// newVisit starts the site from the built binary on a fresh database, and a
// browser with an empty profile. Both end with the test. Env is for the site,
// besides what every test has.
func newVisit(t *testing.T, env ...string) *visit {
	t.Helper()
	browser := findBrowser(t)
	v := &visit{t: t, shots: screenshotFolder(t)}
	v.start(t.TempDir(), env...)
	v.browse(browser)
	return v
}

// another returns somebody else, or the same person elsewhere: at a browser of
// its own, on the same site.
func (v *visit) another() *visit {
	v.t.Helper()
	other := *v
	other.browse(findBrowser(v.t))
	return &other
}

// browse starts a browser.
func (v *visit) browse(browser string) {
	t, dir := v.t, v.t.TempDir()
	t.Helper()
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(filepath.Join(dir, "profile")))...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	v.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // starts the browser, which lives as long as the context it is started with
		t.Fatal(err)
	}
	v.phone()
}

// findBrowser returns the path of Chromium. Where there is none the test is
// passed over, but not in CI.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("no Chromium: .ci/run installs it")
	}
	t.Skip("no Chromium: apt-get install chromium")
	return ""
}

// screenshotFolder returns the folder in which the test leaves its pictures,
// and prints it.
func screenshotFolder(t *testing.T) string {
	t.Helper()
	root := os.Getenv("TAMADA_SCREENSHOTS")
	if root == "" {
		root = filepath.Join(os.TempDir(), "tamada-screenshots")
	}
	dir := filepath.Join(root, t.Name())
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Logf("screenshots in %s", dir)
	return dir
}

// binary builds the program once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tamada-e2e")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "tamada")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

// start runs the program's server on a free port of this machine.
func (v *visit) start(dir string, env ...string) {
	v.t.Helper()
	path, err := binary()
	if err != nil {
		v.t.Fatal(err)
	}
	addr := freeAddress(v.t)
	v.site = "http://" + addr
	v.database = filepath.Join(dir, "tamada.db")
	env = append(append(os.Environ(), "TAMADA_LANGUAGES=en,fr,ar,ru,nb,ka,es"), append(env, "TAMADA_LISTEN="+addr, "TAMADA_BASE_URL="+v.site, "TAMADA_AGENDAS=builtin",
		"TAMADA_DATABASE=sqlite://"+v.database)...)
	server := exec.Command(path, "serve")
	var log bytes.Buffer
	v.printed = &paper{}
	server.Env, server.Dir, server.Stdout, server.Stderr = env, dir, v.printed, &log
	if err := server.Start(); err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() {
		server.Process.Signal(syscall.SIGTERM)
		if err := server.Wait(); err != nil {
			v.t.Errorf("the server ended with %v\n%s", err, log.Bytes())
		}
		if strings.Contains(log.String(), `"level":"ERROR"`) {
			v.t.Errorf("the server logged an error:\n%s", log.Bytes())
		}
	})
	v.command = func(args ...string) string {
		cmd := exec.Command(path, args...)
		cmd.Env, cmd.Dir = env, dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			v.t.Fatalf("tamada %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	v.await(v.site + "/readyz")
}

// freeAddress returns an address on this machine that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// await asks until the address answers 200.
func (v *visit) await(url string) {
	v.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		resp, err := http.Get(url)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	v.t.Fatalf("%s does not answer", url)
}

// do takes steps in the browser, within a time that no healthy page needs.
func (v *visit) do(steps ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		v.shot("failed")
		v.t.Fatal(err)
	}
}

// ask takes a step that answers.
func ask[T any](v *visit, step chromedp.Action[T]) T {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, 60*time.Second)
	defer cancel()
	answer, err := chromedp.Run(ctx, step)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer
}

// open goes to a path of the site.
func (v *visit) open(path string) {
	v.t.Helper()
	v.do(chromedp.Navigate(v.site+path), chromedp.WaitReady(chromedp.CSS("body")))
}

// click clicks what the selector finds and waits for the page it leads to.
func (v *visit) click(selector string) {
	v.t.Helper()
	left := v.document()
	v.do(chromedp.Click(chromedp.CSS(selector)))
	v.leaves(left)
}

// leaves waits until the browser shows another document than this.
func (v *visit) leaves(document string) {
	v.t.Helper()
	for end := time.Now().Add(30 * time.Second); v.document() == document; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			v.shot("stayed")
			v.t.Fatal("the browser stays on the page")
		}
	}
	v.do(chromedp.WaitReady(chromedp.CSS("body")))
}

// document names the document that the browser shows: another one at every
// load, with and without scripts.
func (v *visit) document() string {
	v.t.Helper()
	tree, err := chromedp.Call(v.ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		v.t.Fatal(err)
	}
	return string(tree.FrameTree.Frame.LoaderID)
}

// sees fails the test unless the page shows the text, or comes to show it.
func (v *visit) sees(text string) {
	v.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		got := ask(v, chromedp.Evaluate[string](`document.body?.innerText ?? ""`))
		if strings.Contains(got, text) {
			return
		}
		if time.Now().After(end) {
			v.shot("missing")
			v.t.Errorf("the page does not show %q:\n%s", text, got)
			return
		}
	}
}

// phone and desk set the size of the window.
func (v *visit) phone() { v.t.Helper(); v.do(chromedp.EmulateViewport(390, 844)) }
func (v *visit) desk()  { v.t.Helper(); v.do(chromedp.EmulateViewport(1280, 900)) }

// scripts switches JavaScript on or off for the pages opened from now on.
func (v *visit) scripts(on bool) {
	v.t.Helper()
	if _, err := chromedp.Call(v.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		v.t.Fatal(err)
	}
}

// scheme asks for light or dark pages, or with "print" for those on paper.
func (v *visit) scheme(name string) {
	v.t.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}}
	if name == "print" {
		params = emulation.SetEmulatedMediaParams{Media: "print"}
	}
	if _, err := chromedp.Call(v.ctx, emulation.SetEmulatedMedia, params); err != nil {
		v.t.Fatal(err)
	}
}

// shot leaves a picture of the whole page.
func (v *visit) shot(name string) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, 30*time.Second)
	defer cancel()
	// Of a page that is shorter than the window and runs from right to left, the
	// browser would take what is beside it.
	tall := ask(v, chromedp.Evaluate[bool](`document.documentElement.scrollHeight > innerHeight`))
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &tall})
	if err != nil {
		v.t.Errorf("screenshot %s: %v", name, err)
		return
	}
	v.number++
	v.keep(fmt.Sprintf("%02d-%s.png", v.number, name), shot.Data)
}

// keep leaves a file among the screenshots.
func (v *visit) keep(name string, b []byte) {
	v.t.Helper()
	if err := os.WriteFile(filepath.Join(v.shots, name), b, 0o644); err != nil {
		v.t.Error(err)
	}
}

// paper prints the page as the browser does.
func (v *visit) paper(name string) {
	v.t.Helper()
	res, err := chromedp.Call(v.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true)})
	if err != nil {
		v.t.Fatal(err)
	}
	v.number++
	v.keep(fmt.Sprintf("%02d-%s.pdf", v.number, name), res.Data)
}

// axe reads the accessibility checker; .ci/run puts it there.
var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	b, err := os.ReadFile(filepath.Join(dir, "tamada", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("%w: .ci/install fetches it", err)
	}
	return string(b), nil
})

// checkedTags are those of the rules that pages are held to, as JavaScript has
// them.
func checkedTags() string { return `["` + strings.Join(site.Checked().Tags, `","`) + `"]` }

// accessible fails the test for every rule of WCAG 2.2 AA and of good practice
// that the page breaks.
func (v *visit) accessible(what string) {
	v.t.Helper()
	script, err := axe()
	if err != nil {
		v.t.Fatal(err)
	}
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void](script))
		return err
	}))
	found := ask(v, chromedp.Evaluate[string](`axe.run({runOnly: `+checkedTags()+`})
		.then(r => JSON.stringify(r.violations.map(v => ({id: v.id, nodes: v.nodes.map(n => n.html + " — " + n.failureSummary)}))))`,
		chromedp.EvalAwaitPromise))
	var violations []struct {
		ID    string
		Nodes []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		v.t.Fatal(err)
	}
	for _, broken := range violations {
		v.t.Errorf("%s: %s\n%s", what, broken.ID, strings.Join(broken.Nodes, "\n"))
	}
}
