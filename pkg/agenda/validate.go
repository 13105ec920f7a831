package agenda

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The limits that [Event.Validate] holds an event to. They are far above what
// a meeting needs and keep every page, print and calendar within bounds.
const (
	MaxTitle    = 500    // characters of a title, name, post or other single line
	MaxProse    = 20_000 // characters of an abstract, a biography, the information
	MaxDays     = 366
	MaxSessions = 5_000 // of an event
	MaxTalks    = 500   // of a session or part
	MaxList     = 2_000 // of people, rooms, roles, questions and other lists
)

var (
	slugPattern    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	keyPattern     = regexp.MustCompile(`^[a-z0-9]+([-_.][a-z0-9]+)*$`)
	tagPattern     = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)
	countryPattern = regexp.MustCompile(`^[A-Z]{2}$`)
	colourPattern  = regexp.MustCompile(`^#[0-9a-f]{6}$`)
)

// Validate returns nil if e keeps to the rules of its fields, and an
// *[Invalid] with every problem if not. Whether its zone exists is for who has
// zone data to say; whether its sessions get in each other's way is for
// [Event.Clashes].
func (e *Event) Validate() error {
	v := &validator{event: e, ids: map[string]bool{}}
	v.head()
	v.lists()
	v.days()
	return v.Err()
}

// Validate returns nil if b keeps to the rules of its fields and belongs to
// sessions of e, and an *[Invalid] if not.
func (b Backstage) Validate(e *Event) error {
	v := &validator{event: e}
	known := map[string]bool{BackstageEvent: true}
	for _, s := range e.Sessions() {
		known[s.ID] = true
	}
	for key, note := range b {
		at := "backstage." + key
		v.check(known[key], at, Unknown, key)
		if note.Join != "" {
			v.url(at+".join", note.Join)
		}
		v.line(at+".phone", note.Phone)
		v.line(at+".code", note.Code)
		v.line(at+".contact", note.Contact)
		v.prose(at+".notes", note.Notes)
		v.prose(at+".brief", note.Brief)
	}
	return v.Err()
}

// A validator collects the problems of one event.
type validator struct {
	Invalid
	event    *Event
	ids      map[string]bool // UUIDs seen
	sessions int

	rooms, tracks, persons map[string]bool // what fields refer to, by ID or key
}

func (v *validator) head() {
	e := v.event
	v.id("id", e.ID)
	v.check(len(e.Slug) >= 3 && len(e.Slug) <= 80 && slugPattern.MatchString(e.Slug), "slug", BadSlug, e.Slug)
	v.check(len(e.Languages) > 0, "languages", Required, "")
	for i, l := range e.Languages {
		v.tag(index("languages", i), l)
		v.check(!known(l, e.Languages[:i]), index("languages", i), Duplicate, l)
	}
	v.title("title", e.Title)
	v.text("theme", e.Theme)
	v.text("approach", e.Approach)
	v.check(known(e.Visibility, Visibilities()), "visibility", Unknown, string(e.Visibility))
	v.check(known(e.Status, Statuses()), "status", Unknown, string(e.Status))
	v.check(known(e.Format, Formats()), "format", Unknown, string(e.Format))
	v.check(e.Zone != "", "zone", Required, "")
	v.line("zone", e.Zone)
	v.prose("information", e.Information)
	if e.Series != nil {
		v.check(slugPattern.MatchString(e.Series.Slug), "series.slug", BadSlug, e.Series.Slug)
		v.title("series.title", e.Series.Title)
	}
	if e.Online != nil {
		v.text("online.platform", e.Online.Platform)
	}
	v.venue()
	v.check(e.Span.From.Compare(e.Span.To) <= 0, "dates", BadRange, e.Span.From.String()+"/"+e.Span.To.String())
}

func (v *validator) venue() {
	p := v.event.Venue
	if p == nil {
		return
	}
	v.text("venue.name", p.Name)
	v.text("venue.address", p.Address)
	v.text("venue.city", p.City)
	v.country("venue.country", p.Country)
	if g := p.Geo; g != nil {
		ok := g.Latitude >= -90 && g.Latitude <= 90 && g.Longitude >= -180 && g.Longitude <= 180
		v.check(ok, "venue.geo", BadRange, fmt.Sprintf("%v, %v", g.Latitude, g.Longitude))
	}
}

