package agenda

import "time"

// A Release is an agenda as published: numbered from 1, immutable.
type Release struct {
	Number    int
	Published time.Time
	By        string   // who published it
	Note      string   // what they said of it
	Event     *Event   // nil where only the history is wanted
	Changes   []Change // against the release before
}

// An Entry is one step in the history of a draft: a batch of edits that were
// made together.
type Entry struct {
	Version int // of the draft after it, from 1
	At      time.Time
	By      string
	Edits   []Edit
}

// A Notice says that something about an event is new. It carries no content:
// who is interested reads it.
type Notice struct {
	Event   string // the event's ID
	Slug    string
	Release int // the number of the latest release; 0 if there is none
	Draft   int // the version of the draft
}
