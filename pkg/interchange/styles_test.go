package interchange

import (
	"path/filepath"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/golden"
)

// TestReadStyles reads agendas in the manners of several countries: numbered
// points, "Uhr" and "kl.", tabs and tables, labels in bold, Arabic digits.
func TestReadStyles(t *testing.T) {
	files, err := filepath.Glob("testdata/styles/*")
	if err != nil || len(files) < 8 {
		t.Fatalf("got %d files, %v, want eight or more", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		r, err := Read(read(t, file), ReadOptions{Near: agenda.Date{Year: 2025, Month: 6, Day: 1}})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if err := r.Draft.Validate(); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		var b strings.Builder
		b.WriteString(outline(r.Draft.Event))
		for _, remark := range r.Remarks {
			b.WriteString(string(remark.Weight) + " " + string(remark.Code) + " " + remark.Source + " " + remark.Value + "\n")
		}
		golden.Equal(t, file+".golden", []byte(b.String()))
	}
}
