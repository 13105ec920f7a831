package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// accountPage is the data of templates/account.html.
type accountPage struct {
	frame
	Address  string
	Done     string   // what was done before, or ""
	Form     formView // what is wrong, of whichever form
	Profile  formView
	Password formView
	SignIns  []signInView
	End      string // where forms to end sign-ins go
	Others   bool   // whether there are others than this one
}

// A signInView is one sign-in of a list.
type signInView struct {
	Family string
	Since  string
	Seen   string
	Here   bool // it is the one that the page is seen by
}

// done lists what an address may say was done before.
var done = []string{"profile", "password", "sign-ins"}

// accountView returns the page of the account of whoever asks.
func (s *Server) accountView(c echo.Context) (accountPage, access.Visit, error) {
	v, err := s.visit(c)
	if err != nil {
		return accountPage{}, v, err
	}
	f, chosen, err := s.accountFrame(c)
	if err != nil {
		return accountPage{}, v, err
	}
	f.Languages = s.languageLinks(chosen, nil, "/account", pairs(nil))
	p := accountPage{frame: f, Address: v.User.Address.Shown(), End: chosen.address("/account/sign-ins")}
	p.Title = p.T("account.title") + " · " + p.Site.Name.Text
	if what := c.QueryParam("done"); slices.Contains(done, what) {
		p.Done = p.T("account.done." + what)
	}
	p.Profile = formView{Action: chosen.address("/account"), Inputs: []input{
		{Name: "name", Label: p.T("account.name"), Type: "text", Complete: "name", Value: v.User.Name},
		s.languageInput(p.l, v.User.Language),
	}}
	p.Password = formView{Action: chosen.address("/account/password")}
	if v.User.Password != "" {
		p.Password.Inputs = append(p.Password.Inputs, input{
			Name: "password", Label: p.T("account.password.current"), Type: "password", Complete: "current-password", Dir: "ltr",
		})
	}
	p.Password.Inputs = append(p.Password.Inputs, newPassword(p.l))
	err = s.listSignIns(c, &p, v)
	return p, v, err
}

// languageInput asks for the language of the pages and messages that somebody
// gets.
func (s *Server) languageInput(l *locale.Locale, language string) input {
	in := input{
		Name: "language", Label: l.T("account.language"), Hint: l.T("account.language.hint"),
		Options: []option{{"", words{Text: l.T("account.language.browser")}, language == ""}},
	}
	for _, tag := range s.languages() {
		in.Options = append(in.Options, option{tag, words{Text: locale.Endonym(tag), Lang: tag}, tag == language})
	}
	return in
}

// listSignIns puts the sign-ins on the page, this one first, then the latest.
func (s *Server) listSignIns(c echo.Context, p *accountPage, v access.Visit) error {
	signIns, err := s.Accounts.SignIns(c.Request().Context(), v.User.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(signIns, func(a, b access.SignIn) int {
		if here := v.SignIn.Family; a.Family == here || b.Family == here {
			return cmp.Compare(rank(a.Family == here), rank(b.Family == here))
		}
		return b.Seen.Compare(a.Seen)
	})
	for _, one := range signIns {
		p.SignIns = append(p.SignIns, signInView{
			Family: one.Family, Since: moment(p.l, one.Created), Seen: moment(p.l, one.Seen), Here: one.Family == v.SignIn.Family,
		})
	}
	p.Others = len(p.SignIns) > 1
	return nil
}

// rank sorts what is wanted before what is not.
func rank(wanted bool) int {
	if wanted {
		return 0
	}
	return 1
}

// moment returns an instant as a date with a clock, in the one zone that is the
// same wherever somebody signed in.
func moment(l *locale.Locale, t time.Time) string {
	t = t.UTC()
	return l.T("web.moment", "date", l.Date(agenda.DateOf(t), locale.Long), "time", l.Clock(clock(t)), "zone", "UTC")
}

// account serves the page of one's own account.
func (s *Server) account(c echo.Context) error {
	p, _, err := s.accountView(c)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "account.html", p)
}

