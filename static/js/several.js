/**
 * Counts the ticked sessions and says on the button how many there are and what they cost.
 * Without this module the button books what is ticked and the next page says so.
 */
const form = document.querySelector("form[data-several]");
const button = form?.querySelector(".several button");

function count() {
  const ticked = form.querySelectorAll("[name=slot]:checked").length;
  const words = form.querySelectorAll("[data-words] li");
  button.textContent = ticked ? words[Math.min(ticked, words.length) - 1].textContent : button.dataset.none;
}

if (button) {
  button.dataset.none = button.textContent;
  form.addEventListener("change", count);
  addEventListener("pageshow", count);
}
