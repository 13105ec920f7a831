// Package golden compares what a test made with a file kept in testdata.
//
// A test run with -update writes the files afresh; read the diff before
// committing it. The flag exists only in tests of packages that use this one.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write golden files instead of comparing with them")

// Equal fails t unless the named file holds exactly got.
func Equal(t testing.TB, name string, got []byte) {
	t.Helper()
	if *update {
		write(t, name, got)
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v (a run with -update writes it)", err)
	}
	if at := difference(got, want); at > 0 {
		t.Errorf("%s differs from line %d on (a run with -update writes it afresh):\n got %s\nwant %s",
			name, at, line(got, at), line(want, at))
	}
}

func write(t testing.TB, name string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// difference returns the number of the first line in which a and b differ,
// from 1, or 0 if they are equal.
func difference(a, b []byte) int {
	x, y := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range max(len(x), len(y)) {
		if i >= len(x) || i >= len(y) || !bytes.Equal(x[i], y[i]) {
			return i + 1
		}
	}
	return 0
}

// line returns line n of b, from 1, quoted by its end of line only.
func line(b []byte, n int) []byte {
	lines := bytes.Split(b, []byte("\n"))
	if n > len(lines) {
		return []byte("(no such line)")
	}
	return lines[n-1]
}
