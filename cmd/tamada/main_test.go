package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tamada/agendas"
)

// A terminal is somebody at a command line, with a folder and a database.
type terminal struct {
	t   *testing.T
	dir string
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	return &terminal{t, t.TempDir()}
}

// env is the environment: a database of its own, and no configuration file of
// the folder that the test runs in.
func (x *terminal) env(name string) (string, bool) {
	s, ok := map[string]string{
		"TAMADA_DATABASE": "sqlite://" + x.path("tamada.db"),
		"TAMADA_AGENDAS":  "builtin",
		"TAMADA_LISTEN":   "127.0.0.1:0",
	}[name]
	return s, ok
}

func (x *terminal) path(name string) string { return filepath.Join(x.dir, name) }

// try runs a command and returns what it printed.
func (x *terminal) try(args ...string) (string, error) {
	x.t.Helper()
	var out bytes.Buffer
	a := &app{Out: &out, Err: io.Discard, Env: x.env, Now: time.Now}
	cmd := a.command()
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(x.t.Context())
	return out.String(), err
}

// run is try for commands that must work.
func (x *terminal) run(args ...string) string {
	x.t.Helper()
	out, err := x.try(args...)
	if err != nil {
		x.t.Fatalf("tamada %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// agenda puts one of the five agendas into the folder and returns its path.
func (x *terminal) agenda(name string) string {
	x.t.Helper()
	b, err := agendas.FS.ReadFile(name)
	if err != nil {
		x.t.Fatal(err)
	}
	return x.file(name, string(b))
}

func (x *terminal) file(name, text string) string {
	x.t.Helper()
	if err := os.WriteFile(x.path(name), []byte(text), 0o600); err != nil {
		x.t.Fatal(err)
	}
	return x.path(name)
}

func (x *terminal) read(name string) string {
	x.t.Helper()
	b, err := os.ReadFile(x.path(name))
	if err != nil {
		x.t.Fatal(err)
	}
	return string(b)
}

// five are the names of the agendas that come with the program.
func five(t *testing.T) []string {
	t.Helper()
	entries, err := agendas.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".yaml") {
			names = append(names, entry.Name())
		}
	}
	if len(names) != 5 {
		t.Fatalf("there are %d agendas: %v", len(names), names)
	}
	return names
}

func TestCheck(t *testing.T) {
	x := newTerminal(t)
	for _, name := range five(t) {
		if out := x.run("check", x.agenda(name)); out != "" {
			t.Errorf("%s: %s", name, out)
		}
	}
	bad := x.file("bad.yaml", "slug: bad\ntitel: Bad\nvisibility: publik\nlanguages: [en]\nzone: Europe/Pariss\n")
	out, err := x.try("check", bad)
	if err == nil {
		t.Error("a broken file: got no error")
	}
	for _, want := range []string{`bad\.yaml:2:1: .*title`, `bad\.yaml:3:13: .*public`, `bad\.yaml:5:7: .*Europe/Paris`} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("no line like %s in\n%s", want, out)
		}
	}
	if _, err := x.try("check", x.path("absent.yaml")); err == nil {
		t.Error("a missing file: got no error")
	}
}

