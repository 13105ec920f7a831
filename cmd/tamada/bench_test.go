//go:build bench

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/ical"
	"tamada/pkg/interchange"
	"tamada/pkg/interchange/block"
	"tamada/pkg/programme"
	"tamada/pkg/store"
	"tamada/pkg/web"
)

// The table of [TestBench], a line for each thing that was measured.
type benchTable struct {
	rows [][]string
}

// add adds a line; ok says whether the goal was met.
func (b *benchTable) add(what, ours, limit, ratio, goal string, ok bool) {
	mark := "met"
	if !ok {
		mark = "MISSED"
	}
	b.rows = append(b.rows, []string{what, ours, limit, ratio, goal, mark})
}

func (b *benchTable) print(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "\nwhat\tours\tlimit\tratio\tgoal\t")
	for _, row := range b.rows {
		fmt.Fprintln(tw, strings.Join(row, "\t"))
	}
	tw.Flush()
}

// limitVariable makes the test binary the server of the limit: it sends what
// stands in the files of a folder to everybody.
const limitVariable = "TAMADA_BENCH_LIMIT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(limitVariable); dir != "" {
		if err := serveLimit(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serveLimit serves each file of dir, a whole response, under its name.
func serveLimit(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	bodies := map[string]*http.Response{}
	for _, entry := range entries {
		f, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return err
		}
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(f)), nil)
		if err != nil {
			return err
		}
		bodies[limitPath(entry.Name())] = resp
	}
	site := &web.Server{Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Now: time.Now, BaseURL: "http://localhost"}
	h, err := site.Bare(bodies)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	return newServer(h, slog.New(slog.DiscardHandler)).Serve(l)
}

// limitPath is where the limit serves an answer: an address like our own, so
// that routing and logging cost the same.
func limitPath(name string) string { return "/e/tbilisi-poc-2014/" + name }

// TestBench measures and prints one table: what, ours, the limit in the same
// run, their ratio and the goal. It fails only where something does not work;
// figures are for who reads them.
func TestBench(t *testing.T) {
	var table benchTable
	benchServer(t, &table)
	benchEvent(t, &table)
	benchReading(t, &table)
	table.print(os.Stdout)
}

// A process is a server under measurement.
type process struct {
	cmd  *exec.Cmd
	addr string
}

// startProgram starts the program on a database file and waits until it is
// ready; it returns how long that took.
func startProgram(t *testing.T, path, dir string) (*process, time.Duration) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	cmd := exec.Command(path, "serve")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TAMADA_LISTEN="+addr, "TAMADA_BASE_URL=http://"+addr, "TAMADA_AGENDAS=builtin",
		"TAMADA_DATABASE=sqlite://"+filepath.Join(dir, "bench.db"))
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for time.Since(begin) < 30*time.Second {
		if resp, err := http.Get("http://" + addr + "/readyz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return &process{cmd, addr}, time.Since(begin)
			}
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("the server does not become ready")
	return nil, 0
}

// stop ends a server and waits for it.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := p.cmd.Wait(); err != nil && p.cmd.Path != os.Args[0] {
		t.Error(err)
	}
}

// resident returns how much memory a process holds, in MB.
func (p *process) resident(t *testing.T) float64 {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		t.Skip("no /proc on this system")
	}
	_, rest, _ := strings.Cut(string(b), "VmRSS:")
	kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		t.Fatal(err)
	}
	return kb / 1024
}

// benchServer compares the real server with one that sends the same bytes.
func benchServer(t *testing.T, table *benchTable) {
	dir := t.TempDir()
	path := filepath.Join(dir, "tamada")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	first, _ := startProgram(t, path, dir)
	first.stop(t)
	var starts []time.Duration
	for range 4 {
		p, took := startProgram(t, path, dir)
		starts = append(starts, took)
		p.stop(t)
	}
	ours, took := startProgram(t, path, dir)
	defer ours.stop(t)
	starts = append(starts, took)
	slices.Sort(starts)
	start := starts[len(starts)/2]
	table.add("second start", ms(start), "", "", "under 300 ms", start < 300*time.Millisecond)

	loads := []*load{
		{name: "agenda page", path: "/e/tbilisi-poc-2014?lang=en", goal: 0.85},
		{name: "calendar feed", path: "/e/tbilisi-poc-2014/calendar.ics", goal: 0.85},
		{name: "304 Not Modified", path: "/e/tbilisi-poc-2014?lang=en", goal: 0.95, revalidate: true},
	}
	limit := startLimit(t, dir, ours.addr, loads)
	defer limit.stop(t)
	for i, l := range loads {
		r := l.compare(t, ours.addr, limit.addr, i)
		table.add(l.name, perSecond(r.ours), perSecond(r.limit), percent(r.ratio), "at least "+percent(l.goal), r.ratio >= l.goal)
	}
	rss := ours.resident(t)
	table.add("resident after the load", fmt.Sprintf("%.0f MB", rss), "", "", "under 80 MB", rss < 80)
	wire := pageWeight(t, ours.addr, "/e/tbilisi-poc-2014?lang=en")
	table.add("agenda page on the wire", kb(wire.all), "", "", "under 60 KB", wire.all < 60<<10)
	table.add("its JavaScript", kb(wire.scripts), "", "", "under 15 KB", wire.scripts < 15<<10)
}

