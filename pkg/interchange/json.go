package interchange

import (
	"io"
	"time"

	"tamada/pkg/agenda"
)

// JSONFormat and JSONVersion stand at the head of what [WriteJSON] writes. The
// version grows when a field changes its meaning or goes away; new fields may
// come without it, so readers pass over what they do not know.
const (
	JSONFormat  = "tamada.agenda"
	JSONVersion = 1
)

// A Document is agenda.json, the public form of an event. It is made for
// programs that know nothing of Tamada:
//
//   - texts are objects with a string for each language ({"en": …, "ka": …}),
//     keyed by BCP 47 tags; [DocumentEvent].Languages says which comes first;
//   - instants are RFC 3339 with the offset that holds at the place of the
//     meeting ("2021-03-29T10:00:00+02:00"); dates are "2021-03-29";
//   - abstracts, biographies and the information are Markdown;
//   - a field that says nothing is left out.
//
// It holds what the public page of the event holds. Nothing backstage (links
// to join, notes, briefs) can be in it: it is made from an [agenda.Event],
// which has none.
type Document struct {
	Format  string        `json:"format"`  // always [JSONFormat]
	Version int           `json:"version"` // see [JSONVersion]
	Event   DocumentEvent `json:"event"`
}

// A DocumentEvent is the meeting.
type DocumentEvent struct {
	ID          string             `json:"id"` // a UUID for life
	Slug        string             `json:"slug"`
	URL         string             `json:"url,omitempty"`     // its page
	Release     int                `json:"release,omitempty"` // grows with each publication
	Updated     *time.Time         `json:"updated,omitempty"` // when it was published
	Series      *agenda.Series     `json:"series,omitempty"`
	Title       agenda.Text        `json:"title"`
	Theme       agenda.Text        `json:"theme,omitempty"`
	Visibility  agenda.Visibility  `json:"visibility"`
	Status      agenda.Status      `json:"status"`
	Languages   []string           `json:"languages"` // of the content; the first is the default
	Zone        string             `json:"zone"`      // an IANA name
	Format      agenda.Format      `json:"format"`    // in-person, online or hybrid
	Start       *time.Time         `json:"start,omitempty"`
	End         *time.Time         `json:"end,omitempty"`
	Span        *agenda.Span       `json:"span,omitempty"` // when it will be, while no day is fixed
	Approach    agenda.Text        `json:"approach,omitempty"`
	Platform    agenda.Text        `json:"platform,omitempty"` // of an online or hybrid meeting
	Venue       *agenda.Venue      `json:"venue,omitempty"`
	Organisers  []agenda.Organiser `json:"organisers,omitempty"`
	Information agenda.Text        `json:"information,omitempty"`
	Rooms       []agenda.Room      `json:"rooms,omitempty"`
	Tracks      []agenda.Track     `json:"tracks,omitempty"`
	People      []agenda.Person    `json:"people,omitempty"` // with their biographies
	Days        []DocumentDay      `json:"days,omitempty"`
}

// A DocumentDay is one day with its sessions, in the order of the agenda.
type DocumentDay struct {
	Date     agenda.Date       `json:"date"`
	Title    agenda.Text       `json:"title,omitempty"`
	Sessions []DocumentSession `json:"sessions"`
}

// A DocumentSession is one timed item of a day.
type DocumentSession struct {
	ID             string         `json:"id"`            // a UUID for life
	Code           string         `json:"code"`          // the short code of its addresses
	URL            string         `json:"url,omitempty"` // its page
	Kind           agenda.Kind    `json:"kind"`
	Status         agenda.Status  `json:"status"`
	Title          agenda.Text    `json:"title"`
	Time           agenda.Time    `json:"time"`                  // as written in the agenda: "ca. 11:00-12:15", "+15"; may be ""
	Start          *time.Time     `json:"start,omitempty"`       // as worked out
	End            *time.Time     `json:"end,omitempty"`         // as worked out
	EndInferred    bool           `json:"endInferred,omitempty"` // End is where the next session begins, nobody gave it
	Approximate    bool           `json:"approximate,omitempty"` // "ca."
	Abstract       agenda.Text    `json:"abstract,omitempty"`
	Questions      []agenda.Text  `json:"questions,omitempty"`
	Roles          []DocumentRole `json:"roles,omitempty"`
	Rooms          []DocumentRoom `json:"rooms,omitempty"`
	Track          *agenda.Track  `json:"track,omitempty"`
	Language       string         `json:"language,omitempty"`       // in which it is held
	Interpretation []string       `json:"interpretation,omitempty"` // languages interpreted into
	Recorded       bool           `json:"recorded,omitempty"`
	Audience       agenda.Text    `json:"audience,omitempty"`
	Capacity       int            `json:"capacity,omitempty"`
	Links          []agenda.Link  `json:"links,omitempty"`
	Parts          []DocumentPart `json:"parts,omitempty"` // in parallel within the session
	Talks          []DocumentTalk `json:"talks,omitempty"` // one after the other
	Sequence       int            `json:"sequence,omitempty"`
	Modified       *time.Time     `json:"modified,omitempty"`
}

