// Marks what goes on now and which day is in view, offers one's own time zone,
// and turns the page of what goes on into a screen for the lobby. The pages
// say everything without this module.

const minute = 60_000;
const lobby = document.querySelector("#now");

const timed = [...document.querySelectorAll("[data-start]")].map((element) => ({
  element,
  start: Date.parse(element.dataset.start),
  // An open end is taken to be an hour away.
  end: Date.parse(element.dataset.end) || Date.parse(element.dataset.start) + 60 * minute,
}));

markNow();
setInterval(markNow, minute / 2);
document.addEventListener("visibilitychange", markNow);
offerZone(document.querySelector("[data-mine]"));
followDays(document.querySelectorAll(".tabs a"));
if (lobby) setInterval(refresh, 5 * minute);

// markNow marks what goes on, with a word beside its time. On a screen it
// leaves only that and what comes next.
function markNow() {
  const now = Date.now();
  for (const t of timed) {
    mark(t.element, t.start <= now && now < t.end ? "now" : "", "[data-now]");
  }
  offerJump(document.querySelector("[data-jump]"));
  if (lobby) showOnly(timed.filter((t) => t.element.matches(".line")), now);
}

// offerJump shows the link to the first session that goes on.
function offerJump(box) {
  if (!box) return;
  const current = document.querySelector('.session[data-state="now"]');
  box.hidden = !current;
  if (current) box.querySelector("a").hash = current.id;
}

// mark sets the state of a session and puts the word for it beside its time.
function mark(element, state, place) {
  if ((element.dataset.state ?? "") === state) return;
  element.querySelector(":scope > .clock .state, :scope > .facts .state")?.remove();
  if (state) element.dataset.state = state;
  else delete element.dataset.state;
  const words = element.closest(place);
  const time = element.querySelector(":scope > .clock, :scope > .facts .when");
  if (!state || !words || !time) return;
  const word = document.createElement("strong");
  word.className = "state";
  word.textContent = words.dataset[state];
  time.append(" ", word);
}

// showOnly leaves what goes on at a moment and what begins next. When all is
// over, or nothing begins within a day, the whole list stays.
function showOnly(lines, now) {
  const current = lines.filter((t) => t.start <= now && now < t.end);
  const coming = lines.filter((t) => t.start > now);
  const first = Math.min(...coming.map((t) => t.start));
  const next = coming.filter((t) => t.start === first);
  const live = current.length > 0 || first - now < 24 * 60 * minute;
  for (const t of lines) {
    t.element.hidden = live && !current.includes(t) && !next.includes(t);
    mark(t.element, current.includes(t) ? "now" : live && next.includes(t) ? "next" : "", "[data-next]");
  }
  for (const line of document.querySelectorAll(".line:not([data-start])")) line.hidden = live;
  for (const day of document.querySelectorAll("section.day")) {
    day.hidden = !day.querySelector(".line:not([hidden])");
  }
}

// refresh loads the page anew if the agenda was published again and the
// network is there.
async function refresh() {
  try {
    const answer = await fetch(location.href, { cache: "no-cache" });
    const text = answer.ok ? await answer.text() : "";
    const stamp = new DOMParser().parseFromString(text, "text/html").querySelector("footer p")?.textContent;
    if (stamp && stamp !== document.querySelector("footer p")?.textContent) location.reload();
  } catch {
    // The next attempt is in five minutes.
  }
}

// offerZone shows the link to one's own time, where the clocks there show
// something else than those of the meeting, and the meeting is not over.
// Nothing is converted unasked.
function offerZone(box) {
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!box || !mine || !timed.length || new URLSearchParams(location.search).get("zone")) return;
  if (Math.max(...timed.map((t) => t.end)) < Date.now()) return;
  const at = new Date(timed[0].start);
  if (clock(at, mine) === clock(at, box.dataset.zone)) return;
  const link = box.querySelector("a");
  const url = new URL(link.href);
  url.searchParams.set("zone", mine);
  link.href = url.href;
  box.hidden = false;
}

// clock returns what clocks in a zone show, with the date; "" where the
// browser does not know the zone.
function clock(at, timeZone) {
  try {
    return at.toLocaleString("en-GB", { timeZone });
  } catch {
    return "";
  }
}

// followDays marks the tab of the day that is being read.
function followDays(tabs) {
  if (!tabs.length) return;
  const seen = new IntersectionObserver((entries) => {
    for (const e of entries) {
      if (!e.isIntersecting) continue;
      for (const t of tabs) {
        if (t.hash === "#" + e.target.id) t.setAttribute("aria-current", "true");
        else t.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  document.querySelectorAll("section.day").forEach((day) => seen.observe(day));
}
