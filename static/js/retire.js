// Ends what offline.js began: what it kept is removed, and it is no longer asked.

const FAMILY = `programme ${new URL(registration.scope).pathname} `;

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire() {
  const names = await caches.keys();
  const ours = names.filter((name) => name.startsWith(FAMILY));
  await Promise.all(ours.map((name) => caches.delete(name)));
  await registration.unregister();
}
