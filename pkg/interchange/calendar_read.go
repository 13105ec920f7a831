package interchange

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/ical"
	"tamada/pkg/interchange/phrase"
)

// ReadCalendar reads a calendar (iCalendar, RFC 5545) of any program: its entries become
// sessions, an entry that the others belong to becomes the event. A session's ID follows
// from the UID of its entry, so that reading a later copy finds the same sessions. Who is
// invited, and links to join, stay backstage. Errors wrap [ErrFormat].
func ReadCalendar(source []byte, options ReadOptions) (*Result, error) {
	text, err := decodeCalendar(source)
	if err != nil {
		return nil, err
	}
	calendar, err := ical.Read(text, cmp.Or(options.Zone, options.Here))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, ErrFormat)
	}
	entries, problems := calendar.Schedule()
	c := &calendarReader{reading: calendar, words: calendarWordsOf(), byID: map[string]*calendarSession{}}
	c.takeEvent(entries)
	c.takeSessions()
	c.limitDays(options.Near)
	options.Language = cmp.Or(options.Language, c.language(), "en")
	if calendar.ZoneGuessed {
		options.Zone = calendar.Zone
	}
	c.foreignReader = newForeignReader(c.foreignEvent(), c.foreignSessions(), options)
	c.caller = options.Language
	for _, p := range slices.Concat(calendar.Problems, problems) {
		c.problem(p)
	}
	if len(calendar.Zones) > 1 {
		c.remark(Remark{Weight: Guessed, Code: ZonesDiffer, Value: calendar.Zone})
	}
	if len(c.left) > 0 {
		c.unplace(c.left...)
		c.remark(Remark{Weight: NotUnderstood, Code: NotPlaced, Source: c.left[0] + " … (" + fmt.Sprint(len(c.left)) + ")"})
	}
	result := c.read()
	c.complete(result.Draft.Event)
	return result, nil
}

// decodeCalendar returns the bytes of a calendar that may be in UTF-16. What else it may be
// in shows line by line.
func decodeCalendar(source []byte) ([]byte, error) {
	if len(source) > 1 && (source[0] == 0xff && source[1] == 0xfe || source[0] == 0xfe && source[1] == 0xff) {
		return decodeForeign(source)
	}
	return source, nil
}

// A calendarReader makes an agenda of the entries of a calendar.
type calendarReader struct {
	*foreignReader
	reading *ical.Reading
	words   calendarWords
	event   *ical.Entry // that the others belong to; nil for none
	entries []ical.Entry
	venue   []string           // of all that has a place
	list    []*calendarSession // in the order of the calendar
	byID    map[string]*calendarSession
	left    []string // what is on too many days
}

// A calendarSession is an entry as a session, with what only shows in it as text.
type calendarSession struct {
	*ical.Entry
	id     string
	title  string
	kind   agenda.Kind
	track  string
	rooms  []string
	join   string
	text   []string // lines of the description that are neither roles nor links to join
	roles  []calendarRole
	others []string // further categories, who is invited
}

type calendarRole struct {
	as      []agenda.RoleName
	label   string
	holders []phrase.Holder
}

// takeEvent finds the entry that others belong to, or that is there for whole days around all
// others under the name of the calendar. The rest are sessions.
func (c *calendarReader) takeEvent(entries []ical.Entry) {
	children := map[string]int{}
	for i := range entries {
		children[entries[i].Parent]++
	}
	found := -1
	for i := range entries {
		e := &entries[i]
		if !e.WholeDays || e.UID == "" || children[e.UID] == 0 && e.Title != c.reading.Name {
			continue
		}
		if found >= 0 { // a calendar of several events
			found = -1
			break
		}
		found = i
	}
	if found < 0 || len(entries) == 1 && !c.reading.Own() {
		c.entries = entries
		return
	}
	event := entries[found]
	c.event, c.entries = &event, slices.Delete(slices.Clone(entries), found, found+1)
}

