// The marks of a report on somebody else's page: found again by the words around them (W3C Web Annotations), drawn as
// highlights (CSS Custom Highlight API), so that nothing of the page is touched. One script for the bookmarklet, the
// browser's extension and a newsroom's editor; it is no module, for those run it as it stands.
globalThis.parallax = (() => {
  const LAYERS = { loaded: "Loaded words", devices: "Told as fact, framing", voices: "Who speaks", people: "People", sentences: "Sentences" };
  // Each is told by its line, then by its colour, as in the report (report.css): `a` on light pages, `b` on dark ones.
  const COLOURS = { negative: ["#b54a00", "#ff8b4a"], positive: ["#007a59", "#35c498"], voices: ["#0067a3", "#5fb4ea"], people: ["#a8477d", "#e594c0"], hedge: ["#505050", "#cccccc"] };
  const STYLES = {
    "term negative": "underline wavy negative .09em", "term positive": "underline double positive .09em",
    "term scare": "underline dotted negative .16em", "term hedge": "underline dashed hedge .09em",
    source: "underline solid voices .06em", cue: "underline solid voices .17em", content: "underline dotted voices .06em",
    device: "underline dotted negative .2em", vague: "underline dashed hedge .1em", up: "overline solid people .1em", down: "overline wavy people .1em",
  };
  const QUOTED = ".05em"; // the line of a loaded word that is not the outlet's
  const HIGHLIGHTS = Object.entries(STYLES).flatMap(([told, style]) => {
    const [line, shape, kind, width] = style.split(" ");
    const drawn = (suffix, thick) => ({ name: `parallax-${told.replace(" ", "-")}${suffix}`, line, shape, kind, thick });
    return /^(term|device)/.test(told) ? [drawn("-outlet", width), drawn("-quoted", QUOTED)] : [drawn("", width)];
  });
  const NO_TEXT = "script, style, noscript, template, textarea, select, svg, iframe, object, [hidden]";
  const LETTER = /[\p{L}\p{N}]/u;
  const ENOUGH = 12; // letters around a quotation that must agree, where its words stand more than once or are cut

  const shows = (element) => element.checkVisibility?.() !== false;

  // The page as it is shown: what a paywall's or a script's work has left for this reader, without what is no text.
  function read(doc) {
    const copy = doc.documentElement.cloneNode(true);
    const [live, copied] = [doc, copy].map((root) => [...root.querySelectorAll("body *")]);
    live.forEach((element, at) => {
      const known = element.matches('script[type="application/ld+json"]');
      if (!known && (element.matches(NO_TEXT) || element.hasAttribute("data-parallax") || !shows(element))) copied[at].remove();
    });
    for (const element of copy.querySelectorAll("script:not([type='application/ld+json']), style, link[rel=stylesheet]")) element.remove();
    return { html: `<!doctype html>${copy.outerHTML}`, url: doc.location.href, title: doc.title };
  }

  // Only letters and digits, so that white space, quotation marks and markup make no difference.
  function fold(text, keep) {
    for (let at = 0; at < text.length; ) {
      const point = String.fromCodePoint(text.codePointAt(at));
      for (const sign of point.normalize("NFKD")) if (LETTER.test(sign)) keep(sign.toLowerCase(), at, at + point.length);
      at += point.length;
    }
  }

  function foldText(text) {
    let told = "";
    fold(text, (sign) => (told += sign));
    return told;
  }

  // Every letter that the page shows, and where it stands: [node, start, end].
  function foldPage(root) {
    const places = [];
    let told = "";
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const shown = new Map();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const around = node.parentElement;
      if (!shown.has(around)) shown.set(around, !around.closest(`${NO_TEXT}, [data-parallax]`) && shows(around));
      if (shown.get(around)) {
        fold(node.data, (sign, start, end) => {
          told += sign;
          for (let unit = 0; unit < sign.length; unit++) places.push([node, start, end]);
        });
      }
    }
    return { told, places };
  }

  const agree = (one, other) => {
    let at = 0;
    while (at < one.length && at < other.length && one[at] === other[at]) at++;
    return at;
  };
  const reversed = (text) => [...text].reverse().join("");
  const isCut = ([node, start, end], before) => LETTER.test(before ? node.data.slice(0, start).slice(-1) : node.data.slice(end, end + 1));

  // Where a quotation stands on the page: the place whose surroundings agree most; null where that says too little.
  function find({ told, places }, selector) {
    const exact = foldText(selector.exact);
    const [before, after] = [reversed(foldText(selector.prefix)), foldText(selector.suffix)];
    const found = [];
    for (let at = exact ? told.indexOf(exact) : -1; at >= 0; at = told.indexOf(exact, at + 1)) {
      const end = at + exact.length;
      if (isCut(places[at], true) || isCut(places[end - 1], false)) continue;
      const left = agree(reversed(told.slice(Math.max(0, at - before.length), at)), before);
      const right = agree(told.slice(end, end + after.length), after);
      found.push({ at, end, near: left + right });
    }
    const [best] = found.sort((one, other) => other.near - one.near || one.at - other.at);
    if (!best || (best.near < ENOUGH && found.length > 1 && best.near < before.length + after.length)) return null;
    const range = places[best.at][0].ownerDocument.createRange();
    range.setStart(...places[best.at].slice(0, 2));
    range.setEnd(places[best.end - 1][0], places[best.end - 1][2]);
    return range;
  }

  function write(colour) {
    return HIGHLIGHTS.map(({ name, line, shape, kind, thick }) =>
      `::highlight(${name}) { text-decoration: ${line} ${shape} ${COLOURS[kind][colour]} ${thick}; text-underline-offset: .16em; }`).join("\n");
  }

  // Rules of our own; where a page or a browser takes no sheet made by a script, as an element.
  function style(root, css) {
    try {
      const sheet = new (root.defaultView ?? root.ownerDocument.defaultView).CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    } catch {
      const element = (root.ownerDocument ?? root).createElement("style");
      element.dataset.parallax = "";
      element.textContent = css;
      (root.head ?? root).append(element);
    }
  }

  const PANEL = `
    :host { all: initial; position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483647; }
    aside { width: 19rem; max-height: 60vh; overflow: auto; box-sizing: border-box; padding: .8rem 1rem; font: 15px/1.45 system-ui, sans-serif; color: #1d1b18; background: #fffefb; border: 1px solid #7d766a; border-radius: .3rem; box-shadow: 0 .2rem 1rem #0004; }
    h2, p { margin: 0 0 .5rem; font-size: 1em; } h2 { font-weight: 600; } label { display: block; }
    a { color: #004f7d; } button { font: inherit; color: inherit; background: none; border: 1px solid #7d766a; border-radius: .25rem; cursor: pointer; }
    :focus-visible { outline: 2px solid #0067a3; outline-offset: 2px; } .said { border-top: 1px solid #cfc8bb; padding-top: .5rem; }`;

  function open(doc) {
    doc.querySelector("[data-parallax]:not(style)")?.remove();
    const host = doc.createElement("div");
    host.dataset.parallax = "";
    const root = host.attachShadow({ mode: "open" });
    style(root, PANEL);
    const panel = add(root, "aside");
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "Parallax");
    doc.documentElement.append(host);
    return { host, panel };
  }

  function add(parent, name, text = "") {
    const element = (parent.ownerDocument ?? parent).createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  }

  // Say something in the corner of the page; `role` alert for what went wrong.
  function tell(doc, text, role = "status") {
    const { host, panel } = open(doc);
    add(panel, "p", text).setAttribute("role", role);
    add(panel, "button", "Close").addEventListener("click", () => host.remove());
  }

  // Draw the marks of an annotation page (/api/v1/reports/ID/marks.jsonld) on the text inside an element. Gives `marks`
  // (item, layer, range), `off`, the layers that are not drawn, `paint` to draw anew, and `at`: whose marks a place has.
  function draw(root, annotations) {
    const doc = root.ownerDocument;
    const { CSS: { highlights }, Highlight } = doc.defaultView;
    const page = foldPage(root);
    const marks = annotations.items.flatMap((item) => item.target.flatMap((target) => {
      const [layer, ...drawn] = target.styleClass.split(" ");
      const range = find(page, target.selector[0]);
      return range ? [{ item, layer, name: `parallax-${drawn.join("-")}`, range }] : [];
    }));
    const off = new Set();
    const paint = () => {
      for (const { name } of HIGHLIGHTS) highlights.delete(name); // by name: Firefox lets no extension walk through them
      for (const { layer, name, range } of marks) {
        if (off.has(layer) || !HIGHLIGHTS.some((drawn) => drawn.name === name)) continue; // what has no line is only told
        if (!highlights.has(name)) highlights.set(name, new Highlight());
        highlights.get(name).add(range);
      }
    };
    const at = (node, offset) => {
      const here = marks.filter(({ layer, range }) => !off.has(layer) && range.isPointInRange(node, offset));
      return [...new Set(here.map(({ item }) => item))];
    };
    const light = doc.defaultView.getComputedStyle(root).color.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0);
    style(doc, write(light > 382 ? 1 : 0));
    paint();
    return { marks, off, paint, at };
  }

  const canDraw = (doc) => Boolean(doc.defaultView.CSS?.highlights);

  // Set the marks on a page and say in its corner what they are; gives how many findings were found again. A click on a
  // mark tells of it.
  function mark(doc, annotations, report) {
    if (!canDraw(doc)) {
      tell(doc, `This browser can draw no marks on a page (it lacks the CSS Custom Highlight API). The report is at ${report}`, "alert");
      return 0;
    }
    const { marks, off, paint, at } = draw(doc.body, annotations);
    const count = (some) => new Set(some.map(({ item }) => item.id)).size;
    const { host, panel } = open(doc);
    add(panel, "h2", `Parallax: ${count(marks)} of ${annotations.items.length} findings are marked here`);
    for (const line of annotations.partOf?.label ?? []) add(panel, "p", line); // what the report says at a glance
    add(panel, "p", "Marks of wording, not a verdict. Click one.");
    for (const [layer, name] of Object.entries(LAYERS)) {
      const found = count(marks.filter((one) => one.layer === layer));
      if (!found) continue;
      const label = add(panel, "label");
      const box = Object.assign(add(label, "input"), { type: "checkbox", checked: true });
      box.addEventListener("change", () => { off[box.checked ? "delete" : "add"](layer); paint(); });
      label.append(` ${name} ${found}`);
    }
    const said = add(panel, "div");
    said.className = "said";
    said.setAttribute("aria-live", "polite");
    Object.assign(add(add(panel, "p"), "a", "Open the report"), { href: report, target: "_blank", rel: "noopener" });
    add(panel, "button", "Take the marks away").addEventListener("click", () => {
      for (const layer of Object.keys(LAYERS)) off.add(layer);
      paint();
      doc.removeEventListener("click", hear, true);
      host.remove();
    });

    function hear(event) {
      const here = doc.caretPositionFromPoint?.(event.clientX, event.clientY);
      const [node, offset] = here ? [here.offsetNode, here.offset] : place(doc.caretRangeFromPoint?.(event.clientX, event.clientY));
      const items = node && !event.composedPath().includes(host) ? at(node, offset) : [];
      if (items.length) explain(said, items);
    }
    doc.addEventListener("click", hear, true);
    return count(marks);
  }

  const place = (range) => (range ? [range.startContainer, range.startOffset] : []);

  function explain(said, items) {
    said.replaceChildren();
    for (const item of items) for (const { value } of item.body) add(said, "p", value);
  }

  return { read, draw, canDraw, mark, tell };
})();
