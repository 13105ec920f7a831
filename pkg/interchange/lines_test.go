package interchange

import (
	"slices"
	"testing"

	"tamada/pkg/interchange/block"
)

func TestSessionsKnowTheirLines(t *testing.T) {
	source := []byte("Seminar\r\n3 March 2026\r\n\r\n09:00-09:30 Opening\r\n09:30-10:00 Discussion\r\n")
	r, err := Read(source, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	lines, err := SourceLines(source)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range r.Draft.Event.Sessions() {
		got = append(got, lines[r.Lines[s.ID]-1])
	}
	if want := []string{"09:00-09:30 Opening", "09:30-10:00 Discussion"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParagraphs(t *testing.T) {
	got := paragraphs([]block.Block{
		{Text: "Title", Line: 1},
		{Kind: block.Row, Line: 3, Cells: []block.Cell{{{Text: "10:00", Line: 3}}, {{Text: "Opening", Line: 4}, {Text: "Chair", Line: 5}}}},
	})
	if want := []string{"Title", "", "10:00", "Opening", "Chair"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadableText(t *testing.T) {
	if got, ok := ReadableText([]byte("\xef\xbb\xbf10:00 Opening")); got != "10:00 Opening" || !ok {
		t.Errorf("got %q, %v, want the text", got, ok)
	}
	if _, ok := ReadableText([]byte("PK\x03\x04 a Word document")); ok {
		t.Error("a Word document is taken as text")
	}
}
