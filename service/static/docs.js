// Tries the API from its own page.
for (const form of document.querySelectorAll(".attempt")) {
  const result = form.querySelector(".result");
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const query = new URLSearchParams();
    let path = form.dataset.path;
    for (const input of form.querySelectorAll("input")) {
      if (input.dataset.in === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(input.value));
      else if (input.value) query.set(input.name, input.value);
    }
    const typed = form.querySelector("textarea");
    const body = typed?.value;
    const address = query.size ? `${path}?${query}` : path;
    result.hidden = false;
    result.textContent = "…";
    try {
      const answer = await fetch(address, {
        method: form.dataset.method,
        ...(body === undefined ? {} : pack(body, typed.dataset.type)),
      });
      const told = ["Location", "Retry-After"].flatMap((name) => (answer.headers.get(name) ? [`${name}: ${answer.headers.get(name)}`] : []));
      result.textContent = [`${answer.status} ${answer.statusText}`, ...told, "", pretty(await answer.text())].join("\n");
    } catch (error) {
      result.textContent = `No answer: ${error.message}`;
    }
    result.focus();
  });
}

// A form's fields are typed as JSON; each entry of `file` goes as a text file.
function pack(body, type) {
  if (type !== "multipart/form-data") return { body, headers: { "Content-Type": type } };
  const form = new FormData();
  for (const [name, value] of Object.entries(JSON.parse(body))) {
    if (Array.isArray(value)) value.forEach((text, at) => form.append(name, new Blob([text]), `${name}-${at + 1}.txt`));
    else form.append(name, value);
  }
  return { body: form };
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}

// A link to a schema opens it.
function unfold() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target?.tagName === "DETAILS") target.open = true;
}
addEventListener("hashchange", unfold);
unfold();