// A DocumentPart is one of several parallel parts of a session: a small table,
// a breakout group. It has the time of its session.
type DocumentPart struct {
	ID        string         `json:"id"`
	Title     agenda.Text    `json:"title"`
	Abstract  agenda.Text    `json:"abstract,omitempty"`
	Questions []agenda.Text  `json:"questions,omitempty"`
	Roles     []DocumentRole `json:"roles,omitempty"`
	Room      *DocumentRoom  `json:"room,omitempty"`
	Language  string         `json:"language,omitempty"`
	Capacity  int            `json:"capacity,omitempty"`
	Talks     []DocumentTalk `json:"talks,omitempty"`
}

// A DocumentTalk is one contribution inside a session or part.
type DocumentTalk struct {
	ID       string         `json:"id"`
	Title    agenda.Text    `json:"title"`
	Abstract agenda.Text    `json:"abstract,omitempty"`
	Minutes  int            `json:"minutes,omitempty"`
	Start    *time.Time     `json:"start,omitempty"` // as far as it follows from those before it
	End      *time.Time     `json:"end,omitempty"`
	Status   agenda.Status  `json:"status"`
	Language string         `json:"language,omitempty"`
	Roles    []DocumentRole `json:"roles,omitempty"`
	Links    []agenda.Link  `json:"links,omitempty"`
}

// A DocumentRoom names a room where it is used.
type DocumentRoom struct {
	ID   string      `json:"id"`
	Name agenda.Text `json:"name"`
}

