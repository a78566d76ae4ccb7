// Coding: words are chosen in the text by mouse, touch or arrow keys, and every form is sent without leaving the page.
// What could not be sent, because the connection broke, is kept in this browser and sent again: its name makes it once.
const KEPT = `parallax-unsent ${location.pathname}`;
const AGAIN = 4000;
const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

const coding = () => document.getElementById("coding");
const story = () => document.getElementById("story");
const say = (text) => {
  const state = document.getElementById("state");
  if (state) state.textContent = text;
};

// The text nodes of a line, without the numbers of marks, and the code point at which each begins.
function* pieces(line) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".ref") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  let at = Number(line.dataset.start);
  while (walker.nextNode()) {
    yield { node: walker.currentNode, at };
    at += [...walker.currentNode.data].length;
  }
}

function* everything() {
  for (const line of story().querySelectorAll("[data-start]")) yield* pieces(line);
}

// Every word of some lines: where it begins and ends, as code points and in the page. Words may run over marks' borders.
function words(lines = story().querySelectorAll("[data-start]")) {
  const found = [];
  for (const line of lines) {
    const parts = [...pieces(line)];
    const text = parts.map(({ node }) => node.data).join("");
    const place = (unit, end) => {
      let left = unit;
      for (const { node, at } of parts) {
        if (left < node.length || (end && left === node.length)) return { node, unit: left, at: at + [...node.data.slice(0, left)].length };
        left -= node.length;
      }
    };
    for (const match of text.matchAll(WORD))
      found.push({ from: place(match.index), to: place(match.index + match[0].length, true) });
  }
  return found;
}

// What is selected, as whole words: the first and the last one, or nothing.
function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !story().contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const lines = [...story().querySelectorAll("[data-start]")].filter((line) => range.intersectsNode(line));
  const touched = words(lines).filter(({ from, to }) => {
    const word = document.createRange();
    word.setStart(from.node, from.unit);
    word.setEnd(to.node, to.unit);
    return range.compareBoundaryPoints(Range.END_TO_START, word) < 0 && range.compareBoundaryPoints(Range.START_TO_END, word) > 0;
  });
  if (!touched.length) return null;
  return { start: touched[0].from.at, end: touched.at(-1).to.at };
}

function read(start, end) {
  let text = "";
  for (const { node, at } of everything()) {
    const points = [...node.data];
    if (at < end && at + points.length > start) text += points.slice(Math.max(0, start - at), end - at).join("");
  }
  return text;
}

function take() {
  const found = chosen();
  const form = document.getElementById("marking");
  if (!found || !form) return;
  form.elements.words.value = read(found.start, found.end);
  form.elements.start.value = found.start;
}

// Arrow keys: the word after or before what is selected; with Shift, one more or one less.
let anchor = 0;
let head = -1;
function step(by, more) {
  const all = words();
  if (!all.length) return;
  head = Math.min(all.length - 1, Math.max(0, head + by));
  if (!more) anchor = head;
  const [first, last] = [all[Math.min(anchor, head)], all[Math.max(anchor, head)]];
  getSelection().setBaseAndExtent(first.from.node, first.from.unit, last.to.node, last.to.unit);
  last.to.node.parentElement.scrollIntoView({ block: "nearest" });
  take();
}

function listen() {
  const form = document.getElementById("marking");
  form?.classList.add("scripted");
  form?.elements.words.addEventListener("input", () => (form.elements.start.value = ""));
  story().addEventListener("keydown", (event) => {
    if (event.target !== story() || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) step(by, event.shiftKey);
    else if (event.key === "Enter" && form?.elements.words.value) form.elements.what.focus();
    else return;
    event.preventDefault();
  });
}

function unsent() {
  return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
}

function keep(list) {
  if (list.length) localStorage.setItem(KEPT, JSON.stringify(list));
  else localStorage.removeItem(KEPT);
}

// The page as the server sees it now takes the place of what is shown.
function show(text, focus) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const name of ["coding", "told"]) {
    const fresh = page.getElementById(name);
    if (!fresh) return false;
    document.getElementById(name).replaceWith(fresh);
  }
  listen();
  const wrong = document.querySelector("[aria-invalid]");
  if (wrong) wrong.focus();
  else if (focus === "marking") story().focus({ preventScroll: true });
  else document.getElementById(focus)?.focus();
  return true;
}

async function send([url, body]) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body,
  });
  if (answer.status >= 500) throw new Error(`${answer.status}`); // it may be taken later
  return { text: await answer.text(), status: answer.status };
}

let sending = false;
async function flush(focus, told) {
  if (sending) return;
  sending = true;
  try {
    for (let list = unsent(); list.length; list = unsent()) {
      const { text, status } = await send(list[0]);
      keep(unsent().slice(1));
      if (!show(text, focus)) say(coding().dataset.refused.replace("{status}", status));
      else if (status < 400) say(told);
    }
  } catch {
    say(coding().dataset.more.replace("{n}", unsent().length));
    setTimeout(() => flush(focus, told), AGAIN);
  } finally {
    sending = false;
  }
}

document.addEventListener("selectionchange", () => {
  if (document.activeElement?.closest("form")) return;
  take();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#coding, #told")) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  keep([...unsent(), [form.action, `${fields}`]]);
  const told = form.id === "marking" ? `“${fields.get("words")}”` : "";
  const heading = form.closest("section")?.querySelector("h2");
  flush(form.id || heading?.id, told ? `Marked: ${told}` : "Kept.");
});
addEventListener("online", () => flush());
listen();
if (unsent().length) flush();
