package locale

import (
	"slices"
	"testing"
	"time"
)

func TestCountry(t *testing.T) {
	tests := []struct{ tag, code, want string }{
		{"en", "MK", "North Macedonia"},
		{"en", "SZ", "Eswatini"},
		{"en", "TR", "Türkiye"},
		{"en", "CZ", "Czechia"},
		{"en", "PS", "Palestinian Territories"},
		{"en", "TW", "Taiwan"},
		{"en", "XK", "Kosovo"},
		{"en", "CD", "Democratic Republic of the Congo"},
		{"en", "CG", "Congo"},
		{"en", "GE", "Georgia"},
		{"fr", "TR", "Türkiye"},
		{"fr", "GE", "Géorgie"},
		{"fr", "MM", "Myanmar"},
		{"es", "SZ", "Eswatini"},
		{"ka", "SZ", "ესვატინი"},
		{"ka", "GE", "საქართველო"},
		{"uz", "SZ", "Esvatini"},
		{"nb", "TR", "Tyrkia"},
		{"nb", "CZ", "Tsjekkia"},
		{"ru", "MK", "Северная Македония"},
		{"ar", "TN", "تونس"},
		{"ar-TN", "CI", "كوت ديفوار"},
		{"ar-JO", "TN", "تونس"},
		{"en", "QQ", "QQ"},
		{"en", "ZZ", "ZZ"},
		{"en", "", ""},
		{"en", "ge", "ge"},
	}
	for _, test := range tests {
		if got := For(test.tag).Country(test.code); got != test.want {
			t.Errorf("%s %s: got %q, want %q", test.tag, test.code, got, test.want)
		}
	}
}

func TestWithCountries(t *testing.T) {
	house := For("en").WithCountries(map[string]string{"PS": "Palestinian Authority"})
	if got := house.Country("PS"); got != "Palestinian Authority" {
		t.Errorf("got %q, want the instance's name", got)
	}
	if got := house.Country("FR"); got != "France" {
		t.Errorf("got %q, want France", got)
	}
	if got := For("en").Country("PS"); got != "Palestinian Territories" {
		t.Errorf("others: got %q, want them untouched", got)
	}
}

func TestCountriesAreInOrder(t *testing.T) {
	codes := For("nb").Countries()
	at := func(code string) int { return slices.Index(codes, code) }
	if !(at("AL") >= 0 && at("AL") < at("EG") && at("ZW") < at("AT") && at("AT") < at("AX")) {
		t.Errorf("got Albania %d, Egypt %d, Zimbabwe %d, Østerrike %d, Åland %d, want rising", at("AL"), at("EG"), at("ZW"), at("AT"), at("AX"))
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ in, tag, want string }{
		{"en", "ar", "Arabic"},
		{"en", "AR", "Arabic"},
		{"fr", "ar", "arabe"},
		{"ka", "ka", "ქართული"},
		{"en", "pt-AO", "Portuguese (Angola)"},
		{"en", "pt_BR", "Brazilian Portuguese"},
		{"en", "zh-hans", "Simplified Chinese"},
		{"en", "sr-Latn", "Serbian (Latin)"},
		{"en", "sr-Latn-ME", "Serbian (Latin, Montenegro)"},
		{"en", "de-1996", "German"},
		{"en", "de-x-y", "German"},
		{"en", "qqq", "qqq"},
		{"en", "", ""},
		{"nb", "nn", "norsk nynorsk"},
	}
	for _, test := range tests {
		if got := For(test.in).Language(test.tag); got != test.want {
			t.Errorf("%s in %s: got %q, want %q", test.tag, test.in, got, test.want)
		}
	}
}

func TestEndonym(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "English", "fr": "Français", "ar": "العربية", "ru": "Русский", "nb": "Norsk bokmål", "ka": "ქართული", "es": "Español",
		"ar-TN": "العربية", "de": "Deutsch", "hy": "Հայերեն", "zh": "中文", "xx": "xx", "": "",
	} {
		if got := Endonym(tag); got != want {
			t.Errorf("%q: got %q, want %q", tag, got, want)
		}
	}
}

func TestTitle(t *testing.T) {
	for _, test := range []struct{ tag, in, want string }{
		{"fr", "lundi 29 mars", "Lundi 29 mars"},
		{"tr", "istanbul", "İstanbul"},
		{"ka", "ორშაბათი", "ორშაბათი"},
		{"en", "", ""},
		{"en", "\xff", "\xff"},
		{"fr", "été", "Été"},
	} {
		if got := For(test.tag).Title(test.in); got != test.want {
			t.Errorf("%s %q: got %q, want %q", test.tag, test.in, got, test.want)
		}
	}
}

