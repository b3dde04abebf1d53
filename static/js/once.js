/**
 * Sends a form once, however often it is pressed, and says that it is on its way.
 * Without this module a second press reaches the server, which knows it for the same one.
 */
const BACK_AFTER = 12_000; // a page that has not changed by then may be pressed again

function release(form) {
  form.removeAttribute("aria-busy");
  form.querySelector("[data-sending]")?.remove();
}

function say(form, words) {
  const line = document.createElement("p");
  line.className = "aside";
  line.dataset.sending = "";
  line.setAttribute("role", "status");
  form.append(line);
  line.textContent = words;
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if (form.ariaBusy === "true") {
    event.preventDefault();
    return;
  }
  const press = form.elements.namedItem("press");
  if (press && !press.value && crypto.randomUUID) press.value = crypto.randomUUID();
  form.ariaBusy = "true";
  say(form, form.dataset.once);
  setTimeout(() => release(form), BACK_AFTER);
});

// The page again from the browser's memory: another press is another wish.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) {
    release(form);
    const press = form.elements.namedItem("press");
    if (press) press.value = "";
  }
});
