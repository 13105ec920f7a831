package web

import (
	"context"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// Accounts are what the pages need of a database to know who somebody is.
// Errors are those of packages access and agenda; actor is the ID of the user
// who does it.
type Accounts interface {
	// Resume returns who the holder of a cookie is; see [access.Visit].
	Resume(ctx context.Context, s access.Secret) (access.Visit, error)
	// SignIn signs in a user who has proved who they are.
	SignIn(ctx context.Context, user string) (access.Visit, error)
	// SignInByLink uses a token made for [access.ForSignIn] and signs in the
	// user whose address is its subject.
	SignInByLink(ctx context.Context, s access.Secret) (access.Visit, error)
	// FirstOrganiser uses a token made for [access.ForFirstOrganiser]: u becomes
	// the first administrator, and is signed in.
	FirstOrganiser(ctx context.Context, s access.Secret, u access.User) (access.Visit, error)
	// AcceptInvitation uses a token made for [access.ForInvitation]: the user
	// whose address is its subject, u if there is none, gets its role and is
	// signed in.
	AcceptInvitation(ctx context.Context, s access.Secret, u access.User) (access.Visit, error)
	// SignOut ends the sign-in of a cookie.
	SignOut(ctx context.Context, s access.Secret) error
	// SignIns lists those of a user that are live.
	SignIns(ctx context.Context, user string) ([]access.SignIn, error)
	// EndSignIn ends one of a user's sign-ins, wherever it is used.
	EndSignIn(ctx context.Context, actor, user, family string) error
	// EndSignIns ends all of a user's sign-ins but that of a family.
	EndSignIns(ctx context.Context, actor, user, except string) error

	// UserByAddress returns the user with an address.
	UserByAddress(ctx context.Context, a access.Address) (access.User, error)
	// ChangeUser changes a user in one transaction.
	ChangeUser(ctx context.Context, actor, id string, change func(access.User) (access.User, error)) (access.User, error)
	// Rehash replaces the hash of a password that is still the old one.
	Rehash(ctx context.Context, id, old, hash string) error

	// NewToken makes a token; its secret cannot be had a second time.
	NewToken(ctx context.Context, actor string, t access.Token) (access.Secret, error)
	// Token looks at a token without using it.
	Token(ctx context.Context, s access.Secret, p access.Purpose) (access.Token, error)

	// Take counts one more time of what key names, and returns how long to
	// wait; 0 is not at all.
	Take(ctx context.Context, key string, l access.Limit) (time.Duration, error)
}

// Drafts are what the pages need of a database to know which event an address
// of the organisers' side is about.
type Drafts interface {
	// Draft returns the draft of the event that has or had that slug, and its
	// version. The error wraps agenda.ErrNotFound.
	Draft(ctx context.Context, slug string) (*agenda.Draft, int, error)
}

// Letters send mail. They put a message into a queue, and return without
// waiting until it is sent.
type Letters interface {
	// SignIn sends a link that signs its reader in.
	SignIn(ctx context.Context, to access.User, link string) error
	// Invite sends a link that gives its reader a role at an event.
	Invite(ctx context.Context, to access.User, i Invitation) error
}
