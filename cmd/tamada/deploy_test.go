//go:build deploy

package main

import (
	"bytes"
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
