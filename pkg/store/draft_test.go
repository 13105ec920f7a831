package store_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/store/storetest"
)

// TestRoundTrip keeps a draft in which every field is set.
func TestRoundTrip(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		if _, err := db.Import(t.Context(), "ia", storetest.Rich()); err != nil {
			t.Fatal(err)
		}
		got, version, err := db.Draft(t.Context(), "rich-meeting")
		if err != nil {
			t.Fatal(err)
		}
		if version != 1 {
			t.Errorf("got version %d, want 1", version)
		}
		if diff := cmp.Diff(storetest.Rich(), got); diff != "" {
			t.Errorf("the draft changed on its way through the database (-want +got):\n%s", diff)
		}
		if _, _, err := db.Draft(t.Context(), "nowhere"); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("draft of no event: got error %v, want ErrNotFound", err)
		}
	})
}

// TestRichIsRich fails when a field of the domain is new: give it a value in
// storetest.Rich, and TestRoundTrip will ask for a column.
func TestRichIsRich(t *testing.T) {
	if err := storetest.Rich().Validate(); err != nil {
		t.Fatal(err)
	}
	fields := map[string]bool{"Event.Release": true} // a draft has none
	visit(reflect.ValueOf(*storetest.Rich()), fields)
	for field, set := range fields {
		if !set {
			t.Errorf("no %s has a value", field)
		}
	}
}

// visit notes, for each field of each struct in v, whether it is set anywhere.
func visit(v reflect.Value, fields map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		visit(v.Elem(), fields)
	case reflect.Map:
		for _, key := range v.MapKeys() {
			visit(v.MapIndex(key), fields)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), fields)
		}
	case reflect.Struct:
		switch v.Interface().(type) {
		case time.Time, agenda.Date, agenda.Time: // kept whole, as text
			return
		}
		for i := range v.NumField() {
			name := v.Type().Name() + "." + v.Type().Field(i).Name
			fields[name] = fields[name] || !v.Field(i).IsZero()
			visit(v.Field(i), fields)
		}
	}
}
