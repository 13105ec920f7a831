package web

import (
	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
)

// signOut ends the sign-in of the cookie, if there is one.
func (s *Server) signOut(c echo.Context) error {
	cookie, err := c.Cookie(s.cookieName())
	if err == nil && s.Accounts != nil {
		if secret, err := access.ParseSecret(cookie.Value); err == nil {
			if err := s.Accounts.SignOut(c.Request().Context(), secret); err != nil {
				return err
			}
		}
	}
	s.clearCookie(c)
	return seeOther(c, "/")
}