// startLimit takes our answers and starts a server that sends them.
func startLimit(t *testing.T, dir, addr string, loads []*load) *process {
	t.Helper()
	answers := filepath.Join(dir, "answers")
	if err := os.Mkdir(answers, 0o755); err != nil {
		t.Fatal(err)
	}
	for i, l := range loads {
		l.prepare(t, addr)
		if err := os.WriteFile(filepath.Join(answers, strconv.Itoa(i)), l.answer, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), limitVariable+"="+answers)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return &process{cmd, strings.TrimSpace(line)}
}

// A load is one kind of request, sent again and again.
type load struct {
	name, path string
	goal       float64 // of the limit's requests per second
	revalidate bool    // with the tag of the answer before

	headers string
	answer  []byte // a whole response
}

// prepare fetches the answer once, as the load will.
func (l *load) prepare(t *testing.T, addr string) {
	t.Helper()
	l.headers = "Accept-Encoding: gzip\r\n"
	l.answer = l.once(t, addr)
	if l.revalidate {
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(l.answer)), nil)
		if err != nil {
			t.Fatal(err)
		}
		l.headers += "If-None-Match: " + resp.Header.Get("Etag") + "\r\n"
		l.answer = l.once(t, addr)
		if !bytes.HasPrefix(l.answer, []byte("HTTP/1.1 304 ")) {
			t.Fatalf("no 304 but %.40q", l.answer)
		}
	}
}

// request returns the bytes of a request.
func (l *load) request(addr, path string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: " + addr + "\r\n" + l.headers + "\r\n")
}

// once returns the bytes of one answer.
func (l *load) once(t *testing.T, addr string) []byte {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write(l.request(addr, l.path)); err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	if _, err := readAnswer(bufio.NewReader(io.TeeReader(conn, &whole))); err != nil {
		t.Fatal(err)
	}
	return whole.Bytes()
}

// readAnswer reads one response and returns its status.
func readAnswer(r *bufio.Reader) (status int, err error) {
	length := 0
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if first {
			if status, err = strconv.Atoi(string(line[9:12])); err != nil {
				return 0, err
			}
		}
		if len(line) <= 2 {
			break
		}
		if name, value, ok := bytes.Cut(line, []byte(": ")); ok && bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
	}
	if status == http.StatusNotModified {
		length = 0
	}
	_, err = r.Discard(length)
	return status, err
}

// A comparison of ours with the limit.
type compared struct{ ours, limit, ratio float64 }

// compare loads both servers by turns and returns the medians.
func (l *load) compare(t *testing.T, ours, limit string, number int) compared {
	t.Helper()
	var a, b, ratios []float64
	for range 9 {
		x := l.run(t, ours, l.path)
		y := l.run(t, limit, limitPath(strconv.Itoa(number))+"?lang=en")
		a, b, ratios = append(a, x), append(b, y), append(ratios, x/y)
	}
	return compared{median(a), median(b), median(ratios)}
}

const (
	connections = 32
	round       = 1500 * time.Millisecond
)

// run sends requests over many connections for one round, and returns how many
// a second were answered.
func (l *load) run(t *testing.T, addr, path string) float64 {
	t.Helper()
	var answered atomic.Int64
	var wg sync.WaitGroup
	begin := time.Now()
	end := begin.Add(round)
	for range connections {
		wg.Go(func() {
			n, err := l.repeat(addr, path, end)
			if err != nil {
				t.Error(err)
			}
			answered.Add(n)
		})
	}
	wg.Wait()
	return float64(answered.Load()) / time.Since(begin).Seconds()
}