// A DocumentRole is what somebody does. Exactly one of Person, Organisation,
// Country and Words says who.
type DocumentRole struct {
	As           []agenda.RoleName `json:"as"`
	Label        agenda.Text       `json:"label,omitempty"` // as printed
	Status       agenda.RoleStatus `json:"status"`          // confirmed, invited or tbc
	Person       *DocumentPerson   `json:"person,omitempty"`
	Organisation agenda.Text       `json:"organisation,omitempty"`
	Country      string            `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Words        agenda.Text       `json:"words,omitempty"`
}

// A DocumentPerson is a person where they have a role. Their biography is in
// the list of people of the event.
type DocumentPerson struct {
	ID           string        `json:"id"` // a UUID for life
	Key          string        `json:"key"`
	Name         agenda.Text   `json:"name"`
	Honorific    agenda.Text   `json:"honorific,omitempty"`
	Posts        []agenda.Text `json:"posts,omitempty"`
	Organisation agenda.Text   `json:"organisation,omitempty"`
	Country      string        `json:"country,omitempty"`
}

// WriteJSON writes e as agenda.json: see [Document]. Of options only BaseURL
// counts, for all languages, breaks and talks are in it. The error wraps
// zone.ErrUnknown if the event's zone is not known.
func WriteJSON(w io.Writer, e *agenda.Event, options Options) error {
	doc, err := NewDocument(e, options)
	if err != nil {
		return err
	}
	return writeIndented(w, doc)
}

// NewDocument returns the public form of e.
func NewDocument(e *agenda.Event, options Options) (*Document, error) {
	at, err := instantsOf(e)
	if err != nil {
		return nil, err
	}
	b := documentBuilder{event: e, options: options, instants: at}
	doc := &Document{JSONFormat, JSONVersion, b.head()}
	for i := range e.Days {
		doc.Event.Days = append(doc.Event.Days, b.day(&e.Days[i]))
	}
	doc.Event.Start, doc.Event.End = b.first, b.last
	return doc, nil
}

// A documentBuilder makes the document of one event.
type documentBuilder struct {
	instants
	event       *agenda.Event
	options     Options
	first, last *time.Time // of all sessions so far
}

func (b *documentBuilder) head() DocumentEvent {
	e := b.event
	d := DocumentEvent{
		ID: e.ID, Slug: e.Slug, URL: b.options.eventURL(e), Release: e.Release, Updated: present(e.Updated),
		Series: e.Series, Title: e.Title, Theme: e.Theme, Visibility: e.Visibility, Status: e.Status,
		Languages: e.Languages, Zone: e.Zone, Format: e.Format, Approach: e.Approach, Venue: e.Venue,
		Organisers: e.Organisers, Information: e.Information, Rooms: e.Rooms, Tracks: e.Tracks, People: e.People,
	}
	if e.Online != nil {
		d.Platform = e.Online.Platform
	}
	if e.Span != (agenda.Span{}) {
		d.Span = &e.Span
	}
	return d
}

func (b *documentBuilder) day(d *agenda.Day) DocumentDay {
	slots := map[*agenda.Session]agenda.Slot{}
	for _, s := range d.Slots() {
		slots[s.Session] = s
	}
	day := DocumentDay{Date: d.Date, Title: d.Title, Sessions: []DocumentSession{}}
	for i := range d.Sessions {
		day.Sessions = append(day.Sessions, b.session(d.Date, slots[&d.Sessions[i]]))
	}
	return day
}

func (b *documentBuilder) session(date agenda.Date, slot agenda.Slot) DocumentSession {
	s := slot.Session
	d := DocumentSession{
		ID: s.ID, Code: agenda.Code(s.ID), URL: b.options.sessionURL(b.event, s), Kind: s.Kind, Status: s.Status,
		Title: s.Title, Time: s.Time, Abstract: s.Abstract, Questions: s.Questions, Roles: b.roles(s.Roles),
		Language: s.Language, Interpretation: s.Interpretation, Recorded: s.Recorded, Audience: s.Audience,
		Capacity: s.Capacity, Links: s.Links, Sequence: s.Sequence, Modified: present(s.Modified),
		EndInferred: slot.Inferred, Approximate: slot.Approximate,
		Start: b.instant(date, slot.Start, slot.HasStart), End: b.instant(date, slot.End, slot.HasEnd),
	}
	for _, id := range s.Rooms {
		d.Rooms = append(d.Rooms, *b.room(id))
	}
	if t, err := b.event.Track(s.Track); err == nil {
		d.Track = t
	}
	for i := range s.Parts {
		d.Parts = append(d.Parts, b.part(date, slot, &s.Parts[i]))
	}
	d.Talks = b.talks(date, slot, s.Talks)
	b.extend(d.Start)
	b.extend(d.End)
	return d
}

// extend makes the event as long as to hold t.
func (b *documentBuilder) extend(t *time.Time) {
	if t == nil {
		return
	}
	if b.first == nil || t.Before(*b.first) {
		b.first = t
	}
	if b.last == nil || t.After(*b.last) {
		b.last = t
	}
}

func (b *documentBuilder) part(date agenda.Date, slot agenda.Slot, p *agenda.Part) DocumentPart {
	d := DocumentPart{
		ID: p.ID, Title: p.Title, Abstract: p.Abstract, Questions: p.Questions, Roles: b.roles(p.Roles),
		Language: p.Language, Capacity: p.Capacity, Talks: b.talks(date, slot, p.Talks),
	}
	if p.Room != "" {
		d.Room = b.room(p.Room)
	}
	return d
}

func (b *documentBuilder) talks(date agenda.Date, slot agenda.Slot, talks []agenda.Talk) []DocumentTalk {
	var list []DocumentTalk
	for _, t := range slot.TalkTimes(talks) {
		list = append(list, DocumentTalk{
			ID: t.Talk.ID, Title: t.Talk.Title, Abstract: t.Talk.Abstract, Minutes: t.Talk.Minutes,
			Start: b.instant(date, t.Start, t.HasStart), End: b.instant(date, t.End, t.HasEnd),
			Status: t.Talk.Status, Language: t.Talk.Language, Roles: b.roles(t.Talk.Roles), Links: t.Talk.Links,
		})
	}
	return list
}

func (b *documentBuilder) room(id string) *DocumentRoom {
	r, err := b.event.Room(id)
	if err != nil { // an event that was never validated
		return &DocumentRoom{ID: id}
	}
	return &DocumentRoom{r.ID, r.Name}
}

func (b *documentBuilder) roles(roles []agenda.Role) []DocumentRole {
	var list []DocumentRole
	for _, r := range roles {
		d := DocumentRole{
			As: r.As, Label: r.Label, Status: r.Status,
			Organisation: r.Organisation, Country: r.Country, Words: r.Words,
		}
		if p, err := b.event.Person(r.Person); err == nil {
			d.Person = &DocumentPerson{p.ID, p.Key, p.Name, p.Honorific, p.Posts, p.Organisation, p.Country}
		}
		list = append(list, d)
	}
	return list
}

// instant returns the instant of c on the day date, or nil if it is not known.
func (b *documentBuilder) instant(date agenda.Date, c agenda.Clock, known bool) *time.Time {
	if !known {
		return nil
	}
	t := b.at(date, c)
	return &t
}

// present returns a pointer to t, or nil for the zero time.
func present(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
