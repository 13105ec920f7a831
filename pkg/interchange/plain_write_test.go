package interchange

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/golden"
	"tamada/pkg/locale"
	"tamada/pkg/markdown"
)

// writers are the formats for people.
var writers = map[string]func(io.Writer, *agenda.Event, Options) error{"text": WriteText, "markdown": WriteMarkdown}

func TestWritePlain(t *testing.T) {
	var text, md bytes.Buffer
	if err := WriteText(&text, sample(t), options); err != nil {
		t.Fatal(err)
	}
	if err := WriteMarkdown(&md, sample(t), options); err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "testdata/agenda.txt", text.Bytes())
	golden.Equal(t, "testdata/agenda.md", md.Bytes())
}

// TestWritePlainReadsBack writes an agenda in every language of the interface
// and reads it again.
func TestWritePlainReadsBack(t *testing.T) {
	for _, tag := range locale.Interface() {
		for name, write := range writers {
			t.Run(tag+" "+name, func(t *testing.T) {
				e := plainSample(t, tag)
				var b bytes.Buffer
				if err := write(&b, e, Options{}); err != nil {
					t.Fatal(err)
				}
				r, err := Read(b.Bytes(), ReadOptions{Language: tag})
				if err != nil {
					t.Fatal(err)
				}
				if err := r.Draft.Validate(); err != nil {
					t.Fatal(err)
				}
				got, want := outline(r.Draft.Event), outline(e)
				if got != want {
					t.Errorf("%s\nfrom\n%s", firstDifference(got, want), b.String())
				}
			})
		}
	}
}

// firstDifference shows the first line that differs.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "got another number of lines"
}

// plainSample is the sample without what documents for people cannot hold, its
// words in the given language.
func plainSample(t *testing.T, tag string) *agenda.Event {
	e := sample(t)
	e.Languages = []string{tag}
	relabel := func(text agenda.Text) agenda.Text {
		if text.Empty() {
			return nil
		}
		s, _ := text.In("en")
		return agenda.Text{tag: s}
	}
	e.Title, e.Theme, e.Approach, e.Information = relabel(e.Title), relabel(e.Theme), relabel(e.Approach), relabel(e.Information)
	e.Online.Platform = relabel(e.Online.Platform)
	for i := range e.Rooms {
		e.Rooms[i].Name = relabel(e.Rooms[i].Name)
	}
	for i := range e.People {
		p := &e.People[i]
		p.Name, p.Honorific, p.Organisation = relabel(p.Name), relabel(p.Honorific), relabel(p.Organisation)
		for j := range p.Posts {
			p.Posts[j] = relabel(p.Posts[j])
		}
	}
	for d, s := range e.Sessions() {
		d.Title = relabel(d.Title)
		s.Title, s.Abstract, s.Parts = relabel(s.Title), plainText(relabel(s.Abstract)), nil
		for i := range s.Questions {
			s.Questions[i] = relabel(s.Questions[i])
		}
		for r := range s.AllRoles() {
			r.Label, r.Organisation, r.Words = nil, relabel(r.Organisation), relabel(r.Words)
		}
		for i := range s.Talks {
			s.Talks[i].Title, s.Talks[i].Abstract = relabel(s.Talks[i].Title), nil
		}
	}
	return e
}

// plainText returns t without emphasis, which documents for people lose.
func plainText(t agenda.Text) agenda.Text {
	for tag, s := range t {
		t[tag] = markdown.Plain(s)
	}
	return t
}

// outline returns what reading and writing keep, as lines.
func outline(e *agenda.Event) string {
	var b strings.Builder
	put := func(parts ...string) { b.WriteString(strings.TrimSpace(strings.Join(parts, " ")) + "\n") }
	put(e.Main(e.Title), "|", e.Main(e.Theme), "|", e.Main(e.Approach), "|", e.Zone, string(e.Format))
	roles := func(list []agenda.Role) {
		for _, r := range list {
			as := ""
			for _, n := range r.As {
				as += string(n) + " "
			}
			who := e.Main(r.Organisation) + e.Main(r.Words) + r.Country
			if p, err := e.Person(r.Person); err == nil {
				who = e.Main(p.Honorific) + " " + e.Main(p.Name) + " " + e.Main(p.Organisation)
				for _, post := range p.Posts {
					who += ", " + e.Main(post)
				}
			}
			put("    ", as, who, string(r.Status))
		}
	}
	for i := range e.Days {
		put(e.Days[i].Date.String(), e.Main(e.Days[i].Title))
		for _, slot := range e.Days[i].Slots() {
			s := slot.Session
			when := ""
			if slot.HasStart {
				when = slot.Start.String()
			}
			if slot.HasEnd {
				when += "-" + slot.End.String()
			}
			if slot.Approximate {
				when = "ca. " + when
			}
			put("  ", when, e.Main(s.Title), string(s.Status), strings.Join(strings.Fields(e.Main(s.Abstract)), " "))
			for _, id := range s.Rooms {
				if r, err := e.Room(id); err == nil {
					put("    ", e.Main(r.Name))
				}
			}
			roles(s.Roles)
			for _, talk := range s.Talks {
				put("    -", e.Main(talk.Title), strings.Repeat("'", talk.Minutes))
				roles(talk.Roles)
			}
			for _, q := range s.Questions {
				put("    ?", e.Main(q))
			}
		}
	}
	return b.String()
}
