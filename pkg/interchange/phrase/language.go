package phrase

import (
	"strings"
	"unicode"
)

// Language guesses the language of a text by its script and its most frequent
// words, as a BCP 47 tag; "" where too little shows it.
func Language(text string) string {
	if len(text) > 20_000 {
		text = text[:20_000]
	}
	scripts := map[string]int{}
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			scripts["ru"]++
		case unicode.Is(unicode.Arabic, r):
			scripts["ar"]++
		case unicode.Is(unicode.Georgian, r):
			scripts["ka"]++
		case unicode.IsLetter(r):
			scripts["latin"]++
		}
	}
	for _, tag := range []string{"ru", "ar", "ka"} {
		if scripts[tag] > 40 && 2*scripts[tag] > scripts["latin"] {
			return tag
		}
	}
	return latin(text)
}

// latin tells the languages of Latin script apart.
func latin(text string) string {
	counts := map[string]int{}
	for _, l := range letters {
		for _, tag := range strings.Fields(l.languages) {
			counts[tag] += min(strings.Count(text, l.letter), 4)
		}
	}
	for _, w := range words(text) {
		for _, tag := range frequent[w.text] {
			counts[tag]++
		}
	}
	best, most := "", 2
	for _, tag := range latinLanguages {
		if counts[tag] > most {
			best, most = tag, counts[tag]
		}
	}
	return best
}

// letters are letters that few languages have.
var letters = []struct{ letter, languages string }{
	{"å", "nb sv"},
	{"ø", "nb"},
	{"æ", "nb"},
	{"ä", "sv de"},
	{"ö", "sv de"},
	{"ü", "de"},
	{"ß", "de"},
	{"ñ", "es"},
	{"¿", "es"},
	{"ó", "es"},
	{"ã", "pt"},
	{"õ", "pt"},
	{"ê", "pt fr"},
	{"ç", "pt fr"},
	{"è", "fr"},
	{"à", "fr"},
	{"ř", "cs"},
	{"ě", "cs"},
	{"ů", "cs"},
	{"š", "cs"},
}

// latinLanguages are asked in this order, so that a tie has one answer.
var latinLanguages = []string{"en", "fr", "es", "pt", "de", "nb", "sv", "cs"}

// frequent are words that are frequent in one or a few languages, folded.
var frequent = frequentWords(map[string]string{
	"en": "the of and to in for with on is are by from this that meeting session will all agenda",
	"fr": "le la les des et du une pour dans sur avec est par aux au qui ordre jour seance mois",
	"es": "el los las y del una para con por en que como sesion reunion definir dia manana tarde",
	"pt": "os as e do da dos das uma para com por em que nao sessao reuniao o foi",
	"de": "der die das und den von mit fur im ist auf eine einer uber zur zum uhr",
	"nb": "og i av til som er pa det en for med om skal ikke vil bli ved den fra har",
	"sv": "och om i plats tid av till som ar pa det en for med om ska inte att den fran har ett",
	"cs": "a v na se je do z ze pro o s ve jsou ktere jak dat data konference",
})

func frequentWords(lists map[string]string) map[string][]string {
	m := map[string][]string{}
	for tag, list := range lists {
		for _, w := range words(list) {
			m[w.text] = append(m[w.text], tag)
		}
	}
	return m
}
