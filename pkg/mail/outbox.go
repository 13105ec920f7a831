package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tamada/pkg/agenda"

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

// Open returns a message as it was written. The error wraps [agenda.ErrNotFound]
// if it was not, or if its file is gone.
func (o *Outbox) Open(m post.Message) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(o.folder, Envelope{ID: filepath.Base(m.ID), Date: m.Created}.fileName()))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, agenda.NotFound("message in the outbox", m.ID)
	}
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return data, nil
}
