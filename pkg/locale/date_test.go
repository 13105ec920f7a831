package locale

import (
	"slices"
	"testing"
	"time"

	"tamada/pkg/agenda"
)

func date(year int, month time.Month, day int) agenda.Date {
	return agenda.Date{Year: year, Month: month, Day: day}
}

// Known strings, checked against the Intl of a JavaScript engine with the CLDR 48 wherever
// that writes the same kind of range.
func TestDates(t *testing.T) {
	monday := date(2021, time.March, 29)
	tests := []struct{ tag, full, long, day, short, inMonth, inYear string }{
		{"en", "Monday 29 March 2021", "29 March 2021", "Monday 29 March", "Mon 29 Mar", "3–5 November 2026", "28 November – 2 December 2026"},
		{"fr", "lundi 29 mars 2021", "29 mars 2021", "lundi 29 mars", "lun. 29 mars", "3–5 novembre 2026", "28 novembre – 2 décembre 2026"},
		{"ar", "الاثنين، 29 مارس 2021", "29 مارس 2021", "الاثنين، 29 مارس", "الاثنين، 29 مارس", "3–5 نوفمبر 2026", "28 نوفمبر – 2 ديسمبر 2026"},
		{"ar-TN", "الاثنين، 29 مارس 2021", "29 مارس 2021", "الاثنين، 29 مارس", "الاثنين، 29 مارس", "3–5 نوفمبر 2026", "28 نوفمبر – 2 ديسمبر 2026"},
		{"ar-JO", "الاثنين، 29 آذار 2021", "29 آذار 2021", "الاثنين، 29 آذار", "الاثنين، 29 آذار", "3–5 تشرين الثاني 2026", "28 تشرين الثاني – 2 كانون الأول 2026"},
		{"ru", "понедельник, 29 марта 2021\u202fг.", "29 марта 2021\u202fг.", "понедельник, 29 марта", "пн, 29 мар.", "3–5 ноября 2026\u202fг.", "28 ноября – 2 декабря 2026\u202fг."},
		{"nb", "mandag 29. mars 2021", "29. mars 2021", "mandag 29. mars", "man. 29. mars", "3.–5. november 2026", "28. november–2. desember 2026"},
		{"nn", "måndag 29. mars 2021", "29. mars 2021", "måndag 29. mars", "må. 29. mars", "3.–5. november 2026", "28. november–2. desember 2026"},
		{"ka", "ორშაბათი, 29 მარტი, 2021", "29 მარტი, 2021", "ორშაბათი, 29 მარტი", "ორშ, 29 მარ", "3–5 ნოემბერი, 2026", "28 ნოემბერი – 2 დეკემბერი, 2026"},
		{"es", "lunes, 29 de marzo de 2021", "29 de marzo de 2021", "lunes, 29 de marzo", "lun, 29 mar", "3–5 de noviembre de 2026", "28 de noviembre – 2 de diciembre de 2026"},
		{"de", "Montag, 29. März 2021", "29. März 2021", "Montag, 29. März", "Mo., 29. März", "3.–5. November 2026", "28. November – 2. Dezember 2026"},
		{"fi", "maanantai 29. maaliskuuta 2021", "29. maaliskuuta 2021", "maanantai 29. maaliskuuta", "ma 29.3.", "3.–5. marraskuuta 2026", "28. marraskuuta – 2. joulukuuta 2026"},
		{"hu", "2021. március 29., hétfő", "2021. március 29.", "március 29., hétfő", "márc. 29., H", "2026. november 3–5.", "2026. november 28. – december 2."},
		{"lt", "2021 m. kovo 29 d., pirmadienis", "2021 m. kovo 29 d.", "kovo 29 d., pirmadienis", "03-29, pr", "2026 m. lapkričio 3–5 d.", "2026 m. lapkričio 28 d. – gruodžio 2 d."},
		{"kk", "2021\u202fж. 29 наурыз, дүйсенбі", "2021\u202fж. 29 наурыз", "29 наурыз, дүйсенбі", "29 нау., дс", "2026\u202fж. 3–5 қараша", "2026\u202fж. 28 қараша – 2 желтоқсан"},
		{"uz", "dushanba, 29-mart, 2021", "29-mart, 2021", "dushanba, 29-mart", "Dush, 29-mar", "3–5-noyabr, 2026", "28-noyabr – 2-dekabr, 2026"},
		{"hy", "2021 թ. մարտի 29, երկուշաբթի", "29 մարտի, 2021 թ.", "մարտի 29, երկուշաբթի", "մրտ 29, երկ", "3–5 նոյեմբերի, 2026 թ.", "28 նոյեմբերի – 2 դեկտեմբերի, 2026 թ."},
		{"he", "יום שני, 29 במרץ 2021", "29 במרץ 2021", "יום שני, 29 במרץ", "יום ב׳, 29 במרץ", "3–5 בנובמבר 2026", "28 בנובמבר – 2 בדצמבר 2026"},
		{"sr", "понедељак, 29. март 2021.", "29. март 2021.", "понедељак, 29. март", "пон 29. мар", "3.–5. новембар 2026.", "28. новембар – 2. децембар 2026."},
		{"pl", "poniedziałek, 29 marca 2021", "29 marca 2021", "poniedziałek, 29 marca", "pon., 29 mar", "3–5 listopada 2026", "28 listopada – 2 grudnia 2026"},
	}
	for _, test := range tests {
		l := For(test.tag)
		got := []string{
			l.Date(monday, Full), l.Date(monday, Long), l.Date(monday, Day), l.Date(monday, Short),
			l.DateRange(date(2026, time.November, 3), date(2026, time.November, 5)),
			l.DateRange(date(2026, time.November, 28), date(2026, time.December, 2)),
		}
		want := []string{test.full, test.long, test.day, test.short, test.inMonth, test.inYear}
		if l.DateTag() != test.tag || !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", l.DateTag(), got, want)
		}
	}
}

