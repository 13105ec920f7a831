package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

// A hand is that of a clock, which a test moves.
type hand struct{ at atomic.Int64 }

func (h *hand) now() time.Time        { return time.Unix(h.at.Load(), 0).UTC() }
func (h *hand) move(by time.Duration) { h.at.Add(int64(by / time.Second)) }
func newHand() *hand                  { h := &hand{}; h.at.Store(1_800_000_000); return h }
func (h *hand) open(t *testing.T, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), url, quiet, h.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// address reads an address.
func address(t *testing.T, text string) access.Address {
	t.Helper()
	a, err := access.ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// addUser adds a user with that address.
func addUser(t *testing.T, db *store.DB, text string, administrator bool) access.User {
	t.Helper()
	u, err := db.AddUser(t.Context(), "", access.User{
		Address: address(t, text), Name: "Nino", Language: "ka", Password: "$argon2id$x", Administrator: administrator,
	})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// atOnce calls f from many goroutines and returns how often it had no error;
// any error but those is reported.
func atOnce(t *testing.T, n int, f func(i int) error, but ...error) int {
	t.Helper()
	var won atomic.Int64
	var wait sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		wait.Go(func() {
			<-begin
			err := f(i)
			switch {
			case err == nil:
				won.Add(1)
			case !slices.ContainsFunc(but, func(e error) bool { return errors.Is(err, e) }):
				t.Error(err)
			}
		})
	}
	close(begin)
	wait.Wait()
	return int(won.Load())
}

func TestUsers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		ada := addUser(t, db, "Ada@Example.org", true)
		if _, err := db.AddUser(t.Context(), "", access.User{Address: address(t, "ADA@example.org")}); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("the same address in capitals: got %v, want a conflict", err)
		}
		for name, read := range map[string]func() (access.User, error){
			"id":      func() (access.User, error) { return db.User(t.Context(), ada.ID) },
			"address": func() (access.User, error) { return db.UserByAddress(t.Context(), address(t, "aDa@EXAMPLE.org")) },
		} {
			got, err := read()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(ada, got); diff != "" {
				t.Errorf("by %s (-want +got):\n%s", name, diff)
			}
		}
		for _, id := range []string{"", agenda.NewID(), "a\x00b", "\xff"} {
			if _, err := db.User(t.Context(), id); !errors.Is(err, agenda.ErrNotFound) {
				t.Errorf("user %q: got %v, want %v", id, err, agenda.ErrNotFound)
			}
		}
		addUser(t, db, "bob@example.org", false)
		all, err := db.Users(t.Context())
		if err != nil || len(all) != 2 || all[1].Address.Local != "bob" {
			t.Errorf("got %v, %v, want ada and bob", all, err)
		}
	})
}

func TestChangeUser(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		ada, bob := addUser(t, db, "ada@example.org", true), addUser(t, db, "bob@example.org", false)
		change := func(id string, f func(*access.User)) error {
			_, err := db.ChangeUser(t.Context(), ada.ID, id, func(u access.User) (access.User, error) {
				f(&u)
				return u, nil
			})
			return err
		}
		tests := []struct {
			name   string
			id     string
			change func(*access.User)
			want   error
		}{
			{"last is disabled", ada.ID, func(u *access.User) { u.Disabled = true }, access.ErrLast},
			{"last is no longer", ada.ID, func(u *access.User) { u.Administrator = false }, access.ErrLast},
			{"address of another", bob.ID, func(u *access.User) { u.Address = ada.Address }, agenda.ErrConflict},
			{"nobody", agenda.NewID(), func(*access.User) {}, agenda.ErrNotFound},
			{"new password", bob.ID, func(u *access.User) { u.Password, u.ID = "$argon2id$topsecret", "other" }, nil},
			{"nothing", bob.ID, func(*access.User) {}, nil},
		}
		for _, test := range tests {
			if err := change(test.id, test.change); !errors.Is(err, test.want) {
				t.Errorf("%s: got %v, want %v", test.name, err, test.want)
			}
		}
		got, err := db.User(t.Context(), bob.ID)
		if err != nil || got.Password != "$argon2id$topsecret" || got.Address != bob.Address {
			t.Errorf("got %+v, %v, want bob with a new password", got, err)
		}
		log, err := db.Audit(t.Context(), "", 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, c := range log {
			told = append(told, c.By+" "+c.What+" "+c.Subject+" "+string(c.Details))
		}
		if want := ada.ID + " user.changed " + bob.ID + ` {"password":[true,true]}`; len(told) != 3 || told[0] != want {
			t.Errorf("got log %q, want 3 entries, the first %q", told, want)
		}
	})
}

