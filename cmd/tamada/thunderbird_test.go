//go:build thunderbird

package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A real Thunderbird, on a screen that nobody sees, subscribes to a feed of a real server and
// must show what the releases after it changed. It is no part of make ci: it takes minutes, for
// Thunderbird does not ask more often than once in a minute.

// agendaOf is the agenda that Thunderbird subscribes to. The placeholders are what changes.
const agendaOf = `slug: spring-2027
updated: 2026-11-01T09:00:00Z
title: Spring meeting
visibility: public
status: confirmed
languages: [en]
zone: Europe/Paris
format: in-person
venue: {name: Hall of Justice, city: Paris, country: FR}
rooms:
  - {id: hall, name: %s}
days:
  - date: 2027-03-27
    sessions:
      - {id: 0d7c1f0a-0000-4000-8000-000000000001, time: "%s", kind: opening, title: Opening, rooms: [hall]}
      - {id: 0d7c1f0a-0000-4000-8000-000000000002, time: "11:00-12:00", kind: panel, title: "%s"}
      - {id: 0d7c1f0a-0000-4000-8000-000000000003, time: "14:00-15:00", kind: workshop, title: Clinics, status: %s}
  - date: 2027-03-28
    sessions:
      - {id: 0d7c1f0a-0000-4000-8000-000000000004, time: "09:00-10:00", kind: closing, title: Closing}
`

// entriesShown is what Thunderbird keeps of its calendars: title, start, end, status and place.
// Days are kept from midnight to midnight.
const entriesShown = `SELECT e.title || '|' || strftime('%Y-%m-%dT%H:%MZ', e.event_start / 1000000, 'unixepoch') || '|' ||
 strftime('%H:%MZ', e.event_end / 1000000, 'unixepoch') || '|' || coalesce(e.ical_status, '') || '|' ||
 coalesce((SELECT p.value FROM cal_properties p WHERE p.item_id = e.id AND p.cal_id = e.cal_id AND p.key = 'LOCATION'), '')
 FROM cal_events e ORDER BY 1`

func TestThunderbirdFollowsTheAgenda(t *testing.T) {
	for _, program := range []string{"thunderbird", "Xvfb", "sqlite3"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%v: apt-get install thunderbird xvfb sqlite3", err)
		}
	}
	s := newSubscription(t)
	s.publish("Plenary hall", "09:00-10:00", "Panel: data", "confirmed")
	s.serve()
	s.thunderbird()
	s.sees("the subscription",
		"Clinics|2027-03-27T13:00Z|14:00Z|CONFIRMED|Hall of Justice, Paris",
		"Closing|2027-03-28T07:00Z|08:00Z|CONFIRMED|Hall of Justice, Paris",
		"Opening|2027-03-27T08:00Z|09:00Z|CONFIRMED|Plenary hall, Hall of Justice, Paris",
		"Panel: data|2027-03-27T10:00Z|11:00Z|CONFIRMED|Hall of Justice, Paris",
		"Spring meeting|2027-03-27T00:00Z|00:00Z|CONFIRMED|Hall of Justice, Paris, France",
	)
	s.publish("Plenary hall", "10:00-10:45", "Panel: open data", "cancelled")
	s.sees("a move, a rename and a cancellation",
		"Cancelled: Clinics|2027-03-27T13:00Z|14:00Z|CANCELLED|Hall of Justice, Paris",
		"Closing|2027-03-28T07:00Z|08:00Z|CONFIRMED|Hall of Justice, Paris",
		"Opening|2027-03-27T09:00Z|09:45Z|CONFIRMED|Plenary hall, Hall of Justice, Paris",
		"Panel: open data|2027-03-27T10:00Z|11:00Z|CONFIRMED|Hall of Justice, Paris",
		"Spring meeting|2027-03-27T00:00Z|00:00Z|CONFIRMED|Hall of Justice, Paris, France",
	)
	s.publish("Great hall", "10:00-10:45", "Panel: open data", "confirmed")
	s.sees("another room, and a session that takes place after all",
		"Clinics|2027-03-27T13:00Z|14:00Z|CONFIRMED|Hall of Justice, Paris",
		"Closing|2027-03-28T07:00Z|08:00Z|CONFIRMED|Hall of Justice, Paris",
		"Opening|2027-03-27T09:00Z|09:45Z|CONFIRMED|Great hall, Hall of Justice, Paris",
		"Panel: open data|2027-03-27T10:00Z|11:00Z|CONFIRMED|Hall of Justice, Paris",
		"Spring meeting|2027-03-27T00:00Z|00:00Z|CONFIRMED|Hall of Justice, Paris, France",
	)
}

// A subscription is a Thunderbird that has one calendar, and the server that it is on.
type subscription struct {
	t       *testing.T
	dir     string
	program string
	addr    string
	display string
}

func newSubscription(t *testing.T) *subscription {
	t.Helper()
	s := &subscription{t: t, dir: t.TempDir(), addr: idleAddress(t)}
	s.program = filepath.Join(s.dir, "tamada")
	s.run("go", "build", "-o", s.program, ".")
	return s
}

// idleAddress returns an address of this machine at which nobody listens.
func idleAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// run runs a program to its end.
func (s *subscription) run(name string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = s.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func (s *subscription) env() []string {
	return append(os.Environ(), "TAMADA_LISTEN="+s.addr, "TAMADA_BASE_URL=http://"+s.addr, "TAMADA_AGENDAS=none",
		"TAMADA_DATABASE=sqlite://"+filepath.Join(s.dir, "tamada.db"))
}

// start starts a program that ends with the test.
func (s *subscription) start(cmd *exec.Cmd) {
	s.t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	s.t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			<-ended
		}
		if s.t.Failed() {
			s.t.Logf("%s said:\n%s", filepath.Base(cmd.Path), said.Bytes()[max(0, said.Len()-4000):])
		}
	})
}

