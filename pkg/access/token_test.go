package access

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)

func TestTokenCheck(t *testing.T) {
	_, link := NewToken(Token{Purpose: ForSignIn, Subject: "ada@example.org"}, noon)
	_, feed := NewToken(Token{Purpose: ForCalendar, Subject: "ada"}, noon)
	used, revoked := link, link
	used.Used, revoked.Revoked = noon, noon
	tests := []struct {
		name    string
		token   Token
		purpose Purpose
		now     time.Time
		want    error
	}{
		{"new", link, ForSignIn, noon, nil},
		{"last moment", link, ForSignIn, noon.Add(15*time.Minute - 1), nil},
		{"late", link, ForSignIn, noon.Add(15 * time.Minute), ErrExpired},
		{"another purpose", link, ForInvitation, noon, ErrPurpose},
		{"no purpose", Token{}, "", noon, ErrPurpose},
		{"used", used, ForSignIn, noon, ErrUsed},
		{"revoked", revoked, ForSignIn, noon, ErrRevoked},
		{"another instance's clock is behind", link, ForSignIn, noon.Add(-Tolerance), nil},
		{"clock set back by an hour", link, ForSignIn, noon.Add(-time.Hour), ErrExpired},
		{"clock set forward by a year", link, ForSignIn, noon.AddDate(1, 0, 0), ErrExpired},
		{"calendars last", feed, ForCalendar, noon.AddDate(5, 0, 0), nil},
		{"calendars made by a clock ahead", feed, ForCalendar, noon.AddDate(-1, 0, 0), nil},
	}
	for _, test := range tests {
		if got := test.token.Check(test.purpose, test.now); !errors.Is(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestTokenUse(t *testing.T) {
	for _, p := range Purposes() {
		_, token := NewToken(Token{Purpose: p}, noon)
		once, err := token.Use(p, noon)
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		_, err = once.Use(p, noon)
		if got, want := errors.Is(err, ErrUsed), p.Single(); got != want {
			t.Errorf("%s opened twice: got %v, want single use %v", p, err, want)
		}
	}
}

// Whatever is not a purpose opens nothing for longer than a moment.
func TestUnknownPurpose(t *testing.T) {
	_, token := NewToken(Token{Purpose: "everything"}, noon)
	if err := token.Check("everything", noon.Add(time.Second)); !errors.Is(err, ErrExpired) {
		t.Errorf("got %v, want %v", err, ErrExpired)
	}
}

func TestSecrets(t *testing.T) {
	seen := make(map[Secret]bool)
	for range 1000 {
		s := NewSecret()
		if seen[s] {
			t.Fatal("the same secret twice")
		}
		seen[s] = true
		typed := strings.NewReplacer("0", "O", "1", "l").Replace(strings.ToUpper(s.String()))
		if got, err := ParseSecret(typed); err != nil || got != s {
			t.Fatalf("%s: got %v, %v, want %v", typed, got, err, s)
		}
	}
	s, token := NewToken(Token{Purpose: ForSignIn}, noon)
	if !token.Hash.Equal(s.Hash()) || token.Hash.Equal(NewSecret().Hash()) {
		t.Error("a token's hash is not that of its secret alone")
	}
}

func TestBadSecrets(t *testing.T) {
	good := NewSecret().String()
	for _, text := range []string{"", good[1:], good + "0", good[1:] + "u", good[1:] + "=", good[2:] + "é", good[1:] + "\n"} {
		if _, err := ParseSecret(text); !errors.Is(err, ErrSecret) {
			t.Errorf("%q: got %v, want %v", text, err, ErrSecret)
		}
	}
}

// What parses is written in one way only, and that parses to the same.
func FuzzParseSecret(f *testing.F) {
	f.Add("")
	f.Add("0123456789abcdefghjkmnpqrstvwxyz")
	f.Add("OIL3456789ABCDEFGHJKMNPQRSTVWXYZ")
	f.Add("0123456789abcdefghjkmnpqrstvwxyK")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSecret(text)
		if err != nil {
			return
		}
		again, err := ParseSecret(s.String())
		if err != nil || again != s || len(s.String()) != 32 {
			t.Errorf("%q: got %v, %v, want %v", text, again, err, s)
		}
	})
}

func TestSignInLives(t *testing.T) {
	_, s := NewSignIn("ada", "family", noon)
	revoked := s
	revoked.Revoked = noon
	_, _, old := s.Rotate(noon)
	day := 24 * time.Hour
	daily := s
	for d := range 100 {
		daily.Seen = noon.Add(time.Duration(d) * day)
	}
	tests := []struct {
		name string
		s    SignIn
		now  time.Time
		want error
	}{
		{"new", s, noon, nil},
		{"revoked everywhere", revoked, noon, ErrRevoked},
		{"idle", s, noon.Add(IdleLifetime), ErrExpired},
		{"nearly idle", s, noon.Add(IdleLifetime - 1), nil},
		{"used every day", daily, noon.Add(89 * day), nil},
		{"used every day for too long", daily, noon.Add(90 * day), ErrExpired},
		{"old cookie, request under way", old, noon.Add(30 * time.Second), nil},
		{"old cookie, stolen", old, noon.Add(2 * time.Minute), ErrReplayed},
		{"clock jumps forward", s, noon.AddDate(1, 0, 0), ErrExpired},
		{"and back again", s, noon.Add(time.Minute), nil},
		{"clock was ahead when it began", s, noon.Add(-time.Hour), ErrExpired},
		{"two clocks that differ a little", s, noon.Add(-time.Minute), nil},
	}
	for _, test := range tests {
		if got := test.s.Live(test.now); !errors.Is(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestSignInRotates(t *testing.T) {
	first, s := NewSignIn("ada", "family", noon)
	if s.Due(noon.Add(RotateAfter-1)) || !s.Due(noon.Add(RotateAfter)) {
		t.Error("a cookie is due at another time than after a day")
	}
	later := noon.Add(25 * time.Hour)
	second, next, old := s.Rotate(later)
	if first == second || !next.Hash.Equal(second.Hash()) || !old.Hash.Equal(first.Hash()) {
		t.Error("the new cookie is the old one")
	}
	if next.Family != s.Family || !next.Created.Equal(noon) || !next.Issued.Equal(later) {
		t.Errorf("got %+v, want the same family, created at %v and issued at %v", next, noon, later)
	}
	if old.Due(later.Add(RotateAfter)) {
		t.Error("a cookie that was replaced is due again")
	}
}

func TestSignInTouch(t *testing.T) {
	_, s := NewSignIn("ada", "family", noon)
	tests := []struct {
		now  time.Time
		want bool
	}{
		{noon.Add(time.Second), false},
		{noon.Add(time.Minute), true},
		{noon.Add(-time.Second), true},
	}
	for _, test := range tests {
		got, changed := s.Touch(test.now)
		if changed != test.want || changed && !got.Seen.Equal(test.now) {
			t.Errorf("seen at %v: got %v, %v, want %v", test.now, got.Seen, changed, test.want)
		}
	}
}