// repeat sends requests over one connection until the time has come.
func (l *load) repeat(addr, path string, end time.Time) (n int64, err error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	request, r := l.request(addr, path), bufio.NewReaderSize(conn, 64<<10)
	for time.Now().Before(end) {
		if _, err := conn.Write(request); err != nil {
			return n, err
		}
		status, err := readAnswer(r)
		if err != nil {
			return n, err
		}
		if status >= 400 {
			return n, errors.New("status " + strconv.Itoa(status))
		}
		n++
	}
	return n, nil
}

// weight is what a page takes on the wire, in bytes of bodies.
type weight struct{ all, scripts int }

// pageWeight fetches a page and all it loads.
func pageWeight(t *testing.T, addr, path string) weight {
	t.Helper()
	page := fetchPlain(t, addr, path)
	w := weight{all: onWire(t, addr, path)}
	for _, part := range strings.Split(page, `"/static/`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		n := onWire(t, addr, "/static/"+name)
		w.all += n
		if strings.HasSuffix(name, ".js") {
			w.scripts += n
		}
	}
	return w
}

func fetchPlain(t *testing.T, addr, path string) string {
	t.Helper()
	resp, err := http.Get("http://" + addr + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// onWire returns the length of the compressed body.
func onWire(t *testing.T, addr, path string) int {
	t.Helper()
	l := &load{path: path, headers: "Accept-Encoding: gzip\r\n"}
	_, body, _ := bytes.Cut(l.once(t, addr), []byte("\r\n\r\n"))
	return len(body)
}

// benchEvent measures what is done with an event of 1,000 sessions.
func benchEvent(t *testing.T, table *benchTable) {
	large, small := meeting(20, 50), meeting(2, 15)
	file, err := agendafile.Format(large)
	if err != nil {
		t.Fatal(err)
	}
	measure := func(what string, goal time.Duration, megabytes float64, f func() error) {
		if err := f(); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		r := testing.Benchmark(func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
		took, mb := time.Duration(r.NsPerOp()), float64(r.AllocedBytesPerOp())/1e6
		ours, want := fmt.Sprintf("%s, %.0f MB", ms(took), mb), "under "+ms(goal)
		if megabytes > 0 {
			want += fmt.Sprintf(", %.0f MB", megabytes)
		}
		table.add(what, ours, "", "", want, took < goal && (megabytes == 0 || mb < megabytes))
	}
	ctx := t.Context()
	measure("read a file of 1,000 sessions", time.Second, 0, func() error { _, err := agendafile.Parse("bench.yaml", file); return err })
	measure("calendar of 1,000 sessions", 20*time.Millisecond, 20, func() error { return ical.Write(io.Discard, large.Event, ical.Options{}) })
	measure("agenda.json of 1,000 sessions", 200*time.Millisecond, 0, func() error { return interchange.WriteJSON(io.Discard, large.Event, interchange.Options{}) })
	measure("agenda page of 1,000 sessions", time.Second, 0, func() error { return web.WriteAgenda(ctx, io.Discard, large.Event, "en") })
	measure("programme of 30 sessions", 60*time.Millisecond, 0, func() error { return programme.Write(ctx, io.Discard, small.Event, programme.Options{}) })
	ten := babel(meeting(2, 15).Event)
	measure("programme of 30 sessions in ten languages", 60*time.Millisecond, 0, func() error { return programme.Write(ctx, io.Discard, ten, programme.Options{}) })
	measure("programme of 1,000 sessions", 1500*time.Millisecond, 0, func() error { return programme.Write(ctx, io.Discard, large.Event, programme.Options{}) })
	benchStore(t, large, measure)
}

// benchStore measures an edit and a publication of a large event.
func benchStore(t *testing.T, d *agenda.Draft, measure func(string, time.Duration, float64, func() error)) {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite://"+filepath.Join(t.TempDir(), "bench.db"), slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Import(ctx, "bench", d); err != nil {
		t.Fatal(err)
	}
	floor := 0
	edit := func() error {
		e := agenda.Edit{Target: "room/room-0", Field: "floor", From: fmt.Appendf(nil, `"%d"`, floor), To: fmt.Appendf(nil, `"%d"`, floor+1)}
		floor++
		_, err := db.Edit(ctx, "bench", d.Event.Slug, []agenda.Edit{e})
		return err
	}
	measure("an edit in 1,000 sessions", 100*time.Millisecond, 0, edit)
	measure("an edit and a release of 1,000 sessions", 500*time.Millisecond, 0, func() error {
		if err := edit(); err != nil {
			return err
		}
		_, err := db.Publish(ctx, "bench", d.Event.Slug, "")
		return err
	})
}

// benchReading measures what organisers wait for when they bring an agenda. The
// limit is taking the source apart without understanding it: into lines, or
// into the tokens of its XML.
func benchReading(t *testing.T, table *benchTable) {
	root := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(root); err != nil {
		t.Logf("%s does not exist: reading real agendas is not measured", root)
		return
	}
	page := func(name string) []byte {
		b := contents(t, filepath.Join(root, "agenda", name))
		return bytes.Repeat(append(b, '\n'), 1+100_000/len(b))[:100_000]
	}
	for _, r := range []reading{
		{"a pasted page of 100 KB", page("w3c-tpac2023-grid.html"), 100 * time.Millisecond, linesOnly},
		{"a pasted text of 100 KB", page("fr-eig-planning-2021.md"), 100 * time.Millisecond, linesOnly},
		{"schedule.xml of FOSDEM 2025", contents(t, filepath.Join(root, "pentabarf-xml", "fosdem-2025.xml")), 500 * time.Millisecond, tokensOnly},
		{"schedule.xml of 36C3", contents(t, filepath.Join(root, "pentabarf-xml", "36c3-merged.xml")), 500 * time.Millisecond, tokensOnly},
	} {
		r.measure(t, table)
	}
}

// A reading is a source to read and the limit of it.
type reading struct {
	what   string
	source []byte
	goal   time.Duration
	limit  func([]byte) error
}

// measure adds the medians of nine turns. Memory is all that one reading
// allocates, so more than it ever holds.
func (r reading) measure(t *testing.T, table *benchTable) {
	t.Helper()
	var ours, limit, ratios []float64
	var allocated float64
	for range 9 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		a := timed(t, func() error { _, err := interchange.Read(r.source, interchange.ReadOptions{}); return err })
		runtime.ReadMemStats(&after)
		b := timed(t, func() error { return r.limit(r.source) })
		allocated = max(allocated, float64(after.TotalAlloc-before.TotalAlloc)/1e6)
		ours, limit, ratios = append(ours, a), append(limit, b), append(ratios, b/a)
	}
	took := time.Duration(median(ours))
	table.add(r.what, fmt.Sprintf("%s, %.0f MB", ms(took), allocated), ms(time.Duration(median(limit))), percent(median(ratios)),
		"under "+ms(r.goal)+", 100 MB", took < r.goal && allocated < 100)
}

// timed returns how long f takes, in nanoseconds.
func timed(t *testing.T, f func() error) float64 {
	t.Helper()
	begin := time.Now()
	if err := f(); err != nil {
		t.Fatal(err)
	}
	return float64(time.Since(begin))
}

func linesOnly(source []byte) error {
	_, err := block.Read(source)
	return err
}

func tokensOnly(source []byte) error {
	for d := xml.NewDecoder(bytes.NewReader(source)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// meeting returns a meeting with talks, roles and questions in its sessions.
func meeting(days, sessions int) *agenda.Draft {
	e := &agenda.Event{
		ID: agenda.DerivedID("bench"), Slug: "bench", Title: agenda.Text{"en": "A large meeting"}, Visibility: agenda.Public,
		Status: agenda.Confirmed, Languages: []string{"en"}, Zone: "Europe/Paris", Format: agenda.InPerson, Updated: time.Unix(1.7e9, 0).UTC(),
	}
	for i := range 5 {
		e.Rooms = append(e.Rooms, agenda.Room{ID: "room-" + strconv.Itoa(i), Name: agenda.Text{"en": "Room " + strconv.Itoa(i)}, Floor: "0"})
		e.People = append(e.People, agenda.Person{
			ID: agenda.DerivedID("person", strconv.Itoa(i)), Key: "person-" + strconv.Itoa(i), Name: agenda.Text{"en": "Somebody " + strconv.Itoa(i)},
			Posts: []agenda.Text{{"en": "Head of the Unit for Open Government"}}, Organisation: agenda.Text{"en": "Ministry"}, Country: "NO",
		})
	}
	for i := range days {
		d := agenda.Day{Date: agenda.Date{Year: 2026, Month: 11, Day: 1 + i}}
		for j := range sessions {
			d.Sessions = append(d.Sessions, busySession(i*sessions+j, j))
		}
		e.Days = append(e.Days, d)
	}
	return &agenda.Draft{Event: e}
}

// busySession returns session n of the meeting, the jth of its day.
func busySession(n, j int) agenda.Session {
	start := agenda.Clock(8*60 + j/5*60)
	s := agenda.Session{
		ID: agenda.DerivedID("session", strconv.Itoa(n)), Kind: agenda.RoundTable, Status: agenda.Confirmed,
		Time:      agenda.Time{Form: agenda.FromTo, Start: start, End: start + 60},
		Title:     agenda.Text{"en": fmt.Sprintf("Session %d: what we learned and what comes next", n)},
		Abstract:  agenda.Text{"en": strings.Repeat("Delegates are invited to offer short interventions and respond to one another. ", 4)},
		Questions: []agenda.Text{{"en": "What worked, and what would you do differently?"}, {"en": "Who else should be here?"}},
		Roles:     []agenda.Role{{As: []agenda.RoleName{agenda.Moderator}, Person: "person-" + strconv.Itoa(j%5), Status: agenda.RoleConfirmed}},
		Rooms:     []string{"room-" + strconv.Itoa(j%5)},
	}
	if n%5 == 0 {
		for k := range 4 {
			s.Talks = append(s.Talks, agenda.Talk{
				ID: agenda.DerivedID("talk", strconv.Itoa(n), strconv.Itoa(k)), Title: agenda.Text{"en": "A talk"}, Minutes: 10, Status: agenda.Confirmed,
			})
		}
	}
	return s
}

// tongues are titles and sentences in ten languages and six scripts.
var tongues = []struct{ tag, title, sentence string }{
	{"en", "What we learned and what comes next", "Delegates are invited to offer short interventions and respond to one another."},
	{"fr", "Ce que nous avons appris, et la suite", "Les délégués sont invités à intervenir brièvement et à se répondre les uns aux autres."},
	{"ar", "ما تعلّمناه وما يأتي بعد ذلك", "يُدعى المندوبون إلى تقديم مداخلات قصيرة والردّ بعضهم على بعض."},
	{"ru", "Чему мы научились и что дальше", "Делегатам предлагается выступать кратко и отвечать друг другу."},
	{"nb", "Hva vi har lært, og hva som kommer", "Delegatene oppfordres til korte innlegg og til å svare hverandre."},
	{"ka", "რა ვისწავლეთ და რა არის შემდეგი", "დელეგატებს ვთხოვთ მოკლედ გამოთქვან აზრი და უპასუხონ ერთმანეთს."},
	{"es", "Lo que aprendimos y lo que viene", "Se invita a los delegados a intervenir brevemente y a responderse unos a otros."},
	{"el", "Τι μάθαμε και τι ακολουθεί", "Οι σύνεδροι καλούνται να τοποθετηθούν σύντομα και να απαντήσουν ο ένας στον άλλο."},
	{"hy", "Ինչ սովորեցինք և ինչ է հաջորդը", "Պատվիրակներին հրավիրում ենք հակիրճ ելույթ ունենալ և պատասխանել միմյանց։"},
	{"he", "מה למדנו ומה הלאה", "הצירים מוזמנים לדבר בקצרה ולהשיב זה לזה."},
}

// babel says e in ten languages, session by session.
func babel(e *agenda.Event) *agenda.Event {
	e.Languages = nil
	for _, in := range tongues {
		e.Languages = append(e.Languages, in.tag)
	}
	for d := range e.Days {
		for i := range e.Days[d].Sessions {
			s, in := &e.Days[d].Sessions[i], tongues[(d*len(e.Days[d].Sessions)+i)%len(tongues)]
			s.Title = agenda.Text{in.tag: fmt.Sprintf("%s (%d)", in.title, i)}
			s.Abstract = agenda.Text{in.tag: strings.Repeat(in.sentence+" ", 4)}
			s.Questions = []agenda.Text{{in.tag: in.title + "?"}, {in.tag: in.sentence}}
			for k := range s.Talks {
				s.Talks[k].Title = agenda.Text{in.tag: in.title}
			}
		}
	}
	return e
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func ms(d time.Duration) string         { return fmt.Sprintf("%.1f ms", float64(d)/1e6) }
func kb(n int) string                   { return fmt.Sprintf("%.1f KB", float64(n)/1024) }
func percent(f float64) string          { return fmt.Sprintf("%.0f %%", f*100) }
func perSecond(requests float64) string { return fmt.Sprintf("%.0f/s", requests) }
