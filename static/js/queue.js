// Keys for the queue: each does what its button or link does. Without this module nothing is missing.
const typing = "input:not([type=checkbox]), select, textarea";

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest(typing)) return;
  const key = event.key.toLowerCase();
  if (!/^[a-z]$/.test(key)) return;
  const target = document.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("details")) {
    target.open = true;
    target.querySelector("select, input:not([type=hidden]), textarea").focus();
  } else {
    target.click();
  }
});

const undo = document.querySelector(".undo button");
if (undo) {
  const [label, rest] = [undo.firstChild, undo.textContent.match(/(\d+):(\d\d)/)];
  let left = rest ? Number(rest[1]) * 60 + Number(rest[2]) : 0;
  const tick = setInterval(() => {
    left -= 1;
    if (left <= 0) {
      clearInterval(tick);
      undo.closest(".undo").remove();
      return;
    }
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    label.textContent = label.textContent.replace(/\d+:\d\d/, time);
  }, 1000);
}
