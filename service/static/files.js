// Says beside each file's name how far it is: read, or why it could not be. Without scripts each name leads there.
const LATEST = 5000;

async function look(item, pause) {
  const link = item.querySelector("a");
  const state = item.querySelector(".state");
  try {
    // Asks whether it is there without reading it: some reports are gone once read.
    const answer = await fetch(`${link.href}?look`, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (answer.status === 204) {
      state.textContent = "read";
      return;
    }
    if (answer.status === 422) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      state.textContent = page.getElementById("reason").textContent;
      state.classList.add("error");
      return;
    }
    if (answer.status === 404) {
      state.textContent = "deleted";
      return;
    }
  } catch {
    // Out of reach for a moment: look again.
  }
  setTimeout(look, pause, item, Math.min(pause * 1.3, LATEST));
}

for (const item of document.querySelectorAll(".sent li")) if (item.querySelector(".state")) look(item, 500);
