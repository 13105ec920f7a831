// Reads what is pasted while it is typed, and shows what was understood beside
// it. Without this module a button does the same.

const pause = 450;
const form = document.querySelector("form[data-live]");
const box = document.querySelector("#understanding");
let timer;
let last;

if (form && box) {
  form.elements.here.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  form.elements.text.addEventListener("input", () => look(pause));
  form.elements.file.addEventListener("change", () => form.requestSubmit());
  box.addEventListener("change", () => look(0));
  form.addEventListener("submit", accept);
}
window.addEventListener("hashchange", openTarget);
openTarget();

// accept takes the buttons that only change the preview; to make the draft and
// to send a file the form is sent as it is.
function accept(event) {
  const wish = event.submitter?.value ?? "";
  const alone = wish.startsWith("accept") || (wish === "look" && box.contains(event.submitter));
  if (!alone || form.elements.file.files.length) return;
  event.preventDefault();
  look(0, wish);
}

// look asks for the preview after a pause, unless something is typed meanwhile.
function look(wait, wish = "look") {
  clearTimeout(timer);
  timer = setTimeout(() => ask(wish), wait);
}

// ask sends the form and puts the answer in the place of the preview. An
// answer that comes after a newer question is dropped. If there is none, the
// preview stays, and so does everything that was typed.
async function ask(wish) {
  last?.abort();
  last = new AbortController();
  const data = new FormData(form);
  data.delete("file");
  data.set("do", wish);
  const address = new URL(form.action);
  address.searchParams.set("part", "preview");
  box.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { method: "POST", body: data, signal: last.signal });
    const text = answer.ok && !answer.redirected ? await answer.text() : "";
    if (text) swap(text);
    else lost();
    box.removeAttribute("aria-busy");
  } catch (failure) {
    if (failure.name === "AbortError") return;
    lost();
    box.removeAttribute("aria-busy");
  }
}

// lost says that there was no answer, above the preview as it was.
function lost() {
  const said = box.querySelector(".lost") ?? document.createElement("p");
  said.className = "notice lost";
  said.setAttribute("role", "alert");
  said.textContent = box.dataset.lost;
  box.prepend(said);
}

// swap keeps the focus, what is unfolded and where the source was read.
function swap(text) {
  const focused = box.contains(document.activeElement) ? document.activeElement : null;
  const open = [...box.querySelectorAll("details[open][id]")].map((d) => d.id);
  const top = box.querySelector(".source")?.scrollTop ?? 0;
  box.innerHTML = text;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  const source = box.querySelector(".source");
  if (source) source.scrollTop = top;
  if (!focused) return;
  const next = focused.id ? document.getElementById(focused.id) : box.querySelector(".remarks button");
  (next ?? box.querySelector("[name=do][value=create]"))?.focus({ preventScroll: true });
}

// openTarget unfolds the fields that a link leads to.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches?.("details")) target.open = true;
}
