package access

import (
	"fmt"
	"io"
	"strings"

	"tamada/pkg/agenda"
)

// A Rule says who may use a route. Its zero value allows nobody, so that a
// route without a rule is closed.
type Rule struct {
	kind       kind
	permission Permission
	purpose    Purpose
}

type kind uint8

const (
	closed kind = iota
	anyone
	reader
	signedIn
	may
	holder
)

// Anyone is the rule of what is there for all: the list of meetings, the form
// to sign in.
func Anyone() Rule { return Rule{kind: anyone} }

// Readers is the rule of what shows a published event: open to all if it is
// public or unlisted, else to those who have a role or a token.
func Readers() Rule { return Rule{kind: reader, permission: Read} }

// SignedIn is the rule of what every user has: their own account.
func SignedIn() Rule { return Rule{kind: signedIn} }

// Having is the rule of what needs a permission.
func Having(p Permission) Rule { return Rule{kind: may, permission: p} }

// Holding is the rule of what is opened by a token made for p and nothing else.
func Holding(p Purpose) Rule { return Rule{kind: holder, purpose: p} }

// Set reports whether r is a rule, and not the zero value.
func (r Rule) Set() bool { return r.kind != closed }

// Purpose returns what the token that r asks for is made for; "" if r asks for
// none.
func (r Rule) Purpose() Purpose { return r.purpose }

// String returns the rule in words: "may edit".
func (r Rule) String() string {
	switch r.kind {
	case anyone:
		return "anyone"
	case reader:
		return "readers"
	case signedIn:
		return "signed in"
	case may:
		return "may " + string(r.permission)
	case holder:
		return "token for " + string(r.purpose)
	}
	return "nobody"
}

// A Decision is the answer to somebody at a route.
type Decision uint8

// The decisions. To refuse says that something is there, to hide does not:
// an invited event does not exist for a stranger.
const (
	Hide   Decision = iota // answer as for what is not there (404)
	Refuse                 // say that it is not for them (403)
	Ask                    // ask them to sign in (303 to the form)
	Allow
)

// String returns the decision as a word.
func (d Decision) String() string { return [...]string{"hide", "refuse", "ask", "allow"}[d&3] }

// Decide answers a at a place. Where the address names an event that is not
// there, ask with a place whose Visibility is [agenda.Invited] and an ID that no
// event has: strangers then get the answer that they get at an invited one.
func (r Rule) Decide(a Actor, at Place) Decision {
	switch {
	case r.allows(a, at):
		return Allow
	case r.kind == signedIn || r.kind == may && a.User == "":
		return Ask
	case r.kind == may && (at.Event == "" || a.May(Read, at)):
		return Refuse
	}
	return Hide
}

// allows reports whether a keeps to the rule.
func (r Rule) allows(a Actor, at Place) bool {
	switch r.kind {
	case anyone:
		return true
	case reader, may:
		return a.May(r.permission, at)
	case signedIn:
		return a.User != ""
	case holder:
		return r.purpose != "" && a.Token.Purpose == r.purpose && (at.Event == "" || a.Token.Event == "" || a.Token.Event == at.Event)
	}
	return false
}

// A Persona is an actor with a name: one of those that every route is tried as.
type Persona struct {
	Name  string
	Actor Actor
}

// Personas returns nobody, a user without roles, one with each role at the event
// of a place, an administrator, and the holder of a token for each purpose.
// Moderators and holders of briefs have the session of the place.
func Personas(at Place) []Persona {
	const user = "user"
	own := []string{at.Session}
	all := []Persona{{Name: "nobody"}, {"signed in", Actor{User: user}}}
	for _, r := range Roles() {
		all = append(all, Persona{string(r), Actor{User: user, Grants: []Grant{{at.Event, r, own}}}})
	}
	all = append(all, Persona{"administrator", Actor{User: user, Administrator: true}})
	for _, p := range Purposes() {
		all = append(all, Persona{"token: " + string(p), Actor{Token: Token{Purpose: p, Event: at.Event, Sessions: own}}})
	}
	return all
}

// A Route is a route as [WriteTable] shows it.
type Route struct {
	Name string // "GET /e/{slug}"
	Rule Rule
}

// WriteTable prints the decision for every persona at every route, for an
// invited event: one line for each route, one column for each persona.
func WriteTable(w io.Writer, routes []Route) error {
	at := Place{Event: "event", Session: "session", Visibility: agenda.Invited}
	personas := Personas(at)
	name, rule := len("route"), len("rule")
	for _, r := range routes {
		name, rule = max(name, len(r.Name)), max(rule, len(r.Rule.String()))
	}
	var b strings.Builder
	b.WriteString("+ allowed, ? asked to sign in, - refused, . as if it were not there\n\n")
	heads := ""
	for i, p := range personas {
		fmt.Fprintf(&b, "%c  %s\n", 'a'+i, p.Name)
		heads += fmt.Sprintf("  %c", 'a'+i)
	}
	fmt.Fprintf(&b, "\n%-*s  %-*s%s\n", name, "route", rule, "rule", heads)
	for _, r := range routes {
		fmt.Fprintf(&b, "%-*s  %-*s", name, r.Name, rule, r.Rule)
		for _, p := range personas {
			fmt.Fprintf(&b, "  %s", r.Rule.Decide(p.Actor, at).mark())
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mark is a decision in one character.
func (d Decision) mark() string { return [...]string{".", "-", "?", "+"}[d&3] }
