package access

import (
	"net/netip"
	"testing"
	"time"
)

// A thousand requests for one address within a minute mail five links.
func TestThousandRequests(t *testing.T) {
	var state time.Time
	mailed := 0
	for i := range 1000 {
		next, wait := PerAccount.Take(state, noon.Add(time.Duration(i)*60*time.Millisecond))
		if wait == 0 {
			mailed++
		}
		state = next
	}
	if mailed != PerAccount.Burst {
		t.Errorf("got %d mails, want %d", mailed, PerAccount.Burst)
	}
}

func TestTake(t *testing.T) {
	limit := Limit{Every: time.Minute, Burst: 2}
	var state time.Time
	steps := []struct {
		name string
		now  time.Time
		want time.Duration
	}{
		{"first", noon, 0},
		{"second at once", noon, 0},
		{"third", noon, time.Minute},
		{"refused ones do not count", noon.Add(59 * time.Second), time.Second},
		{"when one is whole again", noon.Add(time.Minute), 0},
		{"and no more", noon.Add(time.Minute), time.Minute},
		{"after long rest there are two", noon.Add(time.Hour), 0},
		{"second after rest", noon.Add(time.Hour), 0},
		{"clock set back by an hour", noon, time.Minute},
		{"nobody is locked out", noon.Add(time.Minute), 0},
		{"clock set forward", noon.AddDate(1, 0, 0), 0},
	}
	for _, s := range steps {
		next, wait := limit.Take(state, s.now)
		if wait != s.want {
			t.Errorf("%s: wait %v, want %v", s.name, wait, s.want)
		}
		state = next
	}
}

func TestNetworkKey(t *testing.T) {
	tests := []struct{ addr, want string }{
		{"192.0.2.7", "192.0.2.7"},
		{"::ffff:192.0.2.7", "192.0.2.7"},
		{"2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"},
		{"2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"},
		{"fe80::1%eth0", "fe80::/64"},
	}
	for _, test := range tests {
		if got := NetworkKey(netip.MustParseAddr(test.addr)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.addr, got, test.want)
		}
	}
}
