package mail

import (
	"time"

	"tamada/pkg/post"
)

// The values of package post, for those who have to do with mail only.
type (
	Message    = post.Message
	Mailbox    = post.Mailbox
	Calendar   = post.Calendar
	Attachment = post.Attachment
	Kind       = post.Kind
	Letter     = post.Letter
	Block      = post.Block
	BlockKind  = post.BlockKind
	Fact       = post.Fact
	Item       = post.Item
	Status     = post.Status
	State      = post.State
	Cause      = post.Cause
	Event      = post.Event
	Step       = post.Step
)

// The constants of package post.
const (
	KindSignIn     = post.KindSignIn
	KindInvitation = post.KindInvitation
	KindPublished  = post.KindPublished
	KindBulk       = post.KindBulk

	Paragraph = post.Paragraph
	Markdown  = post.Markdown
	Button    = post.Button
	Facts     = post.Facts

	Waiting   = post.Waiting
	Claimed   = post.Claimed
	Sending   = post.Sending
	Sent      = post.Sent
	Deferred  = post.Deferred
	Refused   = post.Refused
	Uncertain = post.Uncertain
	Cancelled = post.Cancelled

	Replied     = post.Replied
	Unreachable = post.Unreachable
	Unwelcome   = post.Unwelcome
	Dropped     = post.Dropped
	Unanswered  = post.Unanswered
	Interrupted = post.Interrupted
	Tired       = post.Tired
	Late        = post.Late
	Unfit       = post.Unfit
	Bounced     = post.Bounced
	Away        = post.Away

	Claim    = post.Claim
	Release  = post.Release
	HandOver = post.HandOver
	Accept   = post.Accept
	Defer    = post.Defer
	Refuse   = post.Refuse
	Lose     = post.Lose
	Resend   = post.Resend
	Settle   = post.Settle
	Withdraw = post.Withdraw
	Return   = post.Return
)

// The errors of package post.
var (
	ErrLost    = post.ErrLost
	ErrState   = post.ErrState
	ErrMessage = post.ErrMessage
)

// New is [post.New].
func New(now time.Time) Status { return post.New(now) }

// Next is [post.Next].
func Next(s Status, e Event, now time.Time) (Status, error) { return post.Next(s, e, now) }

// States is [post.States].
func States() []State { return post.States() }

// Causes is [post.Causes].
func Causes() []Cause { return post.Causes() }

// MessageID is [post.MessageID].
func MessageID(id, domain string) string { return post.MessageID(id, domain) }

// IDOf is [post.IDOf].
func IDOf(messageID string) string { return post.IDOf(messageID) }
