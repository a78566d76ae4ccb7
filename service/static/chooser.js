// Says how many are chosen, before the server would.
const form = document.getElementById("chooser");
const told = document.getElementById("chosen");

function tell() {
  const most = Number(form.dataset.most);
  const n = form.querySelectorAll(":checked").length;
  const say = n > most ? told.dataset.many : n < 2 ? told.dataset.few : told.dataset.right;
  told.textContent = say.replace("{n}", n);
  told.classList.toggle("over", n > most);
}

form?.addEventListener("change", tell);

if (form?.querySelector(":checked")) tell();

// What is ticked stays so while searching.
const search = document.querySelector("form[role=search]");
search?.addEventListener("submit", () => {
  for (const kept of search.querySelectorAll("[name=report]")) kept.remove();
  for (const { value } of form?.querySelectorAll(":checked") ?? []) {
    search.append(Object.assign(document.createElement("input"), { type: "hidden", name: "report", value }));
  }
  search.append(Object.assign(document.createElement("input"), { type: "hidden", name: "choose", value: "" }));
});