func (v *validator) lists() {
	e := v.event
	for i, o := range e.Organisers {
		at := index("organisers", i)
		v.title(at+".name", o.Name)
		v.text(at+".as", o.As)
		if o.URL != "" {
			v.url(at+".url", o.URL)
		}
		v.line(at+".logo", o.Logo)
	}
	v.count("rooms", len(e.Rooms), MaxList)
	v.rooms = map[string]bool{}
	for i, r := range e.Rooms {
		at := index("rooms", i)
		v.key(at+".id", r.ID, v.rooms)
		v.title(at+".name", r.Name)
		v.check(r.Capacity >= 0, at+".capacity", BadRange, strconv.Itoa(r.Capacity))
		v.line(at+".floor", r.Floor)
	}
	v.tracks = map[string]bool{}
	for i, t := range e.Tracks {
		at := index("tracks", i)
		v.key(at+".id", t.ID, v.tracks)
		v.title(at+".name", t.Name)
		v.check(t.Colour == "" || colourPattern.MatchString(t.Colour), at+".colour", BadColour, t.Colour)
	}
	v.people()
}

func (v *validator) people() {
	v.count("people", len(v.event.People), MaxList)
	v.persons = map[string]bool{}
	for _, p := range v.event.People {
		at := "people." + p.Key
		v.key(at, p.Key, v.persons)
		v.id(at+".id", p.ID)
		v.title(at+".name", p.Name)
		v.text(at+".honorific", p.Honorific)
		v.line(at+".say", p.Say)
		v.prose(at+".bio", p.Bio)
		for i, post := range p.Posts {
			v.title(index(at+".posts", i), post)
		}
		v.text(at+".organisation", p.Organisation)
		v.country(at+".country", p.Country)
	}
}

func (v *validator) days() {
	v.count("days", len(v.event.Days), MaxDays)
	seen := map[Date]bool{}
	for i := range v.event.Days {
		d := &v.event.Days[i]
		at := index("days", i)
		v.check(!d.Date.IsZero(), at+".date", Required, "")
		v.check(!seen[d.Date], at+".date", Duplicate, d.Date.String())
		seen[d.Date] = true
		v.text(at+".title", d.Title)
		v.sessions += len(d.Sessions)
		for j := range d.Sessions {
			v.session(index(at+".sessions", j), &d.Sessions[j])
		}
		v.chains(at, d)
	}
	v.count("days", v.sessions, MaxSessions)
}

// chains reports lengths without a beginning: "+15" after a session of which
// the end is not known.
func (v *validator) chains(at string, d *Day) {
	unknown := map[*Session]bool{}
	for _, s := range d.Slots() {
		unknown[s.Session] = !s.HasStart && s.Session.Time.Form == For
	}
	for i := range d.Sessions {
		s := &d.Sessions[i]
		v.check(!unknown[s], index(at+".sessions", i)+".time", BadTime, s.Time.String())
	}
}

func (v *validator) session(at string, s *Session) {
	v.id(at+".id", s.ID)
	v.check(known(s.Kind, Kinds()), at+".kind", Unknown, string(s.Kind))
	v.check(known(s.Status, Statuses()), at+".status", Unknown, string(s.Status))
	v.title(at+".title", s.Title)
	v.prose(at+".abstract", s.Abstract)
	v.questions(at, s.Questions)
	v.roles(at, s.Roles)
	for i, r := range s.Rooms {
		v.room(index(at+".rooms", i), r)
	}
	v.check(s.Track == "" || v.tracks[s.Track], at+".track", Unknown, s.Track)
	if s.Language != "" {
		v.tag(at+".language", s.Language)
	}
	for i, l := range s.Interpretation {
		v.tag(index(at+".interpretation", i), l)
	}
	v.text(at+".audience", s.Audience)
	v.check(s.Capacity >= 0, at+".capacity", BadRange, strconv.Itoa(s.Capacity))
	v.links(at, s.Links)
	v.talks(at, s.Talks)
	v.count(at+".parts", len(s.Parts), MaxTalks)
	for i := range s.Parts {
		v.part(index(at+".parts", i), &s.Parts[i])
	}
}

func (v *validator) part(at string, p *Part) {
	v.id(at+".id", p.ID)
	v.title(at+".title", p.Title)
	v.prose(at+".abstract", p.Abstract)
	v.questions(at, p.Questions)
	v.roles(at, p.Roles)
	if p.Room != "" {
		v.room(at+".room", p.Room)
	}
	if p.Language != "" {
		v.tag(at+".language", p.Language)
	}
	v.check(p.Capacity >= 0, at+".capacity", BadRange, strconv.Itoa(p.Capacity))
	v.talks(at, p.Talks)
}

