package programme

import (
	"context"
	"strings"

	"tamada/pkg/typeset"
)

// A Document is what can be printed of an event.
type Document string

// The documents.
const (
	Programme    Document = "programme"    // cover, contents, days, people, practical information
	Agenda       Document = "agenda"       // the order of business, on one page where it can be
	Annotated    Document = "annotated"    // the agenda with abstracts and questions
	Grid         Document = "grid"         // rooms and times, a page for each day
	Changes      Document = "changes"      // what a release changed
	LargePrint   Document = "large-print"  // the programme in 18 points
	Badges       Document = "badges"       // name badges, ten on a page
	Tents        Document = "tents"        // name plates that stand on tables
	Doors        Document = "doors"        // what is on in a room, a page for each room and day
	SignIn       Document = "sign-in"      // attendance sheets, for each day
	Certificates Document = "certificates" // of participation
	Brief        Document = "brief"        // what the moderator of one session needs
)

// making is how a document is made.
type making struct {
	layout    func(context.Context, *job) (*pages, error)
	bilingual bool // two languages can stand side by side
	landscape bool
	people    bool // it is about people or rooms, and not public
}

// making returns how d is made.
func (d Document) making() making {
	switch d {
	case Agenda:
		return making{layout: layoutAgenda, bilingual: true}
	case Annotated:
		return making{layout: layoutAnnotated, bilingual: true}
	case Grid:
		return making{layout: layoutGrid, landscape: true}
	case Changes:
		return making{layout: layoutChanges}
	case LargePrint: // lines of two columns would be a few words long
		return making{layout: layoutProgramme}
	case Badges:
		return making{layout: layoutBadges, people: true}
	case Tents:
		return making{layout: layoutTents, landscape: true, people: true}
	case Doors:
		return making{layout: layoutDoors, people: true}
	case SignIn:
		return making{layout: layoutSignIn, people: true}
	case Certificates:
		return making{layout: layoutCertificates, landscape: true, people: true}
	case Brief:
		return making{layout: layoutBrief, people: true}
	}
	return making{layout: layoutProgramme, bilingual: true}
}

// Documents lists the documents that anybody may print, then those for
// organisers: badges and the like.
func Documents() []Document {
	return []Document{
		Programme, Agenda, Annotated, Grid, Changes, LargePrint,
		Badges, Tents, Doors, SignIn, Certificates, Brief,
	}
}

// Public reports whether d shows nothing but the agenda. The others are for
// organisers.
func (d Document) Public() bool { return !d.making().people }

// Bilingual reports whether two languages can stand side by side in d.
func (d Document) Bilingual() bool { return d.making().bilingual }

// Size returns the size of the pages of d on p, in points: those of a booklet
// before they are laid out on sheets.
func (d Document) Size(p Paper) (width, height float64) {
	size := p.size()
	if d.making().landscape {
		size = size.Landscape()
	}
	return size.Width, size.Height
}

// ParseDocument reads the name of a document, as it is in URLs. The error is
// an *[OptionError].
func ParseDocument(s string) (Document, error) {
	for _, d := range Documents() {
		if s == string(d) {
			return d, nil
		}
	}
	return "", &OptionError{"doc", s, "is none of " + join(Documents())}
}

// A Paper is what is printed on.
type Paper string

// The papers.
const (
	A4        Paper = "a4"
	A5        Paper = "a5"
	A5Booklet Paper = "a5-booklet" // pages of A5 on both sides of A4, to be folded and stapled
	Letter    Paper = "letter"
	A3        Paper = "a3"
	A1        Paper = "a1"
)

// Papers lists every [Paper].
func Papers() []Paper { return []Paper{A4, A5, A5Booklet, Letter, A3, A1} }

// ParsePaper reads the name of a paper, as it is in URLs. The error is an
// *[OptionError].
func ParsePaper(s string) (Paper, error) {
	for _, p := range Papers() {
		if s == string(p) {
			return p, nil
		}
	}
	return "", &OptionError{"paper", s, "is none of " + join(Papers())}
}

// size returns the size of a page of p, upright.
func (p Paper) size() typeset.Size {
	switch p {
	case A5, A5Booklet:
		return typeset.A5
	case Letter:
		return typeset.Letter
	case A3:
		return typeset.A3
	case A1:
		return typeset.A1
	}
	return typeset.A4
}

// join lists names in a sentence.
func join[T ~string](all []T) string {
	words := make([]string, len(all))
	for i, v := range all {
		words[i] = string(v)
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
