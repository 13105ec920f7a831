package web

import (
	"bytes"
	"html"
	"image/color"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tamada/pkg/card"
	"tamada/pkg/site"
	"tamada/static"
)

// metas returns the properties and names of a page's meta elements.
func metas(page string) map[string][]string {
	found := map[string][]string{}
	for _, m := range regexp.MustCompile(`<meta (?:property|name)="([^"]+)" content="([^"]*)">`).FindAllStringSubmatch(page, -1) {
		found[m[1]] = append(found[m[1]], html.UnescapeString(m[2]))
	}
	return found
}

// Pages of a public event name a picture, which is there; set
// TAMADA_SCREENSHOTS to keep it.
func TestPicture(t *testing.T) {
	s, m := newServer(t)
	for _, lang := range []string{"en", "fr", "ar", "ka", "ru", "nb", "es"} {
		for _, path := range []string{"", "/s/" + codeOf(t, m), "/changes", "/subscribe", "/print", "/now"} {
			found := metas(get(s, "/e/forum-2026"+path+"?lang="+lang).Body.String())
			for _, name := range []string{"og:title", "og:description", "og:image", "og:image:alt", "og:locale", "twitter:card"} {
				if len(found[name]) != 1 || found[name][0] == "" {
					t.Errorf("%s in %s: %s is %q, want it once", path, lang, name, found[name])
				}
			}
			if path != "" {
				continue
			}
			address, ok := strings.CutPrefix(found["og:image"][0], s.BaseURL)
			w := get(s, address)
			img, err := png.DecodeConfig(bytes.NewReader(w.Body.Bytes()))
			if !ok || w.Code != 200 || w.Header().Get("Content-Type") != "image/png" || err != nil || img.Width != card.Width || img.Height != card.Height {
				t.Errorf("%s = %d, %v, %v, want a picture on this site", address, w.Code, w.Header(), err)
			}
			if dir := os.Getenv("TAMADA_SCREENSHOTS"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, "picture-"+lang+".png"), w.Body.Bytes(), 0o644); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

// What social sites learn of a page, word for word.
func TestOpenGraph(t *testing.T) {
	s, _ := newServer(t)
	for _, tt := range []struct{ target, name, want string }{
		{"/e/forum-2026?lang=en", "og:title", "Peer Learning Forum 2026"},
		{"/e/forum-2026?lang=en", "og:description", "What we learned from each other"},
		{"/e/forum-2026?lang=en", "og:locale", "en_GB"},
		{"/e/forum-2026?lang=en", "og:locale:alternate", "ar_AR fr_FR"},
		{"/e/forum-2026?lang=ar", "og:locale", "ar_AR"},
		{"/e/forum-2026?lang=en", "twitter:card", "summary_large_image"},
		{"/e/forum-2026?lang=ar", "og:image", "https://tamada.example/e/forum-2026/picture.png?lang=ar"},
		{"/e/forum-2026/changes?lang=en", "og:description", "23–24 November 2026 · House of Justice · Tbilisi · Georgia · Hybrid"},
		{"/e/forum-2026?lang=en", "og:image:alt", "Peer Learning Forum 2026 · 23–24 November 2026 · House of Justice · Tbilisi · Georgia · Hybrid"},
		{"/?lang=ka", "og:locale", "ka_GE"},
		{"/?lang=en", "twitter:card", "summary"},
		{"/e/quiet-2026?lang=en", "og:image", ""},
		{"/e/quiet-2026?lang=en", "twitter:card", "summary"},
		{"/", "og:image", ""},
	} {
		if got := strings.Join(metas(get(s, tt.target).Body.String())[tt.name], " "); got != tt.want {
			t.Errorf("%s: %s is %q, want %q", tt.target, tt.name, got, tt.want)
		}
	}
}

// A picture is made once, and told apart by language alone: whatever else an
// address has is no other picture.
func TestPictureIsMadeOnce(t *testing.T) {
	s, _ := newServer(t)
	first := get(s, "/e/forum-2026/picture.png?lang=ar")
	n := len(s.state.cache.entries)
	for _, query := range []string{"?lang=ar", "?lang=ar&x=1", "?lang=ar-EG"} {
		if w := get(s, "/e/forum-2026/picture.png"+query); !bytes.Equal(w.Body.Bytes(), first.Body.Bytes()) {
			t.Errorf("%s is another picture", query)
		}
	}
	if got := len(s.state.cache.entries); got != n {
		t.Errorf("%d bodies are kept, want %d", got, n)
	}
	if w := get(s, "/e/forum-2026/picture.png?lang=ar", "If-None-Match", first.Header().Get("Etag")); w.Code != 304 {
		t.Errorf("a picture that the client has: got %d, want 304", w.Code)
	}
	if w := get(s, "/e/forum-2026/picture.png?lang=en"); bytes.Equal(w.Body.Bytes(), first.Body.Bytes()) {
		t.Error("the picture in English is that in Arabic")
	}
	if w := get(s, "/e/forum-2026/picture.png", "Accept-Language", "ar"); !bytes.Equal(w.Body.Bytes(), first.Body.Bytes()) || !strings.Contains(w.Header().Get("Vary"), "Accept-Language") {
		t.Errorf("without a language: Vary %q, want the reader's language", w.Header().Get("Vary"))
	}
}

// Strangers, as the servers of social sites are, get no picture of an event by
// invitation, and no page of what is not public names one.
func TestPictureOfInvited(t *testing.T) {
	s, m := newServer(t)
	for target, want := range map[string]int{
		"/e/closed-2026/picture.png?lang=en": 404, "/e/none/picture.png": 404, "/e/forum-2026/picture.png?lang=%00": 400,
	} {
		if w := get(s, target); w.Code != want {
			t.Errorf("%s = %d, want %d", target, w.Code, want)
		}
	}
	administrator := at(t, s, m, newcomer(t, m, "admin", true))
	page := administrator.send(s, "GET", "/e/closed-2026", url.Values{}).Body.String()
	if !strings.Contains(page, "Peer Learning Forum 2026") || strings.Contains(page, "picture.png") {
		t.Error("the page of an event by invitation names a picture")
	}
}

// The colour of pictures is that of pages.
func TestPictureHasTheColourOfPages(t *testing.T) {
	css, err := static.FS.ReadFile("site.css")
	if err != nil {
		t.Fatal(err)
	}
	brand := regexp.MustCompile(`--brand: (#[0-9a-f]{6});`).FindSubmatch(css)
	s, _ := newServer(t)
	img, err := png.Decode(get(s, "/e/forum-2026/picture.png").Body)
	if err != nil || brand == nil {
		t.Fatal(err, brand)
	}
	c := color.RGBAModel.Convert(img.At(5, 5)).(color.RGBA)
	if got := "#" + hexOf(c.R) + hexOf(c.G) + hexOf(c.B); got != string(brand[1]) {
		t.Errorf("got %s, want %s", got, brand[1])
	}
}

func hexOf(b byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[b>>4], digits[b&15]})
}

// A picture has the site's colour, name and logo, and follows when they change.
func TestPictureIsOfTheSite(t *testing.T) {
	s := withSite(t, func(*site.Site) {})
	before := get(s, "/e/forum-2026/picture.png?lang=en").Body.Bytes()
	changed := s.Site.Now().Site
	changed.Light, changed.Logo = "#7a1f3d", site.LogoOf([]byte(drawing))
	if err := s.Site.Set(t.Context(), "u1", 0, changed); err != nil {
		t.Fatal(err)
	}
	w := get(s, "/e/forum-2026/picture.png?lang=en")
	img, err := png.Decode(w.Body)
	if err != nil || bytes.Equal(before, w.Body.Bytes()) {
		t.Fatalf("the picture is as before, or none: %v", err)
	}
	if r, g, b, _ := img.At(3, 3).RGBA(); r>>8 != 0x7a || g>>8 != 0x1f || b>>8 != 0x3d {
		t.Errorf("got colour %x %x %x", r>>8, g>>8, b>>8)
	}
}
