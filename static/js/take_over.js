// Takes the sessions that were chosen in this browser, without an account, into one's own programme.

const place = document.querySelector("[data-take-over]");
if (place) offer(place, chosen(`choice:${place.dataset.takeOver}`));

function chosen(name) {
  try {
    return (localStorage.getItem(name) || "").split(".").filter(Boolean);
  } catch {
    return []; // storage is forbidden here: the address of the choice can be given
  }
}

function offer(place, refs) {
  const boxes = refs
    .map((ref) => document.getElementById(ref))
    .filter((box) => box && box.name === "sessions" && !box.checked);
  if (!boxes.length) return;
  place.hidden = false;
  place.addEventListener("click", () => {
    for (const box of boxes) box.checked = true;
    boxes[0].form.requestSubmit();
  });
}
