//go:build ignore

// Gen makes cldr.zip of the Unicode CLDR's JSON packages.
//
//	go run gen.go          downloads the packages with npm
//	go run gen.go DIR      takes DIR/cldr-dates-full and so on
//
// The archive holds a JSON file for each language, endonyms.json (the name of each
// language in itself), zones.json (the CLDR's name of a zone for each other name), a
// version and the licence. It is the same for the same packages, byte for byte.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const version = "48.2.0"

var packages = []string{"cldr-bcp47", "cldr-dates-full", "cldr-localenames-full", "cldr-misc-full", "cldr-numbers-full"}

// languages are the languages of the table, with their folder in the CLDR where that
// has another name: English here is British, Norwegian "no" is Bokmål. Countries of
// the Arab world that name the months in their own way have a table of their own.
var languages = map[string]string{
	"en": "en-GB", "nb": "no",
	"ar": "", "ar-DZ": "", "ar-IQ": "", "ar-JO": "", "ar-LB": "", "ar-MA": "", "ar-MR": "", "ar-PS": "", "ar-SY": "", "ar-TN": "",
	"az": "", "bg": "", "cs": "", "da": "", "de": "", "el": "", "es": "", "et": "", "fi": "", "fr": "", "he": "", "hr": "",
	"hu": "", "hy": "", "it": "", "ka": "", "kk": "", "ky": "", "lt": "", "lv": "", "mk": "", "nl": "", "nn": "", "pl": "",
	"pt": "", "pt-PT": "", "ro": "", "ru": "", "sk": "", "sl": "", "sq": "", "sr": "", "sr-Latn": "", "sv": "", "tg": "",
	"tr": "", "uk": "", "uz": "",
}

// A table is what cldr.zip holds of one language; pkg/locale reads it into the same fields.
type table struct {
	Months, MonthsShort                        [12]string
	Days, DaysAlone, DaysShort, DaysShortAlone [7]string
	Full, Long, Day, Short, MonthDay           string // date patterns
	DayRange                                   string // of two days in one month, such as "d.–d"
	Between                                    string // of two dates
	Group                                      string
	MinimumGrouping                            int // digits there must be before the first separator
	ListStart, ListMiddle, ListEnd, ListPair   string
	Zone, Offset, OffsetZero, Minus            string
	Qualified                                  string // "{0} ({1})"
	Countries, Languages, Scripts, Cities      map[string]string
}

