//go:build deploy

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// analyzed runs systemd-analyze, and passes the test over where there is none.
func analyzed(t *testing.T, args ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze on this machine: the units are not checked")
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	return string(out), err
}

// installed returns a folder with the units as they are installed, with the programs that
// they start in a place where they exist.
func installed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	program := filepath.Join(dir, "program")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tamada.service", "tamada-backup.service", "tamada-backup.timer"} {
		b, err := os.ReadFile(filepath.Join("deploy", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/usr/local/bin/tamada", "/usr/local/lib/tamada/backup"} {
			b = bytes.ReplaceAll(b, []byte("ExecStart="+path), []byte("ExecStart="+program))
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestDeployUnits has systemd read the units. It says nothing of those that are right.
func TestDeployUnits(t *testing.T) {
	dir := installed(t)
	for _, name := range []string{"tamada.service", "tamada-backup.service", "tamada-backup.timer"} {
		out, err := analyzed(t, "verify", "--man=no", filepath.Join(dir, name))
		if err != nil || strings.Contains(out, "tamada") {
			t.Errorf("%s: got %v and %q, want nothing", name, err, out)
		}
	}
	broken := filepath.Join(dir, "tamada.service")
	if err := os.WriteFile(broken, []byte("[Service]\nExecStart=/nothing/here\nProtectSystm=strict\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := analyzed(t, "verify", "--man=no", broken); err == nil && !strings.Contains(out, "ProtectSystm") {
		t.Errorf("a broken unit: got %v and %q, want a complaint", err, out)
	}
}

var exposure = regexp.MustCompile(`Overall exposure level for \S+: ([0-9.]+)`)

// TestDeploySandbox holds the exposure that systemd works out, from 0 to 10, below 2.
func TestDeploySandbox(t *testing.T) {
	dir := installed(t)
	for _, name := range []string{"tamada.service", "tamada-backup.service"} {
		out, err := analyzed(t, "security", "--offline=true", "--no-pager", filepath.Join(dir, name))
		m := exposure.FindStringSubmatch(out)
		if err != nil || m == nil {
			t.Fatalf("%s: got %v and %q, want an exposure level", name, err, out)
		}
		t.Logf("%s: %s", name, m[0])
		if level, err := strconv.ParseFloat(m[1], 64); err != nil || level >= 2 {
			t.Errorf("%s: got %s, want below 2", name, m[1])
		}
	}
}

// TestDeployBackup runs the backup of the guide on a database of the program: it keeps as many
// as it should, and none goes when one fails.
func TestDeployBackup(t *testing.T) {
	dir := t.TempDir()
	program, backups := filepath.Join(dir, "tamada"), filepath.Join(dir, "backups")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	config := filepath.Join(dir, "config.yaml")
	settings := "database: sqlite://" + filepath.Join(dir, "tamada.db") + "\n"
	if err := errors.Join(os.Mkdir(backups, 0o755), os.WriteFile(config, []byte(settings), 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tamada-20200101T023000Z.db", "tamada-20200102T023000Z.dump", "tamada-20200103T023000Z.db", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(backups, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(setting string) error {
		cmd := exec.Command("deploy/backup")
		cmd.Env = append(os.Environ(), "TAMADA="+program, "BACKUPS="+backups, "CONFIG="+config, "KEEP=2", setting)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	for _, setting := range []string{"CONFIG=/nothing/here", "KEEP=0", "KEEP=all", "TAMADA_DATABASE=postgres://127.0.0.1:1/none"} {
		if err := run(setting); err == nil {
			t.Errorf("%s: got no error", setting)
		}
	}
	if got, err := os.ReadDir(backups); err != nil || len(got) != 4 {
		t.Errorf("after failures: got %v, %v; want all four files", got, err)
	}
	if err := run("KEEP=2"); err != nil {
		t.Fatal(err)
	}
	got, err := filepath.Glob(filepath.Join(backups, "*"))
	if err != nil || len(got) != 3 || filepath.Base(got[0]) != "notes.txt" || filepath.Base(got[1]) != "tamada-20200103T023000Z.db" {
		t.Errorf("got %q, %v; want the notes, the youngest old one and the new one", got, err)
	}
}
