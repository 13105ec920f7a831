package web

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/markdown"
	"tamada/pkg/zone"
)

// A view says an event to one reader. It turns the values of an agenda into
// the small structs that templates are filled with.
type view struct {
	event  *agenda.Event
	l      *locale.Locale
	choice choice
	base   string         // the address of the event: "/e/SLUG"
	home   *time.Location // the event's zone
	shown  *time.Location // the zone that times are shown in; home unless the reader chose
}

// view returns what says e in the language of c and, unless it is "", in
// another time zone.
func (s *Server) view(e *agenda.Event, c choice, shown string) (*view, error) {
	home, err := zone.Load(e.Zone)
	if err != nil {
		return nil, err
	}
	v := &view{event: e, l: s.locale(c), choice: c, base: "/e/" + e.Slug, home: home, shown: home}
	if shown != "" {
		if v.shown, err = zone.Load(shown); err != nil {
			return nil, &badParameter{"zone", shown}
		}
	}
	return v, nil
}

// converted reports whether times are shown in another zone than the event's.
func (v *view) converted() bool { return v.shown != v.home }

// in returns t in the reader's language, as the event falls back.
func (v *view) in(t agenda.Text) (text, lang string) {
	return t.In(v.choice.Content, v.event.Languages...)
}

// words returns t with its language where that is not the page's.
func (v *view) words(t agenda.Text) words {
	text, lang := v.in(t)
	return v.foreign(text, lang)
}

func (v *view) foreign(text, lang string) words {
	if text == "" || lang == "" || lang == v.l.Tag() {
		return words{Text: text}
	}
	return words{Text: text, Lang: lang, Dir: locale.Dir(lang)}
}

// plain returns t where no markup can be.
func (v *view) plain(t agenda.Text) string {
	text, _ := v.in(t)
	return text
}

// dated returns what has been said in the language of dates and names.
func (v *view) dated(text string) words { return v.foreign(text, v.l.DateTag()) }

// A prose is Markdown as HTML.
type prose struct {
	HTML template.HTML
	Lang string
	Dir  string
}

// prose returns t as HTML, with headings from h<level> on.
func (v *view) prose(t agenda.Text, level int) prose {
	text, lang := v.in(t)
	if strings.TrimSpace(text) == "" {
		return prose{}
	}
	w := v.foreign(text, lang)
	return prose{markdown.HTML(text, level), w.Lang, w.Dir}
}

// all returns each of texts.
func (v *view) all(texts []agenda.Text) []words {
	var out []words
	for _, t := range texts {
		if w := v.words(t); !w.Empty() {
			out = append(out, w)
		}
	}
	return out
}

// dates returns when the event is.
func (v *view) dates() words {
	from, to := v.event.Dates()
	switch {
	case len(v.event.Days) == 0 && v.event.Span.Week != "":
		year, week, _ := strings.Cut(v.event.Span.Week, "-W")
		return v.dated(v.l.T("date.week", "week", strings.TrimLeft(week, "0"), "year", year) + " (" + v.l.DateRange(from, to) + ")")
	case from.IsZero():
		return words{Text: v.l.T("date.open")}
	case from == to:
		return v.dated(v.l.Title(v.l.Date(from, locale.Full)))
	}
	return v.dated(v.l.DateRange(from, to))
}

// place returns where the event is, in one line.
func (v *view) place() []words { return append(v.building(), v.platform()...) }

// building returns where those meet who come: the venue, its city and country.
func (v *view) building() []words {
	var out []words
	if p := v.event.Venue; p != nil {
		for _, t := range []agenda.Text{p.Name, p.City} {
			if w := v.words(t); !w.Empty() {
				out = append(out, w)
			}
		}
		if p.Country != "" {
			out = append(out, v.dated(v.l.Country(p.Country)))
		}
	}
	return out
}

// platform returns where those meet who are online.
func (v *view) platform() []words {
	if o := v.event.Online; o != nil {
		if w := v.words(o.Platform); !w.Empty() {
			return []words{w}
		}
	}
	return nil
}

// zoneName names a zone as it is when the event begins.
func (v *view) zoneName(loc *time.Location) string {
	return v.l.Zone(loc.String(), v.begins())
}

