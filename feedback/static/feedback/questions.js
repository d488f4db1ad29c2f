// Keying in from paper: the extra questions follow the category and the matter as they are chosen. Without this file they
// come with the answer to the first press.

const place = document.querySelector("[data-questions]");
const form = place?.closest("form");
const status = document.createElement("p");
let asking;

// Nothing of what was written goes into the address: the two choices alone.
function addressOf() {
  const chosen = ["category", "matter"].map((name) => [name, form.elements[name].value]);
  return `${form.action}?${new URLSearchParams(chosen)}`;
}

// An answer that was typed stays where the same question is asked again.
function keepAnswers(fresh) {
  for (const control of fresh.querySelectorAll("input, select, textarea")) {
    const typed = place.querySelector(`#${CSS.escape(control.id)}`);
    if (typed?.type === "checkbox" || typed?.type === "radio") control.checked = typed.checked;
    else if (typed) control.value = typed.value;
  }
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(addressOf(), { signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-questions]");
    if (!fresh) return;
    keepAnswers(fresh);
    place.replaceChildren(...fresh.childNodes);
    const count = place.querySelectorAll("[data-contentpath], .w-field").length;
    status.textContent = count ? `Có ${count} câu hỏi thêm dưới nội dung.` : "";
  } catch { /* the first press shows them */ }
}

if (form) {
  status.className = "w-sr-only";
  status.setAttribute("role", "status");
  form.append(status);
  form.addEventListener("change", (event) => {
    if (event.target.name === "category" || event.target.name === "matter") ask();
  });
}
