package agendafile_test

import (
	"fmt"
	"strings"
	"testing"

	"tamada/pkg/agendafile"
)

// thousand returns a file of ten days with a hundred sessions each.
func thousand() []byte {
	var b strings.Builder
	b.WriteString(head + "people:\n")
	for i := range 200 {
		fmt.Fprintf(&b, "  p%d: {name: Person %d, posts: [Head of Unit], organisation: Ministry %d, country: GE}\n", i, i, i)
	}
	b.WriteString("days:\n")
	for day := range 10 {
		fmt.Fprintf(&b, "  - date: 2027-03-%02d\n    sessions:\n", day+1)
		for i := range 100 {
			fmt.Fprintf(&b, `      - time: %02d:%02d-%02d:%02d
        kind: workshop
        title: {en: "Workshop %d: sharing experiences", fr: "Atelier %d : partager les expériences"}
        abstract: |
          This workshop will bring together public servants in order to share experiences, learn from each
          other and build stronger networks of government reformers.

          Delegates are invited to offer short interventions and respond to one another.
        questions: [Where have you seen the crisis accelerate innovation?, What are major obstacles?]
        roles: [{as: [moderator], person: p%d}, {as: [speaker], person: p%d, status: invited}]
`, i/10+8, i%10*6, i/10+8, i%10*6+5, i, i, i, i+100)
		}
	}
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	file := thousand()
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := agendafile.Parse("f", file); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFormat(b *testing.B) {
	draft, err := agendafile.Parse("f", thousand())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := agendafile.Format(draft); err != nil {
			b.Fatal(err)
		}
	}
}
