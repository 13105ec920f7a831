package access

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// cheap is a cost for tests that do not ask about it.
var cheap = Cost{Memory: 64, Passes: 1, Threads: 1}

func TestPasswords(t *testing.T) {
	h := NewHasher(cheap, 2)
	encoded, err := h.Hash(t.Context(), "gaumarjos, caf\u00e9!")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(encoded, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("got %s, want the PHC format with the cost", encoded)
	}
	again, err := h.Hash(t.Context(), "gaumarjos, caf\u00e9!")
	if err != nil || again == encoded {
		t.Errorf("got the same hash twice, or %v, want another salt", err)
	}
	tests := []struct {
		encoded, password string
		ok                bool
	}{
		{encoded, "gaumarjos, caf\u00e9!", true},
		{encoded, "gaumarjos, cafe\u0301!", true}, // typed on another system
		{encoded, "gaumarjos, cafe!", false},
		{encoded, "", false},
		{"", "gaumarjos, caf\u00e9!", false},
		{"", "", false},
	}
	for _, test := range tests {
		if ok, _, err := h.Verify(t.Context(), test.encoded, test.password); ok != test.ok || err != nil {
			t.Errorf("%q: got %v, %v, want %v", test.password, ok, err, test.ok)
		}
	}
}

func TestLongPasswords(t *testing.T) {
	h := NewHasher(cheap, 1)
	long := strings.Repeat("abcdefgh", LongestPassword/8)
	encoded, err := h.Hash(t.Context(), long)
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{long: true, long + "x": false, long + strings.Repeat("x", 1<<20): false} {
		if ok, _, err := h.Verify(t.Context(), encoded, password); ok != want || err != nil {
			t.Errorf("%d bytes: got %v, %v, want %v", len(password), ok, err, want)
		}
	}
}

func TestRehash(t *testing.T) {
	old := NewHasher(cheap, 1)
	encoded, err := old.Hash(t.Context(), "a long password")
	if err != nil {
		t.Fatal(err)
	}
	dear := NewHasher(Cost{Memory: 128, Passes: 1, Threads: 1}, 1)
	for h, want := range map[*Hasher]bool{old: false, dear: true} {
		if ok, rehash, err := h.Verify(t.Context(), encoded, "a long password"); !ok || rehash != want || err != nil {
			t.Errorf("cost %v: got %v, rehash %v, %v, want rehash %v", h.cost, ok, rehash, err, want)
		}
	}
	if _, rehash, _ := dear.Verify(t.Context(), encoded, "another password"); rehash {
		t.Error("a wrong password asks to be hashed anew")
	}
}

func TestDamagedHashes(t *testing.T) {
	h := NewHasher(cheap, 1)
	salt, key := "c29tZXNhbHRzb21lc2FsdA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	for _, encoded := range []string{
		"x", "$", "$argon2i$v=19$m=64,t=1,p=1$" + salt + "$" + key, "$argon2id$v=16$m=64,t=1,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=4294967295,t=1,p=1$" + salt + "$" + key, "$argon2id$v=19$m=64,t=0,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=64,t=1,p=0$" + salt + "$" + key, "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$",
		"$argon2id$v=19$m=64,t=1,p=1$$" + key, "$argon2id$v=19$m=64,t=99999,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=64,t=1,p=1$" + salt + "$%%%",
	} {
		if ok, _, err := h.Verify(t.Context(), encoded, "a long password"); ok || !errors.Is(err, ErrEncoded) {
			t.Errorf("%s: got %v, %v, want %v", encoded, ok, err, ErrEncoded)
		}
	}
}

func TestBusy(t *testing.T) {
	h := NewHasher(cheap, 1)
	h.slots <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, "a long password"); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want %v", err, ErrBusy)
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := h.Hash(t.Context(), "a long password"); err != nil {
			t.Errorf("got %v, want its turn", err)
		}
	})
	<-h.slots
	wait.Wait()
}

// Nobody takes as long as somebody: the same work is done. The least of several
// runs is compared, so that a busy machine does not matter, and by half.
func TestTimeTellsNothing(t *testing.T) {
	h := NewHasher(Cost{Memory: 8 << 10, Passes: 2, Threads: 1}, 1)
	encoded, err := h.Hash(t.Context(), "a long password")
	if err != nil {
		t.Fatal(err)
	}
	least := func(encoded string) time.Duration {
		best := time.Hour
		for range 7 {
			start := time.Now()
			if ok, _, err := h.Verify(t.Context(), encoded, "a wrong password"); ok || err != nil {
				t.Fatalf("got %v, %v, want false", ok, err)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	somebody, nobody := least(encoded), least("")
	if nobody < somebody/2 || nobody > somebody*2 {
		t.Errorf("nobody takes %v, somebody %v", nobody, somebody)
	}
}

func TestCheckPassword(t *testing.T) {
	words := []string{"ada.lovelace@example.org", "Ada", "Tamada"}
	tests := []struct {
		password string
		want     error
	}{
		{"gaumarjos 2026", nil},
		{"კეთილი იყოს თქვენი", nil},
		{"كلمة المرور الطويلة", nil},
		{"short", ErrTooShort},
		{"eleven char", ErrTooShort},
		{strings.Repeat("long ", 60), ErrTooLong},
		{"aaaaaaaaaaaaaaaa", ErrGuessable},
		{"ada.lovelace@example.org", ErrGuessable},
		{"TamadaTamada1", ErrGuessable},
		{"121212121212", ErrGuessable},
	}
	for _, test := range tests {
		if got := CheckPassword(test.password, words...); !errors.Is(got, test.want) {
			t.Errorf("%q: got %v, want %v", test.password, got, test.want)
		}
	}
}

// TestStandardCost holds passwords to the least that OWASP asks of argon2id:
// 19 MiB and two passes.
func TestStandardCost(t *testing.T) {
	cost := StandardCost()
	if cost.Memory < 19<<10 || cost.Passes < 2 || cost.Threads < 1 {
		t.Errorf("got %+v, want at least 19 MiB and two passes", cost)
	}
	h := NewHasher(cost, 1)
	encoded, err := h.Hash(t.Context(), "gaumarjos, caf\u00e9!")
	if err != nil {
		t.Fatal(err)
	}
	if ok, rehash, err := h.Verify(t.Context(), encoded, "gaumarjos, caf\u00e9!"); !ok || rehash || err != nil {
		t.Errorf("got %t, rehash %t, %v, want the password to fit and no new hash", ok, rehash, err)
	}
}
