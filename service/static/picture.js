// The glance as a PNG: the browser draws the SVG in its own fonts, and the file carries the same text alternative.
const SCALE = 2;
const HEAD = 33; // bytes of a PNG before its second chunk
const link = document.getElementById("png");

function sum(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

// A chunk iTXt with the keyword that PNG has for it (PNG, third edition, 11.3.3).
function describe(text) {
  const told = new TextEncoder().encode(`iTXtDescription\0\0\0en\0\0${text}`);
  const chunk = new Uint8Array(told.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, told.length - 4);
  chunk.set(told, 4);
  view.setInt32(told.length + 4, sum(told));
  return chunk;
}

async function draw() {
  const image = new Image();
  image.src = link.href;
  const [answer] = await Promise.all([fetch(link.href), image.decode()]);
  const told = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").querySelector("desc").textContent;
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return new Blob([drawn.slice(0, HEAD), describe(told), drawn.slice(HEAD)], { type: "image/png" });
}

if (link) {
  link.parentElement.hidden = false;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await draw());
    file.download = link.download;
    file.click();
    URL.revokeObjectURL(file.href);
  });
}
