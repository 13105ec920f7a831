package ical

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/markdown"
	"tamada/pkg/zone"
)

// A feed makes the components of one event for one calendar.
type feed struct {
	event   *agenda.Event
	options Options
	words   *locale.Locale
	clock   clock
	uid     string
	geo     string
	people  map[string]*agenda.Person // by key
	cast    map[string]string         // who people are, by key, as far as they were asked for
	labels  map[string][2]string      // what stands before and after a value, by label
	rooms   map[string]string         // names by ID
	tracks  map[string]string         // names by ID
	own     *Own                      // whose calendar it is; nil in public ones
	calls   bool                      // call those who run a session to it
	parent  params                    // of RELATED-TO
	items   []item
}

func newFeed(e *agenda.Event, o Options) (*feed, error) {
	loc, err := zone.Load(e.Zone)
	if err != nil {
		return nil, fmt.Errorf("event %q: %w", e.Slug, err)
	}
	f := &feed{
		event:   e,
		options: o,
		words:   locale.For(append([]string{o.Lang}, e.Languages...)...),
		clock:   newClock(loc, o.UTC),
		uid:     UID(e, e.ID),
		cast:    make(map[string]string, len(e.People)),
		people:  make(map[string]*agenda.Person, len(e.People)),
		labels:  map[string][2]string{},
		rooms:   make(map[string]string, len(e.Rooms)),
		tracks:  make(map[string]string, len(e.Tracks)),
		parent:  params{"RELTYPE": {"PARENT"}},
	}
	f.geo = f.coordinates()
	for i := range e.People {
		f.people[e.People[i].Key] = &e.People[i]
	}
	for _, r := range e.Rooms {
		f.rooms[r.ID] = f.say(r.Name)
	}
	for _, t := range e.Tracks {
		f.tracks[t.ID] = f.say(t.Name)
	}
	return f, nil
}

// say returns t in the language of the calendar.
func (f *feed) say(t agenda.Text) string {
	if len(t) == 0 {
		return ""
	}
	s, _ := t.In(f.options.Lang, f.event.Languages...)
	return s
}

// prose returns Markdown in the language of the calendar as plain text.
func (f *feed) prose(t agenda.Text) string { return markdown.Plain(f.say(t)) }

// label returns "name: value". Most names come again with every session, so that what stands
// around the value is kept.
func (f *feed) label(name, value string) string {
	around, ok := f.labels[name]
	if !ok {
		around[0], around[1], _ = strings.Cut(f.words.T("label", "label", name, "value", blank), blank)
		f.labels[name] = around
	}
	return around[0] + value + around[1]
}

// blank stands for a value that follows.
const blank = "\ufffc"

// checkFilters returns an error if a filter names what the event does not have.
func (f *feed) checkFilters() error {
	o := f.options
	var err error
	look := func(name string, find func(string) error) {
		if err == nil && name != "" {
			err = find(name)
		}
	}
	look(o.Track, func(id string) error { _, err := f.event.Track(id); return err })
	look(o.Room, func(id string) error { _, err := f.event.Room(id); return err })
	look(o.Person, func(key string) error { _, err := f.event.Person(key); return err })
	look(o.Session, func(ref string) error { _, _, err := f.event.Session(ref); return err })
	look(string(o.Kind), func(kind string) error {
		if !slices.Contains(agenda.Kinds(), agenda.Kind(kind)) {
			return agenda.NotFound("kind", kind)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("event %q: %w", f.event.Slug, err)
	}
	return nil
}

// listed reports whether the options ask for s.
func (f *feed) listed(s *agenda.Session) bool {
	o := f.options
	return (o.Track == "" || s.Track == o.Track) &&
		(o.Kind == "" || s.Kind == o.Kind) &&
		(o.Room == "" || slices.Contains(s.AllRooms(), o.Room)) &&
		(o.Person == "" || s.HasPerson(o.Person)) &&
		(o.Session == "" || named(s, o.Session)) &&
		!(o.NoBreaks && s.Kind.Pause())
}

// name returns the name of the calendar: the event's, and what it is restricted to.
func (f *feed) name() string {
	o := f.options
	parts := []string{f.say(f.event.Title)}
	if o.Kind != "" {
		parts = append(parts, f.words.T("kind."+string(o.Kind)))
	}
	if p := f.people[o.Person]; p != nil {
		parts = append(parts, f.say(p.Name))
	}
	if _, s, err := f.event.Session(o.Session); err == nil {
		parts = append(parts, f.say(s.Title))
	}
	parts = append(parts, f.tracks[o.Track], f.rooms[o.Room])
	return join(" – ", parts...)
}

// calendar returns the calendar of what is in f.
func (f *feed) calendar(name string) *calendar {
	e := f.event
	c := &calendar{
		name:        name,
		description: f.say(e.Theme),
		url:         eventURL(e, f.options),
		zone:        e.Zone,
		modified:    modifiedOr(e.Modified, e),
	}
	if c.description == "" {
		c.description = f.label(f.words.T("agenda"), f.say(e.Title))
	}
	o := f.options
	o.BaseURL = "https://calendar.invalid" // the UID must not depend on where the site is
	c.uid = agenda.DerivedID("calendar", f.uid, Address(e, o))
	c.at = span{start: unstamped, end: unstamped}
	if from, to := e.Dates(); !from.IsZero() && !to.IsZero() {
		c.at = days(f.clock.loc, from, to)
	}
	c.add(f)
	return c
}

// seriesCalendar returns the calendar of a series, without anything in it.
func seriesCalendar(series agenda.Series, events []*agenda.Event, o Options) *calendar {
	var languages []string
	zone := "UTC"
	for i, e := range events {
		languages = append(languages, e.Languages...)
		if i == 0 {
			zone = e.Zone
		}
	}
	title, _ := series.Title.In(o.Lang, languages...)
	c := &calendar{
		name:        title,
		description: title,
		uid:         agenda.DerivedID("calendar", "series", series.Slug, o.query()),
		zone:        zone,
		modified:    unstamped,
		at:          span{start: unstamped, end: unstamped},
	}
	if len(events) == 0 {
		c.clocks = []clock{newClock(time.UTC, false)}
	}
	if o.BaseURL != "" {
		c.url = o.BaseURL + "/series/" + series.Slug
		if !o.Secret {
			c.source = c.url + "/calendar.ics" + o.query()
		}
	}
	return c
}

// join joins the parts that are not empty.
func join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}
