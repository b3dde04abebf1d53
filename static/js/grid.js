/**
 * Makes the calendar one stop of the Tab key, in which keys move by day, week, month and year, and choose.
 * Without this module each day with times is a link, and the others are read as text.
 */
const DAY = 86_400_000;
const onward = document.dir === "rtl" ? -1 : 1;
const DAYS = { ArrowLeft: -onward, ArrowRight: onward, ArrowUp: -7, ArrowDown: 7 };
const MONTHS = { PageUp: -1, PageDown: 1 };
const FREE = { n: 1, N: 1, p: -1, P: -1 };
let table, cells, first;
let wanted; // a day whose month is on its way; with a way, the first free one from there

const dayOf = (cell) => first + DAY * cells.indexOf(cell);
const linkOf = (cell) => cell.querySelector("a");

function stopAt(stop) {
  for (const cell of cells) cell.tabIndex = cell === stop ? 0 : -1;
}

function enhance() {
  table = document.querySelector(".days");
  if (!table) return;
  cells = [...table.querySelectorAll("td")];
  first = Date.parse(table.dataset.first);
  table.setAttribute("role", "grid");
  table.setAttribute("aria-describedby", "keys");
  for (const cell of cells) {
    const link = linkOf(cell);
    if (link) link.tabIndex = -1;
    else cell.ariaDisabled = true;
  }
  const chosen = table.querySelector(".chosen");
  if (chosen) chosen.ariaSelected = true;
  stopAt(chosen ?? table.querySelector("td[aria-current]") ?? cells[0]);
}

/** The same day of another month, or the last one if that month is shorter. */
function monthsOn(day, count) {
  const date = new Date(day);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count + 1, 0));
  return last.setUTCDate(Math.min(date.getUTCDate(), last.getUTCDate()));
}

/** Moves to a day, at most to the end of what can be booked; days.js brings other months. */
function go(day, turns, way) {
  const { from, until, month, turn } = table.dataset;
  const there = Math.min(Math.max(day, Date.parse(from)), Date.parse(until));
  const cell = cells[(there - first) / DAY];
  const its = new Date(there).toISOString().slice(0, 7);
  if (cell && !(turns && its !== month)) return cell.focus();
  if (wanted) return;
  wanted = { day: there, way };
  const address = new URL(turn.replace("MONTH", its), location).href;
  document.dispatchEvent(new CustomEvent("times:wanted", { detail: address }));
}

/** Moves to the next day with times (the previous one: way -1), in these six weeks or the six beyond. */
function seek(day, way, further = way) {
  const order = way > 0 ? cells : cells.toReversed();
  const free = order.find((cell) => linkOf(cell) && way * (dayOf(cell) - day) > 0);
  if (free) free.focus();
  else go(dayOf(order.at(-1)) + further * DAY, false, way);
}

function choose(cell) {
  const words = cell.querySelector(".spoken").textContent;
  if (linkOf(cell)) linkOf(cell).click();
  else document.querySelector("[data-said]").textContent = words;
}

function act(cell, key, shift) {
  const day = dayOf(cell);
  if (key in DAYS) go(day + DAY * DAYS[key]);
  else if (key in MONTHS) go(monthsOn(day, MONTHS[key] * (shift ? 12 : 1)), true);
  else if (key === "Home") go(day - DAY * cell.cellIndex);
  else if (key === "End") go(day + DAY * (6 - cell.cellIndex));
  else if (key in FREE) seek(day, FREE[key]);
  else if (key === "Enter" || key === " ") choose(cell);
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest(".days td");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  if (act(cell, event.key, event.shiftKey)) event.preventDefault();
});

document.addEventListener("focusin", ({ target }) => {
  const cell = target.closest(".days td");
  if (cell) stopAt(cell);
  else wanted = null;
});

document.addEventListener("times:shown", (event) => {
  enhance();
  if (!wanted) return;
  const { day, way } = wanted;
  wanted = null;
  event.preventDefault();
  if (way) seek(day - way * DAY, way, 0);
  else go(day);
});

enhance();
