package interchange

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/ical"
	"tamada/pkg/interchange/block"
	"tamada/pkg/interchange/phrase"
	"tamada/pkg/locale"
)

// ReadCalendar reads a calendar (iCalendar), such as Google, Outlook, Apple,
// pretalx and Indico export and we write ourselves. Its entries become
// sessions; one of whole days that others say they are part of is the event.
// A session keeps the UID of its entry as its ID where that is a UUID, and has
// one that follows from it otherwise, so that the same calendar read later
// changes the sessions that are there. Addresses of people, and those who are
// only invited, are in the notes. Errors wrap [ErrFormat] or block.ErrTooLarge.
func ReadCalendar(source []byte, options ReadOptions) (*Result, error) {
	if len(source) > maxForeign {
		return nil, fmt.Errorf("calendar of %d MB, at most %d are read: %w", len(source)>>20, maxForeign>>20, block.ErrTooLarge)
	}
	reading, err := ical.Read(source, options.Zone)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, ErrFormat)
	}
	c := &calendarReader{reading: reading, own: reading.Own()}
	entries, problems := reading.Schedule()
	c.entries(entries)
	if reading.ZoneGuessed {
		options.Zone = reading.Zone // which it then says that it guessed
	} else {
		c.event.zone = reading.Zone
	}
	r := newForeignReader(c.event, c.sessions, options)
	for _, p := range slices.Concat(reading.Problems, problems) {
		r.problem(p, reading.Zone)
	}
	for _, remark := range c.remarks {
		r.remark(remark)
	}
	if len(reading.Zones) > 1 {
		r.remark(Remark{Weight: Guessed, Code: ZonesDiffer, Value: reading.Zone})
	}
	result := r.read()
	c.complete(r)
	return result, nil
}

// problem tells whoever imports of what a calendar holds and could not be read.
func (r *foreignReader) problem(p ical.Problem, zone string) {
	remark := Remark{Line: p.Line, Weight: NotUnderstood, Code: NotPlaced, Source: p.Source}
	switch p.Fault {
	case ical.TimeNotRead:
		remark.Code = TimeNotRead
	case ical.EndFirst:
		remark.Weight, remark.Code = Contradictory, EndBeforeStart
	case ical.ZoneNotKnown:
		remark.Code, remark.Value = ZoneUnknown, zone
	case ical.NotRepeated:
		remark.Code = NotRepeated
	case ical.Replaced:
		remark.Weight, remark.Code = Guessed, Repeated
	default:
		r.unplace(p.Source)
	}
	r.remark(remark)
}

// A calendarReader makes sessions of the entries of a calendar.
type calendarReader struct {
	reading  *ical.Reading
	own      bool // we wrote it
	head     *ical.Entry
	event    foreignEvent
	sessions []foreignSession
	taken    []*ical.Entry          // of each session
	kinds    map[string]agenda.Kind // by folded name, once asked for
	remarks  []Remark
}

// entries takes all entries.
func (c *calendarReader) entries(all []ical.Entry) {
	parents := map[string]bool{}
	for i := range all {
		parents[all[i].Parent] = true
	}
	for i := range all {
		if e := &all[i]; c.head == nil && e.WholeDays && e.UID != "" && parents[e.UID] {
			c.head = e
			continue
		}
		c.taken = append(c.taken, &all[i])
	}
	c.named()
	for _, e := range c.taken {
		c.sessions = append(c.sessions, c.session(e))
	}
}

// named says what the event is.
func (c *calendarReader) named() {
	v := &c.event
	v.title, v.description = c.reading.Name, c.reading.Description
	if v.title == "" && c.head == nil && len(c.taken) == 1 {
		v.title = c.taken[0].Title
	}
	h := c.head
	if h == nil {
		return
	}
	v.title, v.description, v.url = h.Title, withoutURL(h), h.URL
	if bare, cancelled := phrase.CutCancelled(v.title); cancelled && bare != "" {
		v.title = bare
	}
	v.from, v.to = h.First, h.After.AddDays(-1)
	if _, slug, ok := strings.Cut(h.URL, "/e/"); ok && c.own {
		v.slug, _, _ = strings.Cut(slug, "/")
	}
	v.online = slices.ContainsFunc(h.Categories, func(s string) bool { return says("format.online", s) })
	if h.Location != "" && !v.online && !says("calendar.place-open", h.Location) {
		v.venue, v.address, _ = strings.Cut(h.Location, ", ")
	}
}

