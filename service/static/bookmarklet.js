// What the bookmark does on a page: open Parallax, hand the page over, and set the marks that come back. ADDRESS is put in.
(() => {
  const address = "ADDRESS";
  const reader = open(`${address}/bookmarklet`, "parallax-window", "popup,width=440,height=560");
  if (!reader) return parallax.tell(document, "The browser kept Parallax’s window from opening. Allow it, and click again.", "alert");
  addEventListener("message", function hear({ source, origin, data }) {
    if (source !== reader || origin !== new URL(address).origin) return;
    if (data === "parallax: ready") reader.postMessage(parallax.read(document), origin);
    else if (data?.marks) {
      parallax.mark(document, data.marks, data.report);
      removeEventListener("message", hear);
    }
  });
})();
