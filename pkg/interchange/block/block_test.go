package block

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// show returns blocks as lines: the line in the source, the kind with its level,
// what is bold or struck, and the text or the cells.
func show(blocks []Block) string {
	names := map[Kind]string{Text: "text", Heading: "heading", Item: "item", Row: "row", Field: "field"}
	var b strings.Builder
	for i := range blocks {
		l := &blocks[i]
		fmt.Fprintf(&b, "%d %s", l.Line, names[l.Kind])
		if l.Level > 0 {
			fmt.Fprintf(&b, "%d", l.Level)
		}
		if l.Bold() {
			b.WriteString(" bold")
		}
		if l.Struck {
			b.WriteString(" struck")
		}
		if l.Aside {
			b.WriteString(" aside")
		}
		text := l.Text
		if l.Kind == Row {
			var cells []string
			for _, c := range l.Cells {
				cells = append(cells, c.String())
			}
			text = strings.Join(cells, "|")
			if l.Header {
				b.WriteString(" header")
			}
		}
		b.WriteString(": " + text + "\n")
	}
	return b.String()
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"text": {
			"Agenda\n======\n\n10:00  Opening\n   * one\n     and more of it, wrapped\n      * inside\n   * two\na) lettered\n10:15\tTalk\tAnna\n\tmore\n== Notes ==\n",
			"1 heading1: Agenda\n4 text: 10:00 Opening\n5 item1: one and more of it, wrapped\n7 item2: inside\n8 item1: two\n9 item1: lettered\n10 row: 10:15|Talk|Anna\n11 text: more\n12 heading2: Notes\n",
		},
		"markdown": {
			"# Agenda\n\n* **10:00** Opening\n  * ~~dropped~~\n\n| Time | Topic |\n|--|--|\n| 9:00 | [x](https://example.org/) <ul><li>a</li><li>b</li></ul> |\n\n    0830-0900 Code\n\n**all bold**\n",
			"1 heading1: Agenda\n3 item1: 10:00 Opening\n4 item2 struck: dropped\n6 row header: Time|Topic\n8 row: 9:00|x <https://example.org/> a b\n10 text: 0830-0900 Code\n12 text bold: all bold\n",
		},
		"html": {
			"<html><head><title>T</title><style>x</style></head><body><nav>Menu</nav>\n<h2>Day<br>one</h2><!-- old -->\n<ul><li>a <b>b</b></li><li><s>c</s><ul><li>d</li></ul></li></ul>\n<table><tr><th>Time</th><th>Topic</th></tr><tr><td rowspan=2>9:00</td><td>x</td></tr><tr><td>y</td></tr></table><script>bad()</script></body></html>",
			"1 field: title: T\n1 text aside: Menu\n2 heading2: Day\n2 heading2: one\n3 item1: a b\n3 item1 struck: c\n3 item2: d\n4 row header: Time|Topic\n4 row: 9:00|x\n4 row: 9:00|y\n",
		},
		"front matter": {
			"---\ntitle: 'Meeting'\nspeakers:\n- anna-lind\nempty: \"\"\n---\n# Heading\n",
			"2 field: title: Meeting\n4 field: speakers: anna-lind\n7 heading1: Heading\n",
		},
	} {
		blocks, err := Read([]byte(test.source))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := show(blocks); got != test.want {
			t.Errorf("%s:\n got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   error
	}{
		"binary":         {"a\x00b", ErrNotText},
		"broken archive": {"PK\x03\x04 and no more", ErrBroken},
		"too many lines": {strings.Repeat("a\n", MaxBlocks+1), ErrTooLarge},
		"too large":      {strings.Repeat("a", MaxSize+1), ErrTooLarge},
	} {
		if _, err := Read([]byte(test.source)); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
}

func TestLongLinesAreCut(t *testing.T) {
	blocks, err := FromText(strings.Repeat("word ", 10_000))
	if err != nil {
		t.Fatal(err)
	}
	words := 0
	for i := range blocks {
		if len(blocks[i].Text) > MaxLine {
			t.Errorf("got a line of %d bytes, want at most %d", len(blocks[i].Text), MaxLine)
		}
		words += len(strings.Fields(blocks[i].Text))
	}
	if words != 10_000 {
		t.Errorf("got %d words, want 10000", words)
	}
}

// FuzzRead states the law of readers: lines are in the bounds and no words
// appear that were not in the source.
func FuzzRead(f *testing.F) {
	f.Add([]byte("# a\n* b\n\n|c|d|\n|-|-|\n|e|f|\n"))
	f.Add([]byte("<html><table><tr><td>a<table><tr><td>b</table>"))
	f.Add([]byte("a\tb\n\tc\n* d\n  e\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		blocks, err := Read(source)
		if err != nil {
			if !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrNotText) && !errors.Is(err, ErrBroken) {
				t.Fatalf("got %v, want an error of a known kind", err)
			}
			return
		}
		for i := range blocks {
			b := &blocks[i]
			if b.Line < 1 || b.Level > MaxLevel || b.Strong[0] > b.Strong[1] && b.Strong[1] > 0 || b.Strong[1] > len(b.Text) || len(b.Text) > MaxLine {
				t.Fatalf("got %+v, want a line within the bounds", *b)
			}
		}
	})
}
