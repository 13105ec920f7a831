package programme

import (
	"context"
	"fmt"
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	os.MkdirAll("/tmp/print/out", 0o755)
	put := func(name string, o Options, i int) {
		e := meetings(t)[i]
		if o.Images == nil && i == 0 {
			for k, n := range []string{"wide.png", "square.svg", "bad.svg"} {
				if k < len(e.Organisers) {
					e.Organisers[k].Logo = n
				}
			}
			o.Images = logos(t)
		}
		f, _ := os.Create("/tmp/print/out/" + name + ".pdf")
		defer f.Close()
		if err := Write(context.Background(), f, e, o); err != nil {
			t.Error(name, err)
		}
	}
	for i, e := range meetings(t) {
		for _, p := range []Paper{A4, A5, Letter} {
			put(fmt.Sprintf("%d-%s-prog", i, p), Options{Paper: p, BaseURL: "https://meet.example.org"}, i)
		}
		for _, d := range Documents() {
			put(fmt.Sprintf("%d-doc-%s", i, d), everything(t, e, d), i)
		}
	}
	put("x-bi-ar-en", Options{Languages: []string{"en", "ar"}, BaseURL: "https://meet.example.org"}, 2)
	for i := range meetings(t) {
		put(fmt.Sprintf("x-ar-prog-%d", i), Options{Languages: []string{"ar"}, BaseURL: "https://meet.example.org"}, i)
		put(fmt.Sprintf("x-ar-ann-%d", i), Options{Document: Annotated, Languages: []string{"en", "ar"}, BaseURL: "https://meet.example.org"}, i)
		o := everything(t, meetings(t)[i], Certificates)
		o.Languages = []string{"ar"}
		put(fmt.Sprintf("x-ar-cert-%d", i), o, i)
	}
}
