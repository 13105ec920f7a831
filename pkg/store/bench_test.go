package store_test

import (
	"fmt"
	"os"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/store/storetest"
)

// large is the number of sessions of the event that is measured.
const large = 1000

// each runs a benchmark on every kind of database there is.
func each(b *testing.B, bench func(b *testing.B, url string)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, storetest.SQLite(b)) })
	if os.Getenv(storetest.PostgresVariable) != "" {
		b.Run("postgres", func(b *testing.B) { bench(b, storetest.Postgres(b)) })
	}
}

func BenchmarkImport(b *testing.B) {
	each(b, func(b *testing.B, url string) {
		db := storetest.Open(b, url)
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			draft := storetest.Meeting(fmt.Sprint("event-", i), large)
			b.StartTimer()
			if _, err := db.Import(b.Context(), "ia", draft); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkImportAgain(b *testing.B) {
	each(b, func(b *testing.B, url string) {
		db, draft := meeting(b, url, large)
		for i := 0; b.Loop(); i++ {
			for j := 0; j < large; j += 10 {
				draft.Event.Days[0].Sessions[j].Title = agenda.Text{"en": fmt.Sprint("Title ", i)}
			}
			if _, err := db.Import(b.Context(), "ia", draft); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkEdit(b *testing.B) {
	each(b, func(b *testing.B, url string) {
		db, draft := meeting(b, url, large)
		s := &draft.Event.Days[0].Sessions[large/2]
		for i := 0; b.Loop(); i++ {
			title := fmt.Sprint("Title ", i)
			if _, err := db.Edit(b.Context(), "ia", "spring", []agenda.Edit{retitle(s, title)}); err != nil {
				b.Fatal(err)
			}
			s.Title = agenda.Text{"en": title}
		}
	})
}

func BenchmarkPublish(b *testing.B) {
	each(b, func(b *testing.B, url string) {
		db, draft := meeting(b, url, large)
		s := &draft.Event.Days[0].Sessions[large/2]
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			title := fmt.Sprint("Title ", i)
			if _, err := db.Edit(b.Context(), "ia", "spring", []agenda.Edit{retitle(s, title)}); err != nil {
				b.Fatal(err)
			}
			s.Title = agenda.Text{"en": title}
			b.StartTimer()
			if _, err := db.Publish(b.Context(), "ia", "spring", ""); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkLatest(b *testing.B) {
	each(b, func(b *testing.B, url string) {
		db, _ := meeting(b, url, large)
		if _, err := db.Publish(b.Context(), "ia", "spring", ""); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := db.Latest(b.Context(), "spring"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDraft(b *testing.B) {
	each(b, func(b *testing.B, url string) {
		db, _ := meeting(b, url, large)
		for b.Loop() {
			if _, _, err := db.Draft(b.Context(), "spring"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
