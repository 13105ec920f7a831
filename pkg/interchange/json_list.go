package interchange

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/phrase"
)

// A jsonSession is a session in a list of some JSON: pretalx's API, the
// exports of conference tools, files of hand-made sites. Fields go by the names
// that are common.
type jsonSession struct {
	ID          looseString `json:"id"`
	Code        looseString `json:"code"`
	GUID        looseString `json:"guid"`
	Title       looseText   `json:"title"`
	Name        looseText   `json:"name"`
	Subtitle    looseText   `json:"subtitle"`
	Abstract    looseText   `json:"abstract"`
	Description looseText   `json:"description"`
	Type        looseText   `json:"type"`
	Submission  looseText   `json:"submission_type"`
	Track       looseText   `json:"track"`
	Tracks      looseText   `json:"tracks"`
	Room        looseText   `json:"room"`
	Location    looseText   `json:"location"`
	Locations   looseText   `json:"locations"`
	Language    looseString `json:"language"`
	Locale      looseString `json:"content_locale"`
	State       looseString `json:"state"`
	URL         looseString `json:"url"`
	Date        looseString `json:"date"`
	Day         looseString `json:"day"`
	Time        looseString `json:"time"`
	Start       looseString `json:"start"`
	StartTime   looseString `json:"start_time"`
	StartTime2  looseString `json:"startTime"`
	StartsAt    looseString `json:"startsAt"`
	End         looseString `json:"end"`
	EndTime     looseString `json:"end_time"`
	EndTime2    looseString `json:"endTime"`
	EndsAt      looseString `json:"endsAt"`
	Duration    looseString `json:"duration"`
	Slot        *struct {
		Start looseString `json:"start"`
		End   looseString `json:"end"`
		Room  looseText   `json:"room"`
	} `json:"slot"`
	Speakers looseList[jsonSpeaker] `json:"speakers"`
	Persons  looseList[jsonSpeaker] `json:"persons"`
	Links    looseList[anyLink]     `json:"links"`
	Resource looseList[struct {
		Resource    looseString `json:"resource"`
		Description looseText   `json:"description"`
	}] `json:"resources"`
}

// A jsonSpeaker is a person, or only their name.
type jsonSpeaker struct {
	name, bio, organisation, id string
}

// UnmarshalJSON reads a name or an object.
func (s *jsonSpeaker) UnmarshalJSON(b []byte) error {
	var object struct {
		Name       looseString `json:"name"`
		PublicName looseString `json:"public_name"`
		FullName   looseString `json:"fullName"`
		Biography  looseText   `json:"biography"`
		Bio        looseText   `json:"bio"`
		Company    looseString `json:"company"`
		Org        looseString `json:"organization"`
		GUID       looseString `json:"guid"`
		Code       looseString `json:"code"`
	}
	if err := json.Unmarshal(b, &object); err != nil {
		return json.Unmarshal(b, &s.name)
	}
	*s = jsonSpeaker{
		string(cmp.Or(object.Name, object.PublicName, object.FullName)), cmp.Or(object.Biography.String(), object.Bio.String()),
		string(cmp.Or(object.Company, object.Org)), string(cmp.Or(object.GUID, object.Code)),
	}
	return nil
}

// ReadJSONList reads JSON that holds a list of sessions somewhere near its
// root: what pretalx's API gives ("results", or a grid by day, minute and
// room), and what other tools write. Errors wrap [ErrFormat] or
// block.ErrTooLarge.
func ReadJSONList(source []byte, options ReadOptions) (*Result, error) {
	text, err := decodeForeign(source)
	if err != nil {
		return nil, err
	}
	var root any
	if err := json.Unmarshal(text, &root); err != nil {
		return nil, fmt.Errorf("JSON: %v: %w", err, ErrFormat)
	}
	main, others := mainPart(root)
	raw := findSessions(main, 0)
	if len(raw) == 0 {
		return nil, fmt.Errorf("JSON without a list of sessions (objects with a title and a beginning): %w", ErrFormat)
	}
	var sessions []foreignSession
	var all []jsonSession
	for _, object := range raw {
		b, err := json.Marshal(object)
		if err != nil {
			continue // it came from JSON
		}
		var s jsonSession
		if json.Unmarshal(b, &s) == nil {
			sessions, all = append(sessions, s.session()), append(all, s)
		}
	}
	e := foreignEvent{title: titleOfRoot(root), zone: zoneOfTexts(all)}
	r := newForeignReader(e, sessions, options)
	for _, object := range findSessions(others, 0) {
		title := anyText(looseOf(object["title"]), looseOf(object["name"])).String()
		r.unplace(title)
		r.remark(Remark{Weight: NotUnderstood, Code: NotPlaced, Source: title})
	}
	return r.read(), nil
}

// mainPart returns what a root names its schedule, and what else is beside it.
func mainPart(root any) (main, others any) {
	object, ok := root.(map[string]any)
	if !ok || object["schedule"] == nil {
		return root, nil
	}
	rest := map[string]any{}
	for k, v := range object {
		if k != "schedule" {
			rest[k] = v
		}
	}
	return object["schedule"], rest
}

