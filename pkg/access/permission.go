package access

import "slices"

// A Permission is something that not everybody may do.
type Permission string

// The permissions. Those with Own are about the sessions that a moderator has;
// whoever has the one without it needs no Own.
const (
	Read          Permission = "read"            // see the published event, an invited one included
	SeeDraft      Permission = "see draft"       // and the history of releases
	SeeBackstage  Permission = "see backstage"   // join links, notes and briefs of all sessions
	SeeOwn        Permission = "see own"         // the same of one's own sessions
	SeeDelegates  Permission = "see delegates"   // registrations and delegations
	CheckIn       Permission = "check in"        // note who has arrived
	Run           Permission = "run"             // start, pause and end any session, and change it live
	RunOwn        Permission = "run own"         // the same of one's own sessions
	Edit          Permission = "edit"            // the draft
	Publish       Permission = "publish"         // make a release
	Decide        Permission = "decide"          // accept and refuse registrations
	Mail          Permission = "mail"            // write to everybody
	ManageRoles   Permission = "manage roles"    // say who is what, invite, share previews
	ManageEvent   Permission = "manage event"    // its address, its visibility, its end
	CreateEvents  Permission = "create events"   // make new ones, by file or by copy
	AdministerAll Permission = "administer site" // users, settings, the outbox
)

// Permissions lists every [Permission], the most modest first.
func Permissions() []Permission {
	all := make([]Permission, len(table))
	for i, row := range table {
		all[i] = row.permission
	}
	return all
}

// A row says who has a permission. Administrators have all.
type row struct {
	permission Permission
	roles      []Role
	purposes   []Purpose
}

// table is the whole of who may do what at an event.
var table = [...]row{
	{Read, []Role{Owner, Editor, Viewer, Moderator, Desk}, []Purpose{ForPreview, ForRegistration, ForCalendar, ForBrief}},
	{SeeDraft, []Role{Owner, Editor, Viewer}, []Purpose{ForPreview}},
	{SeeBackstage, []Role{Owner, Editor}, nil},
	{SeeOwn, []Role{Owner, Editor, Moderator}, []Purpose{ForBrief}},
	{SeeDelegates, []Role{Owner, Editor, Desk}, nil},
	{CheckIn, []Role{Owner, Editor, Desk}, nil},
	{Run, []Role{Owner, Editor}, nil},
	{RunOwn, []Role{Owner, Editor, Moderator}, []Purpose{ForBrief}},
	{Edit, []Role{Owner, Editor}, nil},
	{Publish, []Role{Owner, Editor}, nil},
	{Decide, []Role{Owner, Editor}, nil},
	{Mail, []Role{Owner, Editor}, nil},
	{ManageRoles, []Role{Owner}, nil},
	{ManageEvent, []Role{Owner}, nil},
	{CreateEvents, []Role{Owner}, nil},
	{AdministerAll, nil, nil},
}

// of returns the row of p. What is no permission has a row that allows nobody.
func of(p Permission) row {
	for _, r := range table {
		if r.permission == p {
			return r
		}
	}
	return row{}
}

// own reports whether p is about single sessions for those who moderate.
func (p Permission) own() bool { return p == SeeOwn || p == RunOwn }

// May reports whether a may do p at a place. Administrators may do everything
// that is a permission. Whoever owns any event may create others. A moderator
// may do what is about own sessions where the place is one of them; a place
// without a session asks whether there may be any.
func (a Actor) May(p Permission, at Place) bool {
	r := of(p)
	switch {
	case r.permission == "":
		return false
	case a.User != "" && a.Administrator:
		return true
	case p == Read && at.open():
		return true
	case p == CreateEvents:
		return a.User != "" && slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == Owner })
	case at.Event == "":
		return false
	}
	return a.granted(r, at) || a.tokenAllows(r, at)
}

// granted reports whether one of the grants of a user who is signed in allows
// what r is about.
func (a Actor) granted(r row, at Place) bool {
	return a.User != "" && slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Event == at.Event && slices.Contains(r.roles, g.Role) &&
			(g.Role != Moderator || within(r.permission, g, at))
	})
}

// tokenAllows reports whether the token that a holds does.
func (a Actor) tokenAllows(r row, at Place) bool {
	return a.Token.Event == at.Event && slices.Contains(r.purposes, a.Token.Purpose) &&
		(a.Token.Purpose != ForBrief || within(r.permission, Grant{Sessions: a.Token.Sessions}, at))
}

// within reports whether the place lies in what g is about, if p asks for that.
func within(p Permission, g Grant, at Place) bool {
	return !p.own() || at.Session == "" || g.owns(at.Session)
}