// says reports whether s is the message with this name in any language.
func says(name, s string) bool {
	return slices.ContainsFunc(locale.Interface(), func(tag string) bool { return locale.For(tag).T(name) == s })
}

// withoutURL returns the description of e without the address of its page,
// which many programs write as its last line.
func withoutURL(e *ical.Entry) string {
	if e.URL == "" {
		return e.Description
	}
	return strings.TrimSpace(strings.TrimSuffix(e.Description, e.URL))
}

// session makes a session of an entry.
func (c *calendarReader) session(e *ical.Entry) foreignSession {
	f := foreignSession{
		id: entryID(e), title: looseText{"": e.Title}, abstract: looseText{"": withoutURL(e)}, language: e.Language, status: e.Status, line: e.Line,
	}
	c.categories(e, &f)
	if e.URL != "" && !c.own {
		f.links = append(f.links, foreignLink{url: e.URL})
	}
	if e.Location != "" && !c.own {
		f.room = looseText{"": e.Location}
	}
	c.people(e, &f)
	c.place(e, &f)
	return f
}

// entryID returns the UID of e, which occurrences of an entry share, as an ID.
func entryID(e *ical.Entry) string {
	uid := strings.ToLower(e.UID)
	switch {
	case uid == "", agenda.ValidID(uid) && e.Replaces.IsZero():
		return uid
	case e.Replaces.IsZero():
		return agenda.DerivedID("calendar", uid)
	}
	return agenda.DerivedID("calendar", uid, e.Replaces.UTC().Format(time.RFC3339))
}

// categories finds the kind and the track among the categories of e; the rest
// is in the notes.
func (c *calendarReader) categories(e *ical.Entry, f *foreignSession) {
	var rest []string
	for _, name := range e.Categories {
		if f.kind == "" {
			if k, ok := c.kind(name); ok {
				f.kind = string(k)
				continue
			}
		}
		if len(f.track) == 0 {
			f.track = looseText{"": name}
			continue
		}
		rest = append(rest, name)
	}
	if len(rest) > 0 {
		all := strings.Join(rest, ", ")
		f.notes = append(f.notes, "CATEGORIES: "+all)
		c.remarks = append(c.remarks, Remark{Line: e.Line, Weight: NotUnderstood, Code: NotPlaced, Source: shorten(all, 160)})
	}
}

// kind returns the kind of that name in any language. A word for one in a
// longer name, such as "Workshop room A", does not make that a kind.
func (c *calendarReader) kind(name string) (agenda.Kind, bool) {
	if c.kinds == nil {
		c.kinds = map[string]agenda.Kind{}
		for _, k := range agenda.Kinds() {
			c.kinds[phrase.Fold(string(k))] = k
			for _, tag := range locale.Interface() {
				c.kinds[phrase.Fold(locale.For(tag).T("kind."+string(k)))] = k
			}
		}
	}
	if k, ok := c.kinds[phrase.Fold(name)]; ok {
		return k, true
	}
	if len(name) > 60 || strings.Contains(strings.TrimSpace(name), " ") {
		return "", false
	}
	return phrase.Kind(name)
}

// mostActing is up to how many people of an entry take part in it by name;
// more are an audience.
const mostActing = 12

