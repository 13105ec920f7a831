package agendafile_test

import (
	"errors"
	"strings"
	"testing"

	"tamada/pkg/agendafile"
)

// head begins every file below; line 7 is the first of the case.
const head = `slug: spring-forum
title: Spring forum
visibility: public
languages: [en, fr]
zone: Europe/Paris
rooms: [{id: plenary, name: Plenary hall}]
`

// day begins a day; line 10 is the first of a session's keys after its title.
const day = `days:
  - date: 2027-03-29
    sessions: [{title: Opening, id: 11111111-1111-4111-8111-111111111111}]
  - date: 2027-03-30
    sessions:
      - title: Welcome
`

func TestProblems(t *testing.T) {
	tests := []struct {
		name string
		file string // after head
		want string // problems, as "line:column: message", one a line
	}{
		{"a key that is not known", "tilte: x\n", `7:1: "tilte" is not a key of an agenda; did you mean "title"?`},
		{"a key nothing is near to", "series: {slug: spring, title: Spring, wxyz: x}\n", `7:39: "wxyz" is not a key of a series; it is one of slug, title`},
		{"a kind that is not known", day + "        kind: worksop\n", `13:15: "worksop" is not a kind of session; did you mean "workshop"?`},
		{"a kind in capitals", day + "        kind: Round Table\n", `13:15: "Round Table" is not a kind of session; did you mean "round-table"?`},
		{"a role that is not known", day + "        roles: [{as: speeker, words: All}]\n", `13:22: "speeker" is not a role; did you mean "speaker"?`},
		{"a status that is not known", "status: maybe\n", `7:9: "maybe" is not a status; it is one of confirmed, tentative, cancelled`},
		{"a format that is not known", "format: onsite\n", `7:9: "onsite" is not a format; did you mean "online"?`},
		{"a key twice", "status: tentative\nstatus: confirmed\n", `8:1: "status" is there twice; the first is in line 7`},
		{"a person twice", "people:\n  a: {name: A}\n  a: {name: B}\n", `9:3: "a" is there twice; the first is in line 8`},

		{"an anchor", "theme: &x Peers\n", `7:8: an anchor (&); agenda files have none: write the value out, or put the text in quotes`},
		{"an alias", "theme: *x\n", `7:8: an alias (*); agenda files have none: write the value out, or put the text in quotes`},
		{"a tag", "theme: !!str x\n", `7:8: a tag (!); agenda files have none: take it out, or put the text in quotes`},
		{"a merge key", "series: {<<: {slug: x}}\n", `7:10: a merge key (<<); agenda files have none: write the values out`},
		{"an explicit key", "? theme\n: x\n", `7:1: a key that begins with "? "; write "key: value"`},
		{"a second document", "---\nslug: other\n", `7:1: a second document (---); an agenda file is one`},
		{"a directive", "%YAML 1.2\n", `7:1: a directive (%); agenda files have none: take it out, or put the text in quotes`},
		{"a tab", "series:\n\tslug: x\n", `8:1: a tab; write spaces (in a quoted text, \t)`},
		{"a tab within a text", "theme: a\tb\n", `7:9: a tab; write spaces (in a quoted text, \t)`},
		{"a colon within a text", "theme: Topic 1: Peers\n", `7:8: a second ": " on the line; put the text in quotes`},
		{"a quote without an end", "theme: \"Peers\n", `7:8: a quote that is never closed`},
		{"a reserved sign", "theme: @peers\n", `7:8: '@' is a reserved character; put the text in quotes`},
		{"a backslash", `theme: "a\qb"` + "\n", `7:11: found unknown escape character 'q'; write \\ for a backslash`},
		{"a wrong indent", "series:\n  slug: spring\n title: Spring\n", `9:2: nothing can stand here; is the indentation right?`},
		{"a colon without a space", "theme:Peers\n", `7:1: "key: value" is expected here; is there a space after the colon, and is the indentation right?`},
		{"a list without an end", "organisers: [{name: OECD}\n", `7:13: not YAML: sequence end token ']' not found`},

		{"a country that is false", "venue: {country: NO}\n", `7:18: NO without quotes is read as false by YAML 1.1; write "NO"`},
		{"a language that is false", "theme: {no: Tema}\n", `7:9: no without quotes is read as false by YAML 1.1; write "no"`},
		{"a text that is null", day + "        rooms: [null]\n", `13:17: null without quotes is nothing to YAML; write "null"`},
		{"a number in base eight", day + "        capacity: 010\n", `13:19: 010 begins with a zero, which some readers of YAML take for base eight; write 10`},
		{"a number in base sixteen", day + "        capacity: 0x10\n", `13:19: "0x10" is not a whole number (places)`},
		{"a number in quotes", day + "        capacity: \"10\"\n", `13:19: a whole number is expected here (places), without quotes`},
		{"a number that is a list", day + "        capacity: [10]\n", `13:19: a whole number is expected here (places), not a list`},
		{"a boolean in words", day + "        recorded: yes\n", `13:19: true or false is expected here`},

		{"a text that is a list", "theme: [a]\n", `7:8: a text, or a mapping of languages ({en: …, fr: …}), is expected here, not a list`},
		{"a list that is a mapping", "tracks: {id: x}\n", `7:9: a list is expected here ([a, b], or lines that begin with "- "), not a mapping`},
		{"a mapping that is a list", "people: [x]\n", `7:9: people are a mapping by key here (daglio: {name: …}), not a list`},
		{"a session that is a text", "days: [{date: 2027-03-29, sessions: [Opening]}]\n", `7:38: a session is a mapping (key: value) here, not a text`},

		{"a time with a dot", day + "        time: 10.00\n", `13:15: "10.00" is not a time of an agenda: write 10:00-10:15, 10:00, 10:00 +15, +15, ca. 11:00-12:15, all-day, morning or afternoon`},
		{"a time past midnight", day + "        time: 25:00\n", `13:15: "25:00" is not a time of an agenda: hours go from 00 to 23 and minutes from 00 to 59`},
		{"a length after an open end", day + "        time: +15\n", `13:15: time "+15" cannot be worked out: the end of the session before it is not known; give this one a beginning`},
		{"a date in another order", "days: [{date: 29.03.2027}]\n", `7:15: "29.03.2027" is not a date like 2021-03-29`},
		{"a date there is not", "days: [{date: 2027-02-30}]\n", `7:15: "2027-02-30" is not a date like 2021-03-29`},
		{"a date twice", "days: [{date: 2027-03-29}, {date: 2027-03-29}]\n", `7:35: date "2027-03-29" is there twice`},
		{"a day without a date", "days:\n  - title: First\n", `8:5: date is required`},
		{"a week there is not", "week: 2027-W53\n", `7:7: 2027 has no week 53`},
		{"a week in another form", "week: 26/2012\n", `7:7: "26/2012" is not a week like 2012-W26`},
		{"dates that end before they begin", "dates: 2012-06-29/2012-06-25\n", `7:8: dates "2012-06-29/2012-06-25" is out of range`},
		{"a week and dates", "week: 2012-W26\ndates: 2012-06-25/2012-06-29\n", `8:1: either week or dates, not both`},
		{"an instant without an offset", "updated: 2021-03-22\n", `7:10: "2021-03-22" is not a moment like 2021-03-22T09:00:00Z (date, T, time, and Z for UTC or +02:00)`},
		{"a place in words", "venue: {geo: Tbilisi}\n", `7:14: a latitude and a longitude in degrees are expected here: [41.6938, 44.8015]`},
		{"a place off the map", "venue: {geo: [141.6938, 44.8]}\n", `7:14: geo "141.6938, 44.8" is out of range`},

		{"a language tag", "theme: {english: Peers}\n", `7:9: theme "english" is not a language tag like en or pt-BR`},
		{"a text that is empty", "organisers: [{name: \"\"}]\n", `7:21: name is required`},
		{"a title too long", "theme: " + strings.Repeat("x", 501) + "\n", `7:8: theme is too long: at most 500 characters`},
		{"a country in small letters", "venue: {country: ge}\n", `7:18: country "ge" is not a country code of two capital letters`},
		{"an address of the web", "organisers: [{name: OECD, url: oecd.org}]\n", `7:32: url "oecd.org" is not a web address beginning with https:// or http://`},
		{"a room that is not known", day + "        room: plenery\n", `13:15: room "plenery" is not known; did you mean "plenary"?`},
		{"rooms that are not known", day + "        rooms: [plenary, annex]\n", `13:26: room "annex" is not known`},
		{"a room and rooms", day + "        room: plenary\n        rooms: [plenary]\n", `14:9: either room or rooms, not both`},
		{"several rooms as one", day + "        room: [plenary]\n", `13:15: room is one room; write rooms for several`},
		{"a person that is not known", "people: {daglio: {name: Marco Daglio}}\n" + day + "        roles: [{as: chair, person: dalgio}]\n", `14:37: person "dalgio" is not known; did you mean "daglio"?`},
		{"a role without a holder", day + "        roles: [{as: chair}]\n", `13:17: role names exactly one of a person, an organisation, a country and words`},
		{"an id twice", day + "        id: 11111111-1111-4111-8111-111111111111\n", `13:13: id "11111111-1111-4111-8111-111111111111" is there twice`},
		{"an id that is not a UUID", "id: 12\n", `7:5: id "12" is not a UUID in lower case`},
		{
			"a note of a session that is not known", day + "backstage: {openning: {code: x}}\n",
			`13:13: "openning" is not the id of a session; write an id, or event for the whole event; the nearest: ` +
				`11111111-1111-4111-8111-111111111111 "Opening", 2e62f80f-0d61-57ea-b79f-46cf08b9dbeb "Welcome"`,
		},
		{
			"everything at once", "status: maybe\nformat: [x]\ndays:\n  - date: soon\n    sessions:\n      - {kind: pannel, tme: 10:00}\n",
			`7:9: "maybe" is not a status; it is one of confirmed, tentative, cancelled
8:9: a format is expected here, not a list
10:11: "soon" is not a date like 2021-03-29
12:9: title is required
12:16: "pannel" is not a kind of session; did you mean "panel"?
12:24: "tme" is not a key of a session; did you mean "time"?`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := agendafile.Parse("f", []byte(head+test.file))
			var problems agendafile.Problems
			if err != nil && !errors.As(err, &problems) {
				t.Fatalf("got %T, want Problems", err)
			}
			got := strings.TrimPrefix(strings.ReplaceAll("\n"+problems.Error(), "\nf:", "\n"), "\n")
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// TestFileProblems has whole files.
func TestFileProblems(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"nothing", "", `f: the file is empty; an agenda begins with slug, title, languages and zone`},
		{"comments alone", "# soon\n", `f: the file is empty; an agenda begins with slug, title, languages and zone`},
		{"a text", "An agenda\n", `f:1:1: an agenda file is a mapping of keys (slug: …, title: …), not a text`},
		{
			"one key", "status: confirmed\n", `f:1:1: slug is required
f:1:1: languages is required
f:1:1: title is required
f:1:1: visibility is required
f:1:1: zone is required`,
		},
		{"a zone", strings.Replace(head, "Europe/Paris", "Paris", 1), `f:5:7: "Paris": not a time zone; did you mean Europe/Paris?`},
		{"not UTF-8", head + "theme: d\xe9bat\n", `f:7:9: a byte that is not text; save the file as UTF-8`},
		{"a NUL", head + "theme: \x00\n", `f:7:8: a NUL byte; this is not a text file`},
		{"a control character", head + "theme: é\x07\n", `f:7:9: the invisible character U+0007; take it out`},
		{"a carriage return alone", "slug: x\rtitle: y\n", `f:1:8: the invisible character U+000D; take it out`},
		{"a byte order mark inside", head + "theme: \ufeffx\n", `f:7:8: the invisible character U+FEFF; take it out`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := agendafile.Parse("f", []byte(test.file))
			if err == nil || err.Error() != test.want {
				t.Errorf("got\n%v\nwant\n%s", err, test.want)
			}
		})
	}
}

func TestShow(t *testing.T) {
	tests := []struct{ name, theme, want string }{
		{"a short line", `"débat" x`, `f:7:16: nothing can stand here; is the indentation right?
    7 | theme: "débat" x
      |                ^
`},
		{"a long line", `"` + strings.Repeat("long ", 200) + `\q"`, `f:7:1010: found unknown escape character 'q'; write \\ for a backslash
    7 | …ong ` + strings.Repeat("long ", 13) + `\q"
      | ` + strings.Repeat(" ", 71) + `^
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := agendafile.Parse("f", []byte(head+"theme: "+test.theme+"\n"))
			var problems agendafile.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("got %v, want Problems", err)
			}
			if got := problems.Show(); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
