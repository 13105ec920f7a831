package store_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/store"
	"tamada/pkg/store/storetest"
)

// crashVariable names the database that a process of TestCrash edits.
const crashVariable = "TAMADA_TEST_CRASH"

// TestCrash kills a process while it edits: every edit that was answered is
// there afterwards, whole. (It cannot show what a loss of power does; that is
// for synchronous=FULL.)
func TestCrash(t *testing.T) {
	if url := os.Getenv(crashVariable); url != "" {
		editForEver(t, url)
	}
	url := storetest.SQLite(t)
	db, err := store.Open(t.Context(), url, quiet, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Import(t.Context(), "ia", storetest.Meeting("spring", 20)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for round := range 3 {
		answered := crash(t, url, 20+7*round)
		got, version := draftOf(t, storetest.Open(t, url), "spring")
		if version < answered {
			t.Errorf("got version %d, want at least %d, which was answered", version, answered)
		}
		for _, s := range got.Event.Days[0].Sessions {
			if want := title(version); s.Title["en"] != want {
				t.Errorf("got title %q, want %q as all others", s.Title["en"], want)
			}
		}
	}
}

func title(version int) string { return fmt.Sprint("Title ", version) }

// crash runs a process that edits, kills it once it has answered n times, and
// returns the last version it answered.
func crash(t *testing.T, url string, n int) (version int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCrash$")
	cmd.Env = append(os.Environ(), crashVariable+"="+url)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		v, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the process says %q", lines.Text())
		}
		version = v
		if n--; n == 0 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the process ended by itself")
	}
	return version
}

// editForEver gives all sessions another title, in one batch of edits, and
// prints the version that makes, again and again.
func editForEver(t *testing.T, url string) {
	db := storetest.Open(t, url)
	for {
		d, version := draftOf(t, db, "spring")
		var edits []agenda.Edit
		for i := range d.Event.Days[0].Sessions {
			edits = append(edits, retitle(&d.Event.Days[0].Sessions[i], title(version+1)))
		}
		version, err := db.Edit(t.Context(), "ia", "spring", edits)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(version)
	}
}
