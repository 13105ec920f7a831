package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"tamada/pkg/config"
)

// A page of print that several goroutines may write on.
type paper struct {
	mu   sync.Mutex
	text strings.Builder
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *paper) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// start runs the site until end is called, and returns where it is and what it
// printed when it started.
func (x *terminal) start() (site, printed string, end func()) {
	x.t.Helper()
	return x.startWith(func(*config.Config) {})
}

// startWith is start with other settings.
func (x *terminal) startWith(change func(*config.Config)) (site, printed string, end func()) {
	x.t.Helper()
	address, out := make(serving, 1), &paper{}
	a := &app{Out: out, Err: address, Env: x.env, Now: time.Now}
	c, err := a.config()
	if err != nil {
		x.t.Fatal(err)
	}
	change(&c)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.serve(ctx, c) }()
	end = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			x.t.Errorf("the server ended with %v", err)
		}
	})
	x.t.Cleanup(end)
	select {
	case site = <-address:
	case err := <-ended:
		ended <- nil
		x.t.Fatalf("the server did not start: %v", err)
	}
	return site, out.String(), end
}

// browser returns a client that keeps cookies, and asks for English pages.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// send sends a form and returns the page that it leads to.
func send(t *testing.T, b *http.Client, address string, form url.Values) string {
	t.Helper()
	resp, err := b.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// written waits for the messages in the outbox, n of them, and returns them.
func (x *terminal) written(n int) []string {
	x.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		names, err := filepath.Glob(x.path("outbox/*.eml"))
		if err != nil {
			x.t.Fatal(err)
		}
		if len(names) == n {
			var messages []string
			for _, name := range names {
				messages = append(messages, x.read("outbox/"+filepath.Base(name)))
			}
			return messages
		}
	}
	x.t.Fatalf("there are not %d messages in the outbox", n)
	return nil
}

var linkPattern = regexp.MustCompile(`http://localhost:\d+/\S+\?[^\s">]*key=\w+[^\s">]*`)

// TestFirstStart follows the first organiser from the terminal to a link by mail.
func TestFirstStart(t *testing.T) {
	x := newTerminal(t)
	_, printed, end := x.start()
	first := linkPattern.FindString(printed)
	if first == "" {
		t.Fatalf("no link was printed: %q", printed)
	}
	end()

	site, printed, end := x.start() // an hour later, somebody looks for the link
	link := linkPattern.FindString(printed)
	if link == first {
		t.Error("the same link was printed twice")
	}
	_, key, _ := strings.Cut(link, "?key=")
	_, old, _ := strings.Cut(first, "?key=")
	b := browser(t)
	form := url.Values{"key": {old}, "name": {"Nino"}, "email": {"nino@ministry.example"}}
	if page := send(t, b, site+"/first-organiser?lang=en", form); !strings.Contains(page, "does not work any more") {
		t.Errorf("the link that was printed before:\n%s", page)
	}
	form.Set("key", key)
	if page := send(t, b, site+"/first-organiser?lang=en", form); !strings.Contains(page, ">Nino</a>") {
		t.Fatalf("the first organiser is not signed in:\n%s", page)
	}
	send(t, b, site+"/sign-out", nil)
	send(t, b, site+"/sign-in?lang=en", url.Values{"email": {"NINO@ministry.example"}})
	mail := strings.ReplaceAll(strings.ReplaceAll(x.written(1)[0], "=\r\n", ""), "=3D", "=")
	link = linkPattern.FindString(mail)
	if link == "" {
		t.Fatalf("no link was mailed:\n%s", mail)
	}
	u, err := url.Parse(strings.ReplaceAll(link, "&amp;", "&"))
	if err != nil {
		t.Fatal(err)
	}
	if page := send(t, b, site+u.Path+"?lang=en", url.Values{"key": {u.Query().Get("key")}}); !strings.Contains(page, ">Nino</a>") {
		t.Errorf("the link in the mail:\n%s", page)
	}
	end()

	if _, printed, _ = x.start(); printed != "" {
		t.Errorf("a site that has an organiser prints %q", printed)
	}
	for name, want := range map[string]os.FileMode{"tamada.db": 0o600, "tamada.db.secret": 0o600, "outbox": 0o700 | os.ModeDir} {
		if info, err := os.Stat(x.path(name)); err != nil || info.Mode() != want {
			t.Errorf("%s: got %v, %v, want mode %v", name, info, err, want)
		}
	}
}

func TestSiteSecret(t *testing.T) {
	x := newTerminal(t)
	c := config.Default()
	c.Database = "sqlite://" + x.path("tamada.db")
	made, err := siteSecret(c)
	if err != nil || len(made) < 16 {
		t.Fatalf("got %q, %v", made, err)
	}
	if again, err := siteSecret(c); again != made || err != nil {
		t.Errorf("the second time: got %q, %v, want %q", again, err, made)
	}
	c.Secret = "0123456789abcdef"
	if got, err := siteSecret(c); got != c.Secret || err != nil {
		t.Errorf("configured: got %q, %v", got, err)
	}
	c.Secret = ""
	x.file("tamada.db.secret", "\n")
	if got, err := siteSecret(c); err == nil {
		t.Errorf("an empty file: got %q", got)
	}
	c.Database = "postgres:///tamada"
	if got, err := siteSecret(c); err == nil || !strings.Contains(err.Error(), "the same for every instance") {
		t.Errorf("PostgreSQL: got %q, %v", got, err)
	}
}

func TestServeRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*config.Config){
		"mail.smtp":       func(c *config.Config) { c.Mail.SMTP = "smtp://u:hush@mail.example/x" },
		"smtp: port":      func(c *config.Config) { c.Mail.SMTP = "smtp://u:hush@mail.example:65536" },
		"imap.server":     func(c *config.Config) { c.IMAP.Server = "imap://u:hush@mail.example/x" },
		"outbox":          func(c *config.Config) { c.Mail.Outbox = "/dev/null/outbox" },
		"with PostgreSQL": func(c *config.Config) { c.Database = "postgres://u:hush@127.0.0.1:1/none" },
	} {
		x := newTerminal(t)
		a := &app{Out: io.Discard, Err: io.Discard, Env: x.env, Now: time.Now}
		c, err := a.config()
		if err != nil {
			t.Fatal(err)
		}
		c.Mail.From = "a@example.org"
		spoil(&c)
		if err := a.serve(t.Context(), c); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: got %v, want an error without the password", name, err)
		}
	}
}
