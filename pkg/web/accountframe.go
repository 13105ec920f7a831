package web

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/locale"
)

// An accountBar is what is at the head of pages for somebody who is signed in.
type accountBar struct {
	Nav     []link
	SignOut string
}

// accountFrame returns the frame of a page that is not the same for everybody,
// in the language that the address asks for, or that of the account, or that of
// the browser.
func (s *Server) accountFrame(c echo.Context) (frame, choice, error) {
	req := c.Request()
	v, err := s.visit(c)
	if err != nil {
		return frame{}, choice{}, err
	}
	q := req.URL.Query()
	chosen, err := s.choose(req, q, nil)
	if err != nil {
		return frame{}, choice{}, err
	}
	if !chosen.Explicit && locale.Valid(v.User.Language) {
		chosen = s.choice(v.User.Language, nil)
	}
	f := s.frame(s.locale(chosen))
	f.NoIndex = true
	f.Home = chosen.address("/")
	q.Del("lang")
	f.Languages = s.languageLinks(chosen, nil, req.URL.Path, q)
	if v.User.ID != "" {
		f.Account, f.SignIn = s.accountBar(f.l, chosen, req.URL.Path, v), ""
	}
	return f, chosen, nil
}

func (s *Server) accountBar(l *locale.Locale, chosen choice, path string, v access.Visit) *accountBar {
	name := v.User.Name
	if name == "" {
		name = v.User.Address.Shown()
	}
	bar := &accountBar{SignOut: chosen.address("/sign-out")}
	bar.Nav = append(bar.Nav, link{
		Href: chosen.address("/organise"), Words: words{Text: l.T("organise.events")}, Current: path == "/organise",
	})
	if s.Mail != nil && v.Actor().May(access.AdministerAll, access.Place{}) {
		bar.Nav = append(bar.Nav, link{
			Href: chosen.address("/organise/mail"), Words: words{Text: l.T("account.mail")}, Current: path == "/organise/mail",
		})
	}
	if v.Actor().May(access.AdministerAll, access.Place{}) {
		bar.Nav = append(bar.Nav, link{
			Href: chosen.address("/organise/site"), Words: words{Text: l.T("site.settings")}, Current: path == "/organise/site",
		})
	}
	bar.Nav = append(bar.Nav, link{Href: chosen.address("/account"), Words: words{Text: name}, Current: path == "/account"})
	return bar
}

// longestTyped bounds one line that somebody types, in bytes.
const longestTyped = 1000

// typed returns what was sent under a name, as one line of text.
func typed(c echo.Context, name string) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(c.FormValue(name), "\uFFFD"))
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > longestTyped {
		text = text[:longestTyped]
		for !utf8.ValidString(text) {
			text = text[:len(text)-1]
		}
	}
	return text
}

// inLanguage returns an address of this site in a language that somebody has chosen,
// unless it has one already.
func inLanguage(address, lang string) string {
	u, err := url.Parse(address)
	if err != nil || !locale.Valid(lang) || u.Query().Has("lang") {
		return address
	}
	q := u.Query()
	q.Set("lang", lang)
	u.RawQuery = q.Encode()
	return u.String()
}

// toward returns q with where to go after signing in, if that is not where
// everybody goes.
func toward(q url.Values, to string) url.Values {
	if to = local(to); to != landing {
		q.Set("to", to)
	}
	return q
}
