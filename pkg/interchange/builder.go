package interchange

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/phrase"
	"tamada/pkg/locale"
)

// A builder makes a draft piece by piece. What it makes always keeps to the
// rules of package agenda: it gives IDs and keys, and cuts what is too long.
type builder struct {
	event     *agenda.Event
	backstage agenda.Backstage
	language  string            // of the source
	caller    string            // the language of whoever imports it
	countries map[string]string // codes by folded name, once asked for
	exact     bool              // names that differ in case are different names
	remarks   []Remark
	unplaced  []string
	rooms     map[string]string // IDs by folded name
	tracks    map[string]string
	people    map[string]string // keys by folded name
	keys      map[string]bool   // taken ones
	titles    map[string]int    // how often a title was used, for IDs
	ids       map[string]bool
	days      map[agenda.Date]int
	lines     map[string]int // of the source, by session
}

func newBuilder(language string) *builder {
	return &builder{
		event: &agenda.Event{
			Visibility: agenda.Public, Status: agenda.Confirmed, Format: agenda.InPerson, Languages: []string{language},
		},
		backstage: agenda.Backstage{}, language: language, rooms: map[string]string{}, tracks: map[string]string{},
		people: map[string]string{}, keys: map[string]bool{}, titles: map[string]int{}, ids: map[string]bool{}, days: map[agenda.Date]int{},
		lines: map[string]int{},
	}
}

// remark notes something for whoever imports.
func (b *builder) remark(r Remark) {
	r.Source, r.Value = shorten(r.Source, 160), shorten(r.Value, 160)
	b.remarks = append(b.remarks, r)
}

// shorten cuts s to n characters.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

// text returns s in the language of the source; nothing for an empty string.
func (b *builder) text(s string) agenda.Text {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	return agenda.Text{b.language: strings.ToValidUTF8(s, "\uFFFD")}
}

// line returns s as a text of one line, cut to the limit.
func (b *builder) line(s string) agenda.Text {
	return b.text(shorten(strings.Join(strings.Fields(s), " "), agenda.MaxTitle))
}

// prose returns s as a text of several lines, cut to the limit.
func (b *builder) prose(s string, at Remark) agenda.Text {
	if utf8.RuneCountInString(s) > agenda.MaxProse {
		at.Weight, at.Code, at.Value = NotUnderstood, Shortened, fmt.Sprint(agenda.MaxProse)
		b.remark(at)
		b.unplaced = append(b.unplaced, s)
	}
	return b.text(shorten(s, agenda.MaxProse))
}

// named sets what identifies the event.
func (b *builder) named(title string, options ReadOptions) {
	b.event.Title = b.line(title)
	b.event.Slug = options.Slug
	if b.event.Slug == "" {
		b.event.Slug = Slug(title)
	}
	b.event.ID = agenda.DerivedID("event", b.event.Slug)
	b.ids[b.event.ID] = true
}

// Slug makes a name for URLs from a title.
func Slug(title string) string {
	s := key(title)
	if len(s) < 3 {
		s = strings.Trim("event-"+s, "-")
	}
	return s
}

// latin are letters of other scripts in Latin ones, as far as keys need them.
var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m", 'н': "n",
	'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ы': "y", 'э': "e",
	'ю': "yu", 'я': "ya", 'ა': "a", 'ბ': "b", 'გ': "g", 'დ': "d", 'ე': "e", 'ვ': "v", 'ზ': "z", 'თ': "t", 'ი': "i", 'კ': "k", 'ლ': "l", 'მ': "m",
	'ნ': "n", 'ო': "o", 'პ': "p", 'ჟ': "zh", 'რ': "r", 'ს': "s", 'ტ': "t", 'უ': "u", 'ფ': "p", 'ქ': "k", 'ღ': "gh", 'ყ': "q", 'შ': "sh", 'ჩ': "ch",
	'ც': "ts", 'ძ': "dz", 'წ': "ts", 'ჭ': "ch", 'ხ': "kh", 'ჯ': "j", 'ჰ': "h", 'ا': "a", 'ب': "b", 'ت': "t", 'ث': "th", 'ج': "j", 'ح': "h", 'خ': "kh",
	'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q",
	'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'و': "w", 'ي': "y", 'ß': "ss", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
}

