package programme

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
)

// rendered returns a document as a file.
func rendered(t testing.TB, write func(w io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The same event gives the same bytes, also with a composer that knows its
// words already.
func TestWriteIsDeterministic(t *testing.T) {
	e := conference(t)
	for _, d := range []Document{Programme, Annotated, LargePrint} {
		write := func(w io.Writer) error {
			return Write(context.Background(), w, e, Options{Document: d, BaseURL: "https://meet.example.org", Zones: []string{"Europe/Paris"}})
		}
		first := rendered(t, write)
		if !bytes.HasPrefix(first, []byte("%PDF-")) {
			t.Errorf("%s: got %.8q, want a PDF file", d, first)
		}
		if again := rendered(t, write); !bytes.Equal(first, again) {
			t.Errorf("%s: two renders differ (%d and %d bytes)", d, len(first), len(again))
		}
	}
}

func TestWriteStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Write(ctx, io.Discard, conference(t), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestWriteRefusesOptions(t *testing.T) {
	for _, tt := range []struct {
		o      Options
		option string
	}{
		{Options{Document: "poster"}, "doc"},
		{Options{Paper: "a0"}, "paper"},
		{Options{Languages: []string{"english!"}}, "lang"},
		{Options{Languages: []string{"en", "en"}}, "lang"},
		{Options{Languages: []string{"en", "fr", "ar"}}, "lang"},
		{Options{Zones: []string{"Mars/Base"}}, "zones"},
		{Options{Zones: make([]string, 7)}, "zones"},
	} {
		err := Write(context.Background(), io.Discard, conference(t), tt.o)
		var refused *OptionError
		if !errors.As(err, &refused) || refused.Option != tt.option || refused.Reason == "" {
			t.Errorf("%+v: got %v, want an error of option %q", tt.o, err, tt.option)
		}
	}
}
