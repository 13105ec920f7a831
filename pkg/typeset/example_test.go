package typeset_test

import (
	"context"
	"fmt"
	"time"

	"tamada/pkg/typeset"
)

// A page with a heading, and a paragraph that goes on where there is room.
func Example() {
	c, err := typeset.NewComposer()
	if err != nil {
		fmt.Println(err)
		return
	}
	d := typeset.New(typeset.Info{
		Title:    "Programme",
		Language: "en",
		Date:     time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
	})
	heading := typeset.Style{Font: typeset.Bold, Size: 20, Language: "ka"}
	body := typeset.Style{Size: 10, Leading: 14, Language: "en"}

	d.AddPage(typeset.A5)
	title := c.Layout(typeset.Paragraph{Runs: typeset.Plain("ერთმანეთისგან სწავლა", heading), Width: 300})
	d.Tagged(typeset.H1, typeset.Attrs{}, func() { d.Draw(title, 40, 40) })

	text := c.Layout(typeset.Paragraph{Runs: typeset.Plain("We meet from 09:00–10:30 in the library, and again after lunch.", body), Width: 120})
	for _, line := range text.Lines {
		fmt.Println(line.Text())
	}
	d.Begin(typeset.P, typeset.Attrs{})
	n := text.Fit(30) // two lines are all the room there is
	d.Draw(text.Cut(0, n), 40, 80)
	d.AddPage(typeset.A5)
	d.Draw(text.Cut(n, len(text.Lines)), 40, 40)
	d.End()

	pdf, err := d.Bytes(context.Background())
	fmt.Println(d.Pages(), "pages,", len(pdf) > 1000, err)
	// Output:
	// We meet from 09:00–10:30
	// in the library, and again
	// after lunch.
	// 2 pages, true <nil>
}

// Writing a layout once for both directions.
func ExampleFrame_At() {
	column := typeset.Frame{X: 60, Width: 400}
	fmt.Println(column.At(0, 10), column.At(14, 386)) // bullet, text
	column.RightToLeft = true
	fmt.Println(column.At(0, 10), column.At(14, 386))
	// Output:
	// 60 74
	// 450 60
}