func TestNumber(t *testing.T) {
	tests := []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, "0"},
		{"en", 999, "999"},
		{"en", 1234, "1,234"},
		{"en", 1234567, "1,234,567"},
		{"en", -1234, "-1,234"},
		{"fr", 1234, "1\u202f234"},
		{"es", 1234, "1234"},
		{"es", 12345, "12.345"},
		{"ka", 1234, "1234"},
		{"ka", 12345, "12\u00a0345"},
		{"ar", 1234, "1,234"},
		{"ru", 1234, "1\u00a0234"},
		{"nb", -5, "−5"},
		{"en", -1 << 63, "-9,223,372,036,854,775,808"},
	}
	for _, test := range tests {
		if got := For(test.tag).Number(test.n); got != test.want {
			t.Errorf("%s %d: got %q, want %q", test.tag, test.n, got, test.want)
		}
	}
}

func TestList(t *testing.T) {
	tests := []struct {
		tag   string
		items []string
		want  string
	}{
		{"en", nil, ""},
		{"en", []string{"a"}, "a"},
		{"en", []string{"a", "b"}, "a and b"},
		{"en", []string{"a", "b", "c", "d"}, "a, b, c and d"},
		{"en", []string{"{1}", "{0}", "c"}, "{1}, {0} and c"},
		{"ar", []string{"تونس", "الأردن"}, "تونس والأردن"},
		{"ka", []string{"a", "b"}, "a და b"},
		{"es", []string{"Francia", "Italia"}, "Francia e Italia"},
		{"es", []string{"Francia", "Hungría", "India"}, "Francia, Hungría e India"},
		{"es", []string{"agua", "hielo"}, "agua y hielo"},
		{"es", []string{"i", "Yemen"}, "i y Yemen"},
	}
	for _, test := range tests {
		if got := For(test.tag).List(test.items...); got != test.want {
			t.Errorf("%s %q: got %q, want %q", test.tag, test.items, got, test.want)
		}
	}
}

func TestZone(t *testing.T) {
	summer := time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)
	winter := time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		tag, zone string
		at        time.Time
		want      string
	}{
		{"en", "Asia/Tbilisi", summer, "Tbilisi time (GMT+4)"},
		{"fr", "Asia/Tbilisi", summer, "heure : Tbilissi (UTC+4)"},
		{"ar", "Asia/Tbilisi", summer, "توقيت تبليسي (غرينتش+4)"},
		{"ka", "Asia/Tbilisi", summer, "დრო: თბილისი (GMT+4)"},
		{"es", "Asia/Tbilisi", summer, "hora de Tiflis (GMT+4)"},
		{"en", "Europe/London", summer, "London time (GMT+1)"},
		{"en", "Europe/London", winter, "London time (GMT)"},
		{"en", "Africa/Casablanca", winter, "Casablanca time (GMT)"},
		{"en", "America/New_York", summer, "New York time (GMT-4)"},
		{"en", "America/Argentina/Buenos_Aires", summer, "Buenos Aires time (GMT-3)"},
		{"ru", "Europe/Kyiv", summer, "Киев (GMT+3)"}, // another name in the CLDR
		{"en", "Asia/Kathmandu", summer, "Kathmandu time (GMT+5:45)"},
		{"nb", "America/St_Johns", winter, "tidssone for St. John’s (GMT−3:30)"},
		{"en", "UTC", summer, "GMT"},
		{"en", "Etc/GMT-3", summer, "GMT+3"},
		{"en", "Nowhere/At_All", summer, "At All time (GMT)"},
		{"en", "", summer, "GMT"},
	}
	for _, test := range tests {
		if got := For(test.tag).Zone(test.zone, test.at); got != test.want {
			t.Errorf("%s %s: got %q, want %q", test.tag, test.zone, got, test.want)
		}
	}
}

func TestMinutes(t *testing.T) {
	for tag, want := range map[string]string{"en": "15 min", "ar": "15 دقيقة", "ka": "15 წთ", "ru": "15 мин", "de": "15 min"} {
		if got := For(tag).Minutes(15); got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func TestCollate(t *testing.T) {
	tests := []struct {
		tag   string
		names []string // in order
	}{
		{"nb", []string{"Albania", "Zimbabwe", "Ægypt", "Østerrike", "Åland"}},
		{"no", []string{"Zimbabwe", "Ægypt", "Østerrike", "Åland"}},
		{"sv", []string{"Zimbabwe", "Åland", "Ägypten", "Österrike"}},
		{"de", []string{"Ägypten", "Albanien", "Österreich", "Zypern"}},
		{"fr", []string{"Égypte", "Estonie", "États-Unis", "Finlande"}},
		{"ka", []string{"ავსტრია", "გერმანია", "საქართველო"}},
		{"ru", []string{"Австрия", "Ёлкино", "Япония"}},
		{"not a tag!", []string{"a", "b"}},
	}
	for _, test := range tests {
		got := slices.Clone(test.names)
		slices.Reverse(got)
		slices.SortFunc(got, Collate(test.tag))
		if !slices.Equal(got, test.names) {
			t.Errorf("%s: got %v, want %v", test.tag, got, test.names)
		}
	}
}
