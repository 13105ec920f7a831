//go:build bench

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"
)

// The million subscribers of [TestBenchMillionSubscribers].
const (
	subscribers = 1_000_000
	polls       = 24 // a day: what REFRESH-INTERVAL asks for
	releases    = 3  // on a day on which much changes
	samples     = 6_000
)

// A poll is what one request of a subscriber costs, measured.
type poll struct {
	bytes float64 // sent to it, headers included
	cpu   float64 // of the server, in seconds, accepting the connection included
}

// TestBenchMillionSubscribers says what a day of a million calendars that poll a feed every
// hour costs: requests, bytes and seconds of CPU, from what single requests cost, each on a
// connection of its own as such programs make them. Whether they name the tag of what they
// have (If-None-Match) makes the difference.
func TestBenchMillionSubscribers(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "tamada")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	p, _ := startProgram(t, path, dir)
	defer p.stop(t)
	const feed = "/e/tbilisi-poc-2014/calendar.ics"
	plain := p.poll(t, "", feed)
	zipped := p.poll(t, "Accept-Encoding: gzip\r\n", feed)
	same := p.poll(t, "If-None-Match: "+tagOf(t, p.addr, feed)+"\r\n", feed)
	if same.bytes >= plain.bytes || zipped.bytes >= plain.bytes {
		t.Errorf("got %v compressed and %v for 304, want less than %v", zipped, same, plain)
	}
	tw := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "\n%d subscribers, %d polls a day, %d releases that day\trequests\tsent\tCPU\tof one core\t\n", subscribers, polls, releases)
	day(tw, "no program asks with a tag, none takes gzip", map[poll]int{plain: polls})
	day(tw, "no program asks with a tag, all take gzip", map[poll]int{zipped: polls})
	day(tw, "all ask with a tag, none takes gzip", map[poll]int{plain: releases, same: polls - releases})
	day(tw, "all ask with a tag and take gzip", map[poll]int{zipped: releases, same: polls - releases})
	day(tw, "the same on a day without a release", map[poll]int{same: polls})
	tw.Flush()
	fmt.Printf("one poll: %s plain, %s compressed, %s not modified\n", plain, zipped, same)
}

// String says what a poll costs.
func (p poll) String() string { return fmt.Sprintf("%.0f bytes and %.0f µs", p.bytes, p.cpu*1e6) }

// day prints a line: what polls of these kinds cost, of each subscriber.
func day(w io.Writer, what string, kinds map[poll]int) {
	var n, sent, cpu float64
	for k, times := range kinds {
		n += subscribers * float64(times)
		sent += subscribers * float64(times) * k.bytes
		cpu += subscribers * float64(times) * k.cpu
	}
	fmt.Fprintf(w, "%s\t%.0f M\t%.1f GB\t%.0f s\t%.1f %%\t\n", what, n/1e6, sent/1e9, cpu, cpu/(24*3600)*100)
}

// tagOf returns the tag of what is at path.
func tagOf(t *testing.T, addr, path string) string {
	t.Helper()
	l := &load{path: path}
	head, _, _ := bytes.Cut(l.once(t, addr), []byte("\r\n\r\n"))
	for line := range strings.Lines(string(head)) {
		if tag, ok := strings.CutPrefix(line, "Etag: "); ok {
			return strings.TrimSpace(tag)
		}
	}
	t.Fatalf("%s has no tag", path)
	return ""
}

// poll measures requests that are each on a connection of their own.
func (p *process) poll(t *testing.T, headers, path string) poll {
	t.Helper()
	request := []byte("GET " + path + " HTTP/1.1\r\nHost: " + p.addr + "\r\nConnection: close\r\n" + headers + "\r\n")
	var left, sent atomic.Int64
	var wg sync.WaitGroup
	ask := func(n int64) {
		left.Store(n)
		for range 4 {
			wg.Go(func() {
				for left.Add(-1) >= 0 {
					n, err := onePoll(p.addr, request)
					if err != nil {
						t.Error(err)
						return
					}
					sent.Add(n)
				}
			})
		}
		wg.Wait()
	}
	ask(200) // the first ones render
	sent.Store(0)
	before := p.cpu(t)
	ask(samples)
	took := p.cpu(t) - before
	return poll{float64(sent.Load()) / samples, took.Seconds() / samples}
}

// onePoll returns the length of the answer to one request.
func onePoll(addr string, request []byte) (int64, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := conn.Write(request); err != nil {
		return 0, err
	}
	var sent counter
	r := bufio.NewReader(io.TeeReader(conn, &sent))
	status, err := readAnswer(r)
	if err == nil && status >= 400 {
		err = fmt.Errorf("status %d", status)
	}
	return int64(sent), err
}

// A counter counts what is written to it.
type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// ticks is how many of the units of /proc/PID/stat make a second.
const ticks = 100

// cpu returns how long the process has run on a processor.
func (p *process) cpu(t *testing.T) time.Duration {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		t.Skip("no /proc on this system")
	}
	_, rest, _ := strings.Cut(string(b), ") ") // after the name, which may hold spaces
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		t.Fatalf("got %q, want utime and stime", b)
	}
	var total time.Duration
	for _, s := range fields[11:13] {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		total += time.Duration(n) * time.Second / ticks
	}
	return total
}
