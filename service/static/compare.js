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

// Paper shows every row.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
});
