package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"tamada/pkg/locale"
)

// An input is one thing that a form asks for.
type input struct {
	Name     string
	Label    string
	Hint     string
	Type     string // of the input, as in HTML; not used where there are Options
	Value    string // what was typed, or is so far
	Complete string // what it is, for browsers that fill it in (autocomplete)
	Optional string // the word for that, or "" where there must be a value
	Lang     string // of the value, where that is another than the page's
	Dir      string // where the value runs in one direction in every language
	Options  []option
	Problem  string // what is wrong with the value
}

// Described names what explains the input.
func (i input) Described() string {
	switch {
	case i.Hint != "" && i.Problem != "":
		return i.Name + "-hint " + i.Name + "-problem"
	case i.Problem != "":
		return i.Name + "-problem"
	case i.Hint != "":
		return i.Name + "-hint"
	}
	return ""
}

// A formView is what pages with one have: its inputs by name, and what is wrong with
// what was sent, all of it at the head and each at its input.
type formView struct {
	Action   string
	Hidden   []field
	Inputs   []input
	Summary  string // the heading of Problems
	Problems []link
}

// input returns the input of that name.
func (f *formView) input(name string) *input {
	for i := range f.Inputs {
		if f.Inputs[i].Name == name {
			return &f.Inputs[i]
		}
	}
	return nil
}

// wrong notes what is wrong with the input of that name, or, if there is none,
// with the form as a whole.
func (f *formView) wrong(l *locale.Locale, name, problem string) {
	p := link{Words: words{Text: problem}}
	if in := f.input(name); in != nil {
		in.Problem = problem
		p.Href = "#" + name
	}
	f.Problems = append(f.Problems, p)
	f.Summary = l.T("account.problems", "count", len(f.Problems))
}

// fill puts what was sent into the inputs, so that nothing has to be typed
// twice; but for passwords, which no page repeats.
func (f *formView) fill(c echo.Context) {
	for i := range f.Inputs {
		in := &f.Inputs[i]
		if in.Type != "password" {
			in.Value = typed(c, in.Name)
		}
		for o := range in.Options {
			in.Options[o].Selected = in.Options[o].Value == in.Value
		}
	}
}

// code is the status of a page with the form: 422 if what was sent is wrong.
func (f *formView) code() int {
	if len(f.Problems) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// readForm reads the body of a request. A body that is too large is an error of
// that kind; any other that is no form, too.
func readForm(c echo.Context) error {
	err := c.Request().ParseForm()
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return echo.ErrStatusRequestEntityTooLarge
	case err != nil:
		return echo.ErrBadRequest
	}
	return nil
}

// answerPage answers with a page for one visitor alone.
func (s *Server) answerPage(c echo.Context, code int, name string, data any) error {
	page, err := filled(name, data)
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header["Cache-Control"] = noStore
	header["X-Robots-Tag"] = noIndex
	if c.Request().Method == http.MethodHead {
		page = nil
	}
	return gone(c.HTMLBlob(code, page))
}

// seeOther leads to a page of this site after a form was sent.
func seeOther(c echo.Context, to string) error {
	c.Response().Header()["Cache-Control"] = noStore
	return c.Redirect(http.StatusSeeOther, to)
}
