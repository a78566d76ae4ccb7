// A click on the button: the page is taken as it is shown, sent to one's own Parallax, and marked. marks.js does all that
// is done on the page; here is what goes over the network, which a page could not do.
const DEFAULTS = { address: "http://127.0.0.1:8000", key: "", listed: false };

chrome.action.onClicked.addListener(readTab);
chrome.runtime.onInstalled.addListener(({ reason }) => reason === "install" && chrome.runtime.openOptionsPage());

async function readTab(tab) {
  const on = async (func, ...args) => {
    const [{ result, error }] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func, args });
    if (error) throw error; // Firefox hands over what was thrown on the page; Chromium throws it
    return result;
  };
  try {
    await enter(tab);
  } catch {
    return chrome.action.setTitle({ tabId: tab.id, title: "Parallax can’t read this page: the browser keeps it closed" });
  }
  try {
    await on(() => parallax.tell(document, "Parallax is reading this page…"));
    const page = await on(() => parallax.read(document));
    const { address, key, listed } = await chrome.storage.local.get(DEFAULTS);
    const ask = open(address, key);
    const body = { html: page.html, private: !listed };
    if (/^https?:/.test(page.url)) body.url = page.url;
    const { id } = await ask("/api/v1/articles", body);
    const marks = await ask(`/api/v1/reports/${id}/marks.jsonld`);
    await on((marks, report) => parallax.mark(document, marks, report), marks, `${address}/reports/${id}`);
  } catch (error) {
    await on((text) => parallax.tell(document, text, "alert"), error.message);
  }
}

// Put marks.js on the page. The leave that a click gives reaches a busy page after the click does, and until then the
// browser refuses; so a page is closed only when it still is after a moment. Throws what the browser says.
async function enter(tab, tries = 10) {
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ["marks.js"] });
  } catch (error) {
    if (tries === 1) throw error;
    await new Promise((done) => setTimeout(done, 200));
    await enter(tab, tries - 1);
  }
}

// A way to ask the Parallax at this address; an answer comes once it is no longer “not yet”.
function open(address, key) {
  const headers = { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) };
  return async (path, body) => {
    for (;;) {
      const answer = await fetch(address + path, { method: body ? "POST" : "GET", headers, credentials: "omit", body: body && JSON.stringify(body) }).catch(() => {
        throw new Error(`The Parallax at ${address} does not answer. Is it running, and may this extension reach it? Its options say.`);
      });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.detail);
      if (answer.status !== 202 || body) return told;
      await new Promise((done) => setTimeout(done, 1000 * (answer.headers.get("Retry-After") ?? 1)));
    }
  };
}