// Two administrators that disable each other at once leave one.
func TestLastAdministrator(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		const many = 8
		var users []access.User
		for i := range many {
			users = append(users, addUser(t, db, string(rune('a'+i))+"@example.org", true))
		}
		won := atOnce(t, many, func(i int) error {
			_, err := db.ChangeUser(t.Context(), "", users[i].ID, func(u access.User) (access.User, error) {
				u.Disabled = true
				return u, nil
			})
			return err
		}, access.ErrLast)
		left, err := db.Administrators(t.Context())
		if err != nil || won != many-1 || left != 1 {
			t.Errorf("got %d disabled, %d left, %v, want %d and 1", won, left, err, many-1)
		}
	})
}

func TestGrants(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 2)
		event, session := draft.Event.ID, draft.Event.Days[0].Sessions[0].ID
		bob := addUser(t, db, "bob@example.org", false)
		want := []access.Grant{{Event: event, Role: access.Desk}, {Event: event, Role: access.Moderator, Sessions: []string{session}}}
		for _, g := range []access.Grant{{Event: event, Role: access.Moderator}, want[0], want[1]} {
			if err := db.Grant(t.Context(), "ia", bob.ID, g); err != nil {
				t.Fatal(err)
			}
		}
		got, err := db.Grants(t.Context(), bob.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("grants (-want +got):\n%s", diff)
		}
		members, err := db.Members(t.Context(), event)
		if err != nil || len(members) != 2 || members[0].User != bob || !cmp.Equal(members[1].Grant, want[1]) {
			t.Errorf("got members %+v, %v, want bob twice", members, err)
		}
		for _, g := range []access.Grant{{Event: agenda.NewID(), Role: access.Desk}, {Event: "\x00", Role: access.Desk}} {
			if err := db.Grant(t.Context(), "ia", bob.ID, g); !errors.Is(err, agenda.ErrNotFound) {
				t.Errorf("event %q: got %v, want %v", g.Event, err, agenda.ErrNotFound)
			}
		}
		if err := db.Grant(t.Context(), "ia", agenda.NewID(), want[0]); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("nobody: got %v, want %v", err, agenda.ErrNotFound)
		}
		if err := db.Regrant(t.Context(), "ia", bob.ID, access.Desk, access.Grant{Event: event, Role: "\x00"}); err == nil {
			t.Error("got a role that is none")
		}
		if got, err := db.Grants(t.Context(), bob.ID); err != nil || len(got) != 2 {
			t.Errorf("after a change that failed: got %v, %v, want both roles as they were", got, err)
		}
		for _, step := range [][2]access.Role{{access.Desk, access.Viewer}, {access.Viewer, access.Desk}} {
			if err := db.Regrant(t.Context(), "ia", bob.ID, step[0], access.Grant{Event: event, Role: step[1]}); err != nil {
				t.Error(err)
			}
		}
		if err := db.Ungrant(t.Context(), "ia", bob.ID, event, access.Desk); err != nil {
			t.Error(err)
		}
		if err := db.Ungrant(t.Context(), "ia", bob.ID, event, access.Desk); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("taken twice: got %v, want %v", err, agenda.ErrNotFound)
		}
		if got, err := db.Grants(t.Context(), bob.ID); err != nil || len(got) != 1 {
			t.Errorf("got %v, %v, want one role left", got, err)
		}
		log, err := db.Audit(t.Context(), event, 0, 10)
		if err != nil || len(log) != 8 || log[0].What != access.GrantTaken || log[0].By != "ia" {
			t.Errorf("got %v, %v, want eight entries, a grant taken first", log, err)
		}
	})
}

