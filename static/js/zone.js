/**
 * Offers the visitor's own time zone where it differs from the page's; the choice lives in the address.
 * Without this module the zone is chosen from the list beside "Change".
 */
function offsetAt(zone, moment) {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return parts.formatToParts(moment).find((part) => part.type === "timeZoneName").value;
}

function differs(one, other) {
  const now = Date.now();
  const months = Array.from({ length: 12 }, (_, month) => now + month * 30 * 86_400_000);
  return months.some((moment) => offsetAt(one, moment) !== offsetAt(other, moment));
}

function offer() {
  const shown = document.querySelector("[data-zone]");
  const line = document.querySelector("[data-zone-offer]");
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!shown || !line || !mine || shown.dataset.chosen || !differs(mine, shown.dataset.zone)) return;
  const link = line.querySelector("a");
  link.href = link.href.replace("ZONE", encodeURIComponent(mine));
  line.querySelector("[data-zone-city]").textContent = mine.split("/").pop().replaceAll("_", " ");
  line.hidden = false;
}

offer();
document.addEventListener("times:shown", offer);