// takeSessions reads the entries that have a time.
func (c *calendarReader) takeSessions() {
	c.venue = c.commonPlace()
	for i := range c.entries {
		if e := &c.entries[i]; e.HasStart {
			s := c.session(e)
			c.list, c.byID[s.id] = append(c.list, s), s
		}
	}
}

// limitDays leaves out what is on more days than an event has: what was long ago or, if
// nothing is to come, what is first. Somebody's calendar of many years is no agenda.
func (c *calendarReader) limitDays(near agenda.Date) {
	var days []agenda.Date
	for _, s := range c.list {
		days = append(days, s.day())
	}
	slices.SortFunc(days, agenda.Date.Compare)
	days = slices.Compact(days)
	if len(days) <= agenda.MaxDays {
		return
	}
	first, _ := slices.BinarySearchFunc(days, near, agenda.Date.Compare)
	if near.IsZero() {
		first = 0
	}
	first = min(first, len(days)-agenda.MaxDays)
	from, to := days[first], days[first+agenda.MaxDays-1]
	c.list = slices.DeleteFunc(c.list, func(s *calendarSession) bool {
		out := s.day().Compare(from) < 0 || s.day().Compare(to) > 0
		if out {
			c.left = append(c.left, s.day().String()+" "+s.title)
		}
		return out
	})
}

// day returns the day on which s begins.
func (s *calendarSession) day() agenda.Date {
	if s.WholeDays {
		return s.First
	}
	return agenda.DateOf(s.Start)
}

// session reads one entry.
func (c *calendarReader) session(e *ical.Entry) *calendarSession {
	s := &calendarSession{Entry: e, id: c.id(e), title: c.words.uncancelled(e), join: e.Join}
	for _, category := range e.Categories {
		kind, known := c.words.kind(category)
		switch {
		case known && s.kind == "":
			s.kind = kind
		case s.track == "":
			s.track = category
		default:
			s.others = append(s.others, category)
		}
	}
	s.describe(c.words)
	c.locate(s)
	c.cast(s)
	c.splitTitle(s)
	return s
}

// id returns the ID of an entry: its UID if it is a UUID, or what follows from it. Where it is
// not alone with it, the occurrence counts, or else how often it was there before.
func (c *calendarReader) id(e *ical.Entry) string {
	id := strings.ToLower(e.UID)
	if !agenda.ValidID(id) {
		id = agenda.DerivedID("calendar", e.UID, e.Title)
		if e.UID != "" {
			id = agenda.DerivedID("calendar", e.UID)
		}
	}
	if !e.Replaces.IsZero() {
		id = agenda.DerivedID("calendar", e.UID, e.Replaces.UTC().String())
	}
	for n := 2; c.byID[id] != nil; n++ {
		id = agenda.DerivedID("calendar", id, fmt.Sprint(n))
	}
	return id
}

// cast makes roles of those who are invited. In a calendar that is published, who attends is
// who acts; in an invitation only who chairs is known to.
func (c *calendarReader) cast(s *calendarSession) {
	published := s.Method == "" || s.Method == "PUBLISH"
	for _, a := range s.Attendees {
		a.Name = givenFirst(a.Name)
		name := cmp.Or(a.Name, a.Address)
		as := agenda.Speaker
		if a.Chair {
			as = agenda.Chair
		}
		switch {
		case a.Type == "ROOM":
			if len(s.rooms) == 0 && name != "" {
				s.rooms = []string{name}
			}
		case a.Type == "INDIVIDUAL" && a.Answer != ical.Declined && phrase.IsName(a.Name) && (published || a.Chair) && !s.names(a.Name):
			s.roles = append(s.roles, calendarRole{as: []agenda.RoleName{as}, holders: []phrase.Holder{{Name: a.Name}}})
		case !s.names(a.Name):
			s.others = append(s.others, strings.TrimSpace(a.Name+" "+a.Address))
		}
	}
	if o := s.Organiser; !published && o.Address != "" {
		s.others = append(s.others, strings.TrimSpace(o.Name+" "+o.Address))
	}
}

