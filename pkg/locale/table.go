package locale

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"strings"
	"sync"
)

// cldrData is what gen.go makes of the CLDR.
//
//go:embed cldr.zip
var cldrData []byte

// A table is the CLDR's data of one language. Exported fields are read from the archive.
type table struct {
	Months, MonthsShort                        [12]string
	Days, DaysAlone, DaysShort, DaysShortAlone [7]string
	Full, Long, Day, Short, MonthDay           string
	DayRange, Between                          string
	Group                                      string
	MinimumGrouping                            int
	ListStart, ListMiddle, ListEnd, ListPair   string
	Zone, Offset, OffsetZero, Minus            string
	Qualified                                  string
	Countries, Languages, Scripts, Cities      map[string]string

	tag                      string
	styles                   [styles]pattern
	inMonth, inYear, inYears pattern // ranges
}

// An archived is the opened archive.
type archived struct {
	version  string
	tables   map[string]func() *table // by language; read when first needed
	endonyms map[string]string
	zones    map[string]string // the CLDR's name of a zone by other names
}

// archive opens the embedded archive, once. A damaged one is empty.
var archive = sync.OnceValue(func() archived {
	a := archived{tables: map[string]func() *table{}}
	r, err := zip.NewReader(bytes.NewReader(cldrData), int64(len(cldrData)))
	if err != nil {
		return a
	}
	for _, f := range r.File {
		tag, isJSON := strings.CutSuffix(f.Name, ".json")
		switch {
		case f.Name == "version":
			a.version = string(content(f))
		case f.Name == "endonyms.json":
			decode(f, &a.endonyms)
		case f.Name == "zones.json":
			decode(f, &a.zones)
		case isJSON:
			a.tables[tag] = sync.OnceValue(func() *table { return readTable(tag, f) })
		}
	}
	return a
})

// CLDR is the version of the table, such as "48.2".
func CLDR() string { return archive().version }

func inTables(tag string) bool { return archive().tables[tag] != nil }

// tableOf returns the table of a language that [inTables] knows; else an empty one.
func tableOf(tag string) *table {
	if read := archive().tables[tag]; read != nil {
		return read()
	}
	return new(table)
}

// readTable reads the table of one language and takes its patterns apart.
func readTable(tag string, f *zip.File) *table {
	t := &table{tag: tag}
	decode(f, t)
	override(t)
	t.compile()
	return t
}

// decode reads JSON; of what is damaged it leaves v as it is.
func decode(f *zip.File, v any) {
	_ = json.Unmarshal(content(f), v) // checked by a test: the data are embedded
}

// content is what f holds, or nothing when it cannot be read.
func content(f *zip.File) []byte {
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
