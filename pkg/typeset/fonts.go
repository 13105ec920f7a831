package typeset

import (
	"embed"
	"fmt"
	"sync"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// A Font is the role of a typeface; which file draws a character depends on
// its script.
type Font int

// The roles. Formal is the naskh of certificates (Amiri); scripts that it
// lacks are drawn as in Regular and Bold.
const (
	Regular Font = iota
	Italic
	SemiBold
	Bold
	Formal
	FormalBold
)

// fallbacks names the files of each role; the first that has all characters
// of a cluster draws it.
var fallbacks = [...][]string{
	Regular:    {"FiraGO-Regular", "NotoSansArmenian-Regular", lastResort},
	Italic:     {"FiraGO-Italic", "NotoSansArmenian-Regular", lastResort},
	SemiBold:   {"FiraGO-SemiBold", "NotoSansArmenian-Bold", lastResort},
	Bold:       {"FiraGO-Bold", "NotoSansArmenian-Bold", lastResort},
	Formal:     {"Amiri-Regular", "FiraGO-Regular", "NotoSansArmenian-Regular", lastResort},
	FormalBold: {"Amiri-Bold", "FiraGO-Bold", "NotoSansArmenian-Bold", lastResort},
}

// lastResort has the replacement character drawn for what no font has.
const lastResort = "DejaVuSans"

// typefaces parses the embedded fonts, once per process. They are never
// changed afterwards and may be used by any number of documents at once.
var typefaces = sync.OnceValues(func() (map[string]*face, error) {
	faces := map[string]*face{}
	for _, names := range fallbacks {
		for _, name := range names {
			if faces[name] != nil {
				continue
			}
			data, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
			if err != nil {
				return nil, err
			}
			if faces[name], err = parseFace(name, data); err != nil {
				return nil, fmt.Errorf("font %s: %w", name, err)
			}
		}
	}
	return faces, nil
})

// stacks returns the faces of each role in order of preference.
func stacks() ([][]*face, error) {
	faces, err := typefaces()
	if err != nil {
		return nil, err
	}
	all := make([][]*face, len(fallbacks))
	for role, names := range fallbacks {
		for _, name := range names {
			all[role] = append(all[role], faces[name])
		}
	}
	return all, nil
}
