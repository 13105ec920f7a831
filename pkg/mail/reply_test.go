package mail_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tamada/pkg/ical"
	"tamada/pkg/mail"
)

// answer returns a message of testdata/replies, written as the programs of that name write
// answers, with the line ends of mail.
func answer(t testing.TB, program string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "replies", program+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
}

func TestAnswer(t *testing.T) {
	for program, want := range map[string]string{
		"google":      "6f9619ff-8b86-4d01-b42d-00cf4fc964f1 nino@example.org ACCEPTED 0 14:03:12",
		"outlook":     "6f9619ff-8b86-4d01-b42d-00cf4fc964f2 Ola.Nordmann@example.org DECLINED 1 15:04:27",
		"apple":       "6F9619FF-8B86-4D01-B42D-00CF4FC964F3 marie@example.org TENTATIVE 0 16:10:12",
		"thunderbird": "6f9619ff-8b86-4d01-b42d-00cf4fc964f4 lina@example.org ACCEPTED 0 17:00:00",
	} {
		calendar, err := mail.Answer(answer(t, program))
		if err != nil {
			t.Errorf("%s: %v", program, err)
			continue
		}
		r, err := ical.ReadReply(calendar)
		got := fmt.Sprint(r.UID, " ", r.Attendee, " ", r.Answer, " ", r.Sequence, r.Sent.Format(" 15:04:05"))
		if err != nil || got != want {
			t.Errorf("%s: got %s, %v; want %s", program, got, err, want)
		}
	}
}

// What is no answer has no calendar, whatever is in it.
func TestNoAnswer(t *testing.T) {
	google := string(answer(t, "google"))
	deep := ""
	for level := range 8 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", level, level)
	}
	const reply = "Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n"
	for name, message := range map[string]string{
		"nothing":            "",
		"a letter":           "Subject: Hello\r\n\r\nDear organisers,\r\nMETHOD:REPLY\r\n",
		"no message":         "\x00\xff\r\n",
		"a proposal":         strings.ReplaceAll(google, "method=REPLY", "method=COUNTER"),
		"no boundary":        "Content-Type: multipart/mixed\r\n\r\n--\r\n" + reply,
		"too deep":           deep + reply,
		"too many parts":     "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\n\r\n", 60) + "--b\r\n" + reply + "--b--\r\n",
		"a forwarded answer": "Content-Type: message/rfc822\r\n\r\n" + google,
		"empty":              "Content-Type: text/calendar; method=REPLY\r\n\r\n",
		"odd type":           "Content-Type: ;;;\r\n\r\nBEGIN:VCALENDAR\r\n",
	} {
		if got, err := mail.Answer([]byte(message)); !errors.Is(err, mail.ErrNoAnswer) {
			t.Errorf("%s: got %q, %v; want %v", name, got, err, mail.ErrNoAnswer)
		}
	}
}

// FuzzAnswer states the law of answers: any message is no answer, or has a calendar that is
// not empty and no larger than it.
func FuzzAnswer(f *testing.F) {
	for _, program := range []string{"google", "outlook", "apple", "thunderbird"} {
		f.Add(answer(f, program))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		got, err := mail.Answer(message)
		if err == nil && (len(got) == 0 || len(got) > len(message)) || err != nil && !errors.Is(err, mail.ErrNoAnswer) {
			t.Errorf("got %d bytes, %v, from %d", len(got), err, len(message))
		}
	})
}
