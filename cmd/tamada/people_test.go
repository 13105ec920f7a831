package main

import (
	"strings"
	"testing"
)

// TestRenderPeople prints badges and a brief, and marks what changed.
func TestRenderPeople(t *testing.T) {
	x := newTerminal(t)
	file := x.agenda("tbilisi-poc-2014.yaml")
	people := x.file("people.csv", "name;second name;country;category\nNino Beridze;ნინო ბერიძე;GE;Delegate\n")
	x.run("render", file, "--to", "pdf", "--doc", "badges", "-o", x.path("none.pdf"))
	x.run("render", file, "--to", "pdf", "--doc", "badges", "--people", people, "-o", x.path("badges.pdf"))
	if none, badges := x.read("none.pdf"), x.read("badges.pdf"); !strings.HasPrefix(badges, "%PDF-") || badges == none {
		t.Error("got the same badges with and without people")
	}
	x.run("render", file, "--to", "pdf", "--doc", "changes", "--previous", file, "--since", "2", "-o", x.path("changes.pdf"))
	x.run("render", file, "--to", "pdf", "--crop-marks", "--greyscale", "-o", x.path("marks.pdf"))
	x.run("render", file, "--to", "pdf", "-o", x.path("plain.pdf"))
	if x.read("marks.pdf") == x.read("plain.pdf") {
		t.Error("crop marks and shades of grey changed nothing")
	}
}

func TestRenderPeopleRefuses(t *testing.T) {
	x := newTerminal(t)
	file := x.agenda("tbilisi-poc-2014.yaml")
	bad := x.file("bad.csv", "name,country\nNino,Narnia\n,GE\n")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--doc", "badges", "--people", bad}, "bad.csv:2:6: country \"Narnia\""},
		{[]string{"--doc", "badges", "--people", bad}, "bad.csv:3:1: there is no name"},
		{[]string{"--doc", "badges", "--people", "absent.csv"}, "absent.csv"},
		{[]string{"--doc", "changes", "--since", "2"}, "--previous"},
		{[]string{"--doc", "brief", "--session", "none"}, "session"},
	} {
		_, err := x.try(append([]string{"render", file, "--to", "pdf", "-o", x.path("out")}, test.args...)...)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: got %v, want an error that says %s", test.args, err, test.want)
		}
	}
}