func TestDateRange(t *testing.T) {
	l := For("en")
	a, b := date(2026, time.December, 30), date(2027, time.January, 2)
	none := agenda.Date{}
	tests := []struct {
		from, to agenda.Date
		want     string
	}{
		{a, b, "30 December 2026 – 2 January 2027"},
		{b, a, "30 December 2026 – 2 January 2027"},
		{a, a, "30 December 2026"},
		{a, none, "30 December 2026"},
		{none, b, "2 January 2027"},
		{none, none, ""},
	}
	for _, test := range tests {
		if got := l.DateRange(test.from, test.to); got != test.want {
			t.Errorf("%v %v: got %q, want %q", test.from, test.to, got, test.want)
		}
	}
	if got := l.Date(none, Full); got != "" {
		t.Errorf("no date: got %q, want nothing", got)
	}
	if got := l.Date(a, styles); got != "" {
		t.Errorf("no style: got %q, want nothing", got)
	}
	if got := l.Date(agenda.Date{Year: 1, Month: 13, Day: 40}, Full); got == "" {
		t.Errorf("no month: got %q, want numbers", got)
	}
}

func TestFrenchFirst(t *testing.T) {
	l := For("fr-CA")
	if got, want := l.Date(date(2026, time.June, 1), Full), "lundi 1er juin 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := l.DateRange(date(2026, time.June, 1), date(2026, time.June, 11)), "1er–11 juin 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClock(t *testing.T) {
	for _, tag := range []string{"en", "ar", "fi", "ka"} {
		l := For(tag)
		for c, want := range map[agenda.Clock]string{0: "00:00", 545: "09:05", 1439: "23:59", 1440: "00:00", 1470: "00:30", -30: "23:30"} {
			if got := l.Clock(c); got != want {
				t.Errorf("%s %d: got %q, want %q", tag, c, got, want)
			}
		}
		if got, want := l.ClockRange(600, 1485), "10:00–00:45"; got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func TestWhen(t *testing.T) {
	both := agenda.Slot{Start: 600, End: 615, HasStart: true, HasEnd: true}
	about, open, late := both, both, both
	about.Approximate = true
	open.HasEnd = false
	late.Start, late.End = 1470, 1530
	openAbout := open
	openAbout.Approximate = true
	tests := []struct {
		tag  string
		slot agenda.Slot
		want string
	}{
		{"en", both, "10:00–10:15"},
		{"en", about, "ca. 10:00–10:15"},
		{"en", open, "from 10:00"},
		{"en", openAbout, "from ca. 10:00"},
		{"en", late, "00:30–01:30 (next day)"},
		{"en", agenda.Slot{Span: agenda.AllDay}, "All day"},
		{"en", agenda.Slot{Span: agenda.Morning}, "Morning"},
		{"en", agenda.Slot{Span: agenda.Afternoon}, "Afternoon"},
		{"en", agenda.Slot{}, "time to be confirmed"},
		{"fr", open, "à partir de 10:00"},
		{"ka", open, "10:00-დან"},
		{"ar", about, "نحو 10:00–10:15"},
	}
	for _, test := range tests {
		if got := For(test.tag).When(test.slot); got != test.want {
			t.Errorf("%s %+v: got %q, want %q", test.tag, test.slot, got, test.want)
		}
	}
}

// Every table has everything, and no date of a year shows an unfilled name.
func TestTablesAreComplete(t *testing.T) {
	tables := archive().tables
	if len(tables) < 50 || CLDR() < "48.2" {
		t.Fatalf("got %d tables of the CLDR %q, want 50 or more of 48.2", len(tables), CLDR())
	}
	for tag := range tables {
		l := For(tag)
		for n := range 366 {
			d := date(2024, time.January, 1).AddDays(n)
			for s := range styles {
				if got := l.Date(d, s); len(got) < 7 {
					t.Fatalf("%s %s: got %q, want a date", tag, d, got)
				}
			}
		}
		table := l.table
		if len(table.Countries) < 250 || len(table.Languages) < 130 || table.Group == "" || table.ListEnd == "" || table.Zone == "" {
			t.Errorf("%s: got %d countries, %d languages, want more; or other parts are missing", tag, len(table.Countries), len(table.Languages))
		}
		if slices.Contains(table.Months[:], "") || slices.Contains(table.DaysShortAlone[:], "") {
			t.Errorf("%s: months %q, days %q: empty names", tag, table.Months, table.DaysShortAlone)
		}
	}
}

func BenchmarkDate(b *testing.B) {
	l := For("ru")
	d := date(2021, time.March, 29)
	b.ReportAllocs()
	for b.Loop() {
		l.Date(d, Full)
	}
}

func BenchmarkClockRange(b *testing.B) {
	l := For("en")
	b.ReportAllocs()
	for b.Loop() {
		l.ClockRange(600, 615)
	}
}

func BenchmarkFor(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		For("fr-CA", "en")
	}
}
