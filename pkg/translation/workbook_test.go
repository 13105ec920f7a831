package translation

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"tamada/pkg/locale"
)

// exported returns a workbook of c.
func exported(t *testing.T, c *Catalogue, languages ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteXLSX(&b, c, languages); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRoundTrip takes every translation of the program out of it and puts it back.
func TestRoundTrip(t *testing.T) {
	c, files := messages(t)
	languages := locale.Interface()[1:]
	book := exported(t, c, languages...)
	if again := exported(t, c, languages...); !bytes.Equal(again, book) {
		t.Error("the same messages do not give the same bytes")
	}
	for _, a := range c.Areas {
		for _, m := range a.Messages {
			maps.DeleteFunc(m.Texts, func(language string, _ Forms) bool { return language != Source })
		}
	}
	got, err := c.Import(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Languages, languages) || len(got.Remarks) > 0 {
		t.Errorf("got languages %v and remarks %v, want %v and none", got.Languages, got.Remarks, languages)
	}
	compareFiles(t, c, files, locale.Interface())
	if again, err := c.Import(bytes.NewReader(book)); err != nil || again.Changed != 0 {
		t.Errorf("a second time: got %+v, %v; want no change", again, err)
	}
}

// small is a catalogue with one message of each sort.
func small(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Read(fstest.MapFS{
		"web.en.json": {Data: []byte(`{"hello": "Hello, {{.name}}", "days": {"one": "{{.count}} day", "other": "{{.count}} days"}, "sum": "=1+1", "quote": "'=x", "plain": "Agenda"}`)},
		"web.ru.json": {Data: []byte(`{"hello": "Здравствуйте, {{.name}}!", "days": {"one": "{{.count}} день", "few": "{{.count}} дня", "many": "{{.count}} дней", "other": "{{.count}} дня"}}`)},
		"web.ar.json": {Data: []byte(`{"days": {"zero": "لا أيام", "one": "يوم واحد", "two": "يومان", "few": "{{.count}} أيام", "many": "{{.count}} يومًا", "other": "{{.count}} يوم"}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// opened opens a workbook.
func opened(t *testing.T, book []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWriteXLSX(t *testing.T) {
	f := opened(t, exported(t, small(t), "ar", "ru", "uz"))
	if got, want := f.GetSheetList(), []string{"About", "web"}; !slices.Equal(got, want) {
		t.Errorf("got sheets %q, want %q", got, want)
	}
	rows, err := f.GetRows("web")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, strings.ReplaceAll(strings.Join(r, " | "), "\n", " "))
	}
	want := []string{
		"id | form | English | note | ar (Arabic) | ru (Russian) | uz (Uzbek)",
		"hello |  | Hello, {{.name}} | Keep {{.name}}. |  | Здравствуйте, {{.name}}!",
		"days | zero | {{.count}} days | Keep {{.count}}. For numbers such as: ar 0. | لا أيام | — | —",
		"days | one | {{.count}} day | Keep {{.count}}. For numbers such as: ar 1; ru 1, 21, 31, 41; uz 1. | يوم واحد | {{.count}} день",
		"days | two | {{.count}} days | Keep {{.count}}. For numbers such as: ar 2. | يومان | — | —",
		"days | few | {{.count}} days | Keep {{.count}}. For numbers such as: ar 3, 4, 5, 6; ru 2, 3, 4, 22. | {{.count}} أيام | {{.count}} дня | —",
		"days | many | {{.count}} days | Keep {{.count}}. For numbers such as: ar 11, 12, 13, 14; ru 0, 5, 6, 7. | {{.count}} يومًا | {{.count}} дней | —",
		"days | other | {{.count}} days | Keep {{.count}}. For numbers such as: ar 100, 101, 102, 1000; ru fractions; uz 0, 2, 3, 4. | {{.count}} يوم | {{.count}} дня",
		"sum |  | '=1+1", "quote |  | ''=x", "plain |  | Agenda",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	formats, err := f.GetConditionalFormats("web")
	if rules := formats["E2:G11"]; err != nil || len(rules) != 1 || rules[0].Type != "blanks" {
		t.Errorf("got rules %v, %v; want one that marks what is missing", formats, err)
	}
	if err := WriteXLSX(&bytes.Buffer{}, small(t), []string{"tlh"}); err == nil {
		t.Error("a language without rules for plurals: got no error")
	}
}

// TestImportProblems has what a translator did to a cell, and what is said of it.
func TestImportProblems(t *testing.T) {
	tests := []struct{ cell, text, want string }{
		{"F2", "Здравствуйте!", "web!F2: the placeholder {{.name}} is missing"},
		{"F2", "{{.nom}}, {{.name}}", "web!F2: the placeholder {{.nom}} is not in the English text"},
		{"F2", "{{name}}", "web!F2: a brace that is no placeholder; write one like {{.count}}"},
		{"F2", "{.name}", "web!F2: a brace that is no placeholder; write one like {{.count}}"},
		{"F2", " А, {{.name}}", "web!F2: a space at the beginning or the end"},
		{"F2", "А,  {{.name}}", "web!F2: two spaces in a row"},
		{"F2", "А,\n{{.name}}", "web!F2: a line break or another control character"},
		{"F3", "нет дней", `web!F3: the language has no form "zero"; leave the cell empty`},
		{"F4", "один день", "web!F4: the placeholder {{.count}} is missing"},
		{"F6", "", `web!F6: the form "few" of days is missing; translate every form, or none`},
		{"A1", "key", `web!A1: the column "id" is expected here, as it was exported`},
		{"F1", "ar", "web!F1: the language ar has two columns"},
		{"F1", "russian", `web!F1: "russian" is not a language; write its tag, like fr`},
		{"F1", "en", "web!F1: English is not translated; take the column out"},
		{"A3", "", "web!A3: the id of the message is missing"},
		{"A10", "sum", "web!A10: the message sum is there twice"},
		{"B4", "ones", `web!B4: "ones" is not a form of this message; export it again`},
	}
	book := exported(t, small(t), "ar", "ru")
	for _, test := range tests {
		f := opened(t, book)
		if err := f.SetCellStr("web", test.cell, test.text); err != nil {
			t.Fatal(err)
		}
		c := small(t)
		_, err := c.Import(saved(t, f))
		var problems Problems
		if !errors.As(err, &problems) || problems[0].String() != test.want && !strings.Contains(err.Error(), test.want+"\n") {
			t.Errorf("%s %q: got %v, want %s", test.cell, test.text, err, test.want)
		}
		if got := c.Areas[0].Messages[0].Texts["ru"][other]; got != "Здравствуйте, {{.name}}!" {
			t.Errorf("%s %q: the message became %q", test.cell, test.text, got)
		}
	}
}

// saved returns the bytes of a workbook that was changed.
func saved(t *testing.T, f *excelize.File) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

func TestImportAllProblems(t *testing.T) {
	f := opened(t, exported(t, small(t), "ru"))
	for cell, text := range map[string]string{"E2": "{{", "E3": "x"} {
		if err := f.SetCellStr("web", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellFormula("web", "E7", "1+1"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Sheet2"); err != nil {
		t.Fatal(err)
	}
	_, err := small(t).Import(saved(t, f))
	for _, want := range []string{"web!E2: ", "web!E3: ", "web!E7: a formula; write a text", "Sheet2: not one of the sheets"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q among it", err, want)
		}
	}
}

func TestImportTakes(t *testing.T) {
	f := opened(t, exported(t, small(t), "ru", "uz"))
	for cell, text := range map[string]string{
		"F2": "Salom, {{.name}}", "E7": "'=1+1", "E8": "''=x", "E9": "-", // translated
		"C2": "Hi, {{.name}}", // an English text of before
		"A9": "gone",          // a message that is no more
	} {
		if err := f.SetCellStr("web", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	c := small(t)
	got, err := c.Import(saved(t, f))
	if err != nil {
		t.Fatal(err)
	}
	var remarks []string
	for _, r := range got.Remarks {
		remarks = append(remarks, r.String())
	}
	want := []string{
		`web!A9: there is no message "gone" any more; passed over`,
		`web!C2: the English is now "Hello, {{.name}}"; the ru translation stays as it was`,
		`web!C2: the English is now "Hello, {{.name}}"; the uz translation stays as it was`,
	}
	if !slices.Equal(remarks, want) || got.Changed != 2 {
		t.Errorf("got %d changes and remarks\n%s\nwant 2 and\n%s", got.Changed, strings.Join(remarks, "\n"), strings.Join(want, "\n"))
	}
	area := c.Areas[0]
	if sum, quote := area.message("sum").Texts["ru"][other], area.message("quote").Texts["ru"][other]; sum != "=1+1" || quote != "'=x" {
		t.Errorf("got %q and %q, want the texts without what shields them", sum, quote)
	}
	if file, err := area.Write("ar"); err != nil || !bytes.Contains(file, []byte("يومان")) {
		t.Errorf("a language that is not in the workbook: got %s, %v", file, err)
	}
}

func TestImportOfOtherFiles(t *testing.T) {
	empty := opened(t, exported(t, &Catalogue{}, "ru"))
	for name, file := range map[string]*bytes.Reader{
		"text": bytes.NewReader([]byte("id,form")), "nothing": bytes.NewReader(nil), "no sheets": saved(t, empty),
	} {
		if got, err := small(t).Import(file); err == nil {
			t.Errorf("%s: got %+v, want an error", name, got)
		}
	}
}

func TestShield(t *testing.T) {
	for text, want := range map[string]string{
		"Agenda": "Agenda", "=1+1": "'=1+1", "@home": "'@home", "-": "'-", "+1": "'+1", "'s": "'s", "'=x": "''=x", "": "", "a=b": "a=b", "＝1": "'＝1",
	} {
		if got := shield(text); got != want || unshield(got) != text {
			t.Errorf("%q: got %q and back %q, want %q", text, got, unshield(got), want)
		}
	}
}
