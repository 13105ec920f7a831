package main

import (
	"slices"
	"strings"
	"testing"
)

func TestUser(t *testing.T) {
	x := newTerminal(t)
	x.run("import", x.agenda("tbilisi-poc-2014.yaml"), "--publish")
	x.run("user", "add", "nino@ministry.example", "--name", "Nino Beridze", "--administrator")
	x.run("user", "add", "Levan@ministry.example", "--name", "Levan\tK\x1b[31m")
	x.run("user", "role", "LEVAN@ministry.example", "editor", "tbilisi-poc-2014")
	x.run("user", "role", "levan@ministry.example", "moderator", "tbilisi-poc-2014")
	list := x.run("user", "list")
	for _, want := range []string{
		"nino@ministry.example   Nino Beridze", "never", "administrator", "editor of tbilisi-poc-2014, moderator of tbilisi-poc-2014", `Levan\tK\x1b[31m`,
	} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %q:\n%s", want, list)
		}
	}
	x.run("user", "role", "levan@ministry.example", "moderator", "tbilisi-poc-2014", "--remove")
	x.run("user", "disable", "levan@ministry.example")
	if list := x.run("user", "list"); !strings.Contains(list, "disabled, editor of tbilisi-poc-2014\n") {
		t.Errorf("the list after that:\n%s", list)
	}
	x.run("user", "disable", "levan@ministry.example", "--undo")
	if list := x.run("user", "list"); strings.Contains(list, "disabled") {
		t.Errorf("and after that:\n%s", list)
	}
}

func TestUserRefuses(t *testing.T) {
	x := newTerminal(t)
	x.run("user", "add", "nino@ministry.example", "--administrator")
	for _, tt := range []struct{ args, want string }{
		{"add nino", "address"},
		{"add NINO@ministry.example", "belongs to another user"},
		{"role levan@ministry.example viewer x", "tamada user add levan@ministry.example"},
		{"role nino@ministry.example king x", "there are owner"},
		{"role nino@ministry.example owner", "say of which event"},
		{"role nino@ministry.example owner none", "not found"},
		{"role nino@ministry.example administrator x", "leave the event out"},
		{"role nino@ministry.example administrator --remove", "last"},
		{"disable nino@ministry.example", "last"},
	} {
		out, err := x.try(append([]string{"user"}, strings.Fields(tt.args)...)...)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("user %s: got %q, %v, want an error with %q", tt.args, out, err, tt.want)
		}
	}
}

// openForms are what anybody may send.
var openForms = []string{"/sign-in", "/sign-in/password", "/sign-out"}

// TestRoutes reads the table as somebody does who wants to know that nothing is
// open by mistake.
func TestRoutes(t *testing.T) {
	head, table, ok := strings.Cut(newTerminal(t).run("routes"), "\nroute ")
	if !ok || !strings.Contains(head, "a  nobody\n") || !strings.Contains(head, "h  administrator\n") {
		t.Fatalf("the table has no head:\n%s", head)
	}
	people := strings.Count(head, "  ") // one line for each
	seen := 0
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < people || !strings.HasPrefix(fields[1], "/") {
			continue // the heads of the columns
		}
		seen++
		method, path, marks := fields[0], fields[1], fields[len(fields)-people:]
		nobody, administrator := marks[0], marks[7]
		if strings.Trim(strings.Join(marks, ""), "+?-.") != "" {
			t.Errorf("%s %s has the marks %q", method, path, marks)
		}
		if method == "POST" && nobody == "+" && !slices.Contains(openForms, path) {
			t.Errorf("anybody may send to %s", path)
		}
		if strings.HasPrefix(path, "/organise") && (nobody != "?" || administrator != "+") {
			t.Errorf("%s %s: nobody %s, administrators %s, want ? and +", method, path, nobody, administrator)
		}
		if strings.HasPrefix(path, "/account") && nobody != "?" {
			t.Errorf("%s %s: nobody %s, want ?", method, path, nobody)
		}
	}
	if seen < 30 {
		t.Errorf("the table has %d routes:\n%s", seen, table)
	}
}
