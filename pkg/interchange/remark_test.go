package interchange

import (
	"strings"
	"testing"

	"tamada/pkg/locale"
)

func TestRemarkMessages(t *testing.T) {
	for _, tag := range locale.Interface() {
		for _, code := range Codes() {
			r := Remark{Line: 3, Weight: Guessed, Code: code, Source: "SOURCE", Value: "VALUE"}
			got := r.Message(locale.For(tag))
			if got == "" || strings.ContainsAny(got, "⟦⟧{}") {
				t.Errorf("%s in %s: got %q, want a sentence", code, tag, got)
			}
		}
	}
	got := Remark{Code: ZoneGuessed, Value: "Europe/Oslo"}.Message(locale.For("en"))
	if want := "No time zone is named: Europe/Oslo was taken."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
