package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tamada/pkg/agenda"
)

var wantInterface = []string{"en", "ar", "es", "fr", "ka", "nb", "ru"}

func TestInterface(t *testing.T) {
	if got := Interface(); !slices.Equal(got, wantInterface) {
		t.Errorf("got %v, want %v", got, wantInterface)
	}
}

func TestMessageFilesAreRead(t *testing.T) {
	if _, err := readCatalogues(messageFiles); err != nil {
		t.Error(err)
	}
}

// Every message of the English files exists in all languages, with the same placeholders
// and all the plural forms that whole numbers need there.
func TestEveryLanguageSaysEverything(t *testing.T) {
	english := catalogues()[fallback]
	for tag, c := range catalogues() {
		for id := range english.own {
			if !c.own[id] {
				t.Errorf("%s: no message %q", tag, id)
				continue
			}
			checkForms(t, tag, id, c.messages[id], english.messages[id])
		}
		for id := range c.own {
			if !english.own[id] {
				t.Errorf("%s: message %q is not in English", tag, id)
			}
		}
	}
}

// checkForms compares the forms of a message with the English one. Single numbers are often
// words ("one minute"), so that forms may leave out what English has, but the last may not.
func checkForms(t *testing.T, tag, id string, m, english *message) {
	t.Helper()
	want := placeholders(english.forms[other])
	if got := placeholders(m.forms[other]); !maps.Equal(got, want) {
		t.Errorf("%s: message %q has placeholders %v, want %v", tag, id, got, want)
	}
	counted := english.plain == "" && (english.forms[1] != nil || want["count"])
	for form, name := range names {
		parts := m.forms[form]
		if parts == nil && counted && neededForms(m.plurals)[form] {
			t.Errorf("%s: message %q has no form %q", tag, id, name)
		}
		if parts != nil && !counted && form != other {
			t.Errorf("%s: message %q has a form %q, but English has no plural", tag, id, name)
		}
		for p := range placeholders(parts) {
			if !want[p] {
				t.Errorf("%s: message %q, form %q, has a placeholder %q that English has not", tag, id, name, p)
			}
		}
		for _, part := range parts {
			if strings.TrimSpace(part.text) == "" && part.name == "" || strings.Contains(part.text, "  ") {
				t.Errorf("%s: message %q, form %q, has empty text or two spaces", tag, id, name)
			}
		}
	}
}

func placeholders(parts []part) map[string]bool {
	m := map[string]bool{}
	for _, p := range parts {
		if p.name != "" {
			m[p.name] = true
		}
	}
	return m
}

// neededForms are those of whole numbers.
func neededForms(p *plurals) (needed [len(names)]bool) {
	for n := range 201 {
		needed[p.form(n)] = true
	}
	for _, n := range []int{1000, 1_000_000, 2_000_000} {
		needed[p.form(n)] = true
	}
	return needed
}

// A line of French never begins with a colon.
func TestFrenchSpaces(t *testing.T) {
	for id, m := range catalogues()["fr"].messages {
		for _, form := range m.forms {
			text := ""
			for _, p := range form {
				text += p.text + p.name
			}
			for _, mark := range []string{" :", " ;", " ?", " !", " »", "« "} {
				if strings.Contains(text, mark) {
					t.Errorf("message %q: %q has a space that breaks, want U+00A0 or U+202F at %q", id, text, mark)
				}
			}
		}
	}
}

func TestPluralForms(t *testing.T) {
	tests := []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, "0 sessions"},
		{"en", 1, "1 session"},
		{"en", 12345, "12,345 sessions"},
		{"fr", 0, "0 séance"},
		{"fr", 2, "2 séances"},
		{"fr", 1_000_000, "1\u202f000\u202f000 de séances"},
		{"ru", 1, "1 заседание"},
		{"ru", 3, "3 заседания"},
		{"ru", 11, "11 заседаний"},
		{"ru", 21, "21 заседание"},
		{"ru", 1102, "1\u00a0102 заседания"},
		{"ar", 0, "لا جلسات"},
		{"ar", 1, "جلسة واحدة"},
		{"ar", 2, "جلستان"},
		{"ar", 7, "7 جلسات"},
		{"ar", 11, "11 جلسة"},
		{"ar", 100, "100 جلسة"},
		{"ar", 203, "203 جلسات"},
		{"de", 12345, "12,345 sessions"},
		{"nb", 1, "1 sesjon"},
		{"nb", 2, "2 sesjoner"},
		{"ka", 5, "5 სესია"},
		{"es", 2, "2 sesiones"},
		{"en", -3, "-3 sessions"},
	}
	for _, test := range tests {
		if got := For(test.tag).T("sessions", "count", test.n); got != test.want {
			t.Errorf("%s %d: got %q, want %q", test.tag, test.n, got, test.want)
		}
	}
}

