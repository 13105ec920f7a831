package access

import (
	"bytes"
	"fmt"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/golden"
)

var invited = Place{Event: "event", Session: "session", Visibility: agenda.Invited}

// The golden file is who may do what: every persona, every permission.
func TestEveryRoleAndPermission(t *testing.T) {
	routes := make([]Route, 0, len(Permissions()))
	for _, p := range Permissions() {
		routes = append(routes, Route{Name: string(p), Rule: Having(p)})
	}
	var b bytes.Buffer
	if err := WriteTable(&b, routes); err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "testdata/permissions.txt", b.Bytes())
}

func TestEveryRole(t *testing.T) {
	routes := []Route{
		{"GET /", Anyone()},
		{"GET /e/{slug}", Readers()},
		{"GET /account", SignedIn()},
		{"POST /organise/e/{slug}/edits", Having(Edit)},
		{"GET /b/{token}", Holding(ForBrief)},
		{"GET /forgotten", Rule{}},
	}
	var b bytes.Buffer
	if err := WriteTable(&b, routes); err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "testdata/rules.txt", b.Bytes())
}

func TestNothingAtAnotherEvent(t *testing.T) {
	other := Place{Event: "other", Session: "other session", Visibility: agenda.Invited}
	for _, persona := range Personas(invited) {
		for _, p := range Permissions() {
			want := persona.Name == "administrator" || persona.Name == "owner" && p == CreateEvents
			if got := persona.Actor.May(p, other); got != want {
				t.Errorf("%s at another event, %s: got %v, want %v", persona.Name, p, got, want)
			}
		}
	}
}

func TestModeratorsHaveTheirOwnSessions(t *testing.T) {
	ada := Actor{User: "ada", Grants: []Grant{{Event: "event", Role: Moderator, Sessions: []string{"hers"}}}}
	brief := Actor{Token: Token{Purpose: ForBrief, Event: "event", Sessions: []string{"hers"}}}
	tests := []struct {
		session string
		want    bool
	}{{"hers", true}, {"another", false}, {"", true}}
	for _, test := range tests {
		at := Place{Event: "event", Session: test.session, Visibility: agenda.Invited}
		for name, a := range map[string]Actor{"moderator": ada, "brief": brief} {
			for _, p := range []Permission{SeeOwn, RunOwn} {
				if got := a.May(p, at); got != test.want {
					t.Errorf("%s, %s of session %q: got %v, want %v", name, p, test.session, got, test.want)
				}
			}
			if a.May(Run, at) || a.May(SeeBackstage, at) {
				t.Errorf("%s may do to session %q what is for all sessions", name, test.session)
			}
		}
	}
}

func TestOpenEventsAreReadByAll(t *testing.T) {
	tests := []struct {
		visibility agenda.Visibility
		want       Decision
	}{{agenda.Public, Allow}, {agenda.Unlisted, Allow}, {agenda.Invited, Hide}, {"", Hide}}
	for _, test := range tests {
		at := Place{Event: "event", Visibility: test.visibility}
		if got := Readers().Decide(Actor{}, at); got != test.want {
			t.Errorf("nobody at an event that is %q: got %v, want %v", test.visibility, got, test.want)
		}
	}
}

// Grants are those of users who are signed in, and administrators are users.
func TestGrantsNeedAUser(t *testing.T) {
	for _, a := range []Actor{
		{Administrator: true},
		{Grants: []Grant{{Event: "event", Role: Owner}}},
		{Token: Token{Purpose: ForSignIn, Event: "event"}},
	} {
		for _, p := range Permissions() {
			if a.May(p, invited) {
				t.Errorf("%+v may %s without a user", a, p)
			}
		}
	}
}

func TestUnknownPermission(t *testing.T) {
	root := Actor{User: "root", Administrator: true}
	if root.May("fly", Place{}) {
		t.Error("an administrator may do what is no permission")
	}
}

func TestStrangersCannotTellEventsApart(t *testing.T) {
	stranger := Actor{User: "eve"}
	missing := Place{Event: "no such event", Visibility: agenda.Invited}
	for _, a := range []Actor{{}, stranger} {
		for _, r := range []Rule{Readers(), Having(SeeDraft), Having(SeeOwn), Holding(ForBrief)} {
			if got, want := r.Decide(a, missing), r.Decide(a, invited); got != want {
				t.Errorf("%v, user %q: got %v at a missing event, %v at an invited one", r, a.User, got, want)
			}
		}
	}
}

func ExampleRule_Decide() {
	viewer := Actor{User: "ada", Grants: []Grant{{Event: "tbilisi", Role: Viewer}}}
	at := Place{Event: "tbilisi", Visibility: agenda.Invited}
	fmt.Println(Having(Edit).Decide(viewer, at), Having(SeeDraft).Decide(viewer, at), Having(Edit).Decide(Actor{}, at))
	// Output: refuse allow ask
}
