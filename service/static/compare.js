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

// Paper shows every row; afterwards the folds are as they were.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
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
