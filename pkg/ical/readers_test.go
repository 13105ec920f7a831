//go:build readers

package ical

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tamada/pkg/agenda"
)

// Programs that read calendars, each by its own rules, must accept every calendar of
// testdata without a complaint and find the same entries at the same times in it. A reader
// that is not installed is passed over; the test says how to install it.

const (
	libicalMissing = "libical is missing: apt-get install gcc pkg-config libical-dev"
	icaljsMissing  = "ical.js is missing: npm install --prefix DIR ical.js, and NODE_PATH=DIR/node_modules"
	sabreMissing   = "sabre/vobject is missing: apt-get install php-cli php-sabre-vobject"
	pythonMissing  = "python-icalendar is missing: apt-get install python3-icalendar"
)

func TestLibical(t *testing.T) { readWith(t, libical(t)) }

// libical builds the reader that uses it, and returns where it is.
func libical(t *testing.T) string {
	t.Helper()
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "libical").Output()
	if err != nil {
		lacks(t, libicalMissing)
	}
	program := filepath.Join(t.TempDir(), "libical")
	args := append([]string{"-Wall", "-Wextra", "-Werror", "-o", program, "testdata/readers/libical.c"}, strings.Fields(string(flags))...)
	if out, err := exec.Command("cc", args...).CombinedOutput(); err != nil {
		t.Fatalf("libical.c: %v\n%s", err, out)
	}
	return program
}

func TestIcaljs(t *testing.T) {
	need(t, icaljsMissing, "node", "-e", `require("ical.js")`)
	readWith(t, "node", "testdata/readers/icaljs.cjs")
}

func TestSabre(t *testing.T) {
	need(t, sabreMissing, "php", "-r", `require "Sabre/VObject/autoload.php";`)
	readWith(t, "php", "testdata/readers/sabre.php")
}

func TestPythonIcalendar(t *testing.T) {
	readWith(t, pythonWithIcalendar(t), "testdata/readers/pyicalendar.py")
}

// pythonWithIcalendar returns a Python that has python-icalendar.
func pythonWithIcalendar(t *testing.T) string {
	t.Helper()
	python := "python3"
	if exec.Command(python, "-c", "import icalendar").Run() != nil {
		python = "/usr/bin/python3" // where Debian's packages are, if another comes first
	}
	need(t, pythonMissing, python, "-c", "import icalendar")
	return python
}

// need passes over t unless the command succeeds.
func need(t *testing.T, missing string, command ...string) {
	t.Helper()
	if exec.Command(command[0], command[1:]...).Run() != nil {
		lacks(t, missing)
	}
}

// lacks passes over t for want of a reader. Where everything must be there, in
// CI, it fails t.
func lacks(t *testing.T, missing string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
}

// readWith compares what a reader finds in all calendars with what the tests find.
func readWith(t *testing.T, reader ...string) {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.ics")
	if err != nil || len(paths) < 20 {
		t.Fatalf("got %d calendars, %v; want 20 and more", len(paths), err)
	}
	paths = slices.Concat(paths, zoned(t), poisoned(t), mailed(t))
	out, err := exec.Command(reader[0], append(reader[1:], paths...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var want []string
	for _, path := range paths {
		want = append(append(want, path), entries(t, path)...)
	}
	compare(t, strings.Split(strings.TrimSpace(string(out)), "\n"), want)
}

// compare reports the first line that differs in each calendar.
func compare(t *testing.T, got, want []string) {
	t.Helper()
	path := ""
	for i := range want {
		if filepath.Ext(want[i]) == ".ics" {
			path = want[i]
		}
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("%s: got %q, want %q", path, got[min(i, len(got)-1)], want[i])
		}
	}
	if len(got) > len(want) {
		t.Fatalf("%s: got %q more", path, got[len(want):])
	}
}

// poisoned writes calendars full of what may hurt a reader, and returns where they are.
func poisoned(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for i, s := range hostile {
		if len(s) > 1000 {
			continue // long, no more
		}
		for name, calendar := range outputs(t, poison(t, s), s) {
			paths = append(paths, save(t, dir, fmt.Sprintf("hostile-%d-%s", i, name), calendar))
		}
	}
	return paths
}

// save writes a calendar to a file and returns where it is.
func save(t *testing.T, dir, name string, calendar []byte) string {
	t.Helper()
	path := filepath.Join(dir, name+".ics")
	if err := os.WriteFile(path, calendar, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// zoned writes calendars of two days and nights about changes of the clocks, and returns
// where they are.
func zoned(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for _, change := range [][2]string{
		{"Europe/Paris", "2026-03-28"},
		{"Europe/Paris", "2026-10-24"},
		{"Asia/Almaty", "2024-02-29"},
		{"Africa/Casablanca", "2026-02-14"},
		{"Asia/Tehran", "2022-09-21"},
		{"Australia/Lord_Howe", "2026-04-04"},
		{"America/New_York", "2026-03-07"},
		{"Europe/Dublin", "2026-10-24"},
	} {
		date, err := agenda.ParseDate(change[1])
		if err != nil {
			t.Fatal(err)
		}
		e := online(t)
		e.Zone, e.Days = change[0], []agenda.Day{{Date: date}}
		for clock := agenda.Clock(0); clock < 2*agenda.MinutesPerDay-60; clock += 30 {
			s := agenda.Session{ID: agenda.DerivedID(fmt.Sprint("work ", int(clock))), Kind: agenda.Plenary, Status: agenda.Confirmed, Title: en("Work")}
			s.Time = agenda.Time{Form: agenda.FromTo, Start: clock, End: clock + 45}
			e.Days[0].Sessions = append(e.Days[0].Sessions, s)
		}
		calendar := written(t, func(b *bytes.Buffer) error { return Write(b, e, Options{}) })
		paths = append(paths, save(t, dir, strings.ReplaceAll(change[0]+change[1], "/", "-"), calendar))
	}
	return paths
}

// entries returns the entries of a calendar as the readers print them.
func entries(t *testing.T, path string) []string {
	t.Helper()
	calendar, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	b := read(t, calendar)
	for _, v := range b.all("VEVENT") {
		show := func(name string) string {
			if at := v.first(name); len(at) == len("20260102") {
				return at
			}
			return v.when(t, b, name).Format(utcLayout)
		}
		lines = append(lines, v.first("UID")+" "+show("DTSTART")+" "+show("DTEND"))
	}
	return lines
}
