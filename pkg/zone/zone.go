// Package zone knows the time zones: it is the only package that loads them.
//
// The data are those of the IANA, embedded as zoneinfo.zip with their version.
// The copies of the Go distribution and of the machine are never used: they lag,
// and governments change their clocks at short notice.
//
// The package leaves out names of zones in languages (pkg/locale has those) and
// the guessing of a zone from a country.
//
// # Design
//
// An agenda keeps wall-clock times (a date, a clock and a zone's name). [At] makes
// an instant of them as late as possible, so that 09:00 stays 09:00 when newer
// data come with a newer program.
package zone

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:generate go run gen.go

// zoneinfo is what gen.go makes of Debian's tzdata package.
//
//go:embed zoneinfo.zip
var zoneinfo []byte

// ErrUnknown is wrapped by the errors of [Load].
var ErrUnknown = errors.New("not a time zone")

// Version is the version of the data, such as "2026f".
func Version() string { return archive().version }

// Names lists the names that [Load] knows, in order.
func Names() []string { return slices.Clone(archive().names) }

// loaded holds the locations by name. It grows to the number of names at most.
var loaded sync.Map

// Load returns the zone of an IANA name such as "Asia/Tbilisi" or "UTC". Callers
// of the same name share one value. "Local", "" and paths are not names here.
// The error wraps [ErrUnknown] and suggests the nearest name.
func Load(name string) (*time.Location, error) {
	if loc, ok := loaded.Load(name); ok {
		return loc.(*time.Location), nil
	}
	data, err := archive().read(name)
	if err != nil {
		return nil, err
	}
	loc, err := time.LoadLocationFromTZData(name, data)
	if err != nil {
		return nil, fmt.Errorf("data of time zone %q: %w", name, err)
	}
	shared, _ := loaded.LoadOrStore(name, loc)
	return shared.(*time.Location), nil
}

// An archived is the opened archive.
type archived struct {
	version string
	names   []string             // in order
	files   map[string]*zip.File // by name; names of one zone share a file
}

// archive opens the embedded archive, once. A damaged one has no names.
var archive = sync.OnceValue(func() archived {
	a := archived{files: map[string]*zip.File{}}
	r, err := zip.NewReader(bytes.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		return a
	}
	for _, f := range r.File {
		a.files[f.Name] = f
	}
	a.version = string(content(a.files["version"]))
	links := strings.Fields(string(content(a.files["links"])))
	delete(a.files, "version")
	delete(a.files, "links")
	for pair := range slices.Chunk(links, 2) {
		a.files[pair[0]] = a.files[pair[1]]
	}
	for name := range a.files {
		a.names = append(a.names, name)
	}
	slices.Sort(a.names)
	return a
})

// content is what f holds, or nothing when it cannot be read.
func content(f *zip.File) []byte {
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return data
}

// read returns the data of the zone of that name.
func (a archived) read(name string) ([]byte, error) {
	f, ok := a.files[name]
	if !ok {
		return nil, a.unknown(name)
	}
	return content(f), nil
}

// unknown is the error for a name that is none.
func (a archived) unknown(name string) error {
	if name == "" {
		return fmt.Errorf("empty name: %w; write one like Europe/Paris", ErrUnknown)
	}
	shown := name
	if len(shown) > longestName {
		shown = strings.ToValidUTF8(shown[:longestName], "") + "…"
	}
	if near := nearest(name, a.names); near != "" {
		return fmt.Errorf("%q: %w; did you mean %s?", shown, ErrUnknown, near)
	}
	return fmt.Errorf("%q: %w; write one like Europe/Paris", shown, ErrUnknown)
}
