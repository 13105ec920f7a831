package ical

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"tamada/pkg/agenda"
)

// TestDue follows one invitation through the releases of a meeting.
func TestDue(t *testing.T) {
	e := meeting(t)
	s := &e.Days[0].Sessions[3]
	told := ""
	for _, step := range []struct {
		name   string
		change func()
		want   Notice
	}{
		{"the first release", func() {}, RequestNotice},
		{"the same again", func() {}, NoNotice},
		{"another title, abstract and person", func() {
			s.Title, s.Abstract, s.Roles = en("Topic 1"), en("Shorter."), nil
			s.Sequence++
		}, NoNotice},
		{"a quarter of an hour later", func() { s.Time.Start, s.Time.End = s.Time.Start+15, s.Time.End+15 }, RequestNotice},
		{"a longer session", func() { s.Time.End += 15 }, RequestNotice},
		{"another room", func() { s.Rooms = []string{"annex"} }, RequestNotice},
		{"a room with another name", func() { e.Rooms[2].Name = en("Garden annex") }, RequestNotice},
		{"a room of others with another name", func() { e.Rooms[1].Name = en("Green room") }, NoNotice},
		{"tentative", func() { s.Status = agenda.Tentative }, RequestNotice},
		{"cancelled", func() { s.Status = agenda.Cancelled }, CancelNotice},
		{"cancelled, and moved", func() { s.Time.Start++ }, NoNotice},
		{"on after all", func() { s.Status = agenda.Confirmed }, RequestNotice},
		{"the whole meeting cancelled", func() { e.Status = agenda.Cancelled }, CancelNotice},
	} {
		step.change()
		got, knows, err := Due(told, e, s)
		if err != nil || got != step.want {
			t.Errorf("%s: got %q, %v, want %q", step.name, got, err, step.want)
		}
		if changed := knows != told; changed != (got != NoNotice) {
			t.Errorf("%s: got %q and they know %q, of %q before", step.name, got, knows, told)
		}
		told = knows
	}
	if got, knows, err := Due("", e, s); got != NoNotice || knows != "" || err != nil {
		t.Errorf("cancelled before anybody was asked: got %q, %q, %v, want no mail", got, knows, err)
	}
	gone := session(t, "09:00", agenda.Other, "Nowhere")
	if _, knows, err := Due("x", e, &gone); !errors.Is(err, agenda.ErrNotFound) || knows != "x" {
		t.Errorf("a session of another meeting: got %q, %v, want what they knew and no session", knows, err)
	}
}

// TestReplies asks for an answer only where answers are read.
func TestReplies(t *testing.T) {
	e := meeting(t)
	i := invitation()
	for _, replies := range []bool{true, false} {
		i.Replies = replies
		calendar := written(t, func(w *bytes.Buffer) error { return WriteRequest(w, e, &e.Days[0].Sessions[0], i) })
		unfolded := strings.ReplaceAll(string(calendar), "\r\n ", "")
		if got := strings.Contains(unfolded, ";RSVP=TRUE:"); got != replies || strings.Contains(unfolded, ";RSVP=FALSE:") == replies {
			t.Errorf("replies %t: got\n%s", replies, unfolded)
		}
	}
}
