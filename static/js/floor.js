// Keeps the floor alive: asks the server for it (304 while nothing changes) and ticks the clock in
// between, by the server's time, so that all screens agree. Without this module pages still work.

const TICK_MS = 200;
const LOST_MS = 10000;
const PHASES = ["time", "warning", "over"];

for (const place of document.querySelectorAll("[data-floor]")) follow(place);

function follow(place) {
  const piece = place.querySelector("[data-piece]");
  let etag = "";
  let offset = Number(place.dataset.now) - Date.now();
  let nearest = Infinity;
  let heard = Date.now();

  async function ask() {
    const sent = performance.now();
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(place.dataset.floor, { headers, redirect: "error", cache: "no-store" });
      const took = performance.now() - sent;
      const now = Number(answer.headers.get("X-Server-Time"));
      if (now && took <= nearest) {
        nearest = took;
        offset = now + took / 2 - Date.now();
      }
      nearest += 1; // an old measure counts a little less each time
      if (answer.status === 200 || answer.status === 304) heard = Date.now();
      if (answer.status === 200) {
        const isFirst = !etag;
        etag = answer.headers.get("ETag") || "";
        const text = await answer.text();
        if (!isFirst || shown(piece) !== shownIn(text)) replace(piece, text);
      }
    } catch {
      // No network: the next beat asks again.
    }
    setTimeout(ask, Number(place.dataset.every));
  }

  setInterval(() => {
    const lost = place.querySelector("[data-lost]");
    if (lost) lost.hidden = Date.now() - heard < LOST_MS;
    for (const clock of place.querySelectorAll("[data-ends]")) draw(clock, place, Date.now() + offset);
  }, TICK_MS);
  ask();
}

function draw(clock, place, now) {
  const ends = Number(clock.dataset.ends);
  if (!ends) return; // it stands still: what the server wrote is right
  const left = (ends - now) / 1000;
  const phase = left <= 0 ? "over" : left <= Number(clock.dataset.warning) ? "warning" : "time";
  const text = written(left);
  write(clock.querySelector(".time bdi"), text);
  clock.classList.toggle("long", text.length > 4);
  for (const one of PHASES) clock.classList.toggle(one, one === phase);
  write(clock.querySelector(".said span"), place.getAttribute(`data-say-${phase}`));
}

function written(left) {
  const seconds = left > 0 ? Math.ceil(left) : Math.floor(-left);
  const sign = left < 0 && seconds ? "+" : "";
  return `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

// What a reader sees of a piece, without what changes by itself: times and hidden fields.
function shown(piece) {
  const copy = piece.cloneNode(true);
  for (const one of copy.querySelectorAll(".clock, input")) one.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function shownIn(text) {
  return shown(new DOMParser().parseFromString(text, "text/html").body);
}

function replace(piece, text) {
  const open = [...piece.querySelectorAll("details")].map((one) => one.open);
  const pressed = document.activeElement?.closest("[data-piece]") && document.activeElement.value;
  piece.innerHTML = text;
  piece.querySelectorAll("details").forEach((one, place) => (one.open = Boolean(open[place])));
  if (pressed) [...piece.querySelectorAll("button")].find((one) => one.value === pressed)?.focus();
}