// accountAgain answers with the page once more, and what is wrong with one of its forms
// at its head.
func (s *Server) accountAgain(c echo.Context, p accountPage, wrong formView) error {
	p.Form = wrong
	return s.answerPage(c, wrong.code(), "account.html", p)
}

// accountDone leads back to the page, which says what was done.
func (s *Server) accountDone(c echo.Context, what string) error {
	q := pairs([]string{"done", what, "lang", c.QueryParam("lang")})
	return seeOther(c, join("/account", q))
}

// changeProfile changes name and language.
func (s *Server) changeProfile(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	p, v, err := s.accountView(c)
	if err != nil {
		return err
	}
	p.Profile.fill(c)
	name, language := p.Profile.input("name").Value, p.Profile.input("language").Value
	if problem := nameProblem(p.frame, name); problem != "" {
		p.Profile.wrong(p.l, "name", problem)
	}
	if language != "" && !slices.Contains(s.languages(), language) {
		p.Profile.wrong(p.l, "language", p.T("account.language.wrong"))
	}
	if len(p.Profile.Problems) > 0 {
		return s.accountAgain(c, p, p.Profile)
	}
	_, err = s.Accounts.ChangeUser(c.Request().Context(), v.User.ID, v.User.ID, func(u access.User) (access.User, error) {
		u.Name, u.Language = name, language
		return u, nil
	})
	if err != nil {
		return err
	}
	return s.accountDone(c, "profile")
}

// changePassword sets a password, for those who know the one before, if there is
// one, and ends all other sign-ins.
func (s *Server) changePassword(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	p, v, err := s.accountView(c)
	if err != nil {
		return err
	}
	if err := s.checkChange(c, &p, v.User); err != nil {
		return err
	}
	if len(p.Password.Problems) > 0 {
		return s.accountAgain(c, p, p.Password)
	}
	ctx := c.Request().Context()
	hash, err := s.Hasher.Hash(ctx, c.FormValue("new-password"))
	if err != nil {
		return err
	}
	_, err = s.Accounts.ChangeUser(ctx, v.User.ID, v.User.ID, func(u access.User) (access.User, error) {
		if u.Password != v.User.Password {
			return u, agenda.ErrConflict // it was changed meanwhile, elsewhere
		}
		u.Password = hash
		return u, nil
	})
	if err != nil {
		return err
	}
	if err := s.Accounts.EndSignIns(ctx, v.User.ID, v.User.ID, v.SignIn.Family); err != nil {
		return err
	}
	return s.accountDone(c, "password")
}

// checkChange notes what is wrong with what was sent to set a password.
func (s *Server) checkChange(c echo.Context, p *accountPage, u access.User) error {
	if problem := s.passwordProblem(p.l, c.FormValue("new-password"), u); problem != "" {
		p.Password.wrong(p.l, "new-password", problem)
		return nil
	}
	if u.Password == "" {
		return nil
	}
	free, err := s.free(c, "password:"+u.Address.Key(), access.PerPassword)
	if err != nil {
		return err
	}
	if !free {
		p.Password.wrong(p.l, "password", p.T("account.password.wait"))
		return nil
	}
	ok, _, err := s.Hasher.Verify(c.Request().Context(), u.Password, c.FormValue("password"))
	if err != nil {
		return err
	}
	if !ok {
		p.Password.wrong(p.l, "password", p.T("account.password.current.wrong"))
	}
	return nil
}

// endSignIns ends one sign-in of whoever asks, or all but this one.
func (s *Server) endSignIns(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if family := c.FormValue("family"); family != "" {
		err = s.Accounts.EndSignIn(ctx, v.User.ID, v.User.ID, family)
	} else {
		err = s.Accounts.EndSignIns(ctx, v.User.ID, v.User.ID, v.SignIn.Family)
	}
	if err != nil && !errors.Is(err, agenda.ErrNotFound) { // what has ended already is as it should be
		return err
	}
	return s.accountDone(c, "sign-ins")
}
