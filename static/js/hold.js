/**
 * Counts down while a time is kept; says so aloud at two minutes and at half a minute, and when it is over.
 * Without this module the page says until when the time is kept.
 */
const ALOUD = [[0, "over"], [30, "halfMinute"], [120, "twoMinutes"]];

function count(form) {
  const until = Number(form.dataset.until) * 1000;
  const left = form.querySelector(".kept-left");
  const status = form.querySelector("[role=status]");
  let said = Infinity;

  function tick() {
    const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
    left.textContent = `(${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")})`;
    const due = ALOUD.find(([at]) => seconds <= at);
    if (due && due[0] < said) {
      said = due[0];
      status.textContent = form.dataset[due[1]];
      if (seconds === 0) form.querySelector("p").textContent = form.dataset.over;
    }
    if (seconds === 0) clearInterval(timer);
  }

  const timer = setInterval(tick, 1000);
  tick();
}

for (const form of document.querySelectorAll("[data-until]")) count(form);
