package access

import (
	"net/netip"
	"time"
)

// A Limit bounds how often something may be done: Burst times at once, and
// again once every Every after that.
type Limit struct {
	Every time.Duration
	Burst int
}

// The limits of requests to sign in. An account is counted by the address that
// was typed, whether there is such an account or not; whoever is over a limit
// gets the same answer as everybody, only no mail. The owner of an account that
// somebody else floods has at least the newest links in their mailbox.
var (
	PerAccount  = Limit{Every: 10 * time.Minute, Burst: 5} // links mailed to one address
	PerAddress  = Limit{Every: 10 * time.Second, Burst: 30}
	PerPassword = Limit{Every: time.Minute, Burst: 10} // passwords tried for one account
)

// Take counts one more time at now. State is what the call before returned, or
// zero: the moment at which the allowance is whole again (GCRA). It returns the
// new state, and how long to wait: 0 means that it may be done. What has to wait
// is not counted.
//
// A clock that was set back does not lock anybody out for longer than the
// limit itself would.
func (l Limit) Take(state, now time.Time) (next time.Time, wait time.Duration) {
	whole := l.Every * time.Duration(l.Burst)
	if state.Before(now) {
		state = now
	}
	if most := now.Add(whole); state.After(most) {
		state = most
	}
	next = state.Add(l.Every)
	if wait = next.Sub(now.Add(whole)); wait > 0 {
		return state, wait
	}
	return next, 0
}

// NetworkKey names the network a request comes from, for a limit: an IPv4
// address, or the /64 of an IPv6 one, which is what one subscriber has.
func NetworkKey(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