// TestRender makes every format of the five agendas, without a database.
func TestRender(t *testing.T) {
	begins := map[string]string{
		"html": "<!doctype html>", "pdf": "%PDF-", "ics": "BEGIN:VCALENDAR\r\n", "json": "{", "xml": "<?xml", "schedule-json": "{", "schedule2-json": "{",
		"yaml": "id: ", "markdown": "# ", "text": "",
	}
	x := newTerminal(t)
	for _, name := range five(t) {
		file := x.agenda(name)
		for format := range formats {
			x.run("render", file, "--to", format, "-o", x.path("out"))
			if out := x.read("out"); !strings.HasPrefix(out, begins[format]) {
				t.Errorf("%s to %s begins with %.40q", name, format, out)
			}
		}
		x.run("render", file, "--to", "yaml", "-o", x.path("one.yaml"))
		x.run("render", x.path("one.yaml"), "--to", "yaml", "-o", x.path("two.yaml"))
		if x.read("one.yaml") != x.read("two.yaml") {
			t.Errorf("%s: the second pass differs", name)
		}
		x.run("render", file, "--to", "pdf", "-o", x.path("one.pdf"))
		x.run("render", file, "--to", "pdf", "-o", x.path("two.pdf"))
		if x.read("one.pdf") != x.read("two.pdf") {
			t.Errorf("%s: two programmes differ", name)
		}
	}
	if _, err := os.Stat(x.path("tamada.db")); err == nil {
		t.Error("rendering made a database")
	}
}

func TestRenderRefuses(t *testing.T) {
	x := newTerminal(t)
	file := x.agenda("tbilisi-poc-2014.yaml")
	for _, args := range [][]string{
		{"--to", "docx"},
		{"--to", "pdf", "--doc", "poster"},
		{"--to", "pdf", "--paper", "b5"},
		{"--to", "pdf", "--zones", "Europe/Atlantis"},
		{"--to", "ics", "--track", "none"},
		{"--to", "ics", "--zone", "local"},
	} {
		if out, err := x.try(append([]string{"render", file, "-o", x.path("out")}, args...)...); err == nil {
			t.Errorf("%v: got no error, but %s", args, out)
		}
		if _, err := os.Stat(x.path("out")); err == nil {
			t.Errorf("%v: left a file", args)
		}
	}
}

// secret stands in the backstage of the leak test.
const secret = "secret-a7f3c9"

// TestLeak holds that what is backstage comes out in no public format.
func TestLeak(t *testing.T) {
	x := newTerminal(t)
	text := x.read(filepath.Base(x.agenda("mena-oecd-bureau-2021.yaml"))) + `
backstage:
  event: {join: "https://meet.example/` + secret + `", phone: "+33 ` + secret + `", code: ` + secret + `, contact: ` + secret + `, notes: ` + secret + `, brief: ` + secret + `}
`
	file := x.file("leak.yaml", text)
	for format := range formats {
		x.run("render", file, "--to", format, "-o", x.path("out"))
		leaked := strings.Contains(x.read("out"), secret)
		if leaked != (format == "yaml") {
			t.Errorf("%s: leaked is %v", format, leaked)
		}
	}
	x.run("import", file, "--publish")
	site := x.serve()
	for _, path := range []string{
		"", "?lang=ar", "/changes", "/changes.atom", "/subscribe", "/print", "/now", "/calendar.ics", "/calendar.ics?lightning=each",
		"/programme.pdf", "/programme.pdf?doc=annotated", "/agenda.json", "/schedule.xml", "/schedule.json", "/schedule2.json",
	} {
		if body := get(t, site+"/e/mena-oecd-bureau-2021"+path); strings.Contains(body, secret) {
			t.Errorf("%s shows what is backstage", path)
		}
	}
}

// A serving channel is a log that passes on the address of a site when it is
// served.
type serving chan string

func (s serving) Write(line []byte) (int, error) {
	var entry struct {
		Msg     string
		BaseURL string `json:"base_url"`
	}
	if err := json.Unmarshal(line, &entry); err == nil && entry.Msg == "serving" {
		s <- entry.BaseURL
	}
	return len(line), nil
}

// serve runs the site until the test ends and returns its address.
func (x *terminal) serve() string {
	x.t.Helper()
	site, _, _ := x.start()
	return site
}

// get returns the body of a page that must be there.
func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", url, resp.Status)
	}
	return string(b)
}

func TestServe(t *testing.T) {
	x := newTerminal(t)
	site := x.serve()
	page := get(t, site+"/?lang=en")
	if n := strings.Count(page, `href="/e/`); n < 5 {
		t.Errorf("the first start shows %d links to meetings, want five meetings", n)
	}
	get(t, site+"/healthz")
	get(t, site+"/readyz")
}

