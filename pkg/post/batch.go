package post

import (
	"time"

	"tamada/pkg/agenda"
)

// A Batch is a message to many, as an organiser writes it. Until it is queued it
// is a draft.
type Batch struct {
	ID       string // a UUID; Message.Batch of what goes out
	Event    string // the ID of the event; "" for the site
	By       string // the ID of the user who wrote it
	Audience string // to whom, in the words of those who choose the recipients
	Subject  agenda.Text
	Body     agenda.Text // Markdown
	Version  int         // of the draft; 0 for one that was never saved
	Created  time.Time
	Changed  time.Time
	Queued   time.Time // zero while it is a draft
}

// A Filter says which messages are looked for; its zero value is all of them.
type Filter struct {
	Event   string
	Batch   string
	Address string  // in small letters
	States  []State // one of these; none for any
	Skip    int     // how many are passed over, for later pages
	Limit   int     // how many at most; 0 is a hundred
}
