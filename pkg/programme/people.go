package programme

import (
	"slices"
	"strconv"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/typeset"
)

// A group is the people of one country.
type group struct {
	country string // ISO 3166-1; empty for people of no country
	name    string // of the country
	people  []entry
}

// An entry is a person with the sessions that they have a role in.
type entry struct {
	person   *agenda.Person
	name     string
	sessions []*agenda.Session
}

// whoIsWho returns the people who have a role, by country and name, in the
// order of the first voice's language. People of no country come last.
func (j *job) whoIsWho() []group {
	sessions := map[string][]*agenda.Session{}
	for _, s := range j.event.Sessions() {
		if s.Status == agenda.Cancelled {
			continue
		}
		for r := range s.AllRoles() {
			of := sessions[r.Person]
			if j.people[r.Person] != nil && !slices.Contains(of, s) {
				sessions[r.Person] = append(of, s)
			}
		}
	}
	return j.byCountry(sessions)
}

// byCountry groups people.
func (j *job) byCountry(sessions map[string][]*agenda.Session) []group {
	v := j.first()
	compare := locale.Collate(v.lang)
	groups := map[string]*group{}
	for i := range j.event.People {
		p := &j.event.People[i]
		if len(sessions[p.Key]) == 0 {
			continue
		}
		g := groups[p.Country]
		if g == nil {
			g = &group{country: p.Country, name: v.Country(p.Country)}
			groups[p.Country] = g
		}
		name, _ := v.text(p.Name)
		g.people = append(g.people, entry{p, name, sessions[p.Key]})
	}
	all := make([]group, 0, len(groups))
	for _, g := range groups {
		slices.SortStableFunc(g.people, func(a, b entry) int { return compare(a.name, b.name) })
		all = append(all, *g)
	}
	slices.SortFunc(all, func(a, b group) int {
		switch {
		case a.country == "":
			return 1
		case b.country == "":
			return -1
		case compare(a.name, b.name) != 0:
			return compare(a.name, b.name)
		}
		return compare(a.country, b.country)
	})
	return all
}

// peopleIndex sets who is who: names, posts and pages, by country.
func (j *job) peopleIndex(f *flow) {
	groups := j.whoIsWho()
	if len(groups) == 0 {
		return
	}
	e := j.root.in(typeset.Sect)
	from := f.end()
	j.section(f, e, "people", "print.people")
	for _, g := range groups {
		from := f.end()
		var again *heading
		if g.country != "" || len(groups) > 1 {
			s := j.scope(f, e, false)
			s.paragraph(j.design.pt(14), typeset.H3, func(v *voice) []phrase {
				if g.country == "" {
					return []phrase{v.word(groupLook, "print.no-country")}
				}
				return []phrase{v.country(g.country, groupLook)}
			})
			f.keepNext(from)
			again = f.heading(from)
		}
		list := e.add(typeset.List, typeset.Attrs{Numbering: typeset.Unnumbered})
		for i, p := range g.people {
			from := f.end()
			j.personEntry(f, list, p)
			if i > 0 {
				f.under(from, again)
			}
		}
	}
	const short = 0.4 // of a page: shorter ones follow the last day if there is room
	if f.height(from) < short*j.design.height() {
		f.keep(from)
		return
	}
	f.at(from).fresh = from > 0
}

// section begins a section of the programme.
func (j *job) section(f *flow, e *element, name, title string) {
	from := f.end()
	s := j.scope(f, e, false)
	s.paragraph(j.design.pt(44), typeset.H2, func(v *voice) []phrase { return []phrase{v.word(sectionLook, title)} })
	first := f.at(from)
	first.head = j.first().T(title)
	first.places = []place{{name: name, bookmark: first.head}}
	f.keepNext(from)
}

// personEntry sets a person: name, post and organisation, pages. In large
// print posts stand below the name.
func (j *job) personEntry(f *flow, e *element, p entry) {
	v := j.first()
	frame := j.design.full()
	frame.RightToLeft = v.column.RightToLeft
	item := e.in(typeset.ListItem)
	label, body := item.in(typeset.Label), item.in(typeset.ListBody)
	pages, gap := j.design.pt(46), j.design.pt(10)
	names := measure{column: frame, width: frame.Width * 0.34}
	posts := measure{column: frame, offset: names.width + gap, width: frame.Width*0.66 - pages - 2*gap}
	large := j.design.least > 0
	if large {
		names.width = frame.Width - pages - gap
		posts = measure{column: frame, width: frame.Width}
	}
	name := j.set(names, label, j.each(func(v *voice) []phrase { return v.name(p.person, strongLook) })...)
	post := j.set(posts, body.in(typeset.P), j.each(func(v *voice) []phrase { return lines(v.personHolder(p.person).posts...) })...)
	from := f.end()
	if large {
		f.row(j.design.pt(5), name)
		f.row(0, post)
	} else {
		f.row(j.design.pt(5), name, post)
	}
	f.keep(from)
	j.pageList(f.at(from), body.in(typeset.P), measure{column: frame, offset: frame.Width - pages, width: pages, align: typeset.End}, p.sessions)
}

// pageList puts the pages of sessions on a strip, each as a link.
func (j *job) pageList(s *strip, e *element, m measure, sessions []*agenda.Session) {
	v, baseline := j.first(), s.baseline
	const most = 12
	sessions = sessions[:min(most, len(sessions))]
	l := tableLook
	l.tabular = true
	draw := func(p *painter, _, y float64) {
		var numbers []phrase
		last := 0
		for _, session := range sessions {
			if n := p.numbers["s-"+session.ID]; n != last {
				numbers = append(numbers, v.plain(strconv.Itoa(n), l).to(typeset.Link{Place: "s-" + session.ID}))
				last = n
			}
		}
		c := j.set(m, nil, list(", ", numbers...)...)
		if len(c.block.Lines) > 0 {
			p.d.Draw(c.block.Cut(0, 1), c.x, y+baseline-c.block.Lines[0].Baseline)
		}
	}
	s.marks = append(s.marks, mark{element: e, draw: draw})
}

// information sets the practical information.
func (j *job) information(f *flow) {
	if j.event.Information.Empty() {
		return
	}
	e := j.root.in(typeset.Sect)
	j.section(f, e, "information", "information")
	s := j.scope(f, e, false)
	s.heading = typeset.H3
	s.prose(j.design.pt(10), j.event.Information)
}