// givenFirst returns a name with the given name first: Outlook writes "Doe, Jane".
func givenFirst(name string) string {
	last, given, ok := strings.Cut(name, ", ")
	if swapped := given + " " + last; ok && !strings.Contains(given, ",") && phrase.IsName(swapped) {
		return swapped
	}
	return name
}

// names reports whether somebody of that name, with a title before it or
// without, has a role.
func (s *calendarSession) names(name string) bool {
	return slices.ContainsFunc(s.roles, func(r calendarRole) bool {
		return slices.ContainsFunc(r.holders, func(h phrase.Holder) bool {
			return h.Name != "" && strings.HasSuffix(" "+name, " "+h.Name)
		})
	})
}

// splitTitle takes the names of those who act off the end of a title: pretalx puts them there,
// and others who name them in the description, too.
func (c *calendarReader) splitTitle(s *calendarSession) {
	for _, dash := range []string{" - ", " -- ", " – "} {
		i := strings.LastIndex(s.title, dash)
		if i <= 0 {
			continue
		}
		names := namesIn(s.title[i+len(dash):])
		if !slices.ContainsFunc(names, func(n string) bool { return !s.names(n) }) {
			s.title = s.title[:i]
			return
		}
		if strings.Contains(c.reading.Product, "pretalx") && len(s.roles) == 0 && phrase.IsNames(names) {
			r := calendarRole{as: []agenda.RoleName{agenda.Speaker}}
			for _, n := range names {
				r.holders = append(r.holders, phrase.Holder{Name: n})
			}
			s.title, s.roles = s.title[:i], append(s.roles, r)
			return
		}
	}
}

// namesIn cuts names joined by commas and "and".
func namesIn(s string) []string {
	return strings.Split(strings.ReplaceAll(s, " and ", ", "), ", ")
}

// language returns the language that titles say they are in, or else the one that they seem to
// be in.
func (c *calendarReader) language() string {
	var sample strings.Builder
	seen := map[string]bool{}
	for _, s := range c.list {
		if tag := languageTag(s.Language); tag != "" {
			return tag
		}
		if sample.Len() < 10_000 && !seen[s.title] {
			seen[s.title] = true
			fmt.Fprintln(&sample, s.title, strings.Join(s.text, " "))
		}
	}
	return phrase.Language(sample.String())
}

// foreignEvent returns what the calendar says of the event.
func (c *calendarReader) foreignEvent() foreignEvent {
	e := foreignEvent{title: c.reading.Name, description: c.reading.Description}
	if !c.reading.ZoneGuessed {
		e.zone = c.reading.Zone
	}
	if c.event != nil {
		e.title = c.words.uncancelled(c.event)
		e.description = cmp.Or(c.event.Description, e.description)
		e.slug = slugIn(c.event.URL)
	} else if e.title == "" && len(c.list) == 1 {
		e.title = c.list[0].title
	} else if e.title == "" && len(e.description) <= 100 && !strings.Contains(e.description, "\n") {
		e.title = e.description
	}
	if len(c.venue) > 0 {
		e.venue = c.venue[0]
	}
	if len(c.venue) > 1 {
		e.city = c.venue[len(c.venue)-1]
	}
	if e.description == e.title {
		e.description = ""
	}
	online := func(s *calendarSession) bool { return len(s.rooms) == 0 && s.join != "" }
	e.online = len(c.list) > 0 && len(c.venue) == 0 && !slices.ContainsFunc(c.list, func(s *calendarSession) bool { return !online(s) })
	return e
}

// slugIn returns the slug in an address of an event's page of ours, or "".
func slugIn(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	rest, ok := strings.CutPrefix(u.Path, "/e/")
	if !ok || strings.Contains(rest, "/") {
		return ""
	}
	return rest
}

