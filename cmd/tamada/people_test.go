package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
)

// TestRenderPeople prints badges and a brief, and marks what changed.
func TestRenderPeople(t *testing.T) {
	x := newTerminal(t)
	file := x.agenda("tbilisi-poc-2014.yaml")
	people := x.file("people.csv", "name;second name;country;category\nNino Beridze;ნინო ბერიძე;GE;Delegate\n")
	others := x.file("others.csv", "name;country\nLi Wei;CN\n")
	x.run("render", file, "--to", "pdf", "--doc", "badges", "--people", others, "-o", x.path("others.pdf"))
	x.run("render", file, "--to", "pdf", "--doc", "badges", "--people", people, "-o", x.path("badges.pdf"))
	if got, badges := x.read("others.pdf"), x.read("badges.pdf"); !strings.HasPrefix(badges, "%PDF-") || badges == got {
		t.Error("got the same badges for different people")
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
		{[]string{"--doc", "badges"}, "--people"},
		{[]string{"--doc", "sign-in"}, "--people"},
		{[]string{"--doc", "changes"}, "--previous"},
		{[]string{"--doc", "changes", "--since", "2"}, "--previous"},
		{[]string{"--doc", "changes", "--previous", file}, "--since"},
		{[]string{"--previous", x.agenda("norway-ogp-seminar.yaml"), "--since", "1"}, "norway-ogp-seminar"},
		{[]string{"--doc", "brief"}, "--session"},
		{[]string{"--doc", "brief", "--session", "none"}, "none"},
		{[]string{"--images", x.path("no-folder")}, "no-folder"},
	} {
		_, err := x.try(append([]string{"render", file, "--to", "pdf", "-o", x.path("out")}, test.args...)...)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: got %v, want an error that says %s", test.args, err, test.want)
		}
	}
}

// TestRenderFormat takes the format from the ending of the output, then from
// what is asked for otherwise.
func TestRenderFormat(t *testing.T) {
	x := newTerminal(t)
	file := x.agenda("tbilisi-poc-2014.yaml")
	for _, test := range []struct {
		args         []string
		name, begins string
	}{
		{nil, "programme.pdf", "%PDF-"},
		{nil, "feed.ics", "BEGIN:VCALENDAR"},
		{nil, "agenda.md", "# "},
		{nil, "agenda.yaml", "id: "},
		{nil, "without", "id: "},
		{[]string{"--doc", "grid"}, "without", "%PDF-"},
		{[]string{"--to", "ics"}, "calendar.pdf", "BEGIN:VCALENDAR"},
	} {
		x.run(append([]string{"render", file, "-o", x.path(test.name)}, test.args...)...)
		if got := x.read(test.name); !strings.HasPrefix(got, test.begins) {
			t.Errorf("%s with %v: got %.20q, want %q", test.name, test.args, got, test.begins)
		}
	}
}

// TestRenderWarns names the letters that no font for print has.
func TestRenderWarns(t *testing.T) {
	x := newTerminal(t)
	const name = "eip-advisory-group-2020.yaml"
	x.agenda(name)
	plain := x.read(name)
	var many string // of a script that print has no font for
	for r := '\U00012000'; r < '\U00012020'; r++ {
		many += string(r)
	}
	for letter, want := range map[string]string{"€": "", "₼": "“₼” (U+20BC)", many: " and 20 more;"} {
		file := x.file("agenda.yaml", strings.Replace(plain, "\ntheme: ", "\ntheme: "+letter+" ", 1))
		var warnings strings.Builder
		a := &app{Out: io.Discard, Err: &warnings, Env: x.env, Now: time.Now}
		c := a.command()
		c.SetArgs([]string{"render", file, "-o", x.path("out.pdf")})
		if err := c.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := warnings.String(); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("%s: got the warning %q, want %q in it", letter, got, want)
		}
	}
}

// TestExportChanges counts changes from a release in the database.
func TestExportChanges(t *testing.T) {
	x := newTerminal(t)
	x.run("import", x.agenda("tbilisi-poc-2014.yaml"), "--publish")
	next := strings.Replace(x.run("export", "tbilisi-poc-2014"), "Registration of participants", "Registration and coffee", 1)
	x.run("import", x.file("next.yaml", next), "--publish")
	x.run("export", "tbilisi-poc-2014", "--doc", "changes", "--since", "1", "-o", x.path("changes.pdf"))
	if got := x.read("changes.pdf"); !strings.HasPrefix(got, "%PDF-") {
		t.Errorf("got %.20q, want a PDF", got)
	}
	if _, err := x.try("export", "tbilisi-poc-2014", "--doc", "changes", "--since", "7"); err == nil || !strings.Contains(err.Error(), "7") {
		t.Errorf("got %v, want an error that names release 7", err)
	}
}

// TestRenderWarnsOfColumns prints all the same where a column is not known.
func TestRenderWarnsOfColumns(t *testing.T) {
	x := newTerminal(t)
	people := x.file("people.csv", "name,shoe size\nNino Beridze,38\n")
	var warnings bytes.Buffer
	a := &app{Out: io.Discard, Err: &warnings, Env: x.env, Now: time.Now}
	cmd := a.command()
	cmd.SetArgs([]string{"render", x.agenda("tbilisi-poc-2014.yaml"), "--doc", "badges", "--people", people, "-o", x.path("badges.pdf")})
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := warnings.String(); !strings.Contains(got, `people.csv:1:6: column "shoe size" is not known and left out`) {
		t.Errorf("got %q, want a warning of the column", got)
	}
	if !strings.HasPrefix(x.read("badges.pdf"), "%PDF-") {
		t.Error("got no badges")
	}
}

// TestRenderNamesTheSite prints the site of a configuration on covers.
func TestRenderNamesTheSite(t *testing.T) {
	x := newTerminal(t)
	file, config := x.agenda("tbilisi-poc-2014.yaml"), x.file("site.yaml", "site: {name: Meetings of the Region}\n")
	x.run("render", file, "--doc", "programme", "-o", x.path("plain.pdf"))
	x.run("render", file, "--doc", "programme", "--config", config, "-o", x.path("named.pdf"))
	if x.read("plain.pdf") == x.read("named.pdf") {
		t.Error("got the same programme, want the site on its cover")
	}
	if _, err := x.try("render", file, "--doc", "programme", "--config", x.path("absent.yaml"), "-o", x.path("out.pdf")); err == nil {
		t.Error("got no error for a configuration that is not there")
	}
}
