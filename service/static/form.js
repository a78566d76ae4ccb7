// The form: focus goes to the first error, and the text's length is counted while it grows.
document.querySelector("[aria-invalid]")?.focus();
const text = document.getElementById("text");
const count = document.getElementById("count");
const most = Number(count.dataset.most);

function tell() {
  const length = [...text.value].length; // code points, as the server counts
  count.textContent = length ? `${length.toLocaleString("en")} so far.` : "";
  count.classList.toggle("over", length > most);
}

text.addEventListener("input", tell);
tell();
