package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tamada/pkg/post"
)

// An Outbox writes each message to a file of its own in a folder, for sites
// without a mail server, and for looking at. The files hold links that sign
// people in: only the user the program runs as can read them.
type Outbox struct{ folder string }

// extension is that of messages in files.
const extension = ".eml"

// OpenOutbox returns the outbox in a folder, which is made if need be.
func OpenOutbox(folder string) (*Outbox, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return &Outbox{folder}, nil
}

// fileName is the name of the file of a message: when it was written, and its ID.
// It is the same at each attempt.
func (e Envelope) fileName() string {
	return e.Date.UTC().Format("20060102T150405Z") + "-" + e.ID + extension
}

// Send writes the message to its file, whole or not at all: the file appears when
// it is on the disk. A second time, it takes the place of the first.
func (o *Outbox) Send(_ context.Context, e Envelope, handOver func() error) Outcome {
	temporary, err := o.write(e.Data)
	if err != nil {
		return o.outcome(err)
	}
	defer os.Remove(temporary) // nothing is there once it is renamed
	if err := handOver(); err != nil {
		return Outcome{Verdict: Stopped, Detail: err.Error()}
	}
	if err := os.Rename(temporary, filepath.Join(o.folder, e.fileName())); err != nil {
		return o.outcome(err)
	}
	return o.outcome(syncFolder(o.folder))
}

// outcome is that of writing files: a full disk is trouble with the server.
func (o *Outbox) outcome(err error) Outcome {
	if err != nil {
		return Outcome{Down, post.Unreachable, err.Error()}
	}
	return Outcome{Verdict: Accepted}
}

// write puts data into a new file in the folder and returns its path.
func (o *Outbox) write(data []byte) (string, error) {
	f, err := os.CreateTemp(o.folder, "writing-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// syncFolder makes what was renamed in a folder last.
func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Rest does nothing: no connection is open.
func (o *Outbox) Rest() {}

// Delivered reports whether the message has its file.
func (o *Outbox) Delivered(e Envelope) (bool, error) {
	_, err := os.Stat(filepath.Join(o.folder, e.fileName()))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// A File is a message in an [Outbox].
type File struct {
	Name    string
	Date    time.Time
	To      string
	Subject string
}

// Files lists the newest n messages, the newest first.
func (o *Outbox) Files(n int) ([]File, error) {
	entries, err := os.ReadDir(o.folder)
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	slices.Reverse(entries) // names begin with the date
	var files []File
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), extension) && len(files) < n {
			f, err := o.describe(e.Name())
			if err != nil {
				return nil, err
			}
			files = append(files, f)
		}
	}
	return files, nil
}

// describe reads the headers of a file.
func (o *Outbox) describe(name string) (File, error) {
	data, err := o.Read(name)
	if err != nil {
		return File{}, err
	}
	m, err := mail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		return File{Name: name}, nil // not one of ours; it is shown by its name
	}
	date, _ := m.Header.Date() // zero where there is none
	return File{Name: name, Date: date, To: decoded(m.Header.Get("To")), Subject: decoded(m.Header.Get("Subject"))}, nil
}

// Read returns the message in a file of [Outbox.Files].
func (o *Outbox) Read(name string) ([]byte, error) {
	if name != filepath.Base(name) || !strings.HasSuffix(name, extension) {
		return nil, fmt.Errorf("outbox file %q: %w", name, fs.ErrNotExist)
	}
	data, err := os.ReadFile(filepath.Join(o.folder, name))
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return data, nil
}
