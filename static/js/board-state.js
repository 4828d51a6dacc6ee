// The board as the page holds it: reading blocks, putting the server's newer board in its place,
// sending what was done, telling it to those who cannot see it.

export const STEP = 5; // minutes
export const AGAIN = "again"; // what send() ends with where the same can be sent once more

const form = document.querySelector("#chosen");
const saidPlace = document.querySelector("#board-said");
const refusedPlace = document.querySelector("#board-refused");
let state = form.dataset.state;
let sending = Promise.resolve();
let waiting = 0;
const mine = new Map(); // ref: versions that this page made itself, {from, to}

export const board = () => document.querySelector("#board");
export const sheet = () => document.querySelector(".plan");
export const day = () => board().dataset.day;
export const isGrid = () => matchMedia("(min-width: 768px)").matches;
export const isRtl = () => getComputedStyle(form).direction === "rtl";
export const isBusy = () => waiting > 0;
export const blockOf = (element) => element?.closest?.(".block[id]") ?? null;
export const rooms = () => [...board().querySelectorAll(".room")];
export const roomOf = (block) => block.closest(".room");
export const words = form.dataset;

export function read(block) {
  const room = roomOf(block);
  return {
    ref: block.id.slice(2),
    version: block.dataset.v,
    starts: room ? block.dataset.at : "",
    minutes: Number(block.dataset.min),
    room: room ? room.dataset.room : "",
    name: block.querySelector("h4").textContent.trim(),
  };
}

// The sessions that an act is about: this one, and with it all that are chosen if it is.
export function together(block) {
  const chosen = [...board().querySelectorAll(".block:has(:checked)")];
  return chosen.includes(block) ? chosen : [block];
}

export function later(wall, minutes) {
  return new Date(Date.parse(`${wall}Z`) + minutes * 60000).toISOString().slice(0, 16);
}

export function slotOf(wall) {
  return (Date.parse(`${wall}Z`) - Date.parse(`${day()}T00:00Z`)) / (STEP * 60000);
}

export const clock = (wall) => wall.slice(11);

// Show where a session will be before the server has said so.
export function show(block, wish) {
  const slot = Math.max(0, Math.floor(slotOf(wish.starts)));
  block.style.setProperty("--at", slot);
  block.style.setProperty("--for", Math.max(1, Math.round(wish.minutes / STEP)));
  for (const name of ["--lane", "--of"]) block.style.removeProperty(name);
  const room = rooms().find((one) => one.dataset.room === wish.room);
  const place = room?.querySelector(".room-day");
  if (place && block.parentElement !== place) {
    const held = document.activeElement;
    place.append(block);
    if (block.contains(held)) held.focus({ preventScroll: true });
  }
  block.dataset.at = wish.starts;
  block.dataset.min = wish.minutes;
  block.classList.add("sent");
}

export function say(text) {
  saidPlace.textContent = "";
  requestAnimationFrame(() => (saidPlace.textContent = text));
}

// Tell that something was refused, and keep the wish: it can be sent once more, as things are now.
export function refuse(text, again, leave) {
  refusedPlace.querySelector("[data-text]").textContent = text;
  const button = refusedPlace.querySelector("[data-again]");
  button.hidden = !again;
  button.onclick = () => (hideRefusal(), leave?.(), again());
  refusedPlace.querySelector("[data-leave]").onclick = () => (hideRefusal(), leave?.());
  refusedPlace.hidden = false;
  refusedPlace.scrollIntoView({ block: "nearest" });
}

export function hideRefusal() {
  refusedPlace.hidden = true;
}

// Send one act after the other; each gets the versions that the board has when its turn comes.
export function send(act, wishes = [], leave) {
  waiting += 1;
  const turn = sending.then(() => post(act, wishes, leave)).finally(() => (waiting -= 1));
  sending = turn.catch(() => {});
  return turn;
}

