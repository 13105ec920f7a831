package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/config"
	"tamada/pkg/mail"
	"tamada/pkg/site"
)

// What is wrong with the site in the configuration is told by key, all of it,
// with what to do.
func TestSiteOfConfiguration(t *testing.T) {
	logo := filepath.Join(t.TempDir(), "logo.svg")
	if err := os.WriteFile(logo, []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), 0o600); err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	c.Site.Colour, c.Site.ColourDark, c.Site.Logo = "#7fb2ff", "red", logo
	c.Site.Names = map[string]string{"fr": strings.Repeat("x", 101)}
	_, err := siteOf(c)
	for _, want := range []string{
		"configuration: site.colour: This colour cannot be read everywhere: its contrast is 1.", "The nearest that can is #",
		`configuration: site.colour_dark: colour "red": write it as #0f4c5c`,
		"configuration: site.logo: The SVG logo has something that is not drawing, or cannot be read: <script>.",
		"configuration: site.name: The text in “fr” is too long. Characters: 101; at most 100.",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("nothing says %q in %v", want, err)
		}
	}
	c = config.Default()
	c.Site.Logo = logo + ".absent"
	if _, err := siteOf(c); err == nil || !strings.Contains(err.Error(), "configuration: site.logo: ") {
		t.Errorf("a logo that is missing: got %v", err)
	}
	c = config.Default()
	c.Site.Names, c.Site.Colour, c.Site.Short = map[string]string{"fr": "Réunions"}, "7A1F3D", "M"
	s, err := siteOf(c)
	if err != nil || s.Name["en"] != "Tamada" || s.Name["fr"] != "Réunions" || s.Light != "#7a1f3d" || s.Short["en"] != "M" {
		t.Errorf("got %+v, %v", s, err)
	}
}

// Messages show the site as it is when they are made.
func TestMailShowsTheSiteOfNow(t *testing.T) {
	base := site.Default()
	base.Name = agenda.Text{"en": "Hub", "ar": "مركز"}
	base.Light, base.Logo = "#7a1f3d", site.Logo{Type: site.SVG, Data: []byte("<svg/>")}
	show := mailSite(site.NewKeeper(base, nil), "https://hub.example")
	if got := show("ar"); got.Name != "مركز" || got.Colour != "#7a1f3d" || got.URL != "https://hub.example" {
		t.Errorf("got %+v", got)
	}
	base.Logo = site.Logo{Type: site.PNG, Data: []byte("PNG")}
	if got := mailSite(site.NewKeeper(base, nil), "")("fr"); got.Name != "Hub" || string(got.Logo.Data) != "PNG" || got.Logo.Type != (mail.Logo{Type: "image/png"}).Type {
		t.Errorf("got %+v", got)
	}
}

// A pseudo-locale is taken only where the configuration names it.
func TestPseudoLocalesByName(t *testing.T) {
	c := config.Default()
	if strings.Contains(strings.Join(interfaces(c), " "), "X") {
		t.Errorf("got %q", interfaces(c))
	}
	c.Languages = append(c.Languages, "en-XA")
	if err := c.Check(interfaces(c)); err != nil {
		t.Error(err)
	}
}
