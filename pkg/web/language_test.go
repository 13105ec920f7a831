package web

import (
	"slices"
	"testing"

	"tamada/pkg/site"
)

func TestChoice(t *testing.T) {
	for _, tt := range []struct {
		tag     string
		content []string
		want    choice
	}{
		{"ar", []string{"en", "ar"}, choice{Content: "ar", Interface: "ar", Dates: "ar", Link: "ar"}},
		{"fr-CA", []string{"en", "fr"}, choice{Content: "fr", Interface: "fr", Dates: "fr", Link: "fr"}},
		{"pt", []string{"en", "pt-BR"}, choice{Content: "pt-BR", Interface: "en", Dates: "pt", Link: "pt-BR"}},
		{"de", []string{"en", "ar"}, choice{Content: "en", Interface: "en", Dates: "de", Link: "de"}},
		{"ka", []string{"en"}, choice{Content: "en", Interface: "ka", Dates: "ka", Link: "ka"}},
		{"tlh", []string{"fr", "ar"}, choice{Content: "fr", Interface: "en", Dates: "en", Link: "en"}},
		{"tlh", []string{"en", "tlh"}, choice{Content: "tlh", Interface: "en", Dates: "en", Link: "tlh"}},
		{"en-x-anything", []string{"ar", "en"}, choice{Content: "en", Interface: "en", Dates: "en", Link: "en"}},
		{"RU", nil, choice{Interface: "ru", Dates: "ru", Link: "ru"}},
	} {
		s := &Server{}
		s.init()
		if got := s.choice(tt.tag, tt.content); got != tt.want {
			t.Errorf("%s among %q: got %+v, want %+v", tt.tag, tt.content, got, tt.want)
		}
	}
}

func TestMenu(t *testing.T) {
	s := &Server{Site: site.NewKeeper(site.Site{Languages: []string{"fr", "ar", "en"}}, nil)}
	s.init()
	got := s.menu([]string{"en", "uk"})
	want := []string{"en", "uk", "fr", "ar"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
