/**
 * Asks for other times as soon as an extra is ticked, and keeps the price at the top of the page right.
 * Without this module a button asks for them, and each choice loads the page anew.
 */
async function show(form) {
  const ticked = [...new FormData(form)].filter(([, value]) => value);
  const address = `${location.pathname}?${new URLSearchParams(ticked)}`;
  const focused = document.activeElement?.name;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector(".picker").replaceWith(page.querySelector(".picker"));
  history.pushState(null, "", address);
  document.dispatchEvent(new Event("times:shown"));
  document.querySelector("[data-extras]").elements.namedItem(focused)?.focus({ preventScroll: true });
}

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-extras]");
  if (!form?.reportValidity()) return;
  document.querySelector(".picker").ariaBusy = "true";
  show(form).catch(() => form.submit());
});

document.addEventListener("times:shown", () => {
  for (const now of document.querySelectorAll(".picker [data-now]")) {
    const above = document.querySelector(`.about [data-now="${now.dataset.now}"]`);
    if (above) above.textContent = now.textContent;
  }
});