// An event keeps an owner, even if all of them take the role from each other at
// once.
func TestLastOwnerStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		event := draft.Event.ID
		const owners = 8
		var users []access.User
		for i := range owners {
			u := addUser(t, db, fmt.Sprintf("owner%d@example.org", i), false)
			if err := db.Grant(t.Context(), "ia", u.ID, access.Grant{Event: event, Role: access.Owner}); err != nil {
				t.Fatal(err)
			}
			users = append(users, u)
		}
		var kept atomic.Int64
		var wg sync.WaitGroup
		for i := range users {
			wg.Go(func() {
				switch err := db.Ungrant(t.Context(), users[i].ID, users[(i+1)%owners].ID, event, access.Owner); {
				case errors.Is(err, agenda.ErrConflict):
					kept.Add(1)
				case err != nil:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		members, err := db.Members(t.Context(), event)
		if err != nil || len(members) != 1 || kept.Load() != 1 {
			t.Errorf("got the owners %v, %v, and %d refusals, want one each", members, err, kept.Load())
		}
	})
}

// Of many who open a link at once, one gets in.
func TestTokenOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		other := storetest.Open(t, url) // another instance
		addUser(t, db, "ada@example.org", true)
		for _, p := range []access.Purpose{access.ForSignIn, access.ForInvitation} {
			s, err := db.NewToken(t.Context(), "", access.Token{Purpose: p, Subject: "ada@example.org"})
			if err != nil {
				t.Fatal(err)
			}
			won := atOnce(t, 16, func(i int) error {
				_, err := []*store.DB{db, other}[i%2].UseToken(t.Context(), s, p)
				return err
			}, access.ErrUsed)
			if won != 1 {
				t.Errorf("%s: got %d uses, want 1", p, won)
			}
		}
		s, err := db.NewToken(t.Context(), "", access.Token{Purpose: access.ForSignIn, Subject: "ada@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		if won := atOnce(t, 16, func(int) error { _, err := db.SignInByLink(t.Context(), s); return err }, access.ErrUsed); won != 1 {
			t.Errorf("got %d sign-ins by one link, want 1", won)
		}
	})
}

func TestTokens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := newHand()
		if _, err := h.open(t, url).Import(t.Context(), "ia", storetest.Meeting("spring", 1)); err != nil {
			t.Fatal(err)
		}
		db, event := h.open(t, url), storetest.Meeting("spring", 1).Event.ID
		made := access.Token{Purpose: access.ForPreview, Subject: "Press", Event: event, Sessions: []string{"s"}, Role: access.Viewer}
		s, err := db.NewToken(t.Context(), "ia", made)
		if err != nil {
			t.Fatal(err)
		}
		want := made
		want.Hash, want.Created, want.Expires = s.Hash(), h.now(), h.now().Add(access.ForPreview.Lifetime())
		for range 2 { // it works more than once
			got, err := db.UseToken(t.Context(), s, access.ForPreview)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("used (-want +got):\n%s", diff)
			}
		}
		if _, err := db.UseToken(t.Context(), s, access.ForSignIn); !errors.Is(err, access.ErrPurpose) {
			t.Errorf("another purpose: got %v, want %v", err, access.ErrPurpose)
		}
		if _, err := db.Token(t.Context(), access.NewSecret(), access.ForPreview); !errors.Is(err, access.ErrSecret) {
			t.Errorf("never made: got %v, want %v", err, access.ErrSecret)
		}
		list, err := db.Tokens(t.Context(), access.ForPreview, event)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]access.Issue{{Token: want, By: "ia"}}, list); diff != "" {
			t.Errorf("list (-want +got):\n%s", diff)
		}
		h.move(access.ForPreview.Lifetime())
		if _, err := db.Token(t.Context(), s, access.ForPreview); !errors.Is(err, access.ErrExpired) {
			t.Errorf("later: got %v, want %v", err, access.ErrExpired)
		}
		h.move(-time.Hour)
		if err := db.RevokeToken(t.Context(), "ia", "", s.Hash()); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("revoked at another event: got %v, want %v", err, agenda.ErrNotFound)
		}
		if err := db.RevokeToken(t.Context(), "ia", event, s.Hash()); err != nil {
			t.Error(err)
		}
		if _, err := db.Token(t.Context(), s, access.ForPreview); !errors.Is(err, access.ErrRevoked) {
			t.Errorf("revoked: got %v, want %v", err, access.ErrRevoked)
		}
		if _, err := db.NewToken(t.Context(), "ia", access.Token{Purpose: access.ForPreview, Event: agenda.NewID()}); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("no event: got %v, want %v", err, agenda.ErrNotFound)
		}
		h.move(100 * 24 * time.Hour)
		if err := db.Sweep(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := db.Token(t.Context(), s, access.ForPreview); !errors.Is(err, access.ErrSecret) {
			t.Errorf("swept: got %v, want %v", err, access.ErrSecret)
		}
	})
}