// people makes roles of the attendees of e: whoever chairs, and those whom a
// published calendar names. Whoever is asked by an invitation is in the notes,
// as are all addresses.
func (c *calendarReader) people(e *ical.Entry, f *foreignSession) {
	if m := e.Organiser; m.Name != "" || m.Address != "" {
		f.notes = append(f.notes, "ORGANIZER: "+mailboxText(m))
	}
	var addresses []string
	acting := len(e.Attendees) <= mostActing && e.Method != "REQUEST"
	for _, a := range e.Attendees {
		named := a.Name != "" && !strings.Contains(a.Name, "@")
		switch {
		case a.Type == "ROOM" && len(f.room) == 0 && a.Name != "":
			f.room = looseText{"": a.Name}
			continue
		case a.Declined, a.Type != "INDIVIDUAL", !named:
		case a.Chair:
			f.people = append(f.people, foreignPerson{name: a.Name, roles: []agenda.RoleName{agenda.Chair}})
		case acting:
			f.people = append(f.people, foreignPerson{name: a.Name})
			c.remarks = append(c.remarks, Remark{Line: e.Line, Weight: Guessed, Code: PersonGuessed, Source: a.Name})
		}
		addresses = append(addresses, mailboxText(a.Mailbox))
	}
	if len(addresses) > 0 {
		f.notes = append(f.notes, "ATTENDEE: "+strings.Join(addresses, ", "))
	}
}

// mailboxText returns m as mail programs write it.
func mailboxText(m ical.Mailbox) string {
	if m.Address == "" {
		return m.Name
	}
	return strings.TrimSpace(m.Name + " <" + m.Address + ">")
}

// place says when an entry is.
func (c *calendarReader) place(e *ical.Entry, f *foreignSession) {
	switch {
	case !e.HasStart:
	case e.WholeDays:
		f.day = e.First
		if !c.own { // ours are of whole days if nobody knows when they begin
			f.start, f.minutes = "00:00", agenda.MinutesPerDay
		}
		if n := e.After.Sub(e.First); n > 1 {
			c.remarks = append(c.remarks, Remark{
				Line: e.Line, Weight: Guessed, Code: SeveralTimes, Source: e.First.String() + "–" + e.After.AddDays(-1).String(), Value: e.First.String(),
			})
		}
	default:
		f.at = e.Start.UTC()
		if e.HasEnd {
			f.minutes = int(e.End.Sub(e.Start) / time.Minute)
		}
	}
}

// complete adds to the draft of r what other systems do not have: the rooms of
// our own calendars, links to join, and where the event is.
func (c *calendarReader) complete(r *foreignReader) {
	byID := map[string]*ical.Entry{}
	for i, e := range c.taken {
		if id := c.sessions[i].id; id != "" && byID[id] == nil {
			byID[id] = e
		}
	}
	for _, s := range r.builder.event.Sessions() {
		e := byID[s.ID]
		if e == nil {
			continue
		}
		for _, name := range c.rooms(e) {
			if id := r.room(name); id != "" && !slices.Contains(s.Rooms, id) {
				s.Rooms = append(s.Rooms, id)
			}
		}
		r.join(s.ID, e.Join)
	}
	h := c.head
	if h == nil {
		return
	}
	if e := r.builder.event; agenda.ValidID(strings.ToLower(h.UID)) && !r.ids[strings.ToLower(h.UID)] {
		e.ID = strings.ToLower(h.UID)
	}
	r.builder.event.Status = cmp.Or(h.Status, agenda.Confirmed)
	if v := r.builder.event.Venue; v != nil {
		v.Geo = h.Geo
	}
	r.join(agenda.BackstageEvent, h.Join)
}

// rooms returns the rooms of an entry of our own, whose place ends with that of
// the event: "Plenary hall, Blue room, Public Service Hall, Tbilisi".
func (c *calendarReader) rooms(e *ical.Entry) []string {
	if !c.own || c.head == nil || e.Location == c.head.Location {
		return nil
	}
	parts, house := strings.Split(e.Location, ", "), strings.Split(c.head.Location, ", ")
	for len(parts) > 0 && slices.Contains(house, parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	if len(parts) == 1 && parts[0] == "" {
		return nil
	}
	return parts
}

// join keeps the link to join what has this ID.
func (r *foreignReader) join(id, address string) {
	if address == "" {
		return
	}
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(address) > 2000 || strings.ContainsAny(address, " <>\"") {
		r.note(id, address)
		return
	}
	n := r.backstage[id]
	n.Join = address
	r.backstage[id] = n
}

// isCalendar reports whether source is a calendar, by its beginning.
func isCalendar(head []byte) bool {
	const begin = "BEGIN:VCALENDAR"
	return len(head) >= len(begin) && strings.EqualFold(string(head[:len(begin)]), begin)
}
