// The keyboard does all that the mouse does: arrows move the session that has the focus, by five
// minutes or one room; Shift changes its length. It is sent when the keys have rested a moment.

import {
  STEP, blockOf, clock, day, isRtl, later, read, roomOf, rooms, say, send, show, together,
} from "./board-state.js";
import { isDragging, shifted } from "./board-drag.js";

const REST_MS = 700;

let pending = null;
let showing = false; // a block that goes to another room loses the focus for a moment

export const isPending = () => Boolean(pending);

export function watch(root) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
      event.preventDefault();
      press(event.shiftKey ? "redo" : "undo");
      return;
    }
    const block = root.contains(event.target) ? blockOf(event.target) : null;
    if (!block || isDragging() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(block, event)) event.preventDefault();
  });
  root.addEventListener("focusout", (event) => {
    if (pending && !showing && !pending.block.contains(event.relatedTarget)) commit();
  });
}

export function press(name) {
  const button = document.querySelector(`[data-act=${name}] button`);
  if (button && !button.disabled) send(name);
}

function act(block, event) {
  const { key, shiftKey } = event;
  const forward = isRtl() ? "ArrowLeft" : "ArrowRight";
  if (key === "Escape") return leave();
  if (key === " " && event.target.matches("a")) return pick(block);
  if (key === "Delete" || key === "Backspace") return toTray(block);
  if (key.toLowerCase() === "m") return block.querySelector(".to").click(), true;
  if (!key.startsWith("Arrow") || !roomOf(block)) return false;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const by = key === "ArrowDown" ? STEP : -STEP;
    return shift(block, shiftKey ? { minutes: by } : { time: by });
  }
  return shiftKey ? false : shift(block, { column: key === forward ? 1 : -1 });
}

function pick(block) {
  const box = block.querySelector("[type=checkbox]");
  box.checked = !box.checked;
  return true;
}

function toTray(block) {
  leave();
  const wishes = together(block).filter(roomOf).map(read);
  if (wishes.length) {
    send("move", wishes.map((one) => ({ ...one, starts: "", room: "", seen: true })));
  }
  return true;
}

function shift(block, { time = 0, minutes = 0, column = 0 }) {
  if (pending && pending.block !== block) commit();
  if (!pending) {
    const was = read(block);
    pending = { block, was, wish: { ...was }, all: together(block).map(read) };
  }
  const { wish } = pending;
  const names = rooms().map((room) => room.dataset.room);
  const starts = later(wish.starts, time);
  if (starts.slice(0, 10) === day()) wish.starts = starts;
  wish.minutes = Math.max(STEP, wish.minutes + minutes);
  wish.room = names[Math.max(0, Math.min(names.indexOf(wish.room) + column, names.length - 1))];
  showAll(shifted(pending.all, pending.was, wish));
  const place = roomOf(block);
  block.scrollIntoView({ block: "nearest", inline: "nearest" });
  const name = place.querySelector("h3").textContent.trim();
  say(`${clock(wish.starts)}–${clock(later(wish.starts, wish.minutes))}, ${name}`);
  clearTimeout(pending.rest);
  pending.rest = setTimeout(commit, REST_MS);
  return true;
}

function commit() {
  if (!pending) return;
  clearTimeout(pending.rest);
  const { was, wish, all } = pending;
  pending = null;
  const wishes = shifted(all, was, wish);
  const same = (one, other) =>
    one.starts === other.starts && one.room === other.room && one.minutes === other.minutes;
  if (same(was, wish)) return put(all);
  send("move", wishes.map((one) => ({ ...one, seen: true })));
}

function leave() {
  if (!pending) return false;
  clearTimeout(pending.rest);
  const { all, was } = pending;
  pending = null;
  put(all);
  say(`${clock(was.starts)}–${clock(later(was.starts, was.minutes))}`);
  return true;
}

function put(all) {
  for (const block of showAll(all)) {
    block.classList.remove("sent");
    block.removeAttribute("style");
  }
}

function showAll(wishes) {
  showing = true;
  const shown = wishes.filter((one) => one.starts).map((one) => {
    const block = document.getElementById(`s-${one.ref}`);
    if (block) show(block, one);
    return block;
  });
  showing = false;
  return shown.filter(Boolean);
}
