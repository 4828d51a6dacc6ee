// Keeps a piece of a page alive: asks for it again, and shows it only when it changed (304 else).

const EVERY_SECONDS = 5; // unless the place says data-every

for (const place of document.querySelectorAll("[data-live]")) keepAlive(place);

function keepAlive(place) {
  let etag = "";
  setInterval(async () => {
    if (document.hidden) return;
    const headers = etag ? { "If-None-Match": etag } : {};
    try {
      const answer = await fetch(place.dataset.live, { headers, redirect: "error" });
      if (answer.status !== 200) return;
      etag = answer.headers.get("ETag") || "";
      const text = await answer.text();
      if (text.trim() !== place.innerHTML.trim()) place.innerHTML = text;
    } catch {
      // No network: the next beat asks again.
    }
  }, (Number(place.dataset.every) || EVERY_SECONDS) * 1000);
}
