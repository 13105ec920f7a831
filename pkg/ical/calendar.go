package ical

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	ics "github.com/arran4/golang-ical"

	"tamada/pkg/agenda"
)

const (
	product = "-//Tamada//Tamada//EN"
	colour  = "teal" // a name of CSS (RFC 7986 section 5.9)

	// refresh is how often programs should ask again. It never depends on the day of the
	// meeting, so that the same agenda gives the same bytes.
	refresh = "PT1H"
)

// unstamped is the time of modification of what has none: sessions of an agenda that was
// never published and does not say when it was written. Any fixed time would do.
var unstamped = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// A calendar is one VCALENDAR.
type calendar struct {
	method      string // of iTIP (RFC 5546); empty in feeds
	name        string
	description string
	uid         string
	url, source string
	zone        string    // the name of the main zone
	modified    time.Time // if nothing in it says
	items       []item
	clocks      []clock // of the zones that it uses
	at          span    // when it is, if it has no items
}

// An item is a component with what the calendar needs to know of it.
type item struct {
	uid      string
	span     span
	modified time.Time
	event    *component
}

// add adds what is in f.
func (c *calendar) add(f *feed) {
	c.items = append(c.items, f.items...)
	if !slices.ContainsFunc(c.clocks, func(k clock) bool { return k.loc == f.clock.loc }) {
		c.clocks = append(c.clocks, f.clock)
	}
}

// write writes the calendar in one piece, or nothing.
func (c *calendar) write(w io.Writer) error {
	slices.SortFunc(c.items, func(a, b item) int {
		return cmp.Or(a.span.start.Compare(b.span.start), cmp.Compare(a.uid, b.uid))
	})
	out := &ics.Calendar{}
	for _, p := range c.head() {
		out.CalendarProperties = append(out.CalendarProperties, ics.CalendarProperty(p))
	}
	out.Components = c.components()
	var b bytes.Buffer
	b.Grow(len(c.items)*most + 4096)
	if err := out.SerializeTo(&b, ics.WithNewLineWindows); err != nil {
		return fmt.Errorf("calendar %q: %w", c.name, err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// most is what few sessions exceed, in bytes.
const most = 1536

// head returns the properties of the calendar.
func (c *calendar) head() properties {
	var p properties
	p.add("VERSION", "2.0", nil)
	p.add("PRODID", product, nil)
	p.add("CALSCALE", "GREGORIAN", nil)
	if c.method != "" {
		p.add("METHOD", c.method, nil)
		return p
	}
	p.line("NAME", c.name)
	p.line("X-WR-CALNAME", c.name)
	p.text("DESCRIPTION", c.description)
	p.text("X-WR-CALDESC", c.description)
	p.line("X-WR-TIMEZONE", c.zone)
	p.add("COLOR", colour, nil)
	p.add("UID", c.uid, nil)
	p.add("LAST-MODIFIED", stamp(c.lastModified()), nil)
	p.uri("URL", c.url, nil)
	p.uri("SOURCE", c.source, params{"VALUE": {"URI"}})
	p.add("REFRESH-INTERVAL", refresh, params{"VALUE": {"DURATION"}})
	p.add("X-PUBLISHED-TTL", refresh, nil)
	return p
}

// lastModified returns when the last of the components was modified.
func (c *calendar) lastModified() time.Time {
	if len(c.items) == 0 {
		return c.modified
	}
	last := slices.MaxFunc(c.items, func(a, b item) int { return a.modified.Compare(b.modified) })
	return last.modified
}

// components returns the zones, then the entries. A calendar must have a component (RFC
// 5545 section 3.6), so an empty one has its zone at least.
func (c *calendar) components() []ics.Component {
	all := make([]ics.Component, 0, len(c.items)+len(c.clocks))
	for _, k := range c.clocks {
		if !k.utc || len(c.items) == 0 {
			from, to := c.extent()
			all = append(all, timezone(k.loc, from.AddDate(-1, 0, 0), to.AddDate(1, 0, 0)))
		}
	}
	for _, i := range c.items {
		all = append(all, i.event)
	}
	return all
}

// extent returns when the first component begins and the last ends.
func (c *calendar) extent() (from, to time.Time) {
	from, to = c.at.start, c.at.end
	for i, item := range c.items {
		if i == 0 || item.span.start.Before(from) {
			from = item.span.start
		}
		if i == 0 || item.span.end.After(to) {
			to = item.span.end
		}
	}
	return from, to
}

// modifiedOr returns when something was modified: as it says itself or, in a file, as the
// event says.
func modifiedOr(t time.Time, e *agenda.Event) time.Time {
	switch {
	case !t.IsZero():
		return t
	case !e.Updated.IsZero():
		return e.Updated
	}
	return unstamped
}
