// Package pkg_test keeps the packages of the program in their layers.
package pkg_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "tamada/"

// mayImport lists, for each package, everything it may import besides the
// standard library. A trailing slash stands for every package below a path.
// Reading it from the top is reading the program from its core outwards.
var mayImport = map[string][]string{
	"pkg/agenda":             {},
	"pkg/zone":               {"pkg/agenda"},
	"pkg/locale":             {"pkg/agenda", "pkg/zone", "github.com/nicksnyder/go-i18n/v2/", "golang.org/x/text/"},
	"pkg/access":             {"pkg/agenda", "golang.org/x/crypto/argon2", "golang.org/x/net/idna", "golang.org/x/text/unicode/norm"},
	"pkg/markdown":           {"github.com/yuin/goldmark/"},
	"pkg/site":               {"pkg/agenda"},
	"pkg/config":             {"github.com/goccy/go-yaml/"},
	"pkg/agendafile":         {"pkg/agenda", "pkg/zone", "github.com/goccy/go-yaml/"},
	"pkg/typeset":            {"github.com/jung-kurt/gofpdf", "github.com/go-text/typesetting/", "golang.org/x/text/unicode/", "golang.org/x/image/", "rsc.io/qr"},
	"pkg/ical":               {"pkg/agenda", "pkg/zone", "pkg/locale", "pkg/markdown", "github.com/arran4/golang-ical"},
	"pkg/programme":          {"pkg/agenda", "pkg/zone", "pkg/locale", "pkg/markdown", "pkg/typeset"},
	"pkg/card":               {"pkg/typeset"},
	"pkg/interchange":        {"pkg/agenda", "pkg/zone", "pkg/locale", "pkg/markdown", "pkg/ical", "pkg/interchange/block", "pkg/interchange/phrase"},
	"pkg/interchange/block":  {"github.com/yuin/goldmark/", "golang.org/x/net/html/", "golang.org/x/text/"},
	"pkg/interchange/phrase": {"pkg/agenda", "golang.org/x/text/"},
	"pkg/post":               {"pkg/agenda"},
	"pkg/openid":             {"pkg/access", "github.com/coreos/go-oidc/v3/oidc", "golang.org/x/oauth2"},
	"pkg/mail":               {"pkg/post", "pkg/agenda", "pkg/locale", "pkg/markdown", "github.com/wneessen/go-mail/", "github.com/emersion/go-imap/v2/", "github.com/emersion/go-sasl"},
	"pkg/translation":        {"pkg/agenda", "pkg/locale", "github.com/xuri/excelize/v2/"},
	"pkg/store": {
		"pkg/agenda", "pkg/access", "pkg/post", "gorm.io/", "github.com/pressly/goose/v3/", "modernc.org/sqlite",
		"github.com/mattn/go-sqlite3", "github.com/jackc/pgx/v5/",
	},
	"pkg/web": {
		"pkg/agenda", "pkg/access", "pkg/post", "pkg/zone", "pkg/locale", "pkg/markdown", "pkg/agendafile", "pkg/ical", "pkg/programme", "pkg/interchange", "pkg/site", "pkg/card", "pkg/typeset",
		"static", "github.com/labstack/echo/v4/", "github.com/klauspost/compress/", "golang.org/x/sync/singleflight",
		"github.com/prometheus/client_golang/", "rsc.io/qr",
	},
	"agendas": {},
	"static":  {},
	"cmd/tamada": {
		"pkg/", "agendas", "static", "github.com/spf13/cobra",
	},

	// Only tests import these.
	"pkg/golden":            {},
	"pkg/effort":            {},
	"pkg/openid/openidtest": {},
	"pkg/store/storetest":   {"pkg/agenda", "pkg/store", "github.com/jackc/pgx/v5"},
	"pkg/mail/mailtest":     {"pkg/mail", "pkg/post"},
}

func TestLayering(t *testing.T) {
	for name, paths := range imports(t) {
		allowed, ok := mayImport[name]
		if !ok {
			t.Errorf("%s is not in mayImport: say what it may import", name)
		}
		for _, path := range paths {
			if !standard(path) && !slices.ContainsFunc(allowed, func(a string) bool { return covers(a, path) }) {
				t.Errorf("%s may not import %s", name, path)
			}
		}
	}
}

// covers reports whether the entry a of mayImport allows the import of path.
func covers(a, path string) bool {
	return a == path || strings.HasSuffix(a, "/") && strings.HasPrefix(path+"/", a)
}

// standard reports whether path is one of the standard library: neither one of
// ours (see imports) nor one whose first element is a host name.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !slices.Contains([]string{"cmd", "pkg", "static", "agendas"}, first) && !strings.Contains(first, ".")
}

// imports returns what the files of each package import, tests and generators
// left out, with the packages of this module named from its root. It reads the
// files itself, so that "go test" knows when a result it has cached is out of
// date.
func imports(t *testing.T) map[string][]string {
	found := make(map[string][]string)
	err := filepath.WalkDir("..", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || filepath.Base(file) == "gen.go" {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(file), "../"))
		found[name] = append(found[name], "unsafe") // so that a package without imports is seen
		for _, i := range f.Imports {
			path, _ := strconv.Unquote(i.Path.Value) // the parser checked it
			found[name] = append(found[name], strings.TrimPrefix(path, module))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
