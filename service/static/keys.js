// Single keys, each of which can be switched off (WCAG 2.1.4), and the list of them.
const dialog = document.getElementById("keys");
const button = document.getElementById("show-keys");
const boxes = [...dialog.querySelectorAll("[data-key]")];
const KEPT = "parallax-keys-off";

export const isOn = (key) => boxes.find((box) => box.dataset.key === key)?.checked ?? false;

export function listen(actions) {
  const off = new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));
  for (const box of boxes) box.checked = !off.has(box.dataset.key);
  dialog.addEventListener("change", () => {
    localStorage.setItem(KEPT, JSON.stringify(boxes.filter((box) => !box.checked).map((box) => box.dataset.key)));
  });
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || !isOn(event.key)) return;
    if (event.key !== "Escape" && event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "?") dialog.showModal();
    else if (Object.hasOwn(actions, event.key)) actions[event.key]();
    else return;
    event.preventDefault();
  });
}
