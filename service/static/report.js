// The report, brought to life: marks open their notes, keys step through them. Everything works without, as links.
import { place, placed } from "./notes.js";
import { isOn, listen } from "./keys.js";

const story = document.querySelector("main");
const notes = document.getElementById("notes");
let opened = null; // number of the open note
let last = null; // and of the one opened before, from where n and p go on
let card = null; // its card under a paragraph, where there is no margin

const mark = (n) => document.getElementById(`m${n}`);
const note = (n) => document.getElementById(`n${n}`);
const pieces = (n) => story.querySelectorAll(`[data-n="${n}"]`);

function light(n, on) {
  for (const piece of pieces(n)) piece.classList.toggle(piece.closest(".notes, .card") ? "near" : "lit", on);
}

function close() {
  if (opened === null) return;
  light(opened, false);
  note(opened)?.classList.remove("open");
  mark(opened)?.setAttribute("aria-expanded", "false");
  card?.remove();
  opened = card = null;
  place(notes, null);
}

function open(n) {
  if (opened === n) return;
  close();
  if (!note(n) || note(n).hidden) return;
  opened = last = n;
  light(n, true);
  note(n).classList.add("open");
  mark(n)?.setAttribute("aria-expanded", "true");
  if (placed(notes)) place(notes, n);
  else showCard(n);
}

function showCard(n) {
  const block = mark(n)?.closest(".story > p, h1");
  if (!block) return;
  card = document.getElementById("card").content.cloneNode(true).firstElementChild;
  card.className = note(n).className.replace("note", "card");
  card.ariaLabel += ` ${n}`;
  card.querySelector(".close").addEventListener("click", dismiss);
  const copy = card.lastElementChild;
  copy.className = note(n).className;
  copy.classList.remove("open", "near");
  copy.append(...[...note(n).childNodes].map((child) => child.cloneNode(true)));
  block.after(card);
}

function dismiss() {
  const back = opened && mark(opened);
  close();
  back?.focus({ preventScroll: true });
  if (opened !== null) close(); // focus opens; dismissing means closed
}

// Opening by focus only follows the keyboard: a click decides for itself.
story.addEventListener("focusin", (event) => {
  const ref = event.target.closest("a.ref");
  if (ref?.matches(":focus-visible")) open(ref.dataset.n);
});

story.addEventListener("click", (event) => {
  if (event.target.closest("a:not(.ref), button, input, label, summary")) return;
  const piece = event.target.closest("[data-n]");
  if (!piece) {
    if (!event.target.closest(".card")) close();
    return;
  }
  const ref = event.target.closest("a.ref");
  const entered = ref && event.detail === 0;
  if (entered && !isOn("Enter")) return; // as a plain link
  if (ref) event.preventDefault();
  const n = piece.dataset.n;
  if (piece.closest(".notes")) {
    mark(n)?.scrollIntoView({ block: "nearest" });
    open(n);
  } else if (hidden(n)) {
    return;
  } else if (entered) {
    open(n); // Enter: go to the note
    (card ?? note(n)).focus({ preventScroll: placed(notes) });
  } else if (opened === n && ref) {
    close();
  } else {
    open(n);
  }
});

story.addEventListener("mouseover", (event) => hover(event, true));
story.addEventListener("mouseout", (event) => hover(event, false));

function hover(event, on) {
  const n = event.target.closest("[data-n]")?.dataset.n;
  if (n && n !== opened && !hidden(n)) light(n, on);
}

function hidden(n) {
  return !mark(n) || getComputedStyle(mark(n)).display === "none";
}

function step(by) {
  const refs = [...story.querySelectorAll("a.ref")].filter((ref) => !hidden(ref.dataset.n));
  if (!refs.length) return;
  const at = refs.findIndex((ref) => ref.dataset.n === last);
  const next = refs[at < 0 ? (by > 0 ? 0 : refs.length - 1) : (at + by + refs.length) % refs.length];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
  open(next.dataset.n);
}

listen({ n: () => step(1), p: () => step(-1), Escape: dismiss });

// Agree or disagree in place; without scripts the link leads to a page of its own.
story.addEventListener("click", (event) => {
  const link = event.target.closest(".judging a");
  if (!link) return;
  event.preventDefault();
  const form = document.getElementById("judge-form").content.cloneNode(true).firstElementChild;
  form.elements.finding.value = new URL(link.href).searchParams.get("finding");
  for (const other of document.querySelectorAll(".note form.judge, .card form.judge")) other.remove();
  link.closest(".judging").after(form);
  form.elements.verdict[0].focus();
  if (placed(notes)) place(notes, opened);
});

// Links to evidence elsewhere on the page open its note when they land.
function follow() {
  const n = /^#[mn](\d+)$/.exec(location.hash)?.[1];
  if (n) open(n);
}
addEventListener("hashchange", follow);

// Layers: the filter itself is CSS. Here it is remembered, and the notes find their places again.
for (const box of document.querySelectorAll("[data-layer]")) {
  const key = `parallax-${box.id}`;
  box.checked = localStorage.getItem(key) !== "off";
  box.addEventListener("change", () => {
    localStorage.setItem(key, box.checked ? "on" : "off");
    close();
    place(notes, null);
  });
}
document.getElementById("text-only").addEventListener("change", () => {
  close();
  place(notes, null);
});
if (notes) {
  new ResizeObserver(() => place(notes, opened)).observe(document.getElementById("story"));
  document.fonts?.ready.then(() => place(notes, opened));
}
follow();
