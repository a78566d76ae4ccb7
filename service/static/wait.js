// Looks again until the report is there, then shows it in place of the waiting page.
const seconds = Number(document.getElementById("waiting").dataset.seconds);
const SOONEST = 400;
const LATEST = seconds * 1000;
let pause = SOONEST;
// Asks whether it is there without reading it: some reports are gone once read.
const there = new URL(location.href);
there.searchParams.set("look", "");

async function look() {
  try {
    const answer = await fetch(there, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (answer.status !== 202 && answer.status !== 503) {
      location.replace(location.href);
      return;
    }
    if (answer.status === 202) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("state");
      const shown = document.getElementById("state");
      if (now && now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes);
    }
  } catch {
    // Out of reach for a moment: look again.
  }
  pause = Math.min(pause * 1.3, LATEST);
  setTimeout(look, pause);
}

setTimeout(look, pause);
