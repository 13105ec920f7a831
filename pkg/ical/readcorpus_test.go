package ical

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tamada/pkg/effort"
)

// corpus returns the real calendars of the shared data. It passes over t where there are
// none.
func corpus(t testing.TB) []string {
	t.Helper()
	for _, up := range []string{"../../../shared", "../../../../shared"} { // a working tree may stand one folder deeper
		paths, err := filepath.Glob(filepath.Join(up, "data", "ics", "*.ics"))
		if err == nil && len(paths) > 0 {
			return paths
		}
	}
	t.Skip("../shared/data/ics does not exist: it holds the real calendars that this test reads")
	return nil
}

// shownEntries shows entries as testdata/readers/foreign.py does.
func shownEntries(entries []Entry) []string {
	var lines []string
	for i := range entries {
		e := &entries[i]
		start, end := "-", "-"
		switch {
		case e.WholeDays:
			start, end = compact(e.First), compact(e.After)
		case e.Floating:
			start, end = "floating:"+e.Start.Format(localLayout), "floating:"+e.End.Format(localLayout)
		case e.HasStart:
			start, end = stamp(e.Start), stamp(e.End)
		}
		if !e.HasEnd {
			end = "-"
		}
		lines = append(lines, fmt.Sprint(e.UID, " ", start, " ", end))
	}
	return lines
}

// TestReadCorpus holds the reading of real calendars to how many entries they have, to how
// many sessions these make, and to how much of them could not be read.
func TestReadCorpus(t *testing.T) {
	want := map[string]struct {
		entries   int
		sessions  int // with occurrences, without answers and old versions
		zone      string
		problems  int
		scheduled int // problems of the schedule
	}{
		"bristol-dataweek.ics":           {9, 9, "UTC", 0, 0},
		"esug-2011-apple.ics":            {57, 57, "Europe/London", 0, 0},
		"exchange-windows-timezones.ics": {4, 372, "Europe/Berlin", 0, 0},
		"industry-forums-ru-google.ics":  {81, 81, "Europe/Moscow", 0, 0},
		"inpycon-2021-duration.ics":      {60, 60, "UTC", 0, 0},
		"itip-rfc2446-samples.ics":       {42, 12, "America/Chicago", 15, 33}, // answers, tasks, old versions
		"kielux-2020.ics":                {24, 24, "UTC", 0, 0},
		"lanyrd-conferences-allday.ics":  {9, 9, "UTC", 1, 0}, // "Next Year" is no date
		"linuxconfau-2020.ics":           {262, 262, "Australia/Brisbane", 0, 0},
		"outlook-2010-invite.ics":        {1, 1, "America/New_York", 0, 0},
		"pyconau-2023-pretalx.ics":       {94, 94, "Australia/Adelaide", 0, 0},
		"unicamp-educorp-google.ics":     {163, 1817, "America/Sao_Paulo", 0, 1}, // a rule by months
	}
	for _, path := range corpus(t) {
		var r *Reading
		var list []Entry
		var more []Problem
		took := effort.Of(t, func() {
			r = readFile(t, path)
			list, more = r.Schedule()
		})
		if took > time.Second {
			t.Errorf("%s: took %v, want less than a second", path, took)
		}
		got := want[filepath.Base(path)]
		got.entries, got.sessions, got.zone = len(r.Entries), len(list), r.Zone
		got.problems, got.scheduled = len(r.Problems), len(more)
		if got != want[filepath.Base(path)] {
			t.Errorf("%s: got %v, want %v", path, got, want[filepath.Base(path)])
		}
	}
}

func readFile(t testing.TB, path string) *Reading {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(source, "")
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return r
}
