package locale

import "strings"

// countryNames are the names that this house uses instead of those of the CLDR 48, by
// language and code: the short names of the United Nations where the CLDR tells countries
// apart by their capitals or adds a former name, and new names that it has not taken over
// everywhere. The others stand as in the CLDR; an instance can set its own
// ([Locale.WithCountries]).
var countryNames = map[string]map[string]string{
	"en": {
		"CD": "Democratic Republic of the Congo", "CG": "Congo", "CV": "Cabo Verde", "MM": "Myanmar",
	},
	"fr": {
		"CD": "République démocratique du Congo", "CG": "Congo", "CV": "Cabo Verde", "MM": "Myanmar", "TL": "Timor-Leste",
		"TR": "Türkiye",
	},
	"ar": {
		"CD": "جمهورية الكونغو الديمقراطية", "CG": "الكونغو", "CI": "كوت ديفوار", "CV": "كابو فيردي", "MM": "ميانمار",
	},
	"ru": {
		"CD": "Демократическая Республика Конго", "CG": "Конго", "MM": "Мьянма", "TL": "Тимор-Лешти",
	},
	"nb": {
		"CD": "Den demokratiske republikken Kongo", "CG": "Republikken Kongo", "MM": "Myanmar",
	},
	"ka": {
		"CD": "კონგოს დემოკრატიული რესპუბლიკა", "CG": "კონგოს რესპუბლიკა", "MM": "მიანმარი", "SZ": "ესვატინი",
	},
	"es": {
		"MM": "Myanmar", "SZ": "Eswatini", "TR": "Türkiye",
	},
	"ky": {"SZ": "Эсватини"},
	"uz": {"SZ": "Esvatini"},
}

// override puts the names of this house into t; those of Arabic into all tables of Arabic.
func override(t *table) {
	if t.Countries == nil {
		return
	}
	base, _, _ := strings.Cut(t.tag, "-")
	for code, name := range countryNames[base] {
		t.Countries[code] = name
	}
}
