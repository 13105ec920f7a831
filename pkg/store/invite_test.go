package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/post"
	"tamada/pkg/store/storetest"
)

// Invitations are kept with the mail that goes out, all or nothing; two organisers cannot
// send the same one.
func TestInvites(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		d := storetest.Rich()
		if _, err := db.Import(t.Context(), "", d); err != nil {
			t.Fatal(err)
		}
		m, now := queue(t, db), time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
		event, session := d.Event.ID, d.Event.Days[0].Sessions[0].ID
		one := post.Invite{
			ID: agenda.DerivedID("one"), Event: event, Session: session, To: post.Mailbox{Name: "Ola Nordmann", Address: "ola@example.org"},
			Role: agenda.Moderator, Language: "en",
		}
		told := "at nine, in the hall"
		send := func(i post.Invite) error {
			mail := post.Message{ID: i.Message, Kind: post.KindSession, To: i.To, Event: event, Letter: post.Letter{Language: "en", Subject: "Session"}, Created: i.Sent}
			return m.SendInvites(t.Context(), "", now, []post.Invite{i}, []post.Message{mail})
		}
		first := one.Next(told, false, now)
		if err := send(first); err != nil {
			t.Fatal(err)
		}
		told = "at ten, in the hall"
		second := first.Next(told, false, now.Add(time.Hour))
		if err := send(second); err != nil {
			t.Fatal(err)
		}
		if err := send(second); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("sent twice: got %v, want a conflict", err)
		}
		again := one
		again.ID = agenda.DerivedID("again")
		if err := send(again.Next(told, false, now)); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("asked twice: got %v, want a conflict", err)
		}
		third := second.Next(told, true, now.Add(2*time.Hour))
		if err := send(third); err != nil {
			t.Fatal(err)
		}
		if err := send(again.Next(told, false, now)); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("as if it were the first: got %v, want a conflict", err)
		}
		fourth := third.Next(told, false, now.Add(3*time.Hour))
		fourth.Role, fourth.Language, fourth.To.Name = agenda.Speaker, "nb", "Ola N."
		if err := send(fourth); err != nil {
			t.Errorf("asked anew: %v", err)
		}
		got, err := m.Invites(t.Context(), event)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]post.Invite{fourth}, got); diff != "" {
			t.Errorf("got another list than was kept (-want +got):\n%s", diff)
		}
		items, err := m.List(t.Context(), post.Filter{Event: event})
		if err != nil || len(items) != 4 {
			t.Errorf("got %d mails, %v; want 4", len(items), err)
		}
		if third.Sequence != 2 || !third.Withdrawn || first.Message == second.Message {
			t.Errorf("got %+v, want an invitation that was taken back, with the sequence 2", third)
		}
	})
}
