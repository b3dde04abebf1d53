/**
 * Asks for other times as soon as an extra is ticked, and keeps the price at the top of the page right.
 * Without this module a button asks for them, and each choice loads the page anew.
 */
let ticked; // the name of what was ticked last: the focus stays there

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-extras]");
  if (!form?.reportValidity()) return;
  ticked = target.name;
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  const detail = new URL(`?${new URLSearchParams(chosen)}`, location).href;
  document.dispatchEvent(new CustomEvent("times:wanted", { detail }));
});

document.addEventListener("times:shown", (event) => {
  for (const now of document.querySelectorAll(".picker [data-now]")) {
    const above = document.querySelector(`.about [data-now="${now.dataset.now}"]`);
    if (above) above.textContent = now.textContent;
  }
  if (!ticked) return;
  event.preventDefault();
  document.querySelector("[data-extras]").elements.namedItem(ticked)?.focus({ preventScroll: true });
  ticked = "";
});