// publish publishes the agenda with these words in it.
func (s *subscription) publish(words ...any) {
	s.t.Helper()
	file := filepath.Join(s.dir, "agenda.yaml")
	if err := os.WriteFile(file, fmt.Appendf(nil, agendaOf, words...), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.run(s.program, "import", "--publish", file)
}

// serve starts the server.
func (s *subscription) serve() {
	s.t.Helper()
	cmd := exec.Command(s.program, "serve")
	cmd.Dir, cmd.Env = s.dir, s.env()
	s.start(cmd)
	s.await("the server", 30*time.Second, func() bool {
		resp, err := http.Get("http://" + s.addr + "/readyz")
		if err != nil {
			return false
		}
		resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
}

// await waits until something is so.
func (s *subscription) await(what string, most time.Duration, ok func() bool) {
	s.t.Helper()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for end := time.After(most); !ok(); {
		select {
		case <-tick.C:
		case <-end:
			s.t.Fatalf("%s: not there after %v", what, most)
		}
	}
}

// preferences make a profile with one calendar, which asks nobody else on the network and shows
// no welcome.
const preferences = `
user_pref("calendar.registry.5d0c7b9e-0000-4000-8000-000000000000.type", "ics");
user_pref("calendar.registry.5d0c7b9e-0000-4000-8000-000000000000.uri", "http://%s/e/spring-2027/calendar.ics");
user_pref("calendar.registry.5d0c7b9e-0000-4000-8000-000000000000.name", "Spring meeting");
user_pref("calendar.registry.5d0c7b9e-0000-4000-8000-000000000000.cache.enabled", true);
user_pref("calendar.registry.5d0c7b9e-0000-4000-8000-000000000000.refreshInterval", "1");
user_pref("calendar.registry.5d0c7b9e-0000-4000-8000-000000000000.readOnly", true);
user_pref("calendar.registry.5d0c7b9e-0000-4000-8000-000000000000.calendar-main-in-composite", true);
user_pref("calendar.list.sortOrder", "5d0c7b9e-0000-4000-8000-000000000000");
user_pref("calendar.timezone.useSystemTimezone", false);
user_pref("calendar.timezone.local", "Europe/Paris");
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("network.proxy.no_proxies_on", "127.0.0.1");
user_pref("network.proxy.allow_hijacking_localhost", false);
user_pref("app.update.enabled", false);
user_pref("app.donation.eoy.version.viewed", 999);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.healthreport.uploadEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("mail.provider.suppress_dialog_on_startup", true);
user_pref("mail.rights.version", 1);
user_pref("mail.shell.checkDefaultClient", false);
user_pref("mail.spotlight.firstRunDone", true);
user_pref("mailnews.start_page.enabled", false);
`

// thunderbird starts Thunderbird with a new profile on a screen of its own.
func (s *subscription) thunderbird() {
	s.t.Helper()
	profile := filepath.Join(s.dir, "profile")
	if err := os.Mkdir(profile, 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user.js"), fmt.Appendf(nil, preferences, s.addr), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.screen()
	cmd := exec.Command("thunderbird", "--profile", profile, "--no-remote", "-calendar")
	cmd.Env = append(os.Environ(), "HOME="+s.dir, "DISPLAY="+s.display, "TZ=Europe/Paris", "MOZ_CRASHREPORTER_DISABLE=1", "LIBGL_ALWAYS_SOFTWARE=1")
	s.start(cmd)
}

// screen starts a screen that nobody sees.
func (s *subscription) screen() {
	s.t.Helper()
	for n := 90; n < 190; n++ {
		socket := fmt.Sprintf("/tmp/.X11-unix/X%d", n)
		if _, err := os.Stat(socket); err == nil {
			continue
		}
		s.display = fmt.Sprintf(":%d", n)
		s.start(exec.Command("Xvfb", s.display, "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-ac"))
		s.await("the screen", 20*time.Second, func() bool { _, err := os.Stat(socket); return err == nil })
		return
	}
	s.t.Fatal("no free number for a screen")
}

// sees waits until Thunderbird keeps these entries, and no others.
func (s *subscription) sees(what string, want ...string) {
	s.t.Helper()
	begin, last := time.Now(), []string(nil)
	s.t.Cleanup(func() {
		if s.t.Failed() && !slices.Equal(last, want) {
			s.t.Logf("%s: Thunderbird has %q, want %q", what, last, want)
		}
	})
	s.await(what, 4*time.Minute, func() bool {
		last = s.entries()
		return slices.Equal(last, want)
	})
	s.t.Logf("%s: there after %v", what, time.Since(begin).Round(time.Second))
}

// entries returns what Thunderbird keeps, read from a copy of its cache.
func (s *subscription) entries() []string {
	s.t.Helper()
	from := filepath.Join(s.dir, "profile", "calendar-data", "cache.sqlite")
	to := filepath.Join(s.dir, "copy.sqlite")
	for _, ending := range []string{"", "-wal"} {
		os.Remove(to + ending)
		b, err := os.ReadFile(from + ending)
		if err != nil {
			if ending == "" {
				return nil // not there yet
			}
			continue
		}
		if err := os.WriteFile(to+ending, b, 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	out, err := exec.Command("sqlite3", to, entriesShown).Output()
	if err != nil { // copied while it was written
		return nil
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