async function post(act, wishes, leave) {
  const body = new URLSearchParams({ act });
  body.set("csrf_token", document.querySelector("[name=csrf_token]").value);
  for (const wish of wishes) {
    const block = document.getElementById(`s-${wish.ref}`);
    body.append("s", wish.ref);
    body.append("v", (wish.sent = versionOf(wish, block)));
    body.append("starts", wish.starts);
    body.append("minutes", wish.minutes);
    body.append("room", wish.room);
  }
  const again = wishes.length ? () => send(act, wishes.map((one) => ({ ...one, seen: false }))) : null;
  let answer, text;
  try {
    answer = await fetch(form.dataset.board, { method: "POST", body, redirect: "error" });
    text = await answer.text();
  } catch {
    for (const wish of wishes) unshow(wish.ref);
    refuse(words.offline, again, leave);
    return AGAIN;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const said = page.querySelector("[data-said]")?.textContent ?? "";
  const next = page.querySelector("#board");
  if (!next) return location.reload();
  state = (answer.headers.get("ETag") || "").replaceAll('"', "");
  for (const wish of wishes) unshow(wish.ref);
  put(next);
  if (answer.ok) {
    for (const wish of wishes) {
      const to = document.getElementById(`s-${wish.ref}`)?.dataset.v;
      if (Number(to) === Number(wish.sent) + 1) mine.set(wish.ref, { from: wish.sent, to });
    }
    hideRefusal();
    leave?.();
    say(said);
    return true;
  }
  const helps = page.querySelector("[data-said]").hasAttribute("data-again");
  refuse(said, helps ? again : null, leave);
  return helps ? AGAIN : false;
}

// The version that somebody saw when they began; one that this page itself has made since is theirs.
function versionOf(wish, block) {
  if (!wish.seen && block) return block.dataset.v;
  const own = mine.get(wish.ref);
  return own?.from === wish.version ? own.to : wish.version;
}

function unshow(ref) {
  document.getElementById(`s-${ref}`)?.classList.add("sent");
}

// Ask whether others did something; the server answers 304 while nothing has changed.
export async function ask() {
  if (document.hidden || isBusy()) return;
  try {
    const headers = { "If-None-Match": `"${state}"` };
    const answer = await fetch(form.dataset.board, { headers, redirect: "error", cache: "no-store" });
    const text = await answer.text();
    if (isBusy() || board().matches(".dragging, :has(.sent)")) return; // asked again at the next beat
    const etag = (answer.headers.get("ETag") || "").replaceAll('"', "");
    if (etag) state = etag;
    if (answer.status !== 200) return;
    const next = new DOMParser().parseFromString(text, "text/html").querySelector("#board");
    if (next) tellNews(put(next));
  } catch {
    // No network: the next beat asks again.
  }
}

// Say to the other editors which session is in the hand; what is answered waits for the next beat.
export function hold(ref) {
  const url = new URL(form.dataset.board, location.href);
  url.searchParams.set("moving", ref);
  const headers = { "If-None-Match": `"${state}"` };
  fetch(url, { headers, redirect: "error", cache: "no-store" }).catch(() => {});
}

function tellNews(known) {
  const lines = [...document.querySelectorAll("#board-news [data-news]")];
  const fresh = lines.filter((line) => Number(line.dataset.news) > known);
  if (fresh.length) say(fresh.map((line) => line.textContent).join(" "));
}

// Put a newer board in place, touching only what is different; returns the last news known before.
function put(next) {
  const now = board();
  const known = Number(now.querySelector("[data-news]")?.dataset.news ?? 0);
  const focused = blockOf(document.activeElement)?.id;
  for (const { name, value } of next.attributes) if (name !== "class") now.setAttribute(name, value);
  now.className = next.className;
  for (const id of ["board-state", "board-news"]) {
    const [old, fresh] = [now.querySelector(`#${id}`), next.querySelector(`#${id}`)];
    if (old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
  }
  const places = (root) => [...root.querySelectorAll(".room, .tray")];
  const names = (root) => places(root).map((one) => one.dataset.room ?? "tray").join("|");
  if (names(now) === names(next)) {
    const old = new Map([...now.querySelectorAll(".block[id]")].map((one) => [one.id, one]));
    places(now).forEach((place, number) => fill(place, places(next)[number], old));
    for (const gone of old.values()) gone.remove();
    swap(now.querySelector(".hours"), next.querySelector(".hours"));
    now.querySelector(".plan > .empty")?.remove();
    const empty = next.querySelector(".plan > .empty");
    if (empty) now.querySelector(".plan").append(empty);
  } else {
    now.querySelector(".editor").replaceWith(next.querySelector(".editor"));
  }
  for (const name of ["undo", "redo"]) {
    const button = document.querySelector(`[data-act=${name}] button`);
    if (button) button.disabled = now.dataset[name] === "0";
  }
  if (focused && !blockOf(document.activeElement)) {
    document.querySelector(`#${focused} h4 a`)?.focus({ preventScroll: true });
  }
  return known;
}

function fill(place, fresh, old) {
  place.className = fresh.className;
  swap(place.querySelector("h3"), fresh.querySelector("h3"));
  const list = place.querySelector(".room-day, .tray-day");
  for (const ghost of list.querySelectorAll(".block:not([id])")) ghost.remove();
  const wanted = [...fresh.querySelectorAll(".block")];
  wanted.forEach((block, number) => {
    let mine = old.get(block.id);
    old.delete(block.id);
    if (!mine || mine.outerHTML !== block.outerHTML) {
      const picked = mine?.querySelector(":checked");
      if (picked) block.querySelector("[type=checkbox]").checked = true;
      mine?.remove();
      mine = block;
    }
    if (list.children[number] !== mine) list.insertBefore(mine, list.children[number] ?? null);
  });
}

function swap(old, fresh) {
  if (old && fresh && old.outerHTML !== fresh.outerHTML) old.replaceWith(fresh);
}
