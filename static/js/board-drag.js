// Dragging with mouse, pen or finger: to another time and room, to a day above, into the tray; the
// lower edge changes the length; Ctrl copies. What follows the pointer is a ghost moved by transform
// alone, so nothing is laid out again while it moves.

import {
  AGAIN, STEP, blockOf, board, clock, day, hideRefusal, hold, isGrid, later, read, rooms, send, sheet,
  show, slotOf, together,
} from "./board-state.js";

const PLACES = ".tray, .tabs a[href*='day=']"; // where else than on the sheet it can be let go
const FAR = 5; // pixels from which on a press is a drag
const EDGE = 48; // pixels from the edge of the sheet at which it scrolls by itself
const LOWER_EDGE = 7; // pixels above the lower edge, and a few below it, that pull it
const PRESS_MS = 350; // how long a finger rests before it drags instead of scrolling

let drag = null;

export const isDragging = () => Boolean(drag?.ghost);
export const dragged = () => drag?.block.id.slice(2) ?? "";

export function watch(root) {
  root.addEventListener("pointerdown", begin);
  root.addEventListener("dragstart", (event) => blockOf(event.target) && event.preventDefault());
  root.addEventListener("touchmove", (event) => drag?.ghost && event.preventDefault(), {
    passive: false,
  });
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", cancel);
  addEventListener("keydown", (event) => event.key === "Escape" && cancel());
  root.addEventListener("click", swallow, true);
}

function begin(event) {
  const block = blockOf(event.target);
  if (!block || event.button !== 0 || !isGrid() || event.target.closest(".pick, .to")) return;
  const box = block.getBoundingClientRect();
  const inRoom = Boolean(block.closest(".room"));
  const above = box.bottom - event.clientY;
  drag = {
    block,
    inRoom,
    resizing: inRoom && above < LOWER_EDGE && above > -3 && box.height > 2 * LOWER_EDGE,
    x: event.clientX,
    y: event.clientY,
    inX: event.clientX - box.left,
    inY: event.clientY - box.top,
    width: box.width,
    ready: event.pointerType !== "touch",
  };
  if (!drag.ready) {
    const mine = drag;
    setTimeout(() => drag === mine && (lift(), (mine.ready = true)), PRESS_MS);
  }
}

function move(event) {
  if (!drag) return;
  [drag.nowX, drag.nowY, drag.copies] = [event.clientX, event.clientY, event.ctrlKey];
  if (!drag.ghost) {
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > FAR;
    if (far && !drag.ready) drag = null;
    else if (far) lift();
  }
  if (drag?.ghost && !drag.frame) drag.frame = requestAnimationFrame(follow);
}

function lift() {
  const days = sheet().querySelector(".days");
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.setAttribute("aria-hidden", "true");
  const first = rooms()[0].querySelector(".room-day");
  const top = first.offsetTop;
  const hours = Number(getComputedStyle(first).getPropertyValue("--hours"));
  const start = Number(getComputedStyle(first).getPropertyValue("--first")) * (60 / STEP);
  const edge = days.getBoundingClientRect();
  Object.assign(drag, {
    ghost, days, top, start,
    pressed: drag.y - edge.top - top,
    was: read(drag.block),
    slot: first.offsetHeight / (hours * (60 / STEP)),
    slots: hours * (60 / STEP),
    columns: rooms().map((room) => {
      const box = room.getBoundingClientRect();
      return { room, left: box.left - edge.left, right: box.right - edge.left, width: box.width };
    }),
    frameBox: sheet().getBoundingClientRect(),
  });
  drag.nowX ??= drag.x;
  drag.nowY ??= drag.y;
  hideRefusal();
  days.append(ghost);
  for (const block of together(drag.block)) block.classList.add("lifted");
  document.body.classList.add("dragging");
  board().classList.add("dragging");
  hold(dragged());
  follow();
}

function follow() {
  if (!drag?.ghost) return;
  drag.frame = 0;
  scrollNearEdges();
  const edge = drag.days.getBoundingClientRect();
  const over = document.elementFromPoint(drag.nowX, drag.nowY);
  aim(over?.closest(PLACES) ?? null);
  const y = drag.nowY - edge.top - drag.top;
  if (drag.resizing) stretch(y);
  else carry(drag.nowX - edge.left, y);
}

function aim(target) {
  if (drag.target === target) return;
  drag.target?.classList.remove("target");
  drag.target = drag.resizing ? null : target;
  drag.target?.classList.add("target");
}

// The edge goes as far as the pointer has gone since it was pressed, in whole steps.
function stretch(y) {
  const from = Math.floor(slotOf(drag.was.starts)) - drag.start;
  const { minutes } = drag.was;
  const most = Math.max(minutes, (drag.slots - from) * STEP);
  const wanted = minutes + Math.round((y - drag.pressed) / drag.slot) * STEP;
  drag.wish = { ...drag.was, minutes: Math.max(STEP, Math.min(wanted, most)) };
  const column = columnOf(drag.was.room);
  const slots = Math.max(1, Math.round(drag.wish.minutes / STEP));
  draw(column.left, drag.top + from * drag.slot, column.width, slots * drag.slot);
}

