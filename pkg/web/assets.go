package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/static"
)

// assets are the files of package static, compressed, under names that carry
// a hash of their content: "site.1a2b3c4d.css".
type assets struct {
	bodies map[string]asset  // by hashed name
	urls   map[string]string // by name
}

// An asset is one file.
type asset struct {
	body *body
	mime mime
}

// assetTypes are the types of files that are served, by extension.
var assetTypes = map[string]mime{
	".css": {"text/css; charset=utf-8"},
	".js":  {"text/javascript; charset=utf-8"},
	".svg": {"image/svg+xml"},
}

// imageTypes are the types of the host's own files.
var imageTypes = map[string]mime{
	".svg": {"image/svg+xml"}, ".png": {"image/png"}, ".jpg": {"image/jpeg"}, ".webp": {"image/webp"},
}

// files are the assets of this program.
var files = newAssets(static.FS, assetTypes)

// url returns the address of the file with that name.
func (a *assets) url(name string) string { return a.urls[name] }

// newAssets reads the files of these types, by extension, at the top of fsys. What
// cannot be read is left out, as if it were not there.
func newAssets(fsys fs.FS, types map[string]mime) *assets {
	a := &assets{bodies: map[string]asset{}, urls: map[string]string{}}
	if fsys == nil {
		return a
	}
	for ext, mime := range types {
		names, _ := fs.Glob(fsys, "*"+ext) // the pattern is a good one
		for _, name := range names {
			if b, err := fs.ReadFile(fsys, name); err == nil {
				a.add(name, b, mime)
			}
		}
	}
	return a
}

func (a *assets) add(name string, b []byte, m mime) {
	made, err := newBody(b)
	if err != nil {
		return
	}
	sum := sha256.Sum256(b)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	a.bodies[hashed] = asset{made, m}
	a.urls[name] = "/static/" + hashed
}

// asset serves a file. A name with another hash is one of another version of
// the program, and is not found.
func (s *Server) asset(c echo.Context) error {
	name := c.Param("name")
	a, ok := files.bodies[name]
	if !ok {
		a, ok = s.state.images.bodies[name]
	}
	if !ok {
		return agenda.NotFound("file", name)
	}
	return send(c, a.body, reply{mime: a.mime, caching: forever})
}
