package interchange

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"tamada/pkg/agenda"
)

func TestDumpPlain(t *testing.T) {
	b, err := os.ReadFile(os.Getenv("DUMP"))
	if err != nil {
		t.Skip()
	}
	r, err := Read(b, ReadOptions{Near: agenda.Date{Year: 2026, Month: 11, Day: 25}})
	if err != nil {
		t.Fatal(err)
	}
	e := r.Draft.Event
	fmt.Printf("TITLE %v THEME %v SERIES %v LANG %v ZONE %s FORMAT %s %v VENUE %+v\n", e.Title, e.Theme, e.Series, e.Languages, e.Zone, e.Format, e.Online, e.Venue)
	n := 0
	for _, d := range e.Days {
		fmt.Printf("== %s %v\n", d.Date, d.Title)
		for _, s := range d.Sessions {
			n++
			fmt.Printf("  %-18s %-9s %-10s %s", s.Time, s.Status, s.Kind, e.Main(s.Title))
			for _, r := range s.Roles {
				fmt.Printf(" {%v %s%s%s%s %s}", r.As, r.Person, e.Main(r.Organisation), r.Country, e.Main(r.Words), e.Main(r.Label))
			}
			fmt.Printf(" q%d t%d rooms%v abs%d\n", len(s.Questions), len(s.Talks), s.Rooms, len(e.Main(s.Abstract)))
			if os.Getenv("FULL") != "" {
				fmt.Println("     A:", strings.ReplaceAll(e.Main(s.Abstract), "\n", "⏎"))
				for _, q := range s.Questions {
					fmt.Println("     Q:", e.Main(q))
				}
				for _, t := range s.Talks {
					fmt.Println("     T:", t.Minutes, e.Main(t.Title), t.Roles, strings.ReplaceAll(e.Main(t.Abstract), "\n", "⏎"))
				}
			}
		}
	}
	fmt.Println("SESSIONS", n, "VALID", r.Draft.Validate())
	for _, k := range r.Remarks {
		fmt.Printf("R %d %s %s src=%q val=%q\n", k.Line, k.Weight, k.Code, k.Source, k.Value)
	}
	if os.Getenv("FULL") != "" {
		fmt.Println("INFO", e.Main(e.Information))
		for _, u := range r.Unplaced {
			fmt.Println("U", u)
		}
	}
}
