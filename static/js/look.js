/**
 * Looks again at a booking that is still on its way, and shows its page anew once there is news.
 * Without this module the browser loads the page anew every few seconds.
 */
const sign = (main) => main?.dataset.stage + main?.dataset.look;
const main = document.querySelector("main");

async function look() {
  const page = await fetch(location.href).then((answer) => answer.text()).catch(() => "");
  const news = new DOMParser().parseFromString(page, "text/html").querySelector("main[data-stage]");
  if (news && sign(news) !== sign(main)) location.reload();
  else setTimeout(look, main.dataset.look * 1000);
}

setTimeout(look, main.dataset.look * 1000);
