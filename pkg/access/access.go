// Package access says who may do what: roles and their permissions, the rules
// of routes, tokens, sign-ins, passwords, addresses and limits, all as values.
//
// Everything is a function of what it is given. The package knows no clock, no
// database and no request: a store keeps its values, pkg/web reads them from
// cookies and addresses and attaches a [Rule] to each route. The one exception
// is chance: secrets come from crypto/rand.
//
// # Design
//
// One table ([Actor.May] reads it) holds every role and every purpose of a token against every
// permission. Routes name a permission, never a role, so that what an editor
// may do is changed in one line, and [WriteTable] can print it all.
//
// Clocks jump. Values that end hold their beginning too, and whatever begins
// more than [Tolerance] in the future is over: it was made by a clock that ran
// ahead, and the safe answer is to ask once more. A clock set forward ends
// things early, nothing worse; one set back lets them live longer by that much,
// while single use and revocation hold whatever the time.
//
// Nothing tells strangers whether an account exists: [Hasher.Verify] works as
// long for nobody as for somebody, and limits count attempts by the address
// that was typed, known or not.
package access

import (
	"slices"
	"time"

	"tamada/pkg/agenda"
)

// Tolerance is by how much the clocks of two instances may differ.
const Tolerance = 5 * time.Minute

// A Role is what somebody is to one event.
type Role string

// The roles. A moderator has sessions of their own; the desk receives those who
// arrive.
const (
	Owner     Role = "owner"
	Editor    Role = "editor"
	Viewer    Role = "viewer"
	Moderator Role = "moderator"
	Desk      Role = "desk"
)

// Roles lists every [Role], the most powerful first.
func Roles() []Role { return []Role{Owner, Editor, Viewer, Moderator, Desk} }

// A Grant gives a role at one event.
type Grant struct {
	Event    string   `json:"event"` // its ID
	Role     Role     `json:"role"`
	Sessions []string `json:"sessions,omitempty"` // IDs of a moderator's own sessions
}

// An Actor is who asks: a user, whoever holds a token, both, or nobody, which
// is the zero value.
type Actor struct {
	User          string // the ID of a user who is signed in; "" for none
	Administrator bool   // of the whole site
	Grants        []Grant
	Token         Token // one that has passed [Token.Check]; zero for none
}

// Nobody reports whether a is neither signed in nor holds a token.
func (a Actor) Nobody() bool { return a.User == "" && a.Token.Purpose == "" }

// A Place is what somebody wants to do something with.
type Place struct {
	Event      string            // its ID; "" for the site as a whole
	Session    string            // its ID; "" for the event as a whole
	Visibility agenda.Visibility // of the published event; "" while nothing is published
}

// open reports whether the event is there for everybody who has its address.
func (p Place) open() bool {
	return p.Event != "" && (p.Visibility == agenda.Public || p.Visibility == agenda.Unlisted)
}

// owns reports whether g is about that session.
func (g Grant) owns(session string) bool {
	return session != "" && slices.Contains(g.Sessions, session)
}
