// Where one's Parallax is. The browser is asked for that address, and for no other.
const DEFAULTS = { address: "http://127.0.0.1:8000", key: "", listed: false };
const form = document.querySelector("form");
const said = document.getElementById("said");

chrome.storage.local.get(DEFAULTS).then(({ address, key, listed }) => {
  form.elements.address.value = address;
  form.elements.key.value = key;
  form.elements.listed.checked = listed;
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { origin, hostname, protocol } = new URL(form.elements.address.value);
  if (!/^https?:$/.test(protocol)) return void (said.textContent = "The address must begin with http:// or https://.");
  const granted = await chrome.permissions.request({ origins: [`${protocol}//${hostname}/*`] });
  if (!granted) return void (said.textContent = `Without leave to reach ${hostname} no page can be sent there. Nothing was saved.`);
  const [key, listed] = [form.elements.key.value.trim(), form.elements.listed.checked];
  await chrome.storage.local.set({ address: origin, key, listed });
  said.textContent = "Saved.";
});
