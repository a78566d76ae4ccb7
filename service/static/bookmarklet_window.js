// The window that the bookmark opens: it is handed a page, asks, has it read, and hands the marks back to that page alone.
const form = document.getElementById("asked");
const said = document.getElementById("said");
let handed = null; // the page, and where it came from

if (window.opener) {
  document.getElementById("install").hidden = true;
  said.textContent = "Waiting for the page…";
  addEventListener("message", take);
  window.opener.postMessage("parallax: ready", "*");
}

function take({ source, origin, data }) {
  if (source !== window.opener || handed || typeof data?.html !== "string") return;
  handed = { origin, html: data.html, url: String(data.url) };
  document.getElementById("title").textContent = String(data.title) || "A page without a title";
  document.getElementById("origin").textContent = origin;
  said.textContent = "";
  form.hidden = false;
  form.querySelector("button").focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  form.hidden = true;
  said.textContent = "It is being read…";
  try {
    const body = { html: handed.html, private: form.elements.private.checked };
    if (/^https?:/.test(handed.url)) body.url = handed.url;
    const { id } = await ask("/api/v1/articles", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const marks = await ask(`/api/v1/reports/${id}/marks.jsonld`);
    const report = new URL(`/reports/${id}`, location).href;
    window.opener.postMessage({ marks, report }, handed.origin);
    said.textContent = `${marks.items.length} findings went back to the page. `;
    said.append(Object.assign(document.createElement("a"), { href: report, textContent: "Open the report" }));
  } catch (error) {
    said.textContent = error.message;
    form.hidden = false;
  }
});

// The answer, once it is no longer “not yet”.
async function ask(address, options) {
  for (;;) {
    const answer = await fetch(address, options);
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.detail);
    if (answer.status !== 202 || options) return told;
    await new Promise((done) => setTimeout(done, 1000 * (answer.headers.get("Retry-After") ?? 1)));
  }
}
