package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tamada/pkg/locale"
	"tamada/pkg/translation"
)

func (a *app) i18nCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "i18n",
		Short: "Words of the interface, to translators and back",
	}
	cmd.AddCommand(a.i18nExportCommand(), a.i18nImportCommand())
	return cmd
}

func (a *app) i18nExportCommand() *cobra.Command {
	var languages []string
	cmd := &cobra.Command{
		Use:   "export FILE.xlsx",
		Short: "Write the words of the interface into a workbook for translators",
		Long: `Write the words of the interface into a workbook: a sheet for each part, a line
for each text, a column for each language. What is missing is yellow. A language
that there is nothing in yet gets an empty column.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := locale.MessageFiles()
			if err != nil {
				return err
			}
			c, err := translation.Read(files)
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if err := translation.WriteXLSX(&b, c, languages); err != nil {
				return err
			}
			if err := os.WriteFile(args[0], b.Bytes(), 0o644); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Out, "%s: written, with %s\n", args[0], strings.Join(languages, ", "))
			return err
		},
	}
	cmd.Flags().StringSliceVar(&languages, "languages", locale.Interface()[1:], "languages to translate into")
	return cmd
}

func (a *app) i18nImportCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "import FILE.xlsx",
		Short: "Write the translations of a workbook into message files",
		Long: `Write the translations of a workbook into message files, after checking their
placeholders and plural forms. If anything is wrong with it, nothing is written.
The program has the translations when it is built the next time.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			book, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer book.Close()
			files, err := messageFiles(dir)
			if err != nil {
				return err
			}
			c, err := translation.Read(files)
			if err != nil {
				return err
			}
			done, err := c.Import(book)
			if err != nil {
				return fmt.Errorf("%s: nothing is written\n%w", args[0], err)
			}
			for _, r := range done.Remarks {
				fmt.Fprintln(a.Err, r)
			}
			fmt.Fprintf(a.Out, "%s: %d messages changed in %s\n", args[0], done.Changed, strings.Join(done.Languages, ", "))
			return a.writeMessages(dir, c, done.Languages)
		},
	}
	cmd.Flags().StringVar(&dir, "messages", "pkg/locale/messages", "folder of the message files")
	return cmd
}

// messageFiles returns the message files of a folder or, where it has none, of the program.
func messageFiles(dir string) (fs.FS, error) {
	there, err := filepath.Glob(filepath.Join(dir, "*."+translation.Source+".json"))
	if err != nil {
		return nil, err
	}
	if len(there) == 0 {
		return locale.MessageFiles()
	}
	return os.DirFS(dir), nil
}

// writeMessages writes the message files of some languages that are not as they were.
func (a *app) writeMessages(dir string, c *translation.Catalogue, languages []string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i := range c.Areas {
		for _, language := range languages {
			b, err := c.Areas[i].Write(language)
			if err != nil {
				return err
			}
			name := filepath.Join(dir, c.Areas[i].Name+"."+language+".json")
			was, err := os.ReadFile(name)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if bytes.Equal(was, b) {
				continue
			}
			if err := writeOrRemove(name, b); err != nil {
				return err
			}
			fmt.Fprintf(a.Out, "%s: %d bytes\n", name, len(b))
		}
	}
	return nil
}

// writeOrRemove writes a file, or removes it where there is nothing to write.
func writeOrRemove(name string, b []byte) error {
	if b == nil {
		return os.Remove(name)
	}
	return os.WriteFile(name, b, 0o644)
}
