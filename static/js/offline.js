// Keeps the programme of one event in one language for when there is no network. It stands behind
// a line that sets KEPT: the version, the addresses of pages and of what they are shown with, and of
// the page that says that an address is not kept here.

const SCOPE = new URL(registration.scope).pathname;
const FAMILY = `programme ${SCOPE} `;
const NAME = FAMILY + KEPT.version;
const NEVER = new Set([`${SCOPE}/now`]); // an old one would say what is not on

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(fill());
});

addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => clients.claim())));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (isPage(url) && request.mode === "navigate") event.respondWith(page(request, url));
  else if (/^\/static(-event)?\//.test(url.pathname)) event.respondWith(thing(request));
});

function isPage({ pathname }) {
  const inside = pathname === SCOPE || pathname.startsWith(`${SCOPE}/`);
  return inside && !pathname.slice(SCOPE.length).includes(".");
}

async function fill() {
  const cache = await caches.open(NAME);
  const fresh = (address) => new Request(address, { cache: "no-cache" });
  await cache.addAll([...KEPT.things, ...KEPT.pages].map(fresh));
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(FAMILY) && name !== NAME);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function page(request, url) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected && !NEVER.has(url.pathname) && !url.searchParams.has("q")) {
      const cache = await caches.open(NAME);
      await cache.put(request, answer.clone());
    }
    return answer;
  } catch (error) {
    const cache = await caches.open(NAME);
    const kept = await find(cache, request, url);
    if (kept) return offline(kept);
    const instead = await cache.match(KEPT.instead, { ignoreVary: true });
    if (!instead) throw error;
    return offline(instead, { status: 503, statusText: "Offline" });
  }
}

// What was visited, or kept from the start. Another clock, or other chosen sessions, are said on the
// page itself; an address that asks for anything else is another page.
async function find(cache, request, url) {
  const found = await cache.match(request, { ignoreVary: true });
  if (found || url.pathname === `${SCOPE}/mine`) return found;
  const asks = [...url.searchParams.keys()].every((name) => name === "tz" || name === "s");
  return asks ? cache.match(url.pathname, { ignoreVary: true }) : undefined;
}

async function offline(kept, state = {}) {
  const text = await kept.text();
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(text.replace(" hidden data-offline", " data-offline"), { headers, ...state });
}

async function thing(request) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request, { ignoreVary: true });
  return kept || fetch(request);
}
