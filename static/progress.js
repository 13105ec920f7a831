// Shows how far a message has gone, again and again until it is there. Without
// this module the page loads itself anew.

const pause = 3000;
let failures = 0;

setTimeout(look, pause);

// look fetches the page and puts what has changed into this one. Where the focus is
// in what would be replaced, it waits.
async function look() {
  const box = document.querySelector("#progress");
  if (!box?.hasAttribute("data-busy")) return;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const text = answer.ok && !answer.redirected ? await answer.text() : "";
    const next = new DOMParser().parseFromString(text, "text/html").querySelector("#progress");
    if (next && !box.contains(document.activeElement)) box.replaceWith(document.adoptNode(next));
    failures = next ? 0 : failures + 1;
  } catch {
    failures += 1; // the network is away; the next attempt comes later
  }
  setTimeout(look, pause * Math.min(1 + failures, 20));
}
