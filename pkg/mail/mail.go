// Package mail writes messages and gets them to people: words in the reader's
// language, MIME, SMTP or a folder, a queue that outlives crashes, bounces, and
// replies over IMAP.
//
// A [post.Letter] is what a message says; templates such as [SignIn] make one. A
// [post.Message] is a letter to one person, as it is stored. [Composer] dresses it in
// the site's name and logo and makes the bytes that a [Sender] hands over: [SMTP],
// or [Outbox] where no server is configured. A [Worker] takes messages from a
// [Queue], which the store implements.
//
// What comes back is read too: an [Inbox] reads the mailbox of an [IMAP] server, and
// [Answer] finds the answer to an invitation in a message; [ParseBounce] reads a
// message that says that another did not arrive.
//
// The package leaves out who may write to whom, and what an answer means.
//
// # Design
//
// A message is handed over at most once, and is never lost. SMTP cannot promise
// that it arrives exactly once: between the last dot of a message and our record
// of the server's answer there is a moment in which a crash leaves nobody who
// knows. The states say where a message is:
//
//		waiting ─┬─ claimed ── sending ── sent
//		deferred ┘     │          ├────── uncertain
//		               └──────────┴────── deferred or refused
//
//	  - A claim is recorded before anything is done. A message found claimed after a
//	    crash was not handed over, and waits again.
//	  - Sending is recorded after the whole text has gone to the server and right
//	    before the last dot, which is what makes it the server's (RFC 5321
//	    section 4.1.1.4). A message found in it after a crash, and one whose server
//	    dropped the line instead of answering the dot, is uncertain.
//	  - An uncertain message is not sent again by itself. The organiser sees it, and
//	    sends it again or settles it as sent. It keeps its Message-ID, which many
//	    mailboxes use to show a message once. For an outbox there is no doubt: the
//	    file is there or not.
//	  - Every record is a compare-and-set on the claim. An instance that was too slow,
//	    and whose claim another has taken back, learns so before the dot and gives up.
//
// Trouble with one message (a mailbox that is full) defers or refuses that message.
// Trouble with the server (it is down, it refuses our password, it drops lines)
// pauses the whole queue, counts against no message, and is logged when it begins
// and when it ends. So a server that takes messages and drops the line makes one
// uncertain message at each pause, not ten thousand.
//
// Secrets: a letter with a link that signs somebody in is forgotten by the store
// once its message is finished ([post.Message.Forget]).
package mail
