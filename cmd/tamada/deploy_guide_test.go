package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tamada/pkg/config"
	"tamada/pkg/locale"
)

var metricName = regexp.MustCompile(`"(tamada_[a-z_]+)"`)

// TestDeployGuide finds every figure that the program has in the guide, and every file.
func TestDeployGuide(t *testing.T) {
	b, err := os.ReadFile("deploy/README.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(b)
	var figures []string
	err = filepath.WalkDir("../../pkg", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "metrics.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, m := range metricName.FindAllStringSubmatch(string(source), -1) {
			figures = append(figures, m[1])
		}
		return err
	})
	if err != nil || len(figures) < 5 {
		t.Fatalf("got figures %q, %v; want at least five", figures, err)
	}
	for _, figure := range figures {
		if !strings.Contains(guide, "`"+figure) {
			t.Errorf("the guide does not say what %s is", figure)
		}
	}
	files, err := os.ReadDir("deploy")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := file.Name(); name != "README.md" && !strings.Contains(guide, "`"+name+"`") {
			t.Errorf("the guide does not say where %s goes", name)
		}
	}
}

// TestDeployConfig holds the settings of the guide to what the program takes.
func TestDeployConfig(t *testing.T) {
	c, err := config.Load("deploy/config.yaml", func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(locale.Interface()); err != nil {
		t.Error(err)
	}
	if !strings.HasPrefix(c.BaseURL, "https://") || !strings.HasPrefix(c.Listen, "127.0.0.1:") || !strings.HasPrefix(c.MetricsListen, "127.0.0.1:") {
		t.Errorf("got base_url %s, listen %s and metrics_listen %s; want TLS outside, and this machine alone inside", c.BaseURL, c.Listen, c.MetricsListen)
	}
}
