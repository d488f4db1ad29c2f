// While a title is typed, published answers near to it are shown below. Without this file they come on the review step.

const title = document.querySelector("#id_title");
const place = document.querySelector("[data-similar]");
let asking;
let rest;
let last = "";

async function ask() {
  const text = title.value.trim();
  if (text === last || text.length < 10) return;
  last = text;
  asking?.abort();
  asking = new AbortController();
  const body = new FormData();
  body.set("title", text);
  body.set("csrfmiddlewaretoken", title.form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(place.dataset.similar, { method: "POST", body, signal: asking.signal });
    // Our own HTML, of published answers alone; a refusal (too many tries) is no reason to disturb who writes.
    if (answer.ok) place.innerHTML = await answer.text();
  } catch { /* the line is gone or the next question is on its way: the form works on */ }
}

title?.addEventListener("input", () => {
  clearTimeout(rest);
  rest = setTimeout(ask, 600);
});
title?.addEventListener("change", ask);
if (title?.value) ask();
