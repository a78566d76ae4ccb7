// Where does each note stand? Beside its line, pushed down by the one above. Bars as tall as what they mark.
const WIDE = matchMedia("screen and (min-width: 70rem)");

export const placed = (notes) => Boolean(notes?.classList.contains("placed"));

export function place(notes) {
  drawBars();
  if (!notes) return;
  const wide = WIDE.matches && !document.body.classList.contains("listing");
  notes.classList.toggle("placed", wide);
  notes.style.height = "";
  if (!wide) return;
  const origin = notes.getBoundingClientRect().top;
  const shown = [...notes.children].filter((note) => getComputedStyle(note).display !== "none");
  const rows = shown.map((note) => ({ note, want: wanted(note, origin), tall: note.offsetHeight }));
  let floor = 0;
  for (const { note, want, tall } of rows) {
    const top = Math.max(want, floor);
    note.style.top = `${Math.round(top)}px`;
    floor = top + tall;
  }
  notes.style.height = `${Math.ceil(floor)}px`;
}

// The line of a note's words, or of its number where there are none.
export function wanted(note, origin) {
  const piece = document.querySelector(`main :is(u, .point, span.gutter)[data-n="${note.dataset.n}"]`);
  const mark = piece ?? document.getElementById(`m${note.dataset.n}`);
  const line = mark?.getClientRects()[0];
  return line ? line.top - origin : 0;
}

// A sentence's or a device's bar is as tall as its words; what is said has one bar a paragraph and speaker.
function drawBars() {
  for (const bar of document.querySelectorAll("main a.gutter")) {
    const pieces = document.querySelectorAll(`main span.gutter[data-n="${bar.dataset.n}"]`);
    const [first, last] = [pieces[0], pieces[pieces.length - 1]].map((piece) => piece?.getClientRects());
    if (!first?.length || !bar.offsetParent) continue;
    bar.style.top = `${first[0].top - bar.offsetParent.getBoundingClientRect().top}px`;
    bar.style.height = `${last[last.length - 1].bottom - first[0].top}px`;
  }
  for (const bar of document.querySelectorAll(".story .bar")) bar.remove();
  const drawn = new Map();
  for (const piece of document.querySelectorAll(".story .content")) {
    const block = piece.closest("p");
    const name = `${piece.dataset.n} ${[...block.parentNode.children].indexOf(block)}`;
    const rects = piece.getClientRects();
    if (!rects.length) continue;
    const known = drawn.get(name) ?? { block, n: piece.dataset.n, unsure: piece.classList.contains("unsure"), top: rects[0].top };
    known.bottom = rects[rects.length - 1].bottom;
    drawn.set(name, known);
  }
  const origins = [...drawn.values()].map(({ block }) => block.getBoundingClientRect().top);
  for (const [at, { block, n, unsure, top, bottom }] of [...drawn.values()].entries()) {
    const bar = document.createElement("i");
    bar.className = unsure ? "bar voices unsure" : "bar voices";
    bar.dataset.n = n;
    bar.style.top = `${top - origins[at]}px`;
    bar.style.height = `${bottom - top}px`;
    block.append(bar);
  }
}

WIDE.addEventListener("change", () => place(document.getElementById("notes")));
