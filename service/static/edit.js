// While a draft is edited: it is read in the background whenever typing pauses, and the marks beside it say what went.
const form = document.getElementById("edit-form");
const told = document.getElementById("edit-changes");
const PAUSE = 900; // milliseconds without a key
const AGAIN = 600; // between two looks whether it is read
let waiting;
let turn = 0; // of the newest draft; what an older one says is not told any more

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  if (form.dataset.draft) waiting = setTimeout(read, PAUSE);
});

async function read() {
  const mine = ++turn;
  told.textContent = told.dataset.reading;
  try {
    const sent = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
    if (!sent.ok) throw new Error(sent.status);
    const { look } = await sent.json();
    for (let answer = { status: 202 }; answer.status === 202; ) {
      await new Promise((done) => setTimeout(done, AGAIN));
      if (mine !== turn) return;
      answer = await fetch(look);
      if (answer.status === 200) return show(await answer.text(), mine);
      if (answer.status !== 202) throw new Error(answer.status);
    }
  } catch {
    if (mine === turn) told.textContent = told.dataset.failed;
  }
}

function show(html, mine) {
  if (mine !== turn) return;
  const made = new DOMParser().parseFromString(html, "text/html").querySelector(".changes");
  told.replaceChildren(made);
  const went = new Set(made.dataset.went.split(" "));
  for (const piece of document.querySelectorAll("main :is(h1, .story) [data-n]")) piece.classList.toggle("went", went.has(piece.dataset.n));
}