// Whoever is first becomes the first administrator, and nobody else.
func TestFirstOrganiser(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		secrets := make(chan access.Secret, 8)
		atOnce(t, 8, func(int) error { // instances that start together
			s, err := db.NewFirstOrganiser(t.Context())
			secrets <- s
			return err
		})
		close(secrets)
		var all []access.Secret
		for s := range secrets {
			all = append(all, s)
		}
		won := atOnce(t, 16, func(i int) error {
			u := access.User{Address: address(t, string(rune('a'+i))+"@example.org")}
			_, err := db.FirstOrganiser(t.Context(), all[i%8], u)
			return err
		}, access.ErrStarted, access.ErrRevoked, access.ErrUsed)
		n, err := db.Administrators(t.Context())
		if err != nil || won != 1 || n != 1 {
			t.Errorf("got %d first administrators, %d in all, %v, want 1", won, n, err)
		}
		if _, err := db.NewFirstOrganiser(t.Context()); !errors.Is(err, access.ErrStarted) {
			t.Errorf("again: got %v, want %v", err, access.ErrStarted)
		}
	})
}

func TestAcceptInvitation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, draft := meeting(t, url, 1)
		for range 2 { // a new user, and then the same
			s, err := db.NewToken(t.Context(), "ia", access.Token{
				Purpose: access.ForInvitation, Subject: "Bob@example.org", Event: draft.Event.ID, Role: access.Editor,
			})
			if err != nil {
				t.Fatal(err)
			}
			v, err := db.AcceptInvitation(t.Context(), s, access.User{Name: "Bob", Administrator: true})
			if err != nil {
				t.Fatal(err)
			}
			if a := v.Actor(); a.Administrator || !a.May(access.Edit, access.Place{Event: draft.Event.ID}) {
				t.Errorf("got %+v, want an editor", a)
			}
			if got, err := db.Resume(t.Context(), v.Secret); err != nil || got.User.ID != v.User.ID {
				t.Errorf("got %v, %v, want bob signed in", got.User, err)
			}
		}
		if all, err := db.Users(t.Context()); err != nil || len(all) != 1 {
			t.Errorf("got %v, %v, want one user", all, err)
		}
	})
}

