package programme

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"testing"
)

// A picture of any document is well-formed, without text, bounded in size and
// the same each time.
func TestPicture(t *testing.T) {
	for _, e := range meetings(t) {
		for _, d := range Documents() {
			o := everything(t, e, d)
			picture := func(w io.Writer) error { return Picture(context.Background(), w, e, o) }
			got := rendered(t, picture)
			if len(got) > maxPicture {
				t.Errorf("%s, %s: got %d bytes, want at most %d", e.Slug, d, len(got), maxPicture)
			}
			if again := rendered(t, picture); !bytes.Equal(got, again) {
				t.Errorf("%s, %s: two pictures differ", e.Slug, d)
			}
			if names := elementNames(t, got); names["svg"] != 1 || names["path"] < 2 || names["text"] > 0 {
				t.Errorf("%s, %s: got elements %v, want outlines", e.Slug, d, names)
			}
		}
	}
}

// A poster with more on it than a picture takes is cut to size.
func TestPictureOfMuch(t *testing.T) {
	for _, d := range []Document{Programme, Agenda, Grid} {
		got := rendered(t, func(w io.Writer) error {
			return Picture(context.Background(), w, large(t, 400), Options{Document: d, Paper: A1})
		})
		if elementNames(t, got); len(got) > maxPicture {
			t.Errorf("%s: got %d bytes, want at most %d", d, len(got), maxPicture)
		}
	}
}

// elementNames counts the elements of an XML file by name.
func elementNames(t *testing.T, data []byte) map[string]int {
	t.Helper()
	names := map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatalf("%v in %.200s", err, data)
		}
		if e, ok := token.(xml.StartElement); ok {
			names[e.Name.Local]++
		}
	}
}
