package access

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"
)

// CommandLine is the actor of what is done on the command line; "" is that of
// what the program does by itself.
const CommandLine = "command line"

// ErrLast says that a site would be without an administrator.
var ErrLast = errors.New("the last administrator")

// ErrStarted says that a site has an administrator, so that nobody can become
// the first.
var ErrStarted = errors.New("there is an administrator")

// A User is somebody with an account.
type User struct {
	ID            string // a UUID for life
	Address       Address
	Name          string
	Language      string // of the interface, BCP 47; "" for that of the browser
	Password      string // as [Hasher.Hash] has it; "" for none
	Administrator bool   // of the whole site
	Disabled      bool
	Created       time.Time
	Seen          time.Time // the last sign-in; zero for never
}

// Actor returns the user with grants as somebody who asks. Who is disabled is
// nobody.
func (u User) Actor(grants []Grant) Actor {
	if u.ID == "" || u.Disabled {
		return Actor{}
	}
	return Actor{User: u.ID, Administrator: u.Administrator, Grants: grants}
}

// looksAfter reports whether u looks after the site.
func (u User) looksAfter() bool { return u.Administrator && !u.Disabled }

// CheckChange returns [ErrLast] if before may not become after, because there
// are no others that look after the site. A store calls it between reading and
// writing, with the number of administrators that are not disabled, before
// among them.
func CheckChange(before, after User, administrators int) error {
	if before.looksAfter() && !after.looksAfter() && administrators <= 1 {
		return ErrLast
	}
	return nil
}

// A Member is a user with a role at an event.
type Member struct {
	User  User
	Grant Grant
}

// A Visit is a request of somebody who is signed in.
type Visit struct {
	User    User
	Grants  []Grant
	SignIn  SignIn
	Secret  Secret // of the new cookie, if there is one
	Renewed bool   // whether there is
}

// Actor returns who asks.
func (v Visit) Actor() Actor { return v.User.Actor(v.Grants) }

// An Issue is a token with who made it.
type Issue struct {
	Token Token
	By    string // the ID of a user; "" for the program itself
}

// What is changed, in a [Change].
const (
	UserAdded      = "user.added"
	UserChanged    = "user.changed"
	GrantGiven     = "grant.given"
	GrantTaken     = "grant.taken"
	TokenMade      = "token.made"
	TokenRevoked   = "token.revoked"
	SignInsEnded   = "sign-ins.ended"
	SettingChanged = "setting.changed"
	MessageMoved   = "message.moved"
	BatchQueued    = "batch.queued"
	BatchMoved     = "batch.moved"
	BatchDiscarded = "batch.discarded"
	Unsubscribed   = "unsubscribed"
	Resubscribed   = "resubscribed"
	InviteSent     = "invite.sent"
	InviteAnswered = "invite.answered"
)

// A Change is an entry of the log of who changed users, roles and settings.
type Change struct {
	Number  int // rising, with gaps
	At      time.Time
	By      string          // the ID of a user, "" for the program itself
	What    string          // as [UserAdded]
	Subject string          // the ID or name of what was changed
	Event   string          // the ID of the event; "" for the site
	Details json.RawMessage // by field: its value, or before and after; no secrets
}

// String returns the hash as 64 hexadecimal digits. It opens nothing, so that
// pages may name a token by it.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ParseHash reads what [Hash.String] wrote, or returns [ErrSecret].
func ParseHash(text string) (Hash, error) {
	var h Hash
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(h) {
		return h, ErrSecret
	}
	copy(h[:], b)
	return h, nil
}