func TestSignIns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := newHand()
		db := h.open(t, url)
		ada := addUser(t, db, "ada@example.org", true)
		resume := func(name string, s access.Secret, want error) access.Visit {
			t.Helper()
			v, err := db.Resume(t.Context(), s)
			if !errors.Is(err, want) {
				t.Errorf("%s: got %v, want %v", name, err, want)
			}
			return v
		}
		first := signIn(t, db, ada.ID)
		phone := signIn(t, db, ada.ID)
		if v := resume("at once", first.Secret, nil); v.Renewed || v.Actor().User != ada.ID || !v.Actor().Administrator {
			t.Errorf("got %+v, want ada with the same cookie", v)
		}
		resume("never made", access.NewSecret(), access.ErrSecret)
		h.move(access.RotateAfter)
		next := resume("a day later", first.Secret, nil)
		if !next.Renewed || next.Secret == first.Secret {
			t.Error("a day later: the cookie is not renewed")
		}
		if v := resume("a request under way", first.Secret, nil); v.Renewed {
			t.Error("a request under way: the cookie is renewed twice")
		}
		if list, err := db.SignIns(t.Context(), ada.ID); err != nil || len(list) != 2 {
			t.Errorf("got %v, %v, want two devices", list, err)
		}
		h.move(2 * time.Minute)
		resume("the new cookie", next.Secret, nil)
		resume("a stolen old cookie", first.Secret, access.ErrReplayed)
		resume("its family", next.Secret, access.ErrRevoked)
		resume("another device", phone.Secret, nil)
		if err := db.EndSignIns(t.Context(), ada.ID, ada.ID, ""); err != nil {
			t.Error(err)
		}
		resume("ended everywhere", phone.Secret, access.ErrRevoked)
		idle := signIn(t, db, ada.ID)
		h.move(access.IdleLifetime)
		resume("idle", idle.Secret, access.ErrExpired)
		if err := db.Sweep(t.Context()); err != nil {
			t.Error(err)
		}
		resume("swept", idle.Secret, access.ErrSecret)
		out := signIn(t, db, ada.ID)
		if err := db.SignOut(t.Context(), out.Secret); err != nil {
			t.Error(err)
		}
		resume("signed out", out.Secret, access.ErrRevoked)
	})
}

func signIn(t *testing.T, db *store.DB, user string) access.Visit {
	t.Helper()
	v, err := db.SignIn(t.Context(), user)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Of requests that come at once with an old cookie, one gets a new one.
func TestRotateOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := newHand()
		db := h.open(t, url)
		v := signIn(t, db, addUser(t, db, "ada@example.org", true).ID)
		h.move(access.RotateAfter)
		var renewed atomic.Int64
		atOnce(t, 16, func(int) error {
			got, err := db.Resume(t.Context(), v.Secret)
			if got.Renewed {
				renewed.Add(1)
			}
			return err
		})
		if renewed.Load() != 1 {
			t.Errorf("got %d new cookies, want 1", renewed.Load())
		}
	})
}

func TestDisabledIsOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		addUser(t, db, "ada@example.org", true)
		bob := addUser(t, db, "bob@example.org", false)
		v := signIn(t, db, bob.ID)
		disable := func(yes bool) {
			_, err := db.ChangeUser(t.Context(), "", bob.ID, func(u access.User) (access.User, error) {
				u.Disabled = yes
				return u, nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		disable(true)
		if _, err := db.Resume(t.Context(), v.Secret); !errors.Is(err, access.ErrRevoked) {
			t.Errorf("disabled: got %v, want %v", err, access.ErrRevoked)
		}
		if _, err := db.SignIn(t.Context(), bob.ID); !errors.Is(err, access.ErrRevoked) {
			t.Errorf("signs in: got %v, want %v", err, access.ErrRevoked)
		}
		disable(false)
		if _, err := db.Resume(t.Context(), v.Secret); !errors.Is(err, access.ErrRevoked) {
			t.Errorf("enabled again, with the old cookie: got %v, want %v", err, access.ErrRevoked)
		}
	})
}

