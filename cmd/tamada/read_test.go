package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// told runs a command and returns what it printed, and what it remarked.
func (x *terminal) told(args ...string) (out, remarks string, err error) {
	x.t.Helper()
	var o, e bytes.Buffer
	a := &app{Out: &o, Err: &e, Env: x.env, Now: func() time.Time { return time.Date(2026, time.February, 1, 12, 0, 0, 0, time.UTC) }}
	cmd := a.command()
	cmd.SetArgs(args)
	err = cmd.ExecuteContext(x.t.Context())
	return o.String(), e.String(), err
}

const workshop = "Workshop on registers\n3 March\n\n09:00-09:30 Opening\n09:30-10:30 Discussion: who owns the data?\n"

func TestRenderText(t *testing.T) {
	x := newTerminal(t)
	file := x.file("workshop.txt", workshop)
	out, remarks, err := x.told("render", file, "--to", "yaml", "--zone", "Asia/Tbilisi")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"title: Workshop on registers", "zone: Asia/Tbilisi", "date: 2026-03-03", "09:30-10:30"} {
		if !strings.Contains(out, want) {
			t.Errorf("the agenda file lacks %q:\n%s", want, out)
		}
	}
	if want := file + ":2: guessed: The year is missing: 2026-03-03 was taken."; !strings.Contains(remarks, want) {
		t.Errorf("got remarks\n%s\nwant %q", remarks, want)
	}
	again := x.file("workshop.yaml", out)
	if second := x.run("render", again, "--to", "yaml"); second != out {
		t.Errorf("read again, the file says\n%s\nwant\n%s", second, out)
	}
	out, _, err = x.told("render", file, "--date", "2021-03-01")
	if err != nil || !strings.Contains(out, "date: 2021-03-03") {
		t.Errorf("got %v and\n%s\nwant the year near --date", err, out)
	}
}

func TestImportText(t *testing.T) {
	x := newTerminal(t)
	file := x.file("workshop.md", "# Workshop on registers\n\n## 3 March 2026\n\n- 09:00-09:30 **Opening**\n- 09:30-10:30 **Discussion**\n")
	if out, _, err := x.told("import", file, "--as", "text", "--zone", "Europe/Oslo"); err != nil || out != "workshop-on-registers: created\n" {
		t.Fatalf("got %q, %v, want it created", out, err)
	}
	if out, _, err := x.told("import", file, "--zone", "Europe/Oslo"); err != nil || out != "workshop-on-registers: unchanged\n" {
		t.Errorf("a second time got %q, %v, want it unchanged", out, err)
	}
}

func TestSourcesThatAreRefused(t *testing.T) {
	x := newTerminal(t)
	text := x.file("workshop.txt", workshop)
	broken := x.file("broken.txt", "slug: ab\nvisibility: publik\ndays: []\n")
	for _, args := range [][]string{
		{"render", text, "--as", "html"},
		{"render", text, "--zone", "Mars/Olympus"},
		{"render", text, "--date", "3 March"},
		{"render", text, "--as", "yaml"},
		{"render", x.file("empty.txt", "")},
		{"render", x.file("feed.xml", "<?xml version=\"1.0\"?><rss/>")},
		{"import", broken},
	} {
		if out, _, err := x.told(args...); err == nil {
			t.Errorf("%v: got no error and\n%s", args[2:], out)
		}
	}
	if out, _, _ := x.told("import", broken); !strings.Contains(out, "broken.txt:2:") {
		t.Errorf("got %q, want the problems of an agenda file", out)
	}
}
