package translation

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"tamada/pkg/locale"
)

// messages returns the messages of the program.
func messages(t *testing.T) (*Catalogue, fs.FS) {
	t.Helper()
	files, err := locale.MessageFiles()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return c, files
}

// TestWrite writes every message file of the program as it is.
func TestWrite(t *testing.T) {
	c, files := messages(t)
	compareFiles(t, c, files, locale.Interface())
}

// compareFiles holds the files of c in these languages to those of the program.
func compareFiles(t *testing.T, c *Catalogue, files fs.FS, languages []string) {
	t.Helper()
	if len(c.Areas) < 5 {
		t.Fatalf("got %d areas, want at least five", len(c.Areas))
	}
	for _, a := range c.Areas {
		for _, language := range languages {
			name := a.Name + "." + language + ".json"
			want, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := a.Write(language)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s: got %d bytes, %v; want %d, the same", name, len(got), err, len(want))
			}
		}
	}
}

func TestReadBadFiles(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"web.fr.json", `{"a": "A"}`, "web.en.json"},
		{"web.en.json", `{"a": }`, "web.en.json"},
		{"web.en.json", `{"a": 1}`, `"a"`},
		{"web.en.json", `{"a": {"one": "A"}}`, `"other"`},
		{"web.en.json", `{"a": {"other": "A", "several": "B"}}`, `"several"`},
		{"common.fr.json", `{"b": "B"}`, `"b"`},
	} {
		files := fstest.MapFS{"common.en.json": {Data: []byte(`{"a": "A"}`)}, test.name: {Data: []byte(test.data)}}
		if strings.HasPrefix(test.name, "web.fr") {
			delete(files, "common.en.json")
			test.want = "*.en.json"
		}
		if c, err := Read(files); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %s: got %v, %v; want an error with %q", test.name, test.data, c, err, test.want)
		}
	}
}
