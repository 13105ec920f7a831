// Package agenda is the vocabulary of Tamada: events, their days and sessions,
// who does what in them, and the rules that hold between them.
//
// An [Event] is the whole public meeting and is rendered whole: every page,
// printed programme, calendar and export is a function of one *Event, so that
// nothing that renders an event ever needs the database. What is not for the
// door (join links, notes, briefs) is [Backstage], a type of its own that a
// public renderer cannot be given.
//
// The package imports only the standard library. It knows no clock, no time
// zone data and no language names: times are wall-clock times of the event's
// zone ([Time], [Clock]), which package zone turns into instants, and words in
// several languages are [Text], which renderers choose from.
//
// # Design
//
// A session keeps its time as its organiser wrote it ("ca. 11:00", "+15"), so
// that a file which is read and written again says the same. When it begins
// and ends follows from its neighbours; [Day.Slots] works that out.
//
// Organisers edit a [Draft] by values ([Edit]) that know their inverse.
// Publishing freezes the event; [Restamp] gives its sessions their sequence
// numbers and [Diff] says what changed since the release before.
package agenda

import "time"

// An Event is one meeting: a conference, a bureau meeting, a seminar.
type Event struct {
	ID          string      `json:"id"`                // a UUID for life; see [NewID]
	Slug        string      `json:"slug"`              // names the event in URLs: a-z, 0-9 and hyphens
	Release     int         `json:"release,omitempty"` // the number of the release; 0 for a draft or a file
	Updated     time.Time   `json:"updated,omitzero"`  // when it was published, or last written
	Series      *Series     `json:"series,omitempty"`
	Title       Text        `json:"title"`
	Theme       Text        `json:"theme,omitempty"`
	Visibility  Visibility  `json:"visibility"`
	Status      Status      `json:"status"`
	Languages   []string    `json:"languages"` // of the content, BCP 47; the first is the default
	Zone        string      `json:"zone"`      // an IANA name; all times are wall-clock times there
	Format      Format      `json:"format"`
	Approach    Text        `json:"approach,omitempty"` // how the meeting works: "Round table, free-flow discussion"
	Online      *Online     `json:"online,omitempty"`
	Venue       *Venue      `json:"venue,omitempty"`
	Organisers  []Organiser `json:"organisers,omitempty"`  // co-branding, in the order of pages and print
	Information Text        `json:"information,omitempty"` // practical matters, Markdown
	Rooms       []Room      `json:"rooms,omitempty"`
	Tracks      []Track     `json:"tracks,omitempty"`
	People      []Person    `json:"people,omitempty"`
	Span        Span        `json:"span,omitzero"` // when it will be, while no day is fixed
	Days        []Day       `json:"days,omitempty"`
	Sequence    int         `json:"sequence,omitempty"` // of the event as a whole, in calendars; see [Restamp]
	Modified    time.Time   `json:"modified,omitzero"`  // when Sequence was raised
}

// A Series is a row of meetings that belong together.
type Series struct {
	Slug  string `json:"slug"`
	Title Text   `json:"title"`
}

// Online says where an online or hybrid meeting takes place, as far as it may
// be printed. Links to join are in [Backstage].
type Online struct {
	Platform Text `json:"platform"`
}

// A Venue is the place of a meeting.
type Venue struct {
	Name    Text   `json:"name,omitempty"`
	Address Text   `json:"address,omitempty"`
	City    Text   `json:"city,omitempty"`
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Geo     *Geo   `json:"geo,omitempty"`
}

// Geo is a place on the map, in degrees (WGS 84).
type Geo struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// An Organiser is one of those who convene the meeting.
type Organiser struct {
	Name Text   `json:"name"`
	As   Text   `json:"as,omitempty"`   // in what capacity: "Secretariat", "Host"
	URL  string `json:"url,omitempty"`  // their website
	Logo string `json:"logo,omitempty"` // the name of an image among the assets
}

// A Room is a place within the venue where sessions are held.
type Room struct {
	ID       string `json:"id"` // unique in the event
	Name     Text   `json:"name"`
	Capacity int    `json:"capacity,omitempty"` // seats; 0 means unknown
	Floor    string `json:"floor,omitempty"`
}

// A Track is a theme that runs through several sessions.
type Track struct {
	ID     string `json:"id"` // unique in the event
	Name   Text   `json:"name"`
	Colour string `json:"colour,omitempty"` // "#rrggbb"
}

// A Person is somebody who has a role in the event.
type Person struct {
	ID           string `json:"id"`                     // a UUID for life
	Key          string `json:"key"`                    // unique in the event; roles refer to it
	Name         Text   `json:"name"`                   // as printed: "Marco Daglio"
	Honorific    Text   `json:"honorific,omitempty"`    // "Mr", "H.E."
	Say          string `json:"say,omitempty"`          // how the name is spoken
	Bio          Text   `json:"bio,omitempty"`          // Markdown
	Posts        []Text `json:"posts,omitempty"`        // as held on the day, the first is the main one
	Organisation Text   `json:"organisation,omitempty"` //
	Country      string `json:"country,omitempty"`      // ISO 3166-1 alpha-2
}