// However many try at once, and at whichever instance, a limit holds.
func TestTake(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := newHand()
		db, other := h.open(t, url), h.open(t, url)
		limit := access.Limit{Every: time.Minute, Burst: 5}
		take := func(i int) error {
			wait, err := []*store.DB{db, other}[i%2].Take(t.Context(), "link:ada@example.org", limit)
			if err == nil && wait > 0 {
				err = context.DeadlineExceeded
			}
			return err
		}
		if got := atOnce(t, 40, take, context.DeadlineExceeded); got != 5 {
			t.Errorf("got %d, want 5", got)
		}
		h.move(2 * time.Minute)
		if got := atOnce(t, 20, take, context.DeadlineExceeded); got != 2 {
			t.Errorf("two minutes later: got %d, want 2", got)
		}
		if wait, err := db.Take(t.Context(), "link:bob@example.org", limit); err != nil || wait != 0 {
			t.Errorf("another: got %v, %v, want no wait", wait, err)
		}
	})
}

func TestSettings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		type site struct{ Name, Colour string }
		got := site{Name: "usual"}
		if version, err := db.Setting(t.Context(), "site", &got); err != nil || version != 0 || got.Name != "usual" {
			t.Errorf("never set: got %d, %v, %v", version, got, err)
		}
		for version, name := range []string{"First", "Second ✓"} {
			won := atOnce(t, 8, func(int) error {
				_, err := db.SetSetting(t.Context(), "ia", "site", version, site{name, "#000"})
				return err
			}, agenda.ErrConflict)
			if won != 1 {
				t.Errorf("got %d that set version %d, want 1", won, version+1)
			}
		}
		if version, err := db.Setting(t.Context(), "site", &got); err != nil || version != 2 || got != (site{"Second ✓", "#000"}) {
			t.Errorf("got %d, %v, %v, want the second", version, got, err)
		}
		if _, err := db.SetSetting(t.Context(), "ia", "other", 3, 1); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("a version that never was: got %v, want a conflict", err)
		}
		log, err := db.Audit(t.Context(), "", 0, 10)
		const want = `{"after":{"Name":"Second ✓","Colour":"#000"},"before":{"Name":"First","Colour":"#000"}}`
		if err != nil || len(log) != 2 || string(log[0].Details) != want {
			t.Errorf("got %v, %v, want two entries, the first %s", log, err, want)
		}
		if older, err := db.Audit(t.Context(), "", log[0].Number, 10); err != nil || len(older) != 1 || older[0].Number != log[1].Number {
			t.Errorf("before the first: got %v, %v, want the other", older, err)
		}
		if err := store.Exec(t, db, "UPDATE audit SET author = 'nobody'"); err == nil {
			t.Error("the log of changes was changed")
		}
	})
}

// What no database keeps is refused with the name of the field, on both.
func TestAccountText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		m := queue(t, db)
		message := many(1)[0]
		message.To.Name, message.Letter.Subject = "Ada\x00", "To\x00morrow\xff"
		if err := m.Add(t.Context(), message.Created, message); err != nil {
			t.Errorf("a message that is unfit: got %v, want it kept for its refusal", err)
		}
		a := address(t, "ada@example.org")
		for field, try := range map[string]func() error{
			"name": func() error { _, err := db.AddUser(t.Context(), "", access.User{Address: a, Name: "\x00"}); return err },
			"language": func() error {
				_, err := db.AddUser(t.Context(), "", access.User{Address: a, Language: "\xff"})
				return err
			},
			"address":  func() error { _, err := db.AddUser(t.Context(), "", access.User{Name: "Ada"}); return err },
			"subject":  func() error { _, err := db.NewToken(t.Context(), "", access.Token{Subject: "\x00"}); return err },
			"key":      func() error { _, err := db.SetSetting(t.Context(), "", "\x00", 0, 1); return err },
			"audience": func() error { _, err := m.SaveBatch(t.Context(), "", post.Batch{Audience: "\x00"}); return err },
			"event": func() error {
				message := message
				message.ID, message.Event = agenda.NewID(), "\x00"
				return m.Add(t.Context(), message.Created, message)
			},
		} {
			var invalid *agenda.Invalid
			if err := try(); !errors.As(err, &invalid) || invalid.Problems[0].Field != field {
				t.Errorf("%s: got %v, want an error of that field", field, err)
			}
		}
	})
}
