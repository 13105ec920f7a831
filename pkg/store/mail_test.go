package store_test

import (
	"testing"

	"tamada/pkg/mail/mailtest"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

const siteSecret = "the secret of a site in tests"

// queue returns the queue of a database.
func queue(t *testing.T, db *store.DB) *store.Mail {
	t.Helper()
	m, err := db.Mail(siteSecret)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMailIsQueue(t *testing.T) {
	for name, url := range storetest.Kinds() {
		t.Run(name, func(t *testing.T) {
			mailtest.TestQueue(t, func(t *testing.T) mailtest.Store { return queue(t, storetest.Open(t, url(t))) })
		})
	}
}
