package post

import "errors"

// ErrLost says that a message is no longer as it was: another worker has taken
// the claim back, or a person has decided.
var ErrLost = errors.New("changed by somebody else")

// An Item is a message in the queue.
type Item struct {
	Message Message
	Status  Status
}