// A Day is one day of the agenda.
type Day struct {
	Date     Date      `json:"date"` // unique in the event
	Title    Text      `json:"title,omitempty"`
	Sessions []Session `json:"sessions,omitempty"` // in the order of the agenda
}

// A Session is one timed item of a day: a plenary, a workshop, a break.
type Session struct {
	ID             string    `json:"id"` // a UUID for life; also what its UID in calendars is made from
	Time           Time      `json:"time,omitzero"`
	Kind           Kind      `json:"kind"`
	Status         Status    `json:"status"`
	Title          Text      `json:"title"`
	Abstract       Text      `json:"abstract,omitempty"` // Markdown
	Questions      []Text    `json:"questions,omitempty"`
	Roles          []Role    `json:"roles,omitempty"`
	Rooms          []string  `json:"rooms,omitempty"`          // IDs of rooms
	Track          string    `json:"track,omitempty"`          // the ID of a track
	Language       string    `json:"language,omitempty"`       // of delivery, BCP 47
	Interpretation []string  `json:"interpretation,omitempty"` // languages interpreted into
	Recorded       bool      `json:"recorded,omitempty"`
	Audience       Text      `json:"audience,omitempty"` // for whom it is, if not for all
	Capacity       int       `json:"capacity,omitempty"` // places; 0 means no limit
	Links          []Link    `json:"links,omitempty"`
	Parts          []Part    `json:"parts,omitempty"`    // what goes on in parallel within it
	Talks          []Talk    `json:"talks,omitempty"`    // one after the other, in this order
	Sequence       int       `json:"sequence,omitempty"` // see [Restamp]
	Modified       time.Time `json:"modified,omitzero"`  // when Sequence was raised
}

// A Part is one of several parallel parts of a session: a small table, a
// clinic, a breakout group. It has the time of its session.
type Part struct {
	ID        string `json:"id"` // a UUID for life
	Title     Text   `json:"title"`
	Abstract  Text   `json:"abstract,omitempty"` // Markdown
	Questions []Text `json:"questions,omitempty"`
	Roles     []Role `json:"roles,omitempty"`
	Room      string `json:"room,omitempty"` // the ID of a room
	Language  string `json:"language,omitempty"`
	Capacity  int    `json:"capacity,omitempty"`
	Talks     []Talk `json:"talks,omitempty"`
}

// A Talk is one contribution inside a session or part: a lightning talk, a
// speech, a numbered point. Its clock time follows from those before it; see
// [TalkTimes].
type Talk struct {
	ID       string `json:"id"` // a UUID for life
	Title    Text   `json:"title"`
	Abstract Text   `json:"abstract,omitempty"` // Markdown
	Minutes  int    `json:"minutes,omitempty"`  // 0 means unknown
	Status   Status `json:"status"`
	Language string `json:"language,omitempty"`
	Roles    []Role `json:"roles,omitempty"`
	Links    []Link `json:"links,omitempty"`
}

// A Role is what somebody does in a session, part or talk. It is held by
// exactly one of a person, an organisation, a country or plain words.
type Role struct {
	As           []RoleName `json:"as"`               // several at once
	Label        Text       `json:"label,omitempty"`  // as printed, word for word: "Welcome Remarks & Moderator"
	Person       string     `json:"person,omitempty"` // the key of a person
	Organisation Text       `json:"organisation,omitempty"`
	Country      string     `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Words        Text       `json:"words,omitempty"`   // "All", "the Chair"
	Status       RoleStatus `json:"status"`
}

// A Link leads to something outside: slides, a background paper.
type Link struct {
	Title Text   `json:"title"`
	URL   string `json:"url"`
}

// A Span is the time of an event whose days are not fixed yet. If Week is
// set, From and To are its Monday and Sunday.
type Span struct {
	Week string `json:"week,omitempty"` // ISO 8601: "2012-W26"
	From Date   `json:"from,omitzero"`
	To   Date   `json:"to,omitzero"` // inclusive
}

// Backstage is what is not for the door, by session ID or, for the event as
// a whole, by [BackstageEvent]. It is never part of an [Event] or a release.
type Backstage map[string]Note

// BackstageEvent is the key in [Backstage] of what concerns the whole event.
const BackstageEvent = "event"

// A Note is what is known backstage of one session or of the event.
type Note struct {
	Join    string `json:"join,omitempty"`    // the link to join an online session
	Phone   string `json:"phone,omitempty"`   // the number to dial in
	Code    string `json:"code,omitempty"`    // meeting code or password for Join and Phone
	Notes   Text   `json:"notes,omitempty"`   // for the organisers, Markdown
	Brief   Text   `json:"brief,omitempty"`   // for the moderator, Markdown
	Contact string `json:"contact,omitempty"` // whom to call when something fails
}