// TestImport brings a meeting in, changes a room's name and follows the
// sequence of each session through the releases.
func TestImport(t *testing.T) {
	x := newTerminal(t)
	file := x.agenda("tbilisi-poc-2014.yaml")
	if out := x.run("import", file, "--dry-run"); !strings.Contains(out, "would be created") {
		t.Errorf("a dry run says %q", out)
	}
	x.run("import", file, "--publish")
	first := x.run("export", "tbilisi-poc-2014", "--to", "ics")
	if out := x.run("import", file, "--publish"); !strings.Contains(out, "unchanged") || !strings.Contains(out, "nothing new to publish") {
		t.Errorf("importing the same again says %q", out)
	}
	if again := x.run("export", "tbilisi-poc-2014", "--to", "ics"); again != first {
		t.Error("the calendar changed though nothing did")
	}

	text := x.read("tbilisi-poc-2014.yaml")
	renamed := strings.Replace(text, "{en: Workshop room,", "{en: Garden room,", 1)
	if renamed == text {
		t.Fatal("the agenda has no workshop room")
	}
	x.run("import", x.file("renamed.yaml", renamed), "--publish", "--note", "Another room")
	for title, raised := range sequences(x.run("export", "tbilisi-poc-2014", "--to", "ics")) {
		if want := title == "Building stronger commitments"; (raised == "1") != want {
			t.Errorf("%s: sequence %s", title, raised)
		}
	}
	one := x.run("export", "tbilisi-poc-2014")
	if two := x.run("export", "tbilisi-poc-2014"); one != two || !strings.Contains(one, "Garden room") {
		t.Error("two exports differ, or lack the new name")
	}
}

// sequences returns the SEQUENCE of each entry of a calendar by its SUMMARY.
func sequences(feed string) map[string]string {
	found := map[string]string{}
	feed = strings.ReplaceAll(feed, "\r\n ", "")
	for _, entry := range strings.Split(feed, "BEGIN:VEVENT")[1:] {
		value := func(name string) string {
			_, rest, _ := strings.Cut(entry, "\r\n"+name+":")
			line, _, _ := strings.Cut(rest, "\r\n")
			return line
		}
		found[value("SUMMARY")] = value("SEQUENCE")
	}
	return found
}

func TestImportNothingIfOneIsBroken(t *testing.T) {
	x := newTerminal(t)
	good, bad := x.agenda("norway-ogp-seminar.yaml"), x.file("bad.yaml", "slug: bad\n")
	if _, err := x.try("import", good, bad); err == nil {
		t.Fatal("got no error")
	}
	if _, err := x.try("export", "norway-ogp-seminar"); err == nil {
		t.Error("the good one was imported all the same")
	}
}

func TestBackup(t *testing.T) {
	x := newTerminal(t)
	file := x.agenda("norway-ogp-seminar.yaml")
	x.run("import", file, "--publish")
	before := x.run("export", "norway-ogp-seminar")
	x.run("backup", x.path("copy.db"))
	x.run("import", x.file("changed.yaml", strings.Replace(x.read("norway-ogp-seminar.yaml"), "12:30", "12:40", 1)), "--publish")
	if x.run("export", "norway-ogp-seminar") == before {
		t.Fatal("the change is not there")
	}
	if _, err := x.try("restore", x.path("copy.db")); err == nil {
		t.Error("a database was replaced without --force")
	}
	x.run("restore", x.path("copy.db"), "--force")
	if x.run("export", "norway-ogp-seminar") != before {
		t.Error("the restored database is not as it was")
	}
}

func TestVersion(t *testing.T) {
	out := newTerminal(t).run("version")
	for _, want := range []string{"tamada " + version, "zone data 2026f", "CLDR 48"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q does not say %q", out, want)
		}
	}
}
