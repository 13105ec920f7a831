package access

import "errors"

// Why a provider's word does not sign somebody in.
var (
	ErrDenied     = errors.New("identity not confirmed")  // the person or the provider said no, or the answer is none to our question
	ErrUnverified = errors.New("address is not verified") // the provider does not know that the address is the person's
)

// An Attempt is what the browser keeps of a question to a provider until the
// answer comes: each value is random, and good for one answer.
type Attempt struct {
	State    string
	Nonce    string
	Verifier string // of PKCE
}

// An Identity is who somebody is by the word of a provider.
type Identity struct {
	Address Address // verified
	Name    string
}
