// Single keys, which can be switched off (WCAG 2.1.4), and the list of them.
const dialog = document.getElementById("keys");
const button = document.getElementById("show-keys");
const box = document.getElementById("keys-on");
const KEY = "parallax-keys";

export function listen(actions) {
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  box.checked = localStorage.getItem(KEY) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEY, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.key === "Escape") return actions.Escape();
    if (!box.checked || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "?") dialog.showModal();
    else if (Object.hasOwn(actions, event.key)) actions[event.key]();
    else return;
    event.preventDefault();
  });
}
