package locale

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func TestFor(t *testing.T) {
	tests := []struct{ tags, messages, dates string }{
		{"", "en", "en"},
		{"en", "en", "en"},
		{"en-US", "en", "en"},
		{"fr-CA", "fr", "fr"},
		{"FR_ca", "fr", "fr"},
		{"ar-TN", "ar", "ar-TN"},
		{"ar-LY", "ar", "ar"},
		{"ar-EG", "ar", "ar"},
		{"no", "nb", "nb"},
		{"nn-NO", "nb", "nn"},
		{"de", "en", "de"},
		{"de fr", "fr", "de"},
		{"xx fr", "fr", "fr"},
		{"iw", "en", "he"},
		{"pt-PT", "en", "pt-PT"},
		{"pt-AO", "en", "pt"},
		{"sr-Latn-RS", "en", "sr-Latn"},
		{"sr-Cyrl-RS", "en", "sr"},
		{"sr-ME", "en", "sr"},
		{"uz-Cyrl", "en", "en"},
		{"ka-Geor", "ka", "ka"},
		{"x-private", "en", "en"},
		{"-", "en", "en"},
		{"ru-u-nu-latn", "ru", "ru"},
		{"ru-x-a", "ru", "ru"},
		{strings.Repeat("en-", 1000), "en", "en"},
	}
	for _, test := range tests {
		l := For(strings.Fields(test.tags)...)
		if l.Tag() != test.messages || l.DateTag() != test.dates {
			t.Errorf("%.30s: got %s with dates %s, want %s with dates %s", test.tags, l.Tag(), l.DateTag(), test.messages, test.dates)
		}
	}
	if For("fr-CA") != For("fr") {
		t.Error("got two locales for one language, want it shared")
	}
}

func TestDir(t *testing.T) {
	for tag, want := range map[string]string{
		"ar": "rtl", "ar-TN": "rtl", "AR": "rtl", "he": "rtl", "fa": "rtl", "ur-PK": "rtl", "uz-Arab": "rtl", "pa-arab-pk": "rtl", "ckb": "rtl", "dv": "rtl",
		"en": "ltr", "ar-Latn": "ltr", "ka": "ltr", "uz": "ltr", "": "ltr", "x-ar": "ltr", "az": "ltr",
	} {
		if got := Dir(tag); got != want {
			t.Errorf("%q: got %s, want %s", tag, got, want)
		}
	}
	if got := For("ar-MA").Dir(); got != "rtl" {
		t.Errorf("locale: got %s, want rtl", got)
	}
}

func TestMatch(t *testing.T) {
	offered := []string{"en", "fr", "ar", "nb", "pt-BR", "sr-Latn"}
	tests := []struct{ header, want string }{
		{"", "en"},
		{"fr", "fr"},
		{"fr-CH, fr;q=0.9, en;q=0.8", "fr"},
		{"de, ar;q=0.5, en;q=0.7", "en"},
		{"de", "en"},
		{"*", "en"},
		{"de, *;q=0.1", "en"},
		{"ar-TN", "ar"},
		{"no", "nb"},
		{"nn", "nb"},
		{"pt", "pt-BR"},
		{"pt-PT", "pt-BR"},
		{"sr", "sr-Latn"},
		{"sr-Latn-ME", "sr-Latn"},
		{"fr;q=0, ar;q=0.1", "ar"},
		{"fr;q=2, ar;q=0.1", "ar"},
		{"fr;q=x", "en"},
		{"fr;level=1", "en"},
		{" ,, ;q=1, FR ; Q=0.3 ", "fr"},
		{"fr;q=NaN, ar;q=0.1", "ar"},
		{"fr;q=0.8,ar;q=0.8", "fr"},
		{"<script>", "en"},
		{strings.Repeat("de,", 100) + "fr", "en"},
	}
	for _, test := range tests {
		if got := Match(test.header, offered); got != test.want {
			t.Errorf("%.40q: got %q, want %q", test.header, got, test.want)
		}
	}
	if got := Match("fr", nil); got != "" {
		t.Errorf("nothing offered: got %q, want nothing", got)
	}
	if got := Match("pt-BR", []string{"pt-PT", "pt-br"}); got != "pt-br" {
		t.Errorf("got %q, want the exact one as it was offered", got)
	}
}

func TestValid(t *testing.T) {
	valid := []string{
		"en", "fr-CA", "zh-Hans-CN", "sl-rozaj-biske-1994", "de-CH-1901", "es-419", "zh-cmn-Hans-CN", "zh-yue-HK", "de-DE-u-co-phonebk",
		"x-whatever", "en-x-a-b", "i-klingon", "sgn-BE-FR", "en-GB-oed", "art-lojban", "ABCDEFGH", "qaa-Qaaa-QM-x-southern",
		"en-a-bbb-x-a-ccc", "zh-gan-hak-yue",
	}
	invalid := []string{
		"", "e", "a-DE", "fr_CA", "en-", "-en", "en--GB", "ar-a-aaa-b-bbb-a-ccc", "en-x", "en-u", "x", "i-nothing", "ελ", "en-é", "abcdefghi",
		"de-419-DE", "en-1994-1994", "en GB", "en;q=1", "<b>", "12", "de-abcdefghi", strings.Repeat("a-", 100),
	}
	for _, tag := range valid {
		if !Valid(tag) || !Valid(strings.ToUpper(tag)) {
			t.Errorf("%q: got invalid, want valid", tag)
		}
	}
	for _, tag := range invalid {
		if Valid(tag) {
			t.Errorf("%.40q: got valid, want invalid", tag)
		}
	}
}

// What the grammar allows x/text can parse, but for tags that it does not know or finds
// contradictory; and all that takes a tag takes any text.
func FuzzTag(f *testing.F) {
	for _, seed := range []string{"en", "zh-Hans-CN", "sr-Latn-ME", "x-a", "i-klingon", "de-1901-1901", "en-u-nu-latn", "\xff-A", "no_NO"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		if Valid(tag) {
			if strings.ContainsAny(tag, " <>\"'&_/\\\n") {
				t.Errorf("%q: got valid", tag)
			}
			if !Valid(canonical(tag)) || canonical(canonical(tag)) != canonical(tag) {
				t.Errorf("%q: canonical form %q is not one", tag, canonical(tag))
			}
		}
		l := For(tag)
		if !slices.Contains(wantInterface, l.Tag()) || l.Date(date(2021, 3, 29), Full) == "" {
			t.Errorf("%q: got messages in %q and an empty date", tag, l.Tag())
		}
		l.Language(tag)
		Endonym(tag)
		if d := Dir(tag); d != "ltr" && d != "rtl" {
			t.Errorf("%q: got direction %q", tag, d)
		}
		if _, err := language.Parse(tag); err == nil && tag == strings.ToLower(tag) && len(tag) == 2 && !Valid(tag) {
			t.Errorf("%q: got invalid, but it is a language", tag)
		}
	})
}

func FuzzMatch(f *testing.F) {
	for _, seed := range []string{"fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", ";q=", "en;q=0.000", ",,,", "\xff"} {
		f.Add(seed, "en fr pt-BR")
	}
	f.Fuzz(func(t *testing.T, header, tags string) {
		offered := strings.Fields(tags)
		got := Match(header, offered)
		if len(offered) == 0 && got != "" || len(offered) > 0 && !slices.Contains(offered, got) {
			t.Errorf("%q of %q: got %q, which is not offered", header, offered, got)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Match("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", Interface())
	}
}