// begins returns the beginning of the first day, or no time.
func (v *view) begins() time.Time {
	from, _ := v.event.Dates()
	if from.IsZero() {
		return v.event.Updated
	}
	t, _ := zone.At(v.home, from, 12*60)
	return t
}

// moment returns an instant as a date with a clock and a zone.
func (v *view) moment(t time.Time) string {
	t = t.In(v.home)
	return v.l.T("web.moment",
		"date", v.l.Date(agenda.DateOf(t), locale.Long),
		"time", v.l.Clock(clock(t)),
		"zone", v.l.Zone(v.home.String(), t))
}

// clock returns the time of day of t in its own zone.
func clock(t time.Time) agenda.Clock { return agenda.Clock(t.Hour()*60 + t.Minute()) }

// stamp says which release a page shows.
func (v *view) stamp(r *agenda.Release) string {
	return v.l.T("web.stamp", "number", r.Number, "moment", v.moment(r.Published))
}

// facts are what the head of an agenda and the list of meetings say of an event.
type facts struct {
	Href   string
	Title  words
	Theme  words
	Series *link
	Dates  words
	From   string // the first date for machines, or ""
	Place  []words
	Format string
	Status *mark // nil if it is confirmed
}

// facts returns the facts of the event.
func (v *view) facts() facts {
	e := v.event
	from, _ := e.Dates()
	f := facts{
		Href: v.choice.address(v.base), Title: v.words(e.Title), Theme: v.words(e.Theme),
		Dates: v.dates(), From: from.String(), Place: v.place(),
		Format: v.l.T("format." + string(e.Format)), Status: v.mark(e.Status),
	}
	if e.Series != nil {
		f.Series = &link{Href: v.choice.address("/series/" + e.Series.Slug), Words: v.words(e.Series.Title)}
	}
	return f
}

// A mark says in a word that something is not as usual.
type mark struct {
	Kind string // "cancelled" or "tentative", which is also its icon
	Word string
}

// mark returns the mark of a status, or nil if there is nothing to say.
func (v *view) mark(s agenda.Status) *mark {
	if s != agenda.Cancelled && s != agenda.Tentative {
		return nil
	}
	return &mark{string(s), v.l.Title(v.l.T(string(s)))}
}

// An organiser is one of those who convene the meeting.
type organiser struct {
	Name words
	As   words
	URL  string
	Logo string
}

func (s *Server) organisers(v *view) []organiser {
	var out []organiser
	for _, o := range v.event.Organisers {
		out = append(out, organiser{v.words(o.Name), v.words(o.As), o.URL, s.state.images.url(o.Logo)})
	}
	return out
}

// A venue is where a meeting takes place.
type venue struct {
	Name    words
	Address words
	City    words
	Country words
	Map     string // address of a map, or ""
	Rooms   []room
}

// A room is one of the venue's.
type room struct {
	Name  words
	Floor string
	Seats string
}

func (v *view) venue() *venue {
	p := v.event.Venue
	if p == nil {
		return nil
	}
	out := &venue{Name: v.words(p.Name), Address: v.words(p.Address), City: v.words(p.City)}
	if p.Country != "" {
		out.Country = v.dated(v.l.Country(p.Country))
	}
	if p.Geo != nil {
		at := coordinate(p.Geo.Latitude) + "/" + coordinate(p.Geo.Longitude)
		out.Map = "https://www.openstreetmap.org/?" + url.Values{
			"mlat": {coordinate(p.Geo.Latitude)}, "mlon": {coordinate(p.Geo.Longitude)},
		}.Encode() + "#map=17/" + at
	}
	for _, r := range v.event.Rooms {
		one := room{Name: v.words(r.Name)}
		if r.Floor != "" {
			one.Floor = v.l.T("floor", "floor", r.Floor)
		}
		if r.Capacity > 0 {
			one.Seats = v.l.T("seats", "count", r.Capacity)
		}
		out.Rooms = append(out.Rooms, one)
	}
	return out
}

// coordinate writes degrees as addresses of maps have them.
func coordinate(degrees float64) string { return strconv.FormatFloat(degrees, 'f', 5, 64) }
