package agendafile_test

import (
	"errors"
	"fmt"

	"tamada/pkg/agendafile"
)

func Example() {
	file := `slug: spring-forum
title: {en: Spring forum, fr: Forum de printemps}
visibility: public
languages: [en, fr]
zone: Europe/Paris
days:
  - date: 2027-03-29
    sessions:
      - {time: 10:00-10:15, kind: opening, title: Welcome}
`
	draft, err := agendafile.Parse("spring-forum.yaml", []byte(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := agendafile.Format(draft)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(b))
	// Output:
	// id: bfeace34-753f-5cf1-8ee6-25dc7a7f1aef
	// slug: spring-forum
	// title: {en: Spring forum, fr: Forum de printemps}
	// visibility: public
	// status: confirmed
	// languages: [en, fr]
	// zone: Europe/Paris
	// format: in-person
	// days:
	//   - date: 2027-03-29
	//     sessions:
	//       - id: 2e62f80f-0d61-57ea-b79f-46cf08b9dbeb
	//         time: 10:00-10:15
	//         kind: opening
	//         title: Welcome
}

func ExampleProblems() {
	file := `slug: spring-forum
title: Spring forum
visibility: publik
languages: [en]
zone: Europe/Pairs
venue: {country: NO}
`
	_, err := agendafile.Parse("spring-forum.yaml", []byte(file))
	var problems agendafile.Problems
	if errors.As(err, &problems) {
		fmt.Print(problems.Show())
	}
	// Output:
	// spring-forum.yaml:3:13: "publik" is not a visibility; did you mean "public"?
	//     3 | visibility: publik
	//       |             ^
	// spring-forum.yaml:5:7: "Europe/Pairs": not a time zone; did you mean Europe/Paris?
	//     5 | zone: Europe/Pairs
	//       |       ^
	// spring-forum.yaml:6:18: NO without quotes is read as false by YAML 1.1; write "NO"
	//     6 | venue: {country: NO}
	//       |                  ^
}
