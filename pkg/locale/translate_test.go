package locale

import (
	"fmt"
	"io/fs"
	"testing"
)

func TestMessageFiles(t *testing.T) {
	files, err := MessageFiles()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.Stat(files, "common.en.json"); err != nil {
		t.Error(err)
	}
}

func TestPluralFormsOfLanguages(t *testing.T) {
	for tag, want := range map[string]string{
		"en":    "[{one [1]} {other [0 2 3 4]}]",
		"fr":    "[{one [0 1]} {many [1000000 2000000]} {other [2 3 4 5]}]",
		"ru":    "[{one [1 21 31 41]} {few [2 3 4 22]} {many [0 5 6 7]} {other []}]",
		"ar":    "[{zero [0]} {one [1]} {two [2]} {few [3 4 5 6]} {many [11 12 13 14]} {other [100 101 102 1000]}]",
		"ja":    "[{other [0 1 2 3]}]",
		"uz":    "[{one [1]} {other [0 2 3 4]}]",
		"en-GB": "[{one [1]} {other [0 2 3 4]}]",
	} {
		forms, err := PluralForms(tag)
		if got := fmt.Sprint(forms); err != nil || got != want {
			t.Errorf("%s: got %s, %v; want %s", tag, got, err, want)
		}
	}
	for _, tag := range []string{"", "x", "english", "tlh"} {
		if forms, err := PluralForms(tag); err == nil {
			t.Errorf("%q: got %v, want an error", tag, forms)
		}
	}
}