// findSessions returns the objects that look like sessions, down to a few
// levels of lists and of objects by day, minute or room.
func findSessions(v any, depth int) []map[string]any {
	if depth > 6 {
		return nil
	}
	var list []map[string]any
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			list = append(list, findSessions(e, depth+1)...)
		}
	case map[string]any:
		if looksLikeSession(v) {
			return []map[string]any{v}
		}
		for _, name := range sortedKeys(v) {
			if name != "speakers" && name != "rooms" && name != "types" {
				list = append(list, findSessions(v[name], depth+1)...)
			}
		}
	}
	return list
}

// looksLikeSession reports whether an object has a title and something of a
// time, or speakers.
func looksLikeSession(v map[string]any) bool {
	titled := v["title"] != nil || v["name"] != nil
	for _, name := range []string{"start", "start_time", "startTime", "startsAt", "slot", "duration", "speakers", "time"} {
		if v[name] != nil {
			return titled
		}
	}
	return false
}

// titleOfRoot returns the name that the root of a file gives the event.
func titleOfRoot(root any) string {
	object, ok := root.(map[string]any)
	if !ok {
		return ""
	}
	for _, name := range []string{"title", "name", "event", "conference"} {
		if t := looseOf(object[name]); t != nil {
			return t.String()
		}
	}
	return ""
}

// session returns s in common terms.
func (s *jsonSession) session() foreignSession {
	f := foreignSession{
		id: string(cmp.Or(s.GUID, s.ID, s.Code)), subtitle: s.Subtitle.String(), abstract: s.Abstract, more: s.Description,
		kind: cmp.Or(s.Type.String(), s.Submission.String()), language: string(cmp.Or(s.Language, s.Locale)), url: string(s.URL),
		minutes: minutesOf(string(s.Duration)),
	}
	f.title = anyText(s.Title, s.Name)
	f.track = anyText(s.Track, s.Tracks)
	f.room = anyText(s.Room, s.Location, s.Locations)
	switch strings.ToLower(string(s.State)) {
	case "canceled", "cancelled", "withdrawn", "rejected":
		f.status = agenda.Cancelled
	case "submitted", "draft":
		f.status = agenda.Tentative
	}
	start, end := cmp.Or(s.StartTime, s.StartsAt, s.Start, s.StartTime2), cmp.Or(s.EndTime, s.EndsAt, s.End, s.EndTime2)
	if s.Slot != nil {
		start, end = cmp.Or(start, s.Slot.Start), cmp.Or(end, s.Slot.End)
		f.room = anyText(f.room, s.Slot.Room)
	}
	s.times(&f, string(start), string(end))
	for _, p := range append(s.Speakers, s.Persons...) {
		f.people = append(f.people, foreignPerson{id: p.id, name: p.name, bio: p.bio, organisation: p.organisation})
	}
	for _, l := range s.Links {
		f.links = append(f.links, foreignLink{string(cmp.Or(l.URL, l.Href)), l.Title.String()})
	}
	for _, r := range s.Resource {
		f.links = append(f.links, foreignLink{string(r.Resource), r.Description.String()})
	}
	return f
}

// anyText returns the first of texts that says something.
func anyText(texts ...looseText) looseText {
	for _, t := range texts {
		if len(t) > 0 {
			return t
		}
	}
	return nil
}

// times reads the beginning and the end, as instants or by the clock. A clock
// time that people read, with its own zone, is beside an instant in UTC.
func (s *jsonSession) times(f *foreignSession, start, end string) {
	f.at = instantOf(start, nil)
	if t := instantOf(end, nil); !t.IsZero() && !f.at.IsZero() && f.minutes == 0 {
		f.minutes = max(0, int(t.Sub(f.at).Minutes()))
	}
	if d, err := agenda.ParseDate(string(s.Date[:min(len(s.Date), 10)])); err == nil {
		f.day = d
	} else if found, ok := phrase.FindDate(string(cmp.Or(s.Day, s.Date))); ok && found.Complete() {
		f.day = found.Calendar()
	}
	if !f.at.IsZero() {
		return
	}
	text := cmp.Or(start, string(s.Time))
	w, _, ok := phrase.LeadingTime(text)
	if !ok {
		return
	}
	f.start = w.Start.String()
	if w.HasEnd && w.End > w.Start && f.minutes == 0 {
		f.minutes = int(w.End - w.Start)
	}
	if to, _, ok := phrase.LeadingTime(end); ok && f.minutes == 0 && to.Start > w.Start {
		f.minutes = int(to.Start - w.Start)
	}
}

// zoneOfTexts returns the zone that times for people name: "7:30 AM PDT" beside
// an instant in UTC.
func zoneOfTexts(sessions []jsonSession) string {
	for i := range sessions {
		if z, ok := phrase.FindZone(string(sessions[i].Time)); ok {
			return z.Name
		}
	}
	return ""
}
