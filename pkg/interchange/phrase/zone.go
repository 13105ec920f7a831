package phrase

import (
	"regexp"
	"strconv"
	"strings"
)

// A Zone is what a line says of the zone of its times.
type Zone struct {
	Said   string // as the line has it: "CEST", "UTC+02:00", "Europe/Paris"
	Name   string // an IANA name that stands for it
	Offset int    // minutes east of UTC that it says
	Fixed  bool   // Offset is meant: an offset, or an abbreviation of one half of the year
}

// zones are the abbreviations and names of zones. "ET" says nothing of the
// season, "EST" and "EDT" do.
var zones = newLexicon(
	entry[Zone]{Zone{Name: "UTC", Fixed: true}, "UTC,GMT,Zulu,temps universel,coordinated universal time"},
	entry[Zone]{Zone{Name: "Europe/Brussels", Offset: 60, Fixed: true}, "CET,MEZ,HEC,HNEC,central european time,heure d'europe centrale,mitteleuropaische zeit,SEC"},
	entry[Zone]{Zone{Name: "Europe/Brussels", Offset: 120, Fixed: true}, "CEST,MESZ,HAEC,central european summer time,SELC"},
	entry[Zone]{Zone{Name: "Europe/Brussels"}, "brussels time,heure de bruxelles,heure de Paris,paris time,CE(S)T,CET CEST"},
	entry[Zone]{Zone{Name: "Europe/Helsinki", Offset: 120, Fixed: true}, "EET,eastern european time"},
	entry[Zone]{Zone{Name: "Europe/Helsinki", Offset: 180, Fixed: true}, "EEST,eastern european summer time"},
	entry[Zone]{Zone{Name: "Europe/Lisbon", Offset: 0, Fixed: true}, "WET"},
	entry[Zone]{Zone{Name: "Europe/Lisbon", Offset: 60, Fixed: true}, "WEST"},
	entry[Zone]{Zone{Name: "Europe/London", Offset: 60, Fixed: true}, "BST,british summer time"},
	entry[Zone]{Zone{Name: "Europe/London"}, "london time,UK time"},
	entry[Zone]{Zone{Name: "America/New_York"}, "ET,eastern time,new york time,washington time"},
	entry[Zone]{Zone{Name: "America/New_York", Offset: -300, Fixed: true}, "EST,eastern standard time"},
	entry[Zone]{Zone{Name: "America/New_York", Offset: -240, Fixed: true}, "EDT,eastern daylight time"},
	entry[Zone]{Zone{Name: "America/Chicago"}, "CT,central time"},
	entry[Zone]{Zone{Name: "America/Denver"}, "MT,mountain time"},
	entry[Zone]{Zone{Name: "America/Los_Angeles"}, "PT,pacific time"},
	entry[Zone]{Zone{Name: "America/Los_Angeles", Offset: -480, Fixed: true}, "PST,pacific standard time"},
	entry[Zone]{Zone{Name: "America/Los_Angeles", Offset: -420, Fixed: true}, "PDT,pacific daylight time"},
	entry[Zone]{Zone{Name: "America/Sao_Paulo", Offset: -180, Fixed: true}, "BRT,horario de brasilia,brasilia time"},
	entry[Zone]{Zone{Name: "Europe/Moscow", Offset: 180, Fixed: true}, "MSK,МСК,moscow time,по московскому времени,мск"},
	entry[Zone]{Zone{Name: "Asia/Dubai", Offset: 240, Fixed: true}, "GST,gulf standard time,uae time,dubai time"},
	entry[Zone]{Zone{Name: "Asia/Tbilisi", Offset: 240, Fixed: true}, "GET,tbilisi time"},
	entry[Zone]{Zone{Name: "Asia/Kolkata", Offset: 330, Fixed: true}, "IST,indian standard time"},
	entry[Zone]{Zone{Name: "Africa/Lagos", Offset: 60, Fixed: true}, "WAT"},
	entry[Zone]{Zone{Name: "Africa/Nairobi", Offset: 180, Fixed: true}, "EAT"},
	entry[Zone]{Zone{Name: "Asia/Tokyo", Offset: 540, Fixed: true}, "JST"},
	entry[Zone]{Zone{Name: "Australia/Sydney"}, "AET"},
)

var (
	offsetPattern = regexp.MustCompile(`\b(?:UTC|GMT)\s?([+\-−–])\s?(\d{1,2})(?::?(\d{2}))?\b`)
	ianaPattern   = regexp.MustCompile(`\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?\b`)
	bareOffset    = regexp.MustCompile(`\d{2}:\d{2}:\d{2}\s?([+-])(\d{2}):?(\d{2})\b`)
)

// FindZone finds a zone that s names.
func FindZone(s string) (Zone, bool) {
	if len(s) > 1000 {
		return Zone{}, false
	}
	if m := ianaPattern.FindString(s); m != "" {
		return Zone{Said: m, Name: m}, true
	}
	for _, pattern := range []*regexp.Regexp{offsetPattern, bareOffset} {
		if m := pattern.FindStringSubmatch(s); m != nil {
			z, ok := offsetZone(m)
			z.Said = said(m)
			return z, ok
		}
	}
	list := words(s)
	for i := range list {
		z, n := zones.at(list, i)
		if n == 0 {
			continue
		}
		said := s[list[i].start:list[i+n-1].end]
		if n == 1 && said != strings.ToUpper(said) { // "get", "est", "wat" are words
			continue
		}
		if n == 1 && len(said) == 2 && !short(s, list, i) {
			continue
		}
		z.Said = said
		return z, true
	}
	return Zone{}, false
}

// short reports whether the two letters at i follow a time or stand alone, so
// that they can be a zone: "4:30 pm ET", not "PT with all".
func short(s string, list []word, i int) bool {
	if i == 0 {
		return len(list) == 1
	}
	switch before := list[i-1].text; before {
	case "am", "pm", "m", "time", "times", "timing":
		return true
	default:
		return number(before)
	}
}

// said returns what a pattern of an offset matched, without the time before it.
func said(m []string) string {
	if i := strings.IndexAny(m[0], "UG"); i >= 0 {
		return m[0][i:]
	}
	return m[1] + m[2] + ":" + m[3]
}

func offsetZone(m []string) (Zone, bool) {
	h, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi(m[3])
	offset := h*60 + minutes
	if m[1] != "+" {
		offset = -offset
	}
	if offset < -12*60 || offset > 14*60 {
		return Zone{}, false
	}
	z := Zone{Said: m[0], Offset: offset, Fixed: true, Name: "UTC"}
	if sign := "-"; offset != 0 && minutes == 0 {
		if offset < 0 {
			sign = "+"
		}
		z.Name = "Etc/GMT" + sign + strconv.Itoa(max(h, -h)) // their signs are the other way round
	}
	return z, true
}

// leadingZone takes the name of a zone from the beginning of s: "ET Opening",
// "(CEST) Opening".
func leadingZone(s string) (zone, rest string) {
	head := strings.TrimLeft(s, "( ")
	end := strings.IndexFunc(head, func(r rune) bool {
		return !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == ':' || r == '-')
	})
	if end < 0 {
		end = len(head)
	}
	name := strings.TrimRight(head[:end], ":-")
	if len(name) < 2 || len(name) > 9 {
		return "", s
	}
	list := words(name)
	if _, n := zones.at(list, 0); n == 0 && !offsetPattern.MatchString(name) {
		return "", s
	}
	return name, trimAfterTime(head[len(name):])
}