func main() {
	log.SetFlags(0)
	dir, err := folder()
	if err != nil {
		log.Fatal(err)
	}
	c := cldr{dir}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	if err := c.writeAll(w); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("cldr.zip", out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	log.Printf("CLDR %s: %d languages, %d bytes", version, len(languages), out.Len())
}

// folder is the folder of the packages: the argument, or fresh downloads.
func folder() (string, error) {
	if len(os.Args) > 1 {
		return os.Args[1], nil
	}
	dir, err := os.MkdirTemp("", "cldr")
	if err != nil {
		return "", err
	}
	for _, p := range packages {
		to := filepath.Join(dir, p)
		if err := os.Mkdir(to, 0o755); err != nil {
			return "", err
		}
		if err := run(dir, "npm", "pack", p+"@"+version); err != nil {
			return "", err
		}
		if err := run(dir, "tar", "xzf", p+"-"+version+".tgz", "-C", to, "--strip-components=1"); err != nil {
			return "", err
		}
	}
	return dir, nil
}

func run(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Stderr = dir, os.Stderr
	return c.Run()
}

// A cldr is a folder of CLDR packages.
type cldr struct{ dir string }

func (c cldr) writeAll(w *zip.Writer) error {
	tags := make([]string, 0, len(languages))
	for tag := range languages {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	for _, tag := range tags {
		t, err := c.table(tag)
		if err != nil {
			return fmt.Errorf("%s: %w", tag, err)
		}
		if err := addJSON(w, tag+".json", t); err != nil {
			return err
		}
	}
	endonyms, err := c.endonyms()
	if err != nil {
		return err
	}
	zones, err := c.zones()
	if err != nil {
		return err
	}
	licence, err := os.ReadFile(filepath.Join(c.dir, "cldr-dates-full/LICENSE"))
	if err != nil {
		return err
	}
	if err := addJSON(w, "endonyms.json", endonyms); err != nil {
		return err
	}
	if err := addJSON(w, "zones.json", zones); err != nil {
		return err
	}
	if err := add(w, "version", []byte(strings.TrimSuffix(version, ".0"))); err != nil {
		return err
	}
	if err := os.WriteFile("LICENCE-cldr.txt", licence, 0o644); err != nil {
		return err
	}
	return add(w, "LICENCE", licence)
}

func addJSON(w *zip.Writer, name string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return add(w, name, data)
}

func add(w *zip.Writer, name string, data []byte) error {
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}

// A node is a value of a CLDR file.
type node struct{ value any }

// at is the value under keys; a missing one is empty.
func (n node) at(keys ...string) node {
	for _, key := range keys {
		m, _ := n.value.(map[string]any)
		n = node{m[key]}
	}
	return n
}

func (n node) text() string {
	s, _ := n.value.(string)
	return s
}

func (n node) fields() map[string]any {
	m, _ := n.value.(map[string]any)
	return m
}

// file reads a file of a package; for those under main the language's part of it.
func (c cldr) file(pkg, language, name string) (node, error) {
	data, err := os.ReadFile(filepath.Join(c.dir, pkg, "main", language, name))
	if err != nil {
		return node{}, err
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return node{}, fmt.Errorf("%s/%s/%s: %w", pkg, language, name, err)
	}
	return node{v}.at("main", language), nil
}

func (c cldr) table(tag string) (table, error) {
	folder := languages[tag]
	if folder == "" {
		folder = tag
	}
	var t table
	for _, part := range []func(*table, string) error{c.dates, c.numbers, c.lists, c.names, c.zoneNames} {
		if err := part(&t, folder); err != nil {
			return t, err
		}
	}
	if tag == "en" {
		t.british()
	}
	return t, nil
}

// british sets what this house writes otherwise than the CLDR's British English: no
// comma after the weekday, "Tbilisi time".
func (t *table) british() {
	t.Full, t.Zone = "EEEE d MMMM y", "{0} time"
}

func (c cldr) dates(t *table, folder string) error {
	n, err := c.file("cldr-dates-full", folder, "ca-gregorian.json")
	if err != nil {
		return err
	}
	n = n.at("dates", "calendars", "gregorian")
	months(&t.Months, n.at("months", "format", "wide"))
	months(&t.MonthsShort, n.at("months", "format", "abbreviated"))
	days(&t.Days, n.at("days", "format", "wide"))
	days(&t.DaysShort, n.at("days", "format", "abbreviated"))
	days(&t.DaysAlone, n.at("days", "stand-alone", "wide"))
	days(&t.DaysShortAlone, n.at("days", "stand-alone", "abbreviated"))
	skeletons := n.at("dateTimeFormats", "availableFormats")
	t.Full = plain(n.at("dateFormats", "full").text())
	t.Long = plain(n.at("dateFormats", "long").text())
	t.MonthDay = within(t.Long, plain(skeletons.at("MMMMd").text()))
	t.Short = plain(skeletons.at("MMMEd").text())
	t.Day = plain(dayPattern(skeletons))
	intervals := n.at("dateTimeFormats", "intervalFormats")
	t.DayRange = dayRange(plain(intervals.at("yMMMd", "d").text()))
	t.Between = between(intervals.at("yMMMd", "M").text(), intervals.at("yMMMMd", "M").text())
	return nil
}

func months(to *[12]string, n node) {
	for i := range to {
		to[i] = n.at(fmt.Sprint(i + 1)).text()
	}
}

func days(to *[7]string, n node) {
	for i, key := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		to[i] = n.at(key).text()
	}
}

// plain writes the days of a pattern with names of months without a leading zero, as the
// long patterns of all languages but Tajik do; Georgian and Serbian have both.
func plain(pattern string) string {
	if !strings.Contains(pattern, "MMM") {
		return pattern
	}
	return strings.ReplaceAll(pattern, "dd", "d")
}

// dayPattern is the pattern of weekday, day and month in full: that of the CLDR or, where
// it has none, the next shorter one with the names in full.
func dayPattern(skeletons node) string {
	if p := skeletons.at("MMMMEEEEd").text(); p != "" {
		return p
	}
	p := skeletons.at("MMMMEd").text()
	if p == "" {
		p = strings.ReplaceAll(skeletons.at("MMMEd").text(), "MMM", "MMMM")
	}
	return strings.Replace(strings.Replace(p, "ccc", "cccc", 1), "E", "EEEE", 1)
}

// A dash with the spaces around it, thin ones among them.
const dashed = `[\s\p{Zs}]*[–-][\s\p{Zs}]*`

var (
	dash        = regexp.MustCompile(dashed)
	daysOfRange = regexp.MustCompile(`d\.?` + dashed + `d`)
	dayAndMonth = regexp.MustCompile(`d.*MMMM|MMMM.*d`)
)

// dayRange takes "d.–d" out of "d.–d. MMM y", without spaces. A range in numbers has more
// between.
func dayRange(pattern string) string {
	if r := daysOfRange.FindString(pattern); r != "" {
		return dash.ReplaceAllString(r, "–")
	}
	return "d–d"
}

var spacedDash = regexp.MustCompile(`[\s\p{Zs}]–`)

// between is the dash of a range from one month to another, with its spaces; Polish has
// them where months are written out.
func between(pattern, written string) string {
	if spacedDash.MatchString(pattern) || spacedDash.MatchString(written) {
		return " – "
	}
	return "–"
}

// within is the pattern of day and month as the long date has it.
func within(long, monthDay string) string {
	if strings.Contains(long, monthDay) {
		return monthDay
	}
	return dayAndMonth.FindString(long)
}

func (c cldr) numbers(t *table, folder string) error {
	n, err := c.file("cldr-numbers-full", folder, "numbers.json")
	if err != nil {
		return err
	}
	t.Group = n.at("numbers", "symbols-numberSystem-latn", "group").text()
	t.Minus = n.at("numbers", "symbols-numberSystem-latn", "minusSign").text()
	t.MinimumGrouping, err = strconv.Atoi(n.at("numbers", "minimumGroupingDigits").text())
	return err
}

func (c cldr) lists(t *table, folder string) error {
	n, err := c.file("cldr-misc-full", folder, "listPatterns.json")
	if err != nil {
		return err
	}
	n = n.at("listPatterns", "listPattern-type-standard")
	t.ListStart, t.ListMiddle = n.at("start").text(), n.at("middle").text()
	t.ListEnd, t.ListPair = n.at("end").text(), n.at("2").text()
	return nil
}

var (
	countryCode  = regexp.MustCompile(`^[A-Z]{2}$`)
	languageCode = regexp.MustCompile(`^[a-z]{2}(-[A-Z]\w+)*$`)
	scriptCode   = regexp.MustCompile(`^(Arab|Armn|Cyrl|Deva|Geor|Grek|Hans|Hant|Hebr|Latn|Mong|Tfng)$`)
	noCountries  = regexp.MustCompile(`^(QO|XA|XB|ZZ)$`)
)

func (c cldr) names(t *table, folder string) error {
	countries, err := c.file("cldr-localenames-full", folder, "territories.json")
	if err != nil {
		return err
	}
	languages, err := c.file("cldr-localenames-full", folder, "languages.json")
	if err != nil {
		return err
	}
	scripts, err := c.file("cldr-localenames-full", folder, "scripts.json")
	if err != nil {
		return err
	}
	display, err := c.file("cldr-localenames-full", folder, "localeDisplayNames.json")
	if err != nil {
		return err
	}
	t.Countries = only(countries.at("localeDisplayNames", "territories"), countryCode)
	for code := range t.Countries {
		if noCountries.MatchString(code) {
			delete(t.Countries, code)
		}
	}
	t.Languages = only(languages.at("localeDisplayNames", "languages"), languageCode)
	t.Scripts = only(scripts.at("localeDisplayNames", "scripts"), scriptCode)
	t.Qualified = display.at("localeDisplayNames", "localeDisplayPattern", "localePattern").text()
	return nil
}

// only is the entries of n whose key matches, apart from those equal to their key.
func only(n node, key *regexp.Regexp) map[string]string {
	m := map[string]string{}
	for k := range n.fields() {
		if v := n.at(k).text(); key.MatchString(k) && v != k {
			m[k] = v
		}
	}
	return m
}

func (c cldr) zoneNames(t *table, folder string) error {
	n, err := c.file("cldr-dates-full", folder, "timeZoneNames.json")
	if err != nil {
		return err
	}
	n = n.at("dates", "timeZoneNames")
	t.Zone, t.Offset, t.OffsetZero = n.at("regionFormat").text(), n.at("gmtFormat").text(), n.at("gmtZeroFormat").text()
	t.Cities = map[string]string{}
	cities(t.Cities, "", n.at("zone"))
	return nil
}

// cities collects the cities under n that are not just the end of the zone's name.
func cities(to map[string]string, name string, n node) {
	if n.at("_type").text() == "zone" {
		city := n.at("exemplarCity").text()
		if city != "" && city != strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ") {
			to[name] = city
		}
		return
	}
	for k := range n.fields() {
		cities(to, strings.TrimPrefix(name+"/"+k, "/"), n.at(k))
	}
}

// endonyms is the name of each language of the CLDR in itself.
func (c cldr) endonyms() (map[string]string, error) {
	folders, err := os.ReadDir(filepath.Join(c.dir, "cldr-localenames-full/main"))
	if err != nil {
		return nil, err
	}
	m := map[string]string{}
	for _, f := range folders {
		tag := f.Name()
		n, err := c.file("cldr-localenames-full", tag, "languages.json")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if name := n.at("localeDisplayNames", "languages", tag).text(); name != "" && name != tag {
			m[tag] = name
		}
	}
	return m, nil
}

// zones is the CLDR's name of a zone by each other name of it.
func (c cldr) zones() (map[string]string, error) {
	data, err := os.ReadFile(filepath.Join(c.dir, "cldr-bcp47/bcp47/timezone.json"))
	if err != nil {
		return nil, err
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return nil, err
	}
	m := map[string]string{}
	zones := node{v}.at("keyword", "u", "tz")
	for key := range zones.fields() {
		names := strings.Fields(zones.at(key, "_alias").text())
		for i := 1; i < len(names); i++ {
			m[names[i]] = names[0]
		}
	}
	return m, nil
}
