package programme_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"tamada/pkg/agenda"
	"tamada/pkg/programme"
)

func Example() {
	event := &agenda.Event{
		Slug:      "seminar",
		Title:     agenda.Text{"en": "Seminar", "nb": "Seminar om handlingsplanen"},
		Languages: []string{"nb", "en"},
		Zone:      "Europe/Oslo",
		Days: []agenda.Day{{
			Date: agenda.Date{Year: 2018, Month: 11, Day: 6},
			Sessions: []agenda.Session{{
				Kind:  agenda.Opening,
				Time:  agenda.Time{Form: agenda.From, Start: 9 * 60},
				Title: agenda.Text{"nb": "Velkommen"},
			}},
		}},
	}
	var file bytes.Buffer
	err := programme.Write(context.Background(), &file, event, programme.Options{
		Document:  programme.Agenda,
		Paper:     programme.A4,
		Languages: []string{"nb"},
		Zones:     []string{"Asia/Tbilisi"},
	})
	fmt.Printf("%.4s %v\n", file.String(), err)

	err = programme.Write(context.Background(), &file, event, programme.Options{Paper: "a2"})
	var refused *programme.OptionError
	fmt.Println(errors.As(err, &refused), err)
	// Output:
	// %PDF <nil>
	// true paper "a2": is none of a4, a5, a5-booklet, letter, a3 and a1
}
