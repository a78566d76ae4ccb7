// The report, brought to life: a click on a word opens a card with all that is said of it, keys step through the marks.
// Everything works without, as links.
import { place, placed, wanted } from "./notes.js";
import { isOn, listen } from "./keys.js";

const story = document.querySelector("main");
const notes = document.getElementById("notes");
let opened = null; // number of the note whose card is open
let last = null; // and of the one opened before, from where n and p go on
let card = null;

const mark = (n) => document.getElementById(`m${n}`);
const note = (n) => document.getElementById(`n${n}`);
const pieces = (n) => story.querySelectorAll(`[data-n="${n}"]`);
const hidden = (n) => !mark(n) || !note(n) || getComputedStyle(mark(n)).display === "none";

function light(n, on) {
  for (const piece of pieces(n)) piece.classList.toggle(piece.closest(".notes, .card") ? "near" : "lit", on);
  const line = note(n); // one without a line of its own at the margin shows its words for that while
  if (on && line?.matches(".placed .folded")) line.style.top = `${wanted(line, notes.getBoundingClientRect().top)}px`;
}

// Every note whose words hold this place, the nearest first.
function around(piece) {
  const found = [];
  for (let at = piece; at && at !== story; at = at.parentElement) {
    if (at.dataset.n && !found.includes(at.dataset.n) && !hidden(at.dataset.n)) found.push(at.dataset.n);
  }
  return found;
}

function close() {
  if (opened === null) return;
  light(opened, false);
  mark(opened)?.setAttribute("aria-expanded", "false");
  card?.remove();
  opened = card = null;
}

function open(n) {
  if (opened === n) return;
  close();
  dim();
  if (hidden(n)) return;
  opened = last = n;
  light(n, true);
  mark(n).setAttribute("aria-expanded", "true");
  const words = [...pieces(n)].find((piece) => piece.closest("h1, .story") && !piece.matches(".ref, .bar"));
  showCard(n, [n, ...around(words).filter((other) => other !== n)]);
}

function showCard(n, numbers) {
  card = document.getElementById("card").content.cloneNode(true).firstElementChild;
  card.querySelector(".close").addEventListener("click", dismiss);
  for (const number of numbers) {
    const copy = document.createElement("div");
    copy.className = note(number).className.replace("folded", "");
    copy.classList.remove("near");
    copy.dataset.n = number;
    copy.append(...[...note(number).childNodes].map((child) => child.cloneNode(true)));
    card.append(copy);
  }
  const block = mark(n).closest(".story > p, h1");
  if (!placed(notes)) {
    block?.after(card);
    return;
  }
  notes.parentElement.append(card);
  const level = wanted(note(n), notes.parentElement.getBoundingClientRect().top) - 8;
  card.style.top = `${Math.max(0, level)}px`; // beside the headline stands the article's head
}

function dismiss() {
  const back = opened && mark(opened);
  close();
  dim();
  back?.focus({ preventScroll: true });
  close(); // focus opens; dismissing means closed
}

// Opening by focus only follows the keyboard: a click decides for itself.
story.addEventListener("focusin", (event) => {
  const ref = event.target.closest("a.ref");
  if (ref?.matches(":focus-visible")) open(ref.dataset.n);
});

story.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']:not(.ref, .back)");
  if (link) return follow(link.hash);
  if (event.target.closest("a:not(.ref, .back), button, input, textarea, label, summary, form")) return;
  const ref = event.target.closest("a.ref");
  const entered = ref && event.detail === 0;
  if (entered && !isOn("Enter")) return; // as a plain link
  if (ref) event.preventDefault();
  const listed = event.target.closest(".notes [data-n]");
  const [n] = listed ? [listed.dataset.n] : around(event.target);
  if (event.target.closest(".card")) return;
  if (!n) {
    close();
    dim();
  } else if (opened === n && !entered) {
    close();
  } else {
    if (listed) mark(n)?.scrollIntoView({ block: "nearest" });
    open(n);
    if (entered) card?.focus({ preventScroll: placed(notes) }); // Enter: go to the card
  }
});

story.addEventListener("mouseover", (event) => hover(event, true));
story.addEventListener("mouseout", (event) => hover(event, false));

function hover(event, on) {
  if (event.target.closest(".card")) return;
  const listed = event.target.closest(".notes [data-n]");
  const [n] = listed ? [listed.dataset.n] : around(event.target);
  if (n && n !== opened) light(n, on);
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
  for (const other of document.querySelectorAll(".note form.judge")) other.remove();
  link.closest(".judging").after(form);
  form.elements.verdict[0].focus();
});

// Links to words elsewhere on the page: a note's open its card, a stretch lights up, a folded section unfolds.
function dim() {
  for (const piece of story.querySelectorAll(".place.lit")) piece.classList.remove("lit");
}

function follow(hash) {
  const [, kind, name] = /^#([mns])(\d+(?:-\d+)?)$/.exec(hash) ?? [];
  if (kind === "s") {
    close();
    dim();
    for (const piece of story.querySelectorAll(`[data-s="s${name}"]`)) piece.classList.add("lit");
  } else if (kind) {
    const unsure = document.getElementById("unsure");
    if (unsure && note(name)?.matches(".unsure")) unsure.checked = true; // whoever follows a link asks for it
    open(name);
    if (kind === "n") mark(name)?.scrollIntoView({ block: "center" });
  } else if (hash) {
    const target = document.getElementById(hash.slice(1));
    const fold = target?.closest("details");
    if (fold) fold.open = true;
    if (target?.matches("textarea")) target.focus();
  }
}

// Layers: the filter itself is CSS. Here it is remembered, and the notes find their places again.
for (const box of document.querySelectorAll("[data-layer]")) {
  const key = `parallax-${box.id}`;
  box.checked = localStorage.getItem(key) !== "off";
  box.addEventListener("change", () => localStorage.setItem(key, box.checked ? "on" : "off"));
}
document.getElementById("legend")?.addEventListener("change", () => {
  close();
  place(notes);
});

// All notes as a list, with their numbers in the text; folded away at first.
const lister = document.getElementById("show-list");
if (lister && notes) {
  lister.hidden = false;
  lister.addEventListener("click", () => {
    close();
    const on = document.body.classList.toggle("listing");
    lister.setAttribute("aria-expanded", on);
    place(notes);
    if (on) notes.parentElement.scrollIntoView({ block: "start" });
  });
}

// On a phone what stands below the text is folded, to be reached by the bar at the bottom; paper has all of it.
const folds = [...document.querySelectorAll(".figures > .fold")];
const fold = () => {
  for (const one of folds) one.open = !matchMedia("screen and (max-width: 44rem)").matches;
};
fold();
addEventListener("beforeprint", () => folds.forEach((one) => { one.open = true; }));
addEventListener("afterprint", fold);

new ResizeObserver(() => place(notes)).observe(document.getElementById("story"));
document.fonts?.ready.then(() => place(notes));
addEventListener("hashchange", () => follow(location.hash));
follow(location.hash);