// foreignSessions returns the sessions as those of any other system.
func (c *calendarReader) foreignSessions() []foreignSession {
	list := make([]foreignSession, len(c.list))
	for i, s := range c.list {
		f := foreignSession{id: s.id, title: looseText{"": s.title}, kind: string(s.kind), status: s.Status, notes: s.others, line: s.Line}
		if s.track != "" {
			f.track = looseText{"": s.track}
		}
		if link := s.URL; link != "" && !c.reading.Own() {
			f.links = []foreignLink{{url: link}}
		}
		s.when(&f)
		list[i] = f
	}
	return list
}

// when sets the day, the clock and the length of f.
func (s *calendarSession) when(f *foreignSession) {
	if s.WholeDays {
		f.day, f.start, f.minutes = s.First, "00:00", agenda.MinutesPerDay
		return
	}
	f.day = s.day()
	f.start = s.Start.Format("15:04")
	if s.HasEnd {
		f.minutes = int(s.End.Sub(s.Start).Minutes())
	}
}

// complete adds what sessions of other systems do not have.
func (c *calendarReader) complete(e *agenda.Event) {
	for _, s := range e.Sessions() {
		if from := c.byID[s.ID]; from != nil {
			c.completeSession(s, from)
		}
	}
	if c.event == nil {
		return
	}
	if id := strings.ToLower(c.event.UID); agenda.ValidID(id) && !c.ids[id] {
		e.ID = id
	}
	e.Status = c.event.Status
	if e.Venue != nil {
		e.Venue.Geo = c.event.Geo
		e.Venue.Address = c.line(c.addressOf(c.event.Location))
	}
	for _, category := range c.event.Categories {
		if f, ok := c.words.formats[phrase.Fold(category)]; ok {
			e.Format = f
		}
	}
}

func (c *calendarReader) completeSession(s *agenda.Session, from *calendarSession) {
	s.Abstract = c.prose(strings.TrimSpace(strings.Join(from.text, "\n")), Remark{Line: from.Line, Session: s.ID})
	for _, name := range from.rooms {
		if id := c.room(shorten(name, agenda.MaxTitle)); id != "" && !slices.Contains(s.Rooms, id) {
			s.Rooms = append(s.Rooms, id)
		}
	}
	for _, r := range from.roles {
		for _, h := range r.holders {
			if role, ok := c.role(h, r.as, r.label); ok {
				s.Roles = append(s.Roles, role)
			}
		}
	}
	if _, err := url.ParseRequestURI(from.join); err == nil && len(from.join) <= 2000 {
		n := c.backstage[s.ID]
		n.Join = from.join
		c.backstage[s.ID] = n
	}
	if from.WholeDays && from.After.Sub(from.First) > 1 {
		days := from.After.Sub(from.First)
		c.note(s.ID, from.First.String()+" – "+from.After.AddDays(-1).String())
		c.remarks = append(c.remarks, Remark{
			Line: from.Line, Weight: Guessed, Code: LengthDiffers, Session: s.ID,
			Source: fmt.Sprint(days * agenda.MinutesPerDay), Value: fmt.Sprint(agenda.MinutesPerDay),
		})
	}
}

// problem turns what could not be read into a remark.
func (c *calendarReader) problem(p ical.Problem) {
	r := Remark{Line: p.Line, Weight: NotUnderstood, Code: NotPlaced, Source: p.Source}
	switch p.Fault {
	case ical.TimeNotRead:
		r.Code = TimeNotRead
	case ical.EndFirst:
		r.Weight, r.Code = Contradictory, EndBeforeStart
	case ical.ZoneNotKnown:
		r.Weight, r.Code, r.Value = Guessed, ZoneGuessed, c.reading.Zone
	case ical.NotRepeated:
		r.Code = NotRepeated
	case ical.Replaced:
		r.Weight, r.Code = Guessed, Repeated
	default:
		c.unplace(fmt.Sprintf("%d: %s", p.Line, p.Source))
	}
	c.remark(r)
}
