//go:build readers

package ical

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestForeignReaders compares what is read of real calendars with what python-icalendar and
// ical.js read, wherever these two say the same, and repeated entries with what ical.js makes
// of them.
func TestForeignReaders(t *testing.T) {
	python := pythonWithIcalendar(t)
	need(t, icaljsMissing, "node", "-e", `require("ical.js")`)
	paths := corpus(t)
	first, _ := foreignEntries(t, append([]string{python, "testdata/readers/foreign.py"}, paths...))
	second, repeated := foreignEntries(t, append([]string{"node", "testdata/readers/foreign.cjs"}, paths...))
	agreed := 0
	for _, path := range paths {
		r := readFile(t, path)
		if got := shownEntries(r.Entries); slices.Equal(first[path], second[path]) {
			agreed++
			compareEntries(t, path, got, first[path])
		}
		for uid, want := range repeated[path] {
			compareStarts(t, path, uid, r, want)
		}
	}
	if agreed < 5 {
		t.Errorf("the two readers agree on %d of %d calendars, want 5 at least", agreed, len(paths))
	}
	t.Logf("the two readers agree on %d of %d calendars", agreed, len(paths))
}

// compareEntries compares lines of entries. Where one begins at a time that cannot be read, or
// at a time and ends on a day, what the rest means is for each reader to say.
func compareEntries(t *testing.T, path string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d entries, want %d", path, len(got), len(want))
		return
	}
	for i := range want {
		uid, _, unread := strings.Cut(want[i], " ? ")
		start, end, _ := strings.Cut(want[i], "Z ")
		if unread && strings.HasPrefix(got[i], uid+" - ") || len(end) == len("20260102") && strings.HasPrefix(got[i], start+"Z ") {
			continue
		}
		if got[i] != want[i] {
			t.Errorf("%s: got %q, want %q", path, got[i], want[i])
		}
	}
}

// compareStarts compares the starts of an entry that repeats, if its rule is followed, as the
// clocks show them: ical.js knows the zones of the file alone, which may be wrong.
func compareStarts(t *testing.T, path, uid string, r *Reading, want []string) {
	t.Helper()
	for i := range r.Entries {
		e := &r.Entries[i]
		if e.UID != uid || !e.repeats.simple || e.repeats.source == "" {
			continue
		}
		starts, complete := e.occurrences()
		var got []string
		for _, at := range starts {
			if got = append(got, at.Format(localLayout)); strings.HasSuffix(want[0], "Z") {
				got[len(got)-1] = stamp(at)
			}
		}
		if last := len(got) - 1; len(want) == last && starts[last].Equal(e.repeats.rule.until) {
			got = got[:last] // the end of the rule is an hour early for who does not know the summer time of the zone
		}
		if !complete || !slices.Equal(got, want) {
			t.Errorf("%s: %s: got %v (all: %v), want %v", path, uid, got, complete, want)
		}
	}
}

// foreignEntries runs a reader. It returns the entries of each file, and the starts of those
// that repeat by UID.
func foreignEntries(t *testing.T, reader []string) (map[string][]string, map[string]map[string][]string) {
	t.Helper()
	out, err := exec.Command(reader[0], reader[1:]...).Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", reader, err, out)
	}
	entries, starts, path := map[string][]string{}, map[string]map[string][]string{}, ""
	for l := range strings.Lines(string(out)) {
		words := strings.Fields(l)
		switch words[0] {
		case "FILE":
			path = words[1]
			starts[path] = map[string][]string{}
		case "STARTS":
			starts[path][words[1]] = words[2:]
		default:
			entries[path] = append(entries[path], strings.TrimSuffix(l, "\n"))
		}
	}
	return entries, starts
}
