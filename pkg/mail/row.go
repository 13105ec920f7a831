package mail

import (
	"encoding/json"
	"fmt"
	"time"
)

// A Row is an [Item] in plain types, a column for each field, for a store that does
// not know this package. A struct of the store with the same fields converts to it
// and back as it is: mail.Row(r).
type Row struct {
	ID       string // unique
	Batch    string
	Event    string
	Kind     string
	Address  string // of the recipient
	Bulk     bool
	Created  time.Time
	Message  []byte // JSON
	State    string
	Attempts int
	First    time.Time // may be zero
	Next     time.Time
	Changed  time.Time
	Claim    string
	Worker   string
	Cause    string
	Detail   string
}

// Row returns the item as it is stored: of a message that is finished, without what
// is to be forgotten.
func (i Item) Row() (Row, error) {
	m, s := i.Message, i.Status
	if s.State.Finished() {
		m = m.Forget()
	}
	b, err := json.Marshal(m)
	if err != nil {
		return Row{}, fmt.Errorf("message %s: %w", m.ID, err)
	}
	return Row{
		ID: m.ID, Batch: m.Batch, Event: m.Event, Kind: string(m.Kind), Address: m.To.Address, Bulk: m.Bulk(),
		Created: m.Created, Message: b,
		State: string(s.State), Attempts: s.Attempts, First: s.First, Next: s.Next, Changed: s.Changed,
		Claim: s.Claim, Worker: s.Worker, Cause: string(s.Cause), Detail: s.Detail,
	}, nil
}

// Item returns what is stored in a row.
func (r Row) Item() (Item, error) {
	i := Item{Status: Status{
		State: State(r.State), Attempts: r.Attempts, First: r.First, Next: r.Next, Changed: r.Changed,
		Claim: r.Claim, Worker: r.Worker, Cause: Cause(r.Cause), Detail: r.Detail,
	}}
	if err := json.Unmarshal(r.Message, &i.Message); err != nil {
		return Item{}, fmt.Errorf("message %s: %w", r.ID, err)
	}
	return i, nil
}
