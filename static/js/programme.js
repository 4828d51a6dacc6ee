// The reader's choice of sessions, kept in this browser alone, and the programme without a network.
// Without this module the same links carry the choice in the address.

const nav = document.querySelector("[data-event]");
if (nav) {
  keepChoice(nav, `choice:${nav.dataset.event}`);
  keepPages(nav.dataset.worker, nav.dataset.scope);
  offerOwnClock(document.querySelector("[data-own-zone]"));
}

function keepChoice(nav, name) {
  const address = new URL(location.href);
  const given = address.searchParams.get("s") || "";
  const keep = document.querySelector("[data-keep]");
  let refs = read(name);
  if (keep && !given && refs.length) return location.replace(withChoice(refs));
  if (given && given !== refs.join(".")) {
    // Somebody's address, or one of another device: shown as it is until it is taken over.
    if (!keep) return;
    keep.hidden = false;
    keep.addEventListener("click", () => {
      write(name, given.split("."));
      location.reload();
    });
    return;
  }
  const stars = [...document.querySelectorAll("[data-star]")];
  for (const star of stars) {
    star.setAttribute("role", "button");
    star.addEventListener("click", (event) => turn(event, star.dataset.star));
    star.addEventListener("keydown", (event) => {
      if (event.key === " ") turn(event, star.dataset.star);
    });
  }
  show();

  function turn(event, ref) {
    event.preventDefault();
    refs = read(name); // another tab may have changed it
    refs = refs.includes(ref) ? refs.filter((one) => one !== ref) : [...refs, ref];
    write(name, refs);
    if (given) location.replace(withChoice(refs));
    else show();
  }

  function show() {
    for (const star of stars) {
      const is = refs.includes(star.dataset.star);
      star.setAttribute("aria-pressed", is);
      star.textContent = is ? nav.dataset.chosen : nav.dataset.choose;
    }
    const mine = nav.querySelector("[data-mine]");
    const url = new URL(mine.href);
    if (refs.length) url.searchParams.set("s", refs.join("."));
    else url.searchParams.delete("s");
    mine.href = url;
    mine.querySelector(".count")?.remove();
    if (refs.length) {
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = refs.length;
      mine.append(" ", count);
    }
  }

  function withChoice(refs) {
    if (refs.length) address.searchParams.set("s", refs.join("."));
    else address.searchParams.delete("s");
    return address;
  }
}

function read(name) {
  try {
    return (localStorage.getItem(name) || "").split(".").filter(Boolean);
  } catch {
    return []; // storage is forbidden here: the links carry the choice
  }
}

function write(name, refs) {
  try {
    localStorage.setItem(name, refs.join("."));
  } catch {
    // As above.
  }
}

function keepPages(worker, scope) {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" }).catch(() => {});
}

function offerOwnClock(link) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!link || !zone || zone === link.dataset.ownZone) return;
  const address = new URL(location.href);
  address.searchParams.set("tz", zone);
  link.href = address;
  link.hidden = false;
}