func (v *validator) talks(at string, talks []Talk) {
	v.count(at+".talks", len(talks), MaxTalks)
	for i := range talks {
		t, at := &talks[i], index(at+".talks", i)
		v.id(at+".id", t.ID)
		v.title(at+".title", t.Title)
		v.prose(at+".abstract", t.Abstract)
		v.check(t.Minutes >= 0 && t.Minutes <= MinutesPerDay, at+".minutes", BadRange, strconv.Itoa(t.Minutes))
		v.check(known(t.Status, Statuses()), at+".status", Unknown, string(t.Status))
		if t.Language != "" {
			v.tag(at+".language", t.Language)
		}
		v.roles(at, t.Roles)
		v.links(at, t.Links)
	}
}

func (v *validator) roles(at string, roles []Role) {
	v.count(at+".roles", len(roles), MaxList)
	for i, r := range roles {
		at := index(at+".roles", i)
		v.check(len(r.As) > 0, at+".as", Required, "")
		for j, name := range r.As {
			v.check(known(name, RoleNames()), index(at+".as", j), Unknown, string(name))
		}
		v.text(at+".label", r.Label)
		v.text(at+".organisation", r.Organisation)
		v.text(at+".words", r.Words)
		v.country(at+".country", r.Country)
		v.check(known(r.Status, RoleStatuses()), at+".status", Unknown, string(r.Status))
		v.check(r.holders() == 1, at, OneHolder, "")
		v.check(r.Person == "" || v.persons[r.Person], at+".person", Unknown, r.Person)
	}
}

// holders counts who r names; a role has exactly one.
func (r *Role) holders() int {
	n := 0
	for _, named := range []bool{r.Person != "", !r.Organisation.Empty(), r.Country != "", !r.Words.Empty()} {
		if named {
			n++
		}
	}
	return n
}

func (v *validator) questions(at string, questions []Text) {
	v.count(at+".questions", len(questions), MaxList)
	for i, q := range questions {
		at := index(at+".questions", i)
		v.check(!q.Empty(), at, Required, "")
		v.prose(at, q)
	}
}

func (v *validator) links(at string, links []Link) {
	v.count(at+".links", len(links), MaxList)
	for i, l := range links {
		v.title(index(at+".links", i)+".title", l.Title)
		v.url(index(at+".links", i)+".url", l.URL)
	}
}

// title checks a text of one line that must be there.
func (v *validator) title(at string, t Text) {
	v.check(!t.Empty(), at, Required, "")
	v.text(at, t)
}

// text checks a text of one line.
func (v *validator) text(at string, t Text) { v.limit(at, t, MaxTitle) }

// prose checks a text of several lines.
func (v *validator) prose(at string, t Text) { v.limit(at, t, MaxProse) }

func (v *validator) limit(at string, t Text, most int) {
	for _, l := range t.Languages() {
		v.tag(at, l)
		v.characters(at, t[l], most)
	}
}

// line checks a string of one line that is not translated.
func (v *validator) line(at, s string) { v.characters(at, s, MaxTitle) }

func (v *validator) characters(at, s string, most int) {
	v.check(utf8.ValidString(s) && !strings.ContainsRune(s, 0), at, BadText, "")
	v.check(utf8.RuneCountInString(s) <= most, at, TooLong, strconv.Itoa(most)+" characters")
}

func (v *validator) count(at string, n, most int) {
	v.check(n <= most, at, TooLong, strconv.Itoa(most)+" entries")
}

func (v *validator) id(at, id string) {
	v.check(ValidID(id), at, BadID, id)
	v.check(!v.ids[id], at, Duplicate, id)
	v.ids[id] = true
}

func (v *validator) key(at, key string, seen map[string]bool) {
	v.check(keyPattern.MatchString(key) && len(key) <= 80, at, BadSlug, key)
	v.check(!seen[key], at, Duplicate, key)
	seen[key] = true
}

func (v *validator) room(at, id string) {
	v.check(v.rooms[id], at, Unknown, id)
}

func (v *validator) tag(at, tag string) { v.check(tagPattern.MatchString(tag), at, BadTag, tag) }

func (v *validator) country(at, code string) {
	v.check(code == "" || countryPattern.MatchString(code), at, BadCode, code)
}

func (v *validator) url(at, s string) {
	u, err := url.Parse(s)
	v.check(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(s) <= 2000, at, BadURL, s)
}

func index(at string, i int) string { return at + "[" + strconv.Itoa(i) + "]" }
