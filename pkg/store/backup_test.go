package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tamada/pkg/agenda"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

func TestBackupAndRestore(t *testing.T) {
	url, folder := storetest.SQLite(t), t.TempDir()
	db := storetest.Open(t, url)
	if _, err := db.Import(t.Context(), "ia", storetest.Rich()); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(folder, "a copy 100%?.db")
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), copied); err == nil {
		t.Error("a backup over another one: got no error")
	}
	if got, want := names(t, folder), []string{"a copy 100%?.db"}; !cmp.Equal(got, want) {
		t.Errorf("got files %q, want %q", got, want)
	}
	info, err := os.Stat(copied)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v, error %v; want a backup that only its owner may read", info.Mode(), err)
	}

	restored := "sqlite://" + filepath.Join(t.TempDir(), "restored.db")
	if _, err := store.Restore(t.Context(), copied, restored, false, storetest.Clock()()); err != nil {
		t.Fatal(err)
	}
	got, version, err := storetest.Open(t, restored).Draft(t.Context(), "rich-meeting")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(storetest.Rich(), got); diff != "" || version != 1 {
		t.Errorf("got version %d, want 1; the draft changed in its backup (-want +got):\n%s", version, diff)
	}
}

// TestRestoreKeepsWhatWasThere restores over a database: not while it is open,
// not unless forced, and not without keeping it.
func TestRestoreKeepsWhatWasThere(t *testing.T) {
	url := storetest.SQLite(t)
	path := strings.TrimPrefix(url, "sqlite://")
	db, err := store.Open(t.Context(), url, quiet, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := db.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Import(t.Context(), "ia", storetest.Meeting("spring", 1)); err != nil {
		t.Fatal(err)
	}
	refused := func(what string, force bool) {
		t.Helper()
		if _, err := store.Restore(t.Context(), copied, url, force, storetest.Clock()()); err == nil {
			t.Errorf("restored over a database %s", what)
		}
		if _, _, err := db.Draft(t.Context(), "spring"); err != nil {
			t.Errorf("the database %s is not as it was: %v", what, err)
		}
	}
	refused("that is open, unforced", false)
	refused("that is open", true)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	aside, err := store.Restore(t.Context(), copied, url, true, storetest.Clock()())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, filepath.Dir(path)), []string{"test.db", filepath.Base(aside), "test.db.lock"}; !cmp.Equal(got, want) {
		t.Errorf("got files %q, want %q", got, want)
	}
	if drafts, err := storetest.Open(t, url).Drafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("restored: got drafts %v, error %v; want none", drafts, err)
	}
	if drafts, err := storetest.Open(t, "sqlite://"+aside).Drafts(t.Context()); err != nil || len(drafts) != 1 {
		t.Errorf("kept aside: got drafts %v, error %v; want one", drafts, err)
	}
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	folder := t.TempDir()
	good := filepath.Join(folder, "good.db")
	if err := storetest.Open(t, storetest.SQLite(t)).Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	broken := append([]byte(nil), whole...)
	for i := 5000; i < len(broken); i++ {
		broken[i] = 0xff
	}
	for name, content := range map[string][]byte{
		"empty":     nil,
		"text":      []byte("an agenda, not a database\n"),
		"broken":    broken,
		"truncated": whole[:len(whole)/2],
	} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(t.TempDir(), "target.db")
		if _, err := store.Restore(t.Context(), file, "sqlite://"+target, true, storetest.Clock()()); err == nil {
			t.Errorf("%s: restored", name)
		}
		if got, want := names(t, filepath.Dir(target)), []string{"target.db.lock"}; !cmp.Equal(got, want) {
			t.Errorf("%s: got files %q, want %q", name, got, want)
		}
	}
}

// TestRestoreOverRuins restores over a file that is no database any more.
func TestRestoreOverRuins(t *testing.T) {
	good, url := filepath.Join(t.TempDir(), "good.db"), storetest.SQLite(t)
	if err := storetest.Open(t, storetest.SQLite(t)).Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(strings.TrimPrefix(url, "sqlite://"), []byte("ruins of a database, once quite long"), 0o600); err != nil {
		t.Fatal(err)
	}
	aside, err := store.Restore(t.Context(), good, url, true, storetest.Clock()())
	if err != nil {
		t.Fatal(err)
	}
	if ruins, err := os.ReadFile(aside); err != nil || !strings.HasPrefix(string(ruins), "ruins") {
		t.Errorf("kept aside: got %q, error %v; want the ruins", ruins, err)
	}
	if err := storetest.Open(t, url).Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// names returns the names of the files in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestBackupIsOfOneMoment backs up while somebody edits: the version of the
// draft and the log in the copy agree.
func TestBackupIsOfOneMoment(t *testing.T) {
	db, draft := meeting(t, storetest.SQLite(t), 20)
	s, folder := draft.Event.Days[0].Sessions[0], t.TempDir()
	copied := make(chan string)
	go func() {
		defer close(copied)
		for i := range 5 {
			file := filepath.Join(folder, fmt.Sprint(i, ".db"))
			if err := db.Backup(t.Context(), file); err != nil {
				t.Error(err)
				return
			}
			copied <- file
		}
	}()
	for i := 0; ; i++ {
		edit(t, db, retitle(&s, fmt.Sprint("Title ", i)))
		s.Title = agenda.Text{"en": fmt.Sprint("Title ", i)}
		select {
		case file, ok := <-copied:
			if !ok {
				return
			}
			backup := storetest.Open(t, "sqlite://"+file)
			got, version := draftOf(t, backup, "spring")
			log, err := backup.Log(t.Context(), "spring", 0, i+10)
			if err != nil || len(log) != version {
				t.Errorf("got version %d, %d entries, error %v; want as many entries", version, len(log), err)
			}
			if want := log[len(log)-1].Edits; version > 1 && string(want[0].To) != string(encode(got.Event.Days[0].Sessions[0].Title)) {
				t.Errorf("got title %v, want that of the last entry: %s", got.Event.Days[0].Sessions[0].Title, want[0].To)
			}
		default:
		}
	}
}
