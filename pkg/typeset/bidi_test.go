package typeset

import (
	"bufio"
	"compress/gzip"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestBidiConformance runs every case of BidiCharacterTest-15.0.0.txt: the
// paragraph level, the levels, and the visual order.
func TestBidiConformance(t *testing.T) {
	f, err := os.Open("testdata/BidiCharacterTest.txt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	cases, failed := 0, 0
	lines := bufio.NewScanner(z)
	for lines.Scan() && failed < 10 {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		cases++
		if !checkBidiCase(t, line) {
			failed++
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if want := 91707; failed == 0 && cases != want {
		t.Errorf("cases: got %d, want %d", cases, want)
	}
}

// checkBidiCase checks one line: text; direction; level; levels; order.
func checkBidiCase(t *testing.T, line string) bool {
	t.Helper()
	fields := strings.Split(line, ";")
	var text []rune
	for _, h := range strings.Fields(fields[0]) {
		v, err := strconv.ParseInt(h, 16, 32)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		text = append(text, rune(v))
	}
	base := map[string]int{"0": 0, "1": 1, "2": autoLevel}[fields[1]]
	got, level := levels(text, base)

	shown := make([]string, len(got))
	var order []int
	for i, l := range got {
		shown[i] = strconv.Itoa(int(l))
		if isRemoved(newBidiParagraph(text[i : i+1]).classes[0]) {
			shown[i] = "x"
			continue
		}
		order = append(order, i)
	}
	reorder(order, func(i int) uint8 { return got[i] })
	visual := make([]string, len(order))
	for k, i := range order {
		visual[k] = strconv.Itoa(i)
	}
	ok := strconv.Itoa(int(level)) == fields[2] &&
		slices.Equal(shown, strings.Fields(fields[3])) &&
		slices.Equal(visual, strings.Fields(fields[4]))
	if !ok {
		t.Errorf("%s: got level %d, levels %v, order %v", line, level, shown, visual)
	}
	return ok
}
