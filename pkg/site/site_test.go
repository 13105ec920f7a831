package site

import (
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"tamada/pkg/agenda"
)

var interfaces = []string{"en", "ar", "fr", "ka"}

func TestDefaultIsSound(t *testing.T) {
	if got := Default().Check(interfaces); len(got) > 0 {
		t.Errorf("got problems %v, want none", got)
	}
}

func TestCheck(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Site)
		want   string // field and code
	}{
		"no name":            {func(s *Site) { s.Name = agenda.Text{"en": ""} }, "name name"},
		"long name":          {func(s *Site) { s.Name = agenda.Text{"fr": strings.Repeat("é", LongestName+1)} }, "name long"},
		"name of two lines":  {func(s *Site) { s.Name = agenda.Text{"en": "a\nb"} }, "name characters"},
		"longest name":       {func(s *Site) { s.Name = agenda.Text{"fr": strings.Repeat("é", LongestName)} }, ""},
		"text of two lines":  {func(s *Site) { s.Imprint = agenda.Text{"en": "a\n\nb"} }, ""},
		"bytes":              {func(s *Site) { s.Contact = agenda.Text{"en": "\xff"} }, "contact characters"},
		"pale":               {func(s *Site) { s.Light = "#7fb2ff" }, "light contrast"},
		"dark on dark":       {func(s *Site) { s.Dark = "#0f4c5c" }, "dark contrast"},
		"no colour":          {func(s *Site) { s.Light = "teal" }, "light colour"},
		"capitals":           {func(s *Site) { s.Light = "#0F4C5C" }, "light colour"},
		"other colours":      {func(s *Site) { s.Light, s.Dark = "#7a1f3d", "#f2a7bf" }, ""},
		"no language":        {func(s *Site) { s.Languages = nil }, "languages languages"},
		"unknown language":   {func(s *Site) { s.Languages = []string{"en", "xx"} }, "languages language"},
		"a language twice":   {func(s *Site) { s.Languages = []string{"en", "en"} }, "languages language-twice"},
		"logo of text":       {func(s *Site) { s.Logo = Logo{PNG, []byte("text")} }, "logo logo.kind"},
		"logo of some type":  {func(s *Site) { s.Logo = Logo{"text/html", []byte("<p>")} }, "logo logo.kind"},
		"logo with a script": {func(s *Site) { s.Logo = Logo{SVG, []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`)} }, "logo logo.svg"},
	} {
		s := Default()
		tt.change(&s)
		var got []string
		for _, p := range s.Check(interfaces) {
			got = append(got, p.Field+" "+p.Code)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

// What is set lies over the configuration, field by field, and only what differs
// is set.
func TestOver(t *testing.T) {
	base := Default()
	base.Imprint = agenda.Text{"en": "Ministry"}
	changed := base
	changed.Name, changed.Light = agenda.Text{"en": "Hub", "fr": "Carrefour"}, "#7a1f3d"
	set := changed.Beyond(base)
	if want := (Site{Name: changed.Name, Light: changed.Light}); !reflect.DeepEqual(set, want) {
		t.Errorf("got %+v, want %+v", set, want)
	}
	if got := set.Over(base); !reflect.DeepEqual(got, changed) {
		t.Errorf("got %+v, want %+v", got, changed)
	}
	if base.Name["en"] != "Tamada" {
		t.Error("the configuration changed")
	}
}

// Ratios of WCAG's own examples and of the ends.
func TestContrast(t *testing.T) {
	for _, tt := range []struct {
		a, b Colour
		want string
	}{
		{"#000000", "#ffffff", "21.0"},
		{"#ffffff", "#ffffff", "1.0"},
		{"#777777", "#ffffff", "4.4"},
		{"#767676", "#ffffff", "4.5"},
		{"#ff0000", "#ffffff", "3.9"},
	} {
		if got := Ratio(Contrast(tt.a, tt.b)); got != tt.want {
			t.Errorf("%s on %s: got %s, want %s", tt.a, tt.b, got, tt.want)
		}
	}
}

// Whatever colour somebody likes, the one that is suggested passes, is near, and
// stays as it is if it passes itself.
func TestNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		c := colourOf([3]float64{r.Float64() * 255, r.Float64() * 255, r.Float64() * 255})
		for name, on := range map[string]Surfaces{"light": OnLight, "dark": OnDark} {
			near := on.Nearest(c)
			if ratio, surface := on.Worst(near); ratio < LeastContrast {
				t.Fatalf("%s for %s: %s has %.2f on %s", name, c, near, ratio, surface)
			}
			if on.passes(c) && near != c {
				t.Fatalf("%s: %s passes, but %s is suggested", name, c, near)
			}
			if ratio, _ := on.Worst(near); near != c && ratio > LeastContrast*1.06 {
				t.Fatalf("%s for %s: %s has %.2f, further away than need be", name, c, near, ratio)
			}
		}
	}
}

// The dark accent follows from the light one where none is set.
func TestAccents(t *testing.T) {
	if light, dark := Default().Accents(); light != DefaultLight || dark != DefaultDark {
		t.Errorf("got %s and %s", light, dark)
	}
	light, dark := Site{Light: "#7a1f3d"}.Accents()
	if ratio, _ := OnDark.Worst(dark); light != "#7a1f3d" || ratio < LeastContrast {
		t.Errorf("got %s and %s, of contrast %.2f", light, dark, ratio)
	}
}

func TestParseColour(t *testing.T) {
	for in, want := range map[string]Colour{"#0F4c5C": "#0f4c5c", " 0f4c5c ": "#0f4c5c", "#fc0": "#ffcc00"} {
		if got, err := ParseColour(in); err != nil || got != want {
			t.Errorf("%q: got %s, %v, want %s", in, got, err, want)
		}
	}
	for _, bad := range []string{"", "#12345", "teal", "#gggggg", "#0f4c5c;}"} {
		if got, err := ParseColour(bad); err == nil {
			t.Errorf("%q: got %s", bad, got)
		}
	}
}

// The surfaces are those of the style sheet.
func TestSurfacesAreThoseOfTheStyleSheet(t *testing.T) {
	b, err := os.ReadFile("../../static/site.css")
	if err != nil {
		t.Fatal(err)
	}
	pair := regexp.MustCompile(`--([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)`)
	light, dark := map[string]Colour{}, map[string]Colour{}
	for _, m := range pair.FindAllStringSubmatch(string(b), -1) {
		light[m[1]], _ = ParseColour(m[2])
		dark[m[1]], _ = ParseColour(m[3])
	}
	for i, name := range OnLight.names {
		if OnLight.colours[i] != light[name] || OnDark.colours[i] != dark[name] {
			t.Errorf("%s: got %s and %s, the style sheet has %s and %s", name, OnLight.colours[i], OnDark.colours[i], light[name], dark[name])
		}
	}
	if light["brand"] != DefaultLight || dark["brand"] != DefaultDark {
		t.Errorf("the accents of the style sheet are %s and %s", light["brand"], dark["brand"])
	}
}
