package programme

import (
	"slices"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// A cast is a row of roles under one label.
type cast struct {
	roles []*agenda.Role
}

// castOf groups roles that follow each other under the same label.
func castOf(roles []agenda.Role) []cast {
	var all []cast
	for i := range roles {
		r := &roles[i]
		if n := len(all); n > 0 && sameLabel(all[n-1].roles[0], r) {
			all[n-1].roles = append(all[n-1].roles, r)
			continue
		}
		all = append(all, cast{[]*agenda.Role{r}})
	}
	return all
}

func sameLabel(a, b *agenda.Role) bool {
	return a.Label.Equal(b.Label) && slices.Equal(a.As, b.As)
}

// label says what a cast does: its printed label word for word, or the names
// of the roles.
func (v *voice) label(c cast) string {
	r := c.roles[0]
	if v.has(r.Label) {
		text, _ := v.text(r.Label)
		return text
	}
	names := make([]string, len(r.As))
	for i, name := range r.As {
		names[i] = v.Roles(string(name), len(c.roles))
	}
	return v.List(names...)
}

// labelLanguage is the language of [voice.label].
func (v *voice) labelLanguage(c cast) string {
	if _, language := v.text(c.roles[0].Label); language != "" {
		return language
	}
	return v.Tag()
}

// A holder is who has a role, as printed.
type holder struct {
	name   []phrase   // with a mark if it is not certain
	posts  [][]phrase // one paragraph each; the last ends with organisation and country
	person *agenda.Person
}

// holder returns who has r.
func (j *job) holder(v *voice, r *agenda.Role) holder {
	var h holder
	if p := j.people[r.Person]; p != nil {
		h = v.personHolder(p)
	} else {
		h.name = list(", ", v.say(r.Organisation, strongLook), v.country(r.Country, strongLook), v.say(r.Words, bodyLook))
	}
	if len(h.name) == 0 && r.Person != "" {
		h.name = []phrase{v.plain(r.Person, strongLook)}
	}
	if r.Status == agenda.RoleTBC || r.Status == agenda.RoleInvited {
		mark := v.word(noteLook, string(r.Status))
		mark.text = " (" + mark.text + ")"
		if len(h.name) == 0 {
			mark.text = v.Title(v.T(string(r.Status)))
		}
		h.name = append(h.name, mark)
	}
	return h
}

func (v *voice) personHolder(p *agenda.Person) holder {
	h := holder{person: p, name: v.name(p, strongLook)}
	for _, post := range p.Posts {
		if v.has(post) {
			h.posts = append(h.posts, []phrase{v.say(post, quietLook)})
		}
	}
	organisation, country := v.say(p.Organisation, quietLook), v.countryBeside(p, quietLook)
	from := list(", ", organisation, country)
	switch n := len(h.posts); {
	case len(from) == 0:
	case n == 1:
		h.posts[0] = list(", ", h.posts[0][0], organisation, country)
	default:
		h.posts = append(h.posts, from)
	}
	return h
}

// name returns a person's name with its honorific.
func (v *voice) name(p *agenda.Person, l look) []phrase {
	title := l
	title.font = typeset.Regular
	return list(" ", v.say(p.Honorific, title), v.say(p.Name, l))
}

// country names a country.
func (v *voice) country(code string, l look) phrase {
	if code == "" {
		return phrase{}
	}
	return v.plain(v.Country(code), l)
}

// countryBeside names the country of a person, unless the organisation or a
// post does.
func (v *voice) countryBeside(p *agenda.Person, l look) phrase {
	country := v.country(p.Country, l)
	for _, t := range append([]agenda.Text{p.Organisation}, p.Posts...) {
		if said, _ := v.text(t); strings.Contains(said, country.text) {
			return phrase{}
		}
	}
	return country
}

// roles sets who does what: labels in a column of their own where there is
// room, else above the names.
func (s scope) roles(before float64, roles []agenda.Role) {
	if len(roles) == 0 {
		return
	}
	items := s.within(typeset.List, typeset.Attrs{Numbering: typeset.Unnumbered})
	width := s.design.pt(96)
	for _, c := range castOf(roles) {
		if s.narrow() {
			items.castBelow(before, c)
		} else {
			items.castBeside(before, width, c)
		}
		before = s.design.pt(4)
	}
}

// castBeside sets a cast with its label beside the names.
func (s scope) castBeside(before, width float64, c cast) {
	item := s.within(typeset.ListItem, typeset.Attrs{})
	labels := item.within(typeset.Label, typeset.Attrs{})
	body := item.within(typeset.ListBody, typeset.Attrs{}).indented(width)
	start := s.flow.end()
	for _, r := range c.roles {
		from := s.flow.end()
		body.paragraph(before, typeset.P, func(v *voice) []phrase { return s.holder(v, r).name })
		body.posts(r)
		s.flow.keep(from)
		before = s.design.pt(2)
	}
	const together = 0.14 // of a page: shorter ones are not parted
	if s.flow.height(start) < s.design.height()*together {
		s.flow.keep(start)
	}
	for i, v := range s.voices {
		m := s.measure(i)
		m.width = width - s.design.pt(8)
		label := phrase{text: v.label(c), language: v.labelLanguage(c), look: labelLook}
		s.flow.beside(start, s.set(m, labels.elements[i], label))
	}
}

// castBelow sets a cast below its label.
func (s scope) castBelow(before float64, c cast) {
	item := s.within(typeset.ListItem, typeset.Attrs{})
	from := s.flow.end()
	item.paragraph(before, typeset.Label, func(v *voice) []phrase {
		return []phrase{{text: v.label(c), language: v.labelLanguage(c), look: labelLook}}
	})
	body := item.within(typeset.ListBody, typeset.Attrs{})
	for _, r := range c.roles {
		body.paragraph(0, typeset.P, func(v *voice) []phrase { return s.holder(v, r).name })
		body.posts(r)
		s.flow.keep(from)
		from = s.flow.end()
	}
}

// posts sets the posts, organisation and country of who has r. Further lines
// of a post are indented, so that one is told from the next.
func (s scope) posts(r *agenda.Role) {
	posts := make([][][]phrase, len(s.voices))
	most := 0
	for i, v := range s.voices {
		posts[i] = s.holder(v, r).posts
		most = max(most, len(posts[i]))
	}
	for k := range most {
		i := -1
		s.hanging(0, s.design.pt(8), typeset.P, func(*voice) []phrase {
			if i++; k < len(posts[i]) {
				return posts[i][k]
			}
			return nil
		})
	}
}
