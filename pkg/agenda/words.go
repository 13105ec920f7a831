package agenda

import "slices"

// A Visibility says who finds an event.
type Visibility string

// The visibilities. A public event is listed; an unlisted one is there for who
// has its address; an invited one is there for who was invited.
const (
	Public   Visibility = "public"
	Unlisted Visibility = "unlisted"
	Invited  Visibility = "invited"
)

// Visibilities lists every [Visibility].
func Visibilities() []Visibility { return []Visibility{Public, Unlisted, Invited} }

// A Status says whether an event, session or talk will take place.
type Status string

// The statuses.
const (
	Confirmed Status = "confirmed"
	Tentative Status = "tentative"
	Cancelled Status = "cancelled"
)

// Statuses lists every [Status].
func Statuses() []Status { return []Status{Confirmed, Tentative, Cancelled} }

// A Format says how people take part in an event.
type Format string

// The formats.
const (
	InPerson     Format = "in-person"
	OnlineFormat Format = "online"
	Hybrid       Format = "hybrid"
)

// Formats lists every [Format].
func Formats() []Format { return []Format{InPerson, OnlineFormat, Hybrid} }

// A Kind says what sort of session one is.
type Kind string

// The kinds of sessions.
const (
	Opening        Kind = "opening"
	Plenary        Kind = "plenary"
	Keynote        Kind = "keynote"
	Panel          Kind = "panel"
	Presentation   Kind = "presentation"
	RoundTable     Kind = "round-table"
	Workshop       Kind = "workshop"
	Discussion     Kind = "discussion"
	LightningTalks Kind = "lightning-talks"
	SmallTables    Kind = "small-tables"
	Consultation   Kind = "consultation"
	Bilateral      Kind = "bilateral"
	Social         Kind = "social"
	Ceremony       Kind = "ceremony"
	Registration   Kind = "registration"
	Break          Kind = "break"
	Meal           Kind = "meal"
	Buffer         Kind = "buffer" // a gap that is meant: time to change over
	Closing        Kind = "closing"
	Other          Kind = "other"
)

// Kinds lists every [Kind], in the order of forms.
func Kinds() []Kind {
	return []Kind{
		Opening, Plenary, Keynote, Panel, Presentation, RoundTable, Workshop, Discussion,
		LightningTalks, SmallTables, Consultation, Bilateral, Social, Ceremony, Registration,
		Break, Meal, Buffer, Closing, Other,
	}
}

// Pause reports whether nothing is said in sessions of kind k: breaks, meals
// and buffers.
func (k Kind) Pause() bool { return k == Break || k == Meal || k == Buffer }

// A RoleName says what somebody does.
type RoleName string

// The names of roles.
const (
	Chair       RoleName = "chair"
	CoChair     RoleName = "co-chair"
	Moderator   RoleName = "moderator"
	Facilitator RoleName = "facilitator"
	Speaker     RoleName = "speaker"
	Panellist   RoleName = "panellist"
	Discussant  RoleName = "discussant"
	Presenter   RoleName = "presenter"
	Rapporteur  RoleName = "rapporteur"
	Host        RoleName = "host"
	Interpreter RoleName = "interpreter"
	Member      RoleName = "member"
	Observer    RoleName = "observer"
)

// RoleNames lists every [RoleName], in the order of precedence on a programme.
func RoleNames() []RoleName {
	return []RoleName{
		Chair, CoChair, Moderator, Facilitator, Host, Speaker, Panellist, Discussant,
		Presenter, Rapporteur, Interpreter, Member, Observer,
	}
}

// A RoleStatus says how sure it is that somebody holds a role.
type RoleStatus string

// The statuses of roles.
const (
	RoleConfirmed RoleStatus = "confirmed"
	RoleInvited   RoleStatus = "invited"
	RoleTBC       RoleStatus = "tbc" // to be confirmed
)

// RoleStatuses lists every [RoleStatus].
func RoleStatuses() []RoleStatus { return []RoleStatus{RoleConfirmed, RoleInvited, RoleTBC} }

// known reports whether v is one of all.
func known[T comparable](v T, all []T) bool { return slices.Contains(all, v) }