func TestRoles(t *testing.T) {
	for n, want := range map[int]string{1: "Докладчик", 2: "Докладчики", 21: "Докладчики"} {
		if got := For("ru").Roles("presenter", n); got != want {
			t.Errorf("%d presenters: got %q, want %q", n, got, want)
		}
	}
	if got, want := For("ar").Roles("speaker", 2), "المتحدثان"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestT(t *testing.T) {
	l := For("en")
	tests := []struct {
		id   string
		args []any
		want string
	}{
		{"kind.round-table", nil, "Round table"},
		{"time.approximate", []any{"time", "10:00–11:00"}, "ca. 10:00–11:00"},
		{"label", []any{"value", 1500, "label", "Capacity"}, "Capacity: 1,500"},
		{"label", []any{"label", "Private", "value", true}, "Private: true"},
		{"label", []any{"label", "Room"}, "Room: ⟦value⟧"},
		{"label", []any{"label"}, "⟦label⟧: ⟦value⟧"},
		{"label", nil, "⟦label⟧: ⟦value⟧"},
		{"no such message", []any{"count", 1}, "⟦no such message⟧"},
		{"sessions", []any{"count", "many"}, "many sessions"},
		{"kind.panel", []any{"count", 1}, "Panel discussion"},
		{"", nil, "⟦⟧"},
	}
	for _, test := range tests {
		if got := l.T(test.id, test.args...); got != test.want {
			t.Errorf("%s %v: got %q, want %q", test.id, test.args, got, test.want)
		}
	}
}

func TestMessagesFallBackToEnglish(t *testing.T) {
	files := fstest.MapFS{
		"messages/web.en.json": {Data: []byte(`{"a": "Only English", "n": {"one": "{{.count}} day", "other": "{{.count}} days"}}`)},
		"messages/web.ru.json": {Data: []byte(`{"b": "Только русский"}`)},
	}
	all, err := readCatalogues(files)
	if err != nil {
		t.Fatal(err)
	}
	l := &Locale{words: all["ru"], own: tableOf("ru")}
	if got := l.T("a"); got != "Only English" {
		t.Errorf("got %q, want the English message", got)
	}
	// 21 is "one" in Russian, but the words are English.
	if got := l.T("n", "count", 21); got != "21 days" {
		t.Errorf("got %q, want 21 days", got)
	}
}

func TestBadMessageFiles(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"web.en.json", `{"a": }`, "web.en.json"},
		{"web.en.json", `{"a": "{{if .x}}b{{end}}"}`, `message "a": placeholder "if .x"`},
		{"web.en.json", `{"a": "{{.count"}`, `placeholder ".count"`},
		{"web.en.json", `{"a": {"one": "b"}}`, `no form "other"`},
		{"web.en.json", `{"kind.panel": "twice"}`, `"kind.panel" is there twice`},
	}
	for _, test := range tests {
		files := fstest.MapFS{
			"messages/common.en.json": {Data: []byte(`{"kind.panel": "Panel"}`)},
			"messages/" + test.name:   {Data: []byte(test.data)},
		}
		if _, err := readCatalogues(files); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want an error with %q", test.data, err, test.want)
		}
	}
}

// The words of the domain have names.
func TestWordsOfAgendas(t *testing.T) {
	var ids []string
	for _, k := range agenda.Kinds() {
		ids = append(ids, "kind."+string(k))
	}
	for _, r := range agenda.RoleNames() {
		ids = append(ids, "role."+string(r), "roles."+string(r))
	}
	for _, f := range agenda.Formats() {
		ids = append(ids, "format."+string(f))
	}
	for _, s := range agenda.Statuses() {
		ids = append(ids, "status."+string(s))
	}
	for _, v := range agenda.Visibilities() {
		ids = append(ids, "visibility."+string(v))
	}
	for _, s := range []agenda.RoleStatus{agenda.RoleConfirmed, agenda.RoleInvited, agenda.RoleTBC} {
		ids = append(ids, "role-status."+string(s))
	}
	for _, id := range ids {
		if got := For("en").T(id, "count", 1); strings.Contains(got, "⟦") {
			t.Errorf("got %s, want a message", got)
		}
	}
}

func BenchmarkT(b *testing.B) {
	l := For("ru")
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			l.T("kind.round-table")
		}
	})
	b.Run("plural", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			l.T("sessions", "count", 21)
		}
	})
}
