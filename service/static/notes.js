// Where does each note stand? Beside its line, pushed down by the one above; the open one exactly at its line.
const WIDE = matchMedia("screen and (min-width: 70rem)");

export const placed = (notes) => notes.classList.contains("placed");

export function place(notes, opened) {
  if (!notes) return;
  notes.classList.toggle("placed", WIDE.matches);
  if (!WIDE.matches) {
    notes.style.height = "";
    drawSentences();
    return;
  }
  drawSentences();
  const origin = notes.getBoundingClientRect().top;
  const shown = [...notes.children].filter((note) => getComputedStyle(note).display !== "none");
  const rows = shown.map((note) => ({ note, want: wanted(note, origin), tall: note.offsetHeight, top: 0 }));
  const fixed = rows.findIndex((row) => row.note.dataset.n === opened);
  let floor = 0;
  let least = 0; // where a note would stand if all above it were pushed to the top
  for (const [at, row] of rows.entries()) {
    row.top = at === fixed ? Math.max(row.want, least) : Math.max(row.want, floor);
    floor = row.top + row.tall;
    least += row.tall;
  }
  // Those above the open note move up to make room for it.
  for (let at = fixed - 1, ceiling = rows[fixed]?.top; at >= 0; at--) {
    rows[at].top = Math.min(rows[at].top, ceiling - rows[at].tall);
    ceiling = rows[at].top;
  }
  for (const row of rows) row.note.style.top = `${Math.round(row.top)}px`;
  notes.style.height = `${Math.ceil(floor)}px`;
}

function wanted(note, origin) {
  const mark = document.getElementById(`m${note.dataset.n}`);
  return mark ? mark.getBoundingClientRect().top - origin - 2 : 0;
}

// A biased sentence's bar is as tall as its sentence.
function drawSentences() {
  for (const bar of document.querySelectorAll(".story a.gutter")) {
    const pieces = document.querySelectorAll(`.story span.gutter[data-n="${bar.dataset.n}"]`);
    const last = pieces[pieces.length - 1]?.getBoundingClientRect();
    if (last) bar.style.height = `${Math.max(0, last.bottom - bar.getBoundingClientRect().top)}px`;
  }
}

WIDE.addEventListener("change", () => place(document.getElementById("notes"), null));
