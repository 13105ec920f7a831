package post_test

import (
	"testing"
	"time"

	"tamada/pkg/post"
)

// A reply counts for the address that the invitation went to, and for its last mail.
func TestInviteTake(t *testing.T) {
	noon := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	asked := post.Invite{Session: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", To: post.Mailbox{Address: "ola@example.org"}, Sequence: 1, Message: "m"}
	reply := post.Reply{Session: asked.Session, Address: "Ola@Example.org", Answer: post.Accepted, Sequence: 1, Sent: noon, Received: noon.Add(time.Minute)}
	for name, test := range map[string]struct {
		change func(*post.Invite, *post.Reply)
		want   post.Outcome
		at     time.Time
	}{
		"first":             {func(*post.Invite, *post.Reply) {}, post.Taken, noon},
		"UID in capitals":   {func(_ *post.Invite, r *post.Reply) { r.Session = "6F9619FF-8B86-4D01-B42D-00CF4FC964FF" }, post.Taken, noon},
		"by another":        {func(_ *post.Invite, r *post.Reply) { r.Address = "mallory@example.org" }, post.Stranger, time.Time{}},
		"by nobody":         {func(_ *post.Invite, r *post.Reply) { r.Address = "" }, post.Stranger, time.Time{}},
		"of another":        {func(_ *post.Invite, r *post.Reply) { r.Session = "1" }, post.Stranger, time.Time{}},
		"after the end":     {func(i *post.Invite, _ *post.Reply) { i.Withdrawn = true }, post.TakenBack, time.Time{}},
		"before the change": {func(_ *post.Invite, r *post.Reply) { r.Sequence = 0 }, post.Outdated, time.Time{}},
		"sequence of none":  {func(_ *post.Invite, r *post.Reply) { r.Sequence = -1 }, post.Outdated, time.Time{}},
		"higher sequence":   {func(_ *post.Invite, r *post.Reply) { r.Sequence = 1 << 40 }, post.Taken, noon},
		"from the future":   {func(_ *post.Invite, r *post.Reply) { r.Sent = noon.Add(1000 * time.Hour) }, post.Taken, noon.Add(time.Minute)},
		"without a time":    {func(_ *post.Invite, r *post.Reply) { r.Sent = time.Time{} }, post.Taken, noon.Add(time.Minute)},
		"again": {func(i *post.Invite, _ *post.Reply) {
			i.Answer, i.AnswerTo, i.Answered = post.Accepted, 1, noon
		}, post.Known, noon},
		"another mind": {func(i *post.Invite, _ *post.Reply) {
			i.Answer, i.AnswerTo, i.Answered = post.Declined, 1, noon.Add(-time.Hour)
		}, post.Taken, noon},
		"overtaken": {func(i *post.Invite, _ *post.Reply) {
			i.Answer, i.AnswerTo, i.Answered = post.Declined, 1, noon.Add(time.Second)
		}, post.Outdated, noon.Add(time.Second)},
		"after the change": {func(i *post.Invite, _ *post.Reply) {
			i.Answer, i.AnswerTo, i.Answered = post.Declined, 0, noon.Add(time.Hour)
		}, post.Taken, noon},
	} {
		i, r := asked, reply
		test.change(&i, &r)
		before := i
		got, outcome := i.Take(r)
		if outcome != test.want || !got.Answered.Equal(test.at) {
			t.Errorf("%s: got %s at %s, want %s at %s", name, outcome, got.Answered, test.want, test.at)
		}
		if outcome == post.Taken && (got.Current() != post.Accepted || got.AnswerTo != 1) || outcome != post.Taken && got != before {
			t.Errorf("%s: got %+v after %s of %+v", name, got, outcome, before)
		}
		if got.Next("", false, noon).Current() != post.NoAnswer {
			t.Errorf("%s: the answer is one to the next mail too", name)
		}
	}
}
