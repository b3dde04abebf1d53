/**
 * Opens another day, month, person or place without leaving the page.
 * Without this module each of these is a plain link, and so it stays when anything here fails.
 */
const LINKS = ".days a, .turn[href], .choices a, .ways-on a";
let latest = 0;

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const picker = page.querySelector(".picker");
  if (!picker) throw new Error("no times on that page");
  return { picker, title: page.title };
}

/** Puts the focus where the press leads to: the times of a day, else the same link in its new place. */
function settle(link) {
  const day = document.getElementById("day");
  const same = [...document.querySelectorAll(LINKS)].find((each) => each.href === link.href);
  const stays = link.matches(".choices a, .turn");
  (stays ? (same ?? document.getElementById("month")) : day)?.focus({ preventScroll: stays });
  if (!stays) day?.scrollIntoView({ block: "nearest" });
}

async function show(address, link) {
  const turn = ++latest;
  const picker = document.querySelector(".picker");
  picker.ariaBusy = "true";
  try {
    const news = await fetched(address);
    if (turn !== latest) return;
    picker.replaceWith(news.picker);
    document.title = news.title;
    if (link) {
      history.pushState(null, "", address.split("#")[0]);
      settle(link);
    }
    document.dispatchEvent(new Event("times:shown"));
  } catch {
    location.assign(address);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(LINKS);
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || elsewhere) return;
  event.preventDefault();
  show(link.href, link);
});

addEventListener("popstate", () => show(location.href));
