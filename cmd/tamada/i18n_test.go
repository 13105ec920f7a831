package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tamada/pkg/locale"
)

// runCommand runs the command line and returns what it says.
func runCommand(t *testing.T, args ...string) (out string, err error) {
	t.Helper()
	var said bytes.Buffer
	a := &app{Out: &said, Err: &said, Env: func(string) (string, bool) { return "", false }, Now: time.Now}
	cmd := a.command()
	cmd.SetArgs(args)
	err = cmd.ExecuteContext(t.Context())
	return said.String(), err
}

// TestTranslators sends the words of the interface out as a workbook and takes them back: once
// as they were, once with a new language, once with a mistake.
func TestTranslators(t *testing.T) {
	dir := t.TempDir()
	book, messages := filepath.Join(dir, "words.xlsx"), filepath.Join(dir, "messages")
	if out, err := runCommand(t, "i18n", "export", book, "--languages", "ru,uz"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if out, err := runCommand(t, "i18n", "import", book, "--messages", messages); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, err := locale.MessageFiles()
	if err != nil {
		t.Fatal(err)
	}
	want, err := fs.ReadFile(files, "common.ru.json")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(messages, "common.ru.json")); err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %d bytes of common.ru.json, %v; want the %d of the program", len(got), err, len(want))
	}

	writeCell(t, book, "E3", "Ochilish") // Uzbek has column F, Russian E
	writeCell(t, book, "F3", "Yalpi majlis")
	if out, err := runCommand(t, "i18n", "import", book, "--messages", messages); err != nil || !strings.Contains(out, "2 messages changed in ru, uz") {
		t.Errorf("got %q, %v; want two changes", out, err)
	}
	if got, err := os.ReadFile(filepath.Join(messages, "common.uz.json")); err != nil || string(got) != "{\n  \"kind.plenary\": \"Yalpi majlis\"\n}\n" {
		t.Errorf("got %q, %v; want the one message in Uzbek", got, err)
	}
	if _, err := os.Stat(filepath.Join(messages, "web.uz.json")); err == nil {
		t.Error("there is a web.uz.json, with nothing to say")
	}

	writeCell(t, book, "F4", "{{.nothing}}")
	if out, err := runCommand(t, "i18n", "import", book, "--messages", messages); err == nil || !strings.Contains(err.Error(), "common!F4: ") {
		t.Errorf("got %q, %v; want an error at common!F4", out, err)
	}
}

// writeCell changes a cell of the sheet "common".
func writeCell(t *testing.T, book, cell, text string) {
	t.Helper()
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellStr("common", cell, text); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

func TestSchemaCommand(t *testing.T) {
	want, err := os.ReadFile("../../agendas/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := runCommand(t, "schema"); err != nil || got != string(want) {
		t.Errorf("got %d bytes, %v; want the %d of agendas/schema.json", len(got), err, len(want))
	}
}
