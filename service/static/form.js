// The form: focus goes to the first error, and the text's length is counted while it grows.
document.querySelector("[aria-invalid]")?.focus();
const text = document.getElementById("text");
const count = document.getElementById("count");
const most = Number(count.dataset.most);

function tell() {
  const length = [...text.value].length; // code points, as the server counts
  count.textContent = length ? count.dataset.told.replace("{n}", length.toLocaleString("en")) : "";
  count.classList.toggle("over", length > most);
}

text.addEventListener("input", tell);
tell();

// Files: dropped anywhere on their form they are taken as if chosen; their names are said.
const files = document.getElementById("files");
const chooser = document.getElementById("file");
const chosen = document.getElementById("chosen");

function name() {
  chosen.textContent = [...chooser.files].map((file) => file.name).join(", ");
}

for (const kind of ["dragover", "dragenter"]) {
  files.addEventListener(kind, (event) => {
    event.preventDefault();
    files.classList.add("dropping");
  });
}
for (const kind of ["dragleave", "drop"]) files.addEventListener(kind, () => files.classList.remove("dropping"));
files.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) {
    chooser.files = event.dataTransfer.files;
    name();
  }
});
chooser.addEventListener("change", name);
