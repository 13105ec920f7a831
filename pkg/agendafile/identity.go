package agendafile

import (
	"strconv"

	"tamada/pkg/agenda"
)

// derive gives an id to what has none. The same file gives the same ids.
func derive(e *agenda.Event) {
	d := deriver{slug: e.Slug, event: e, taken: map[string]bool{}, next: map[string]int{}}
	d.note(e)
	if e.ID == "" {
		e.ID = agenda.DerivedID("event", e.Slug)
	}
	for i := range e.People {
		d.give(&e.People[i].ID, "person", "", e.People[i].Key)
	}
	for _, s := range e.Sessions() {
		d.give(&s.ID, "session", "", e.Main(s.Title))
		for i := range s.Parts {
			p := &s.Parts[i]
			d.give(&p.ID, "part", s.ID, e.Main(p.Title))
			d.talks(p.ID, p.Talks)
		}
		d.talks(s.ID, s.Talks)
	}
}

// A deriver makes ids of words, none of them twice.
type deriver struct {
	slug  string
	event *agenda.Event
	taken map[string]bool // the ids that there are
	next  map[string]int  // the number of the next of some words
}

// note takes down the ids that the file gives.
func (d *deriver) note(e *agenda.Event) {
	d.taken[e.ID] = true
	for _, p := range e.People {
		d.taken[p.ID] = true
	}
	for _, s := range e.Sessions() {
		d.taken[s.ID] = true
		for t := range s.AllTalks() {
			d.taken[t.ID] = true
		}
		for _, p := range s.Parts {
			d.taken[p.ID] = true
		}
	}
}

func (d *deriver) talks(in string, talks []agenda.Talk) {
	for i := range talks {
		d.give(&talks[i].ID, "talk", in, d.event.Main(talks[i].Title))
	}
}

// give sets an id that is empty: the first that is free of those made from the
// slug of the event, the id of what it is in, its title and a number.
func (d *deriver) give(id *string, what, in, title string) {
	words := what + "\x00" + in + "\x00" + title
	for *id == "" {
		d.next[words]++
		made := agenda.DerivedID(what, d.slug, in, title, strconv.Itoa(d.next[words]))
		if !d.taken[made] {
			*id = made
			d.taken[made] = true
		}
	}
}
