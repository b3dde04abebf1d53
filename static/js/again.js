/**
 * Remembers, in this tab alone, which time is kept: who goes back and presses another lets the first one go.
 * Without this module the link "Choose another time" does that, and a hold ends by itself after ten minutes.
 */
const NAME = "kept:";

/** Some browsers refuse to remember anything; then nothing is remembered. */
function storage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

const link = document.querySelector("a[data-again]");
if (link) {
  const { pathname, searchParams } = new URL(link.href);
  storage((kept) => kept.setItem(NAME + pathname, searchParams.get("again")));
}

document.addEventListener("formdata", ({ target, formData }) => {
  const service = new URL(target.action).pathname.replace(/hold\/$/, "");
  if (link) {
    // The details are on their way: nothing of them may reach whoever sits here next.
    storage((kept) => kept.removeItem(NAME + new URL(link.href).pathname));
  } else if (!formData.get("again")) {
    const again = storage((kept) => kept.getItem(NAME + service));
    if (again) formData.set("again", again);
  }
});
