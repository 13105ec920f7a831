package programme

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"testing"

	"tamada/pkg/agenda"
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

// everything returns options that a document can be made with, and that ask
// for all there is.
func everything(t testing.TB, e *agenda.Event, d Document) Options {
	return Options{
		Document: d,
		BaseURL:  "https://meet.example.org",
		Zones:    []string{"Europe/Paris", "America/New_York"},
		Since:    1,
		Previous: earlier(t, e),
		Session:  e.Days[0].Sessions[1].ID,
		People:   delegates(e),
		Images:   logos(t),
		Note:     &agenda.Note{Join: "https://meet.example.org/join/1", Phone: "+995 32 200 00 00", Contact: "Nino", Brief: en("Open on time.")},
	}
}

// The same event gives the same bytes, also with a composer that knows its
// words already.
func TestWriteIsDeterministic(t *testing.T) {
	e := conference(t)
	for _, d := range Documents() {
		write := func(w io.Writer) error { return Write(context.Background(), w, e, everything(t, e, d)) }
		first := rendered(t, write)
		if !bytes.HasPrefix(first, []byte("%PDF-")) {
			t.Errorf("%s: got %.8q, want a PDF file", d, first)
		}
		if again := rendered(t, write); !bytes.Equal(first, again) {
			t.Errorf("%s: two renders differ (%d and %d bytes)", d, len(first), len(again))
		}
	}
}

// Many documents can be made at once.
func TestWriteIsSafeForConcurrentUse(t *testing.T) {
	e := bureau(t)
	o := Options{Languages: []string{"en", "ar"}}
	want := rendered(t, func(w io.Writer) error { return Write(context.Background(), w, e, o) })
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			var b bytes.Buffer
			if err := Write(context.Background(), &b, e, o); err != nil || !bytes.Equal(b.Bytes(), want) {
				t.Errorf("got %d bytes, %v, want the %d of a document made alone", b.Len(), err, len(want))
			}
		})
	}
	group.Wait()
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