function carry(x, y) {
  const column = drag.columns.find((one) => x >= one.left && x < one.right);
  const height = Math.max(1, Math.round(drag.was.minutes / STEP)) * drag.slot;
  if (drag.target || !column) {
    drag.wish = null;
    draw(x - drag.inX, drag.top + y - drag.inY, drag.width, height);
    return;
  }
  const inY = drag.inRoom ? drag.inY : Math.min(drag.inY, drag.slot * 6);
  const slots = Math.max(1, Math.round(drag.was.minutes / STEP));
  let slot = Math.round((y - inY) / drag.slot);
  slot = Math.max(0, Math.min(slot, drag.slots - Math.min(slots, drag.slots)));
  const whole = drag.was.starts && Math.floor(slotOf(drag.was.starts)) === slot + drag.start;
  const starts = whole ? drag.was.starts : later(`${day()}T00:00`, (slot + drag.start) * STEP);
  drag.wish = { ...drag.was, starts, room: column.room.dataset.room };
  draw(column.left, drag.top + slot * drag.slot, column.width, height);
}

function draw(left, top, width, height) {
  const { ghost, wish } = drag;
  const key = `${left},${top},${width},${height}`;
  if (drag.drawn === key) return;
  drag.drawn = key;
  ghost.style.setProperty("transform", `translate(${left}px, ${top}px)`);
  if (drag.size !== `${width},${height}`) {
    drag.size = `${width},${height}`;
    ghost.style.setProperty("width", `${width}px`);
    ghost.style.setProperty("height", `${height}px`);
  }
  const time = wish?.starts ? `${clock(wish.starts)}–${clock(later(wish.starts, wish.minutes))} ` : "";
  const count = together(drag.block).length;
  ghost.textContent = `${drag.copies ? "+ " : ""}${time}${drag.was.name}${count > 1 ? ` (${count})` : ""}`;
}

function columnOf(room) {
  return drag.columns.find((one) => one.room.dataset.room === room);
}

function scrollNearEdges() {
  const { frameBox: box, nowX: x, nowY: y } = drag;
  if (x < box.left || x > box.right || y < box.top - EDGE || y > box.bottom + EDGE) return;
  const by = (near, far, at) => (at - near < EDGE ? -12 : far - at < EDGE ? 12 : 0);
  const [dx, dy] = [by(box.left, box.right, x), by(box.top + EDGE, box.bottom, y)];
  if (!dx && !dy) return;
  const place = sheet();
  const before = [place.scrollLeft, place.scrollTop];
  place.scrollBy(dx, dy);
  const moved = before[0] !== place.scrollLeft || before[1] !== place.scrollTop;
  if (moved) drag.frame = requestAnimationFrame(follow);
}

function end(event) {
  if (!drag?.ghost) return (drag = null);
  cancelAnimationFrame(drag.frame);
  if (event.pointerType !== "touch") {
    [drag.nowX, drag.nowY, drag.copies] = [event.clientX, event.clientY, event.ctrlKey];
  }
  follow();
  const { block, target, wish, was, copies, ghost } = drag;
  const wishes = wished(block, was, wish, target);
  finish();
  if (!wishes.length) return ghost.remove();
  ghost.classList.add("wish");
  if (!copies && wish) {
    ghost.remove();
    for (const one of wishes) show(document.getElementById(`s-${one.ref}`), one);
  }
  send(copies ? "copy" : "move", wishes.map((one) => ({ ...one, seen: true })), () => ghost.remove()).then(
    (done) => (done === AGAIN && wish ? keepWish(ghost, wish) : ghost.remove()),
  );
}

// The wish of a refused drop stays in sight, dashed, until it is sent again or left.
function keepWish(ghost, wish) {
  ghost.textContent = `${clock(wish.starts)} ${wish.name}`;
  sheet().querySelector(".days").append(ghost);
}

function wished(block, was, wish, target) {
  const all = together(block).map(read);
  if (target?.matches(".tray")) {
    return all.filter((one) => one.starts).map((one) => ({ ...one, starts: "", room: "" }));
  }
  if (target) {
    const to = new URL(target.href).searchParams.get("day");
    if (to === day()) return [];
    return all.filter((one) => one.starts).map((one) => ({ ...one, starts: `${to}T${clock(one.starts)}` }));
  }
  if (!wish || (wish.starts === was.starts && wish.room === was.room && wish.minutes === was.minutes)) {
    return [];
  }
  return shifted(all, was, wish);
}

// All that are chosen go as far as the one that is carried: in time, and in columns.
export function shifted(all, was, wish) {
  const names = rooms().map((room) => room.dataset.room);
  const columns = names.indexOf(wish.room) - names.indexOf(was.room);
  const minutes = was.starts ? (Date.parse(`${wish.starts}Z`) - Date.parse(`${was.starts}Z`)) / 60000 : 0;
  return all.map((one) => {
    if (one.ref === was.ref) return { ...one, ...wish, version: one.version };
    if (!one.starts || !was.starts) return { ...one, starts: wish.starts, room: wish.room };
    const column = Math.max(0, Math.min(names.indexOf(one.room) + columns, names.length - 1));
    return {
      ...one,
      starts: later(one.starts, minutes),
      minutes: Math.max(STEP, one.minutes + wish.minutes - was.minutes),
      room: names[column],
    };
  });
}

function cancel() {
  if (!drag) return;
  drag.ghost?.remove();
  if (drag.ghost) finish();
  drag = null;
}

let swallowing = false;

function finish() {
  drag.target?.classList.remove("target");
  for (const block of document.querySelectorAll(".lifted")) block.classList.remove("lifted");
  document.body.classList.remove("dragging");
  board().classList.remove("dragging");
  drag = null;
  swallowing = true;
  setTimeout(() => (swallowing = false));
}

function swallow(event) {
  if (swallowing) {
    event.preventDefault();
    event.stopPropagation();
  }
}
