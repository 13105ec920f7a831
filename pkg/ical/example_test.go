package ical_test

import (
	"bytes"
	"fmt"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/ical"
)

func ExampleAddress() {
	e := &agenda.Event{Slug: "tbilisi-poc-2014"}
	fmt.Println(ical.Address(e, ical.Options{BaseURL: "https://tamada.example.org", Lang: "ka", NoBreaks: true}))
	// Output: https://tamada.example.org/e/tbilisi-poc-2014/calendar.ics?breaks=0&lang=ka
}

// A week without a fixed day is an entry of whole days.
func ExampleWrite() {
	monday := agenda.Date{Year: 2012, Month: 6, Day: 25}
	e := &agenda.Event{
		ID: "0d7c1f0a-8f3a-4c57-9a3e-7a4d416d6164", Slug: "seminar", Title: agenda.Text{"en": "Seminar"},
		Status: agenda.Confirmed, Format: agenda.OnlineFormat, Languages: []string{"en"}, Zone: "Asia/Tbilisi",
		Span: agenda.Span{Week: "2012-W26", From: monday, To: monday.AddDays(6)},
	}
	var b bytes.Buffer
	if err := ical.Write(&b, e, ical.Options{}); err != nil {
		fmt.Println(err)
		return
	}
	_, entry, _ := strings.Cut(b.String(), "END:VTIMEZONE\r\n")
	fmt.Println(strings.ReplaceAll(entry, "\r", ""))
	// Output:
	// BEGIN:VEVENT
	// UID:0d7c1f0a-8f3a-4c57-9a3e-7a4d416d6164
	// DTSTAMP:20000101T000000Z
	// LAST-MODIFIED:20000101T000000Z
	// SEQUENCE:0
	// DTSTART;VALUE=DATE:20120625
	// DTEND;VALUE=DATE:20120702
	// SUMMARY:Seminar
	// DESCRIPTION:Week 26 of 2012: dates to be confirmed
	// LOCATION:Online
	// STATUS:TENTATIVE
	// TRANSP:TRANSPARENT
	// CLASS:PUBLIC
	// CATEGORIES:Online
	// END:VEVENT
	// END:VCALENDAR
}
