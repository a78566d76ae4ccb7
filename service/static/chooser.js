// Says how many are chosen, before the server would.
const form = document.getElementById("chooser");
const told = document.getElementById("chosen");

function tell() {
  const most = Number(form.dataset.most);
  const n = form.querySelectorAll(":checked").length;
  told.textContent = n > most ? `${n} chosen; at most ${most} fit.` : n < 2 ? `${n} chosen; two to ${most} are needed.` : `${n} chosen.`;
  told.classList.toggle("over", n > most);
}

form?.addEventListener("change", tell);
