// The designer: drag, resize and move elements by keys; the fields of the form hold it all.
// Without this module the same fields are typed in, and the preview follows when they are kept.

const root = document.querySelector(".designer");
const form = document.getElementById("design");
const cards = [...document.querySelectorAll(".designer-card")];
const SVG = "http://www.w3.org/2000/svg";
const wide = Number(root?.dataset.width), high = Number(root?.dataset.height);
const undone = [];
let before = snapshot(), waiting = 0, asked = 0, wrong = new Set();

function snapshot() {
  return form ? [...new FormData(form)].map(([name, value]) => [name, String(value)]) : [];
}

function field(key, name) {
  return form.elements.namedItem(`${key}.${name}`);
}

function number(key, name) {
  return Number.parseFloat((field(key, name)?.value ?? "0").replace(",", ".")) || 0;
}

function put(key, name, value) {
  const input = field(key, name);
  if (input) input.value = String(Math.round(value * 10) / 10);
}

function remember() {
  const now = snapshot();
  if (JSON.stringify(now) === JSON.stringify(before)) return;
  undone.push(before);
  before = now;
  if (undone.length > 100) undone.shift();
}

function undo() {
  const last = undone.pop();
  if (!last) return;
  const values = new Map(last);
  for (const input of form.elements) {
    if (!input.name || input.type === "hidden") continue;
    if (input.type === "checkbox") input.checked = values.has(input.name);
    else if (values.has(input.name)) input.value = values.get(input.name);
  }
  before = snapshot();
  place();
  look();
}

function shape(tag, attributes, parent) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent.append(made);
  return made;
}

// The handles: one rectangle over each element, in millimetres, reached by Tab.
function build(card) {
  const side = card.closest("[data-side]").dataset.side;
  const layer = shape("svg", { class: "handles", viewBox: `0 0 ${wide} ${high}` }, card);
  for (const row of document.querySelectorAll(`[data-element^="${side}."]:not([data-stack])`)) {
    const key = row.dataset.element;
    if (!field(key, "x")) continue;
    const label = row.querySelector("summary").textContent.replace(/\s+/g, " ").trim();
    const handle = shape("rect", { class: "handle", tabindex: "0", role: "button", "aria-label": label }, layer);
    handle.dataset.key = key;
    handle.addEventListener("pointerdown", (event) => drag(event, handle, false));
    handle.addEventListener("keydown", (event) => press(event, key));
    handle.addEventListener("focus", () => choose(key, layer));
  }
}

function choose(key, layer) {
  layer.querySelector(".corner")?.remove();
  const corner = shape("rect", { class: "corner", width: 2.4, height: 2.4 }, layer);
  corner.dataset.key = key;
  corner.addEventListener("pointerdown", (event) => drag(event, corner, true));
  place();
}

function place() {
  for (const handle of document.querySelectorAll(".handle")) {
    const key = handle.dataset.key;
    for (const name of ["x", "y", "width", "height"]) handle.setAttribute(name, number(key, name));
    handle.classList.toggle("wrong", wrong.has(key));
  }
  for (const corner of document.querySelectorAll(".corner")) {
    const key = corner.dataset.key;
    corner.setAttribute("x", number(key, "x") + number(key, "width") - 1.2);
    corner.setAttribute("y", number(key, "y") + number(key, "height") - 1.2);
  }
}

function drag(event, handle, resizes) {
  event.preventDefault();
  const key = handle.dataset.key, card = handle.closest(".designer-card");
  const scale = wide / card.getBoundingClientRect().width;
  const names = resizes ? ["width", "height"] : ["x", "y"];
  const [first, second] = names.map((name) => number(key, name));
  if (!resizes) handle.focus();
  const move = (now) => {
    const across = first + (now.clientX - event.clientX) * scale;
    const down = second + (now.clientY - event.clientY) * scale;
    const least = resizes ? 0.5 : Number.NEGATIVE_INFINITY;
    const step = now.ctrlKey ? 10 : 2; // half a millimetre, with Ctrl a tenth
    put(key, names[0], Math.max(least, Math.round(across * step) / step));
    put(key, names[1], Math.max(least, Math.round(down * step) / step));
    place();
    later();
  };
  const end = () => {
    removeEventListener("pointermove", move);
    remember();
    look();
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end, { once: true });
}

function press(event, key) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const step = steps[event.key];
  if (event.key === "Enter") {
    const row = document.getElementById(key);
    row.open = true;
    row.querySelector("input, select")?.focus();
    event.preventDefault();
  }
  if (!step) return;
  event.preventDefault();
  const far = event.ctrlKey ? 0.1 : event.shiftKey ? 5 : 1;
  const names = event.altKey ? ["width", "height"] : ["x", "y"];
  names.forEach((name, axis) => {
    const value = number(key, name) + step[axis] * far;
    put(key, name, event.altKey ? Math.max(0.5, value) : value);
  });
  place();
  remember();
  later();
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(look, 200);
}

async function look() {
  clearTimeout(waiting);
  const turn = ++asked;
  const answer = await fetch(root.dataset.preview, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer || turn !== asked || !(answer.ok || answer.status === 422)) return;
  const seen = await answer.json();
  tell(seen.findings ?? Object.entries(seen.faults).map(([where, text]) => ({ place: where, text })));
  for (const [side, svg] of Object.entries(seen.drawings ?? {})) {
    const card = document.querySelector(`[data-side="${side}"] .designer-card`);
    const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    card?.querySelector("svg.card")?.replaceWith(document.importNode(drawn, true));
  }
  place();
}

function tell(found) {
  const box = document.querySelector(".designer-findings"), list = box.querySelector("ul");
  wrong = new Set(found.map((one) => one.place.split(".").slice(0, 2).join(".")));
  const lines = found.map((one) => {
    const line = document.createElement("li"), link = document.createElement("a");
    link.href = `#${one.place.split(".").slice(0, 2).join(".")}`;
    link.textContent = one.place;
    line.append(link, `: ${one.text}`);
    return line;
  });
  if (!lines.length) {
    lines.push(document.createElement("li"));
    lines[0].textContent = box.dataset.fine;
  }
  list.replaceChildren(...lines);
}

if (root && form && cards.length) {
  document.querySelector(".designer-tools").hidden = false;
  cards.forEach(build);
  place();
  document.querySelector("[data-undo]").addEventListener("click", undo);
  form.addEventListener("input", () => { place(); later(); });
  form.addEventListener("change", remember);
  addEventListener("keydown", (event) => {
    const inText = event.target.closest?.("input, textarea, select");
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !inText) {
      event.preventDefault();
      undo();
    }
  });
  addEventListener("hashchange", () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row?.matches("details")) row.open = true;
  });
}
