// Makes the editor of the programme quick: sessions are dragged, resized and moved by keys, undone
// without loading the page, and others' changes appear. Without this module every form works by itself.

import { ask, hold } from "./board-state.js";
import { dragged, isDragging, watch as watchPointer } from "./board-drag.js";
import { isPending, press, watch as watchKeys } from "./board-keys.js";

const EVERY_MS = 4000;

const form = document.querySelector("#chosen");
form.classList.add("js");
watchPointer(form);
watchKeys(form);
for (const undo of document.querySelectorAll("[data-act]")) {
  undo.addEventListener("submit", (event) => {
    event.preventDefault();
    press(undo.dataset.act);
  });
}
setInterval(() => {
  if (isDragging()) hold(dragged());
  else if (!isPending()) ask();
}, EVERY_MS);
ask();
