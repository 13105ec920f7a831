//go:build readers

package ical

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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

func TestLibical(t *testing.T) {
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "libical").Output()
	if err != nil {
		t.Skip(libicalMissing)
	}
	program := filepath.Join(t.TempDir(), "libical")
	args := append([]string{"-Wall", "-Wextra", "-Werror", "-o", program, "testdata/readers/libical.c"}, strings.Fields(string(flags))...)
	if out, err := exec.Command("cc", args...).CombinedOutput(); err != nil {
		t.Fatalf("libical.c: %v\n%s", err, out)
	}
	readWith(t, program)
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
	python := "python3"
	if exec.Command(python, "-c", "import icalendar").Run() != nil {
		python = "/usr/bin/python3" // where Debian's packages are, if another comes first
	}
	need(t, pythonMissing, python, "-c", "import icalendar")
	readWith(t, python, "testdata/readers/pyicalendar.py")
}

// need skips t unless the command succeeds.
func need(t *testing.T, missing string, command ...string) {
	t.Helper()
	if exec.Command(command[0], command[1:]...).Run() != nil {
		t.Skip(missing)
	}
}

// readWith compares what a reader finds in each calendar with what the tests find.
func readWith(t *testing.T, reader ...string) {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.ics")
	if err != nil || len(paths) < 20 {
		t.Fatalf("got %d calendars, %v; want 20 and more", len(paths), err)
	}
	for _, path := range append(paths, zoned(t)...) {
		calendar, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(reader[0], append(reader[1:], path)...).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", path, err, out)
			continue
		}
		got, want := strings.Split(string(out), "\n"), strings.Split(entries(t, calendar), "\n")
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Errorf("%s: entry %d: got %q, want %q", path, i, got[i:min(i+1, len(got))], want[i:min(i+1, len(want))])
			}
		}
	}
}

// zoned writes calendars of two days and nights about changes of the clocks, and returns
// where they are.
func zoned(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, change := range [][2]string{
		{"Europe/Paris", "2026-03-28"}, {"Europe/Paris", "2026-10-24"}, {"Asia/Almaty", "2024-02-29"}, {"Africa/Casablanca", "2026-02-14"},
		{"Asia/Tehran", "2022-09-21"}, {"Australia/Lord_Howe", "2026-04-04"}, {"America/New_York", "2026-03-07"}, {"Europe/Dublin", "2026-10-24"},
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
		path := filepath.Join(t.TempDir(), strings.ReplaceAll(change[0], "/", "-")+".ics")
		if err := os.WriteFile(path, written(t, func(b *bytes.Buffer) error { return Write(b, e, Options{}) }), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// entries returns the entries of a calendar as the readers print them.
func entries(t *testing.T, calendar []byte) string {
	t.Helper()
	var lines strings.Builder
	b := read(t, calendar)
	for _, v := range b.all("VEVENT") {
		show := func(name string) string {
			if at := v.first(name); len(at) == len("20260102") {
				return at
			}
			return v.when(t, b, name).Format(utcLayout)
		}
		fmt.Fprintf(&lines, "%s %s %s\n", v.first("UID"), show("DTSTART"), show("DTEND"))
	}
	return lines.String()
}
