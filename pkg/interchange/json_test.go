package interchange

import (
	"bytes"
	"errors"
	"testing"

	"tamada/pkg/golden"
	"tamada/pkg/zone"
)

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJSON(&b, sample(t), options); err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "testdata/agenda.json", b.Bytes())
}

func TestNewDocumentWorksOutTimes(t *testing.T) {
	doc, err := NewDocument(sample(t), options)
	if err != nil {
		t.Fatal(err)
	}
	sessions := doc.Event.Days[0].Sessions
	for _, test := range []struct{ what, got, want string }{
		{"end that follows", sessions[0].End.Format("15:04Z07:00"), "10:00+04:00"},
		{"start of a talk", sessions[2].Talks[1].Start.Format("15:04Z07:00"), "10:07+04:00"},
		{"end from minutes", sessions[3].End.Format("15:04Z07:00"), "14:45+04:00"},
		{"end of the event", doc.Event.End.Format("2006-01-02 15:04Z07:00"), "2026-11-25 00:30+04:00"},
		{"page of a session", sessions[0].URL, "https://meet.example.org/e/poc-tbilisi/s/" + sessions[0].Code},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %s, want %s", test.what, test.got, test.want)
		}
	}
	if sessions[5].Start != nil {
		t.Errorf("start of an open session: got %v, want none", sessions[5].Start)
	}
}

func TestWritersRefuseAnUnknownZone(t *testing.T) {
	e := sample(t)
	e.Zone = "Europe/Nowhere"
	if err := WriteJSON(&bytes.Buffer{}, e, options); !errors.Is(err, zone.ErrUnknown) {
		t.Errorf("got %v, want an error that wraps zone.ErrUnknown", err)
	}
}
