// Tables that don't fit scroll together, so that columns stay aligned.
const tables = [...document.querySelectorAll(".scroll")];
let leader = null;

for (const table of tables) {
  table.addEventListener("scroll", () => {
    if (leader && leader !== table) return;
    leader = table;
    for (const other of tables) if (other !== table) other.scrollLeft = table.scrollLeft;
    requestAnimationFrame(() => requestAnimationFrame(() => { leader = null; }));
  }, { passive: true });
}

// The texts: a click on a passage, or on its number, moves the other texts level with it.
const panes = [...document.querySelectorAll(".told")];
const box = document.querySelector(".panes");
box?.classList.add("scripted");

const passages = (pane, n) => [...pane.querySelectorAll(`[data-p="${n}"]`)];
const top = (element) => element.getBoundingClientRect().top;

// How far down in its text something stands, and how far that text can scroll.
const depth = (pane, element) => top(element) - top(pane) + pane.scrollTop;
const room = (pane) => pane.scrollHeight - pane.clientHeight;

function level(passage) {
  const own = passage.closest(".told");
  for (const piece of box.querySelectorAll(".level")) piece.classList.remove("level");
  const twins = panes.filter((pane) => pane.checkVisibility()).flatMap((pane) => {
    const pieces = passages(pane, passage.dataset.p);
    for (const piece of pieces) piece.classList.add("level");
    return pieces.length ? [[pane, depth(pane, pieces[0])]] : [];
  });
  // The line on which all of them can stand, as near as can be to where this one stands now.
  const lowest = Math.min(...twins.map(([, down]) => down));
  const highest = Math.max(...twins.map(([pane, down]) => down - room(pane)));
  const line = Math.min(lowest, Math.max(highest, top(passages(own, passage.dataset.p)[0]) - top(own)));
  for (const [pane, down] of twins) pane.scrollTo({ top: down - line, behavior: "instant" });
}

box?.addEventListener("click", (event) => {
  const passage = event.target.closest(".passage");
  const link = event.target.closest("a");
  if (!passage || (link && !link.matches(".twin")) || String(getSelection())) return;
  level(passage);
  if (!link) return;
  event.preventDefault();
  const there = document.querySelector(link.hash);
  there.querySelector(".twin")?.focus({ preventScroll: true });
  there.closest(".pane").scrollIntoView({ block: "nearest" });
});

// Paper shows every row, three outlets a page; afterwards all is as it was.
const COLUMNS = 3;
let folded = [];
let copies = [];

function splitColumns(table) {
  const columns = table.querySelectorAll("thead th").length;
  if (columns <= COLUMNS) return;
  const copy = table.cloneNode(true);
  copy.classList.add("more-columns");
  for (const id of copy.querySelectorAll("[id]")) id.removeAttribute("id");
  table.after(copy);
  for (const [which, hides] of [[table, (at) => at > COLUMNS], [copy, (at) => at && at <= COLUMNS]]) {
    for (const row of which.rows) [...row.cells].forEach((cell, at) => { if (cell.colSpan === 1) cell.hidden = Boolean(hides(at)); });
  }
  copies.push([table, copy]);
}

addEventListener("beforeprint", () => {
  if (folded.length || copies.length) return;
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const fold of folded) fold.open = true;
  for (const table of document.querySelectorAll("table.side")) splitColumns(table);
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
  for (const [table, copy] of copies) {
    copy.remove();
    for (const row of table.rows) for (const cell of row.cells) cell.hidden = false;
  }
  folded = [];
  copies = [];
});

// A browser that may write to the clipboard offers to copy the link.
const copy = document.getElementById("copy");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const told = document.getElementById("copied");
    try {
      await navigator.clipboard.writeText(document.getElementById("permanent").href);
      told.textContent = "Copied.";
    } catch {
      told.textContent = "Your browser did not allow it: copy the link by hand.";
    }
  });
}