// key makes a key of a-z, 0-9 and hyphens from s, at most 60 long.
func key(s string) string {
	var b strings.Builder
	for _, r := range phrase.Fold(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case latin[r] != "":
			b.WriteString(latin[r])
		case unicode.IsLetter(r), r == '\'':
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

// taken returns a key that is not in use yet, and takes it.
func (b *builder) taken(kind, s, otherwise string) string {
	k := cmp.Or(key(s), otherwise)
	for n := 2; b.keys[kind+k]; n++ {
		k = fmt.Sprintf("%s-%d", cmp.Or(key(s), otherwise), n)
	}
	b.keys[kind+k] = true
	return k
}

// same returns what names have in common that mean the same: to people, case
// and accents do not count; systems that tell them apart mean it.
func (b *builder) same(name string) string {
	if b.exact {
		return name
	}
	return phrase.Fold(name)
}

// room returns the ID of the room of that name.
func (b *builder) room(name string) string {
	folded := b.same(name)
	if id, ok := b.rooms[folded]; ok {
		return id
	}
	if len(b.event.Rooms) >= agenda.MaxList {
		return ""
	}
	id := b.taken("room ", name, "room")
	b.rooms[folded] = id
	b.event.Rooms = append(b.event.Rooms, agenda.Room{ID: id, Name: b.line(name)})
	return id
}

// track returns the ID of the track of that name.
func (b *builder) track(name, colour string) string {
	folded := b.same(name)
	if id, ok := b.tracks[folded]; ok {
		return id
	}
	if len(b.event.Tracks) >= agenda.MaxList {
		return ""
	}
	id := b.taken("track ", name, "track")
	b.tracks[folded] = id
	b.event.Tracks = append(b.event.Tracks, agenda.Track{ID: id, Name: b.line(name), Colour: colour})
	return id
}

// person returns the key of the person whom h names. One who was there before
// learns what h says more of them. Where the source tells people of one name
// apart, it does so by source; id is their UUID, if it has one.
func (b *builder) person(h phrase.Holder, source, id string) string {
	folded := phrase.Fold(h.Name)
	if source != "" {
		folded = h.Name + "\x00" + source
	}
	k, ok := b.people[folded]
	if !ok {
		if len(b.event.People) >= agenda.MaxList {
			return ""
		}
		k = b.taken("person ", h.Name, "person")
		b.people[folded] = k
		if !agenda.ValidID(id) || b.ids[id] {
			id = agenda.DerivedID(b.event.Slug, "person", k)
		}
		b.ids[id] = true
		b.event.People = append(b.event.People, agenda.Person{ID: id, Key: k, Name: b.line(h.Name)})
	}
	p, err := b.event.Person(k)
	if err != nil {
		return k
	}
	if p.Honorific.Empty() {
		p.Honorific = b.line(h.Honorific)
	}
	if len(p.Posts) == 0 {
		for _, post := range h.Posts {
			if t := b.line(post); t != nil {
				p.Posts = append(p.Posts, t)
			}
		}
	}
	if code := b.country(h.Organisation); code != "" && p.Country == "" {
		p.Country = code
	} else if p.Organisation.Empty() {
		p.Organisation = b.line(h.Organisation)
	}
	return k
}

// role returns the role of h.
func (b *builder) role(h phrase.Holder, as []agenda.RoleName, label string) (agenda.Role, bool) {
	r := agenda.Role{As: as, Label: b.line(label), Status: cmp.Or(h.Status, agenda.RoleConfirmed)}
	alone := len(h.Posts) == 0 && (h.Name == "" || h.Organisation == "")
	if code := b.country(h.Name + h.Organisation + h.Words); code != "" && alone {
		h = phrase.Holder{Country: code}
	}
	switch {
	case h.Name != "":
		r.Person = b.person(h, "", "")
		if r.Person == "" {
			return r, false
		}
	case h.Country != "":
		r.Country = h.Country
	case h.Organisation != "":
		r.Organisation = b.line(h.Organisation)
	default:
		r.Words = b.line(h.Words)
	}
	return r, len(as) > 0 && (r.Person != "" || r.Country != "" || !r.Organisation.Empty() || !r.Words.Empty())
}

// links makes links of addresses; they are called as what they belong to.
func (b *builder) links(addresses []string, title agenda.Text) []agenda.Link {
	var list []agenda.Link
	for _, a := range addresses {
		if u, err := url.Parse(a); err == nil && u.Host != "" && len(a) <= 2000 {
			list = append(list, agenda.Link{Title: title, URL: a})
		} else {
			b.unplace(a)
		}
	}
	return list
}

// country returns the code of the country of that name in the language of the
// source, or "".
func (b *builder) country(name string) string {
	if b.countries == nil {
		b.countries = map[string]string{}
		for _, tag := range []string{"en", b.caller, b.language} {
			l := locale.For(tag, "en")
			for _, code := range l.Countries() {
				b.countries[phrase.Fold(l.Country(code))] = code
			}
		}
	}
	return b.countries[phrase.Fold(name)]
}

// newID returns the ID of something named title: wanted if it is a UUID that
// is still free, else one that follows from the title and how often it was
// there before.
func (b *builder) newID(wanted, kind, title string) string {
	wanted = strings.ToLower(wanted)
	for !agenda.ValidID(wanted) || b.ids[wanted] {
		name := kind + "\x00" + title
		b.titles[name]++
		wanted = agenda.DerivedID(b.event.Slug, kind, title, fmt.Sprint(b.titles[name]))
	}
	b.ids[wanted] = true
	return wanted
}

// day returns the index of the day of that date, adding it if need be.
func (b *builder) day(date agenda.Date) int {
	if i, ok := b.days[date]; ok {
		return i
	}
	if len(b.event.Days) >= agenda.MaxDays {
		b.remark(Remark{Weight: Guessed, Code: DateGuessed, Source: date.String(), Value: b.event.Days[0].Date.String()})
		return 0
	}
	b.event.Days = append(b.event.Days, agenda.Day{Date: date})
	b.days[date] = len(b.event.Days) - 1
	return len(b.event.Days) - 1
}

// note adds to the notes of a session, or of the event.
func (b *builder) note(id, s string) {
	n := b.backstage[id]
	old := n.Notes[b.language]
	all := strings.TrimSpace(old + "\n\n" + s)
	if utf8.RuneCountInString(all) > agenda.MaxProse {
		if id != agenda.BackstageEvent {
			b.note(agenda.BackstageEvent, s)
			return
		}
		all = shorten(all, agenda.MaxProse)
	}
	n.Notes = b.text(all)
	b.backstage[id] = n
}

// unplace keeps lines that have no place.
func (b *builder) unplace(lines ...string) { b.unplaced = append(b.unplaced, lines...) }

// finish returns the result. Days are in order; the notes of the event hold
// what has no place.
func (b *builder) finish() *Result {
	slices.SortStableFunc(b.event.Days, func(x, y agenda.Day) int { return x.Date.Compare(y.Date) })
	if len(b.unplaced) > 0 {
		b.note(agenda.BackstageEvent, strings.Join(b.unplaced, "\n"))
	}
	slices.SortStableFunc(b.remarks, func(x, y Remark) int { return cmp.Compare(x.Line, y.Line) })
	return &Result{Draft: &agenda.Draft{Event: b.event, Backstage: b.backstage}, Remarks: b.remarks, Unplaced: b.unplaced, Lines: b.lines}
}
