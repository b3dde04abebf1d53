/**
 * Opens another day, month, person or place without leaving the page, and says aloud what is open now.
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

const sign = (link) => link.rel || link.href;

/** Puts the focus where the press leads to: the times of a day, else the same link in its new place. */
function settle(link) {
  const stays = link?.matches(".choices a, .turn");
  const same = [...document.querySelectorAll(LINKS)].find((each) => stays && sign(each) === sign(link));
  const there = same ?? document.getElementById(stays ? "month" : "day");
  there?.focus({ preventScroll: stays || !link });
  if (link && !stays) there?.scrollIntoView({ block: "nearest" });
}

/** Shows what is at an address. Whoever asked may take the focus by preventing the event's default. */
async function show(address, link, turns = link?.matches(".turn")) {
  const turn = ++latest;
  const picker = document.querySelector(".picker");
  picker.ariaBusy = "true";
  try {
    const news = await fetched(address);
    if (turn !== latest) return;
    const leads = link || picker.contains(document.activeElement);
    picker.replaceWith(news.picker);
    document.title = news.title;
    if (address !== location.href) history.pushState(null, "", address.split("#")[0]);
    const shown = new Event("times:shown", { cancelable: true });
    if (document.dispatchEvent(shown) && leads) settle(link);
    const words = document.querySelector(turns ? "#month" : ".chosen .spoken") ?? document.getElementById("day");
    document.querySelector("[data-said]").textContent = words.textContent;
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

document.addEventListener("times:wanted", ({ detail }) => show(detail, null, true));
addEventListener("popstate", () => show(location.href));
