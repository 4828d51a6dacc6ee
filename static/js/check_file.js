// Checks a certificate's file: works its digest out here, so that on a slow link only the digest
// travels. Where no such file is known, or this browser cannot do it, the file itself is sent.

const box = document.querySelector("[data-check-file]");
if (box) watch(box, box.querySelector("form"));

function watch(box, form) {
  const field = form.querySelector("[type=file]");
  const says = form.querySelector("[data-says]");
  form.querySelector("[data-can-drop]").hidden = false;

  form.addEventListener("submit", async (event) => {
    if (!field.files.length) return;
    event.preventDefault();
    says.textContent = box.dataset.comparing;
    const address = await known(form, field.files[0]);
    if (address) location.assign(address);
    else form.submit();
  });

  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    box.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) box.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    box.classList.remove("over");
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

// Returns the address of the certificate that was issued as this file; "" for none.
async function known(form, file) {
  if (!globalThis.crypto?.subtle) return ""; // only over HTTPS
  try {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const asked = new URLSearchParams();
    for (const name of ["csrf_token", "key"]) asked.set(name, form.elements[name].value);
    asked.set("sha256", [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    const answer = await fetch(form.action, { method: "POST", body: asked });
    return answer.ok && answer.redirected ? answer.url : "";
  } catch {
    return ""; // the file is unreadable, or the link is gone: sending it will say so
  }
}
