package mail_test

import (
	"reflect"
	"testing"
	"time"

	"tamada/pkg/mail"
)

func TestRow(t *testing.T) {
	m := invitation()
	m.Event, m.Batch = "an event", "a batch"
	status := mail.Status{
		State: mail.Deferred, Attempts: 2, First: noon, Next: noon.Add(time.Hour), Changed: noon.Add(time.Minute),
		Claim: "c", Worker: "w", Cause: mail.Replied, Detail: "450 later",
	}
	want := mail.Item{Message: m, Status: status}
	row, err := want.Row()
	if err != nil {
		t.Fatal(err)
	}
	if !row.Bulk || row.Address != "leila@example.org" || row.Kind != "invitation" || row.Event != "an event" {
		t.Errorf("got %+v, want what is asked for in columns", row)
	}
	if got, err := row.Item(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	want.Status.State = mail.Sent
	if row, err = want.Row(); err != nil {
		t.Fatal(err)
	}
	if got, err := row.Item(); err != nil || len(got.Message.Letter.Blocks) > 0 || got.Status != want.Status {
		t.Errorf("sent: got %+v, %v, want the letter forgotten", got, err)
	}
	if _, err := (mail.Row{ID: "x", Message: []byte("{")}).Item(); err == nil {
		t.Error("a damaged row is an item")
	}
}
