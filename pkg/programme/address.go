package programme

import (
	"net/url"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// address returns a web address fit for a link, or "" if it is none.
func address(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || !u.IsAbs() {
		return ""
	}
	return u.String()
}

// site returns the address of a page of the event on the site, or "" if the
// site is not known.
func (j *job) site(path string) string {
	if j.o.BaseURL == "" || j.event.Slug == "" {
		return ""
	}
	return strings.TrimRight(j.o.BaseURL, "/") + "/e/" + url.PathEscape(j.event.Slug) + path
}

// sessionPage returns the address of a session's page, or "".
func (j *job) sessionPage(s *agenda.Session) string {
	code := agenda.Code(s.ID)
	if code == "" {
		return ""
	}
	return j.site("/s/" + code)
}

// shown returns an address as it is printed: without its scheme.
func shown(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	return strings.TrimSuffix(rest, "/")
}

// link leads to a web address; to nowhere if that is empty.
func link(address string) typeset.Link { return typeset.Link{URI: address} }
