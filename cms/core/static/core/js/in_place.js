// A list with filters changes in place; without this file its form and its links load the page anew, which is the same.
//
// [data-in-place] holds one GET form, one [data-in-place-results] labelled by its heading, and one
// [data-in-place-status], which is told the new heading.

const region = document.querySelector("[data-in-place]");
const form = region?.querySelector("form");
const status = region?.querySelector("[data-in-place-status]");
let asking;

const results = (root) => root.querySelector("[data-in-place-results]");
const here = () => location.pathname + location.search;

function addressOf(filters) {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(filters)) {
    if (value.trim()) asked.append(name, value);
  }
  return location.pathname + (asked.size ? `?${asked}` : "");
}

// Controls stay where they are, so that focus does; only what they offer and say is taken over. What the form keeps
// unseen (the filters that are links) comes and goes.
function takeOver(fresh) {
  for (const control of form.querySelectorAll("input[type=hidden]")) control.remove();
  for (const control of fresh.querySelectorAll("form input[type=hidden]")) form.append(document.adoptNode(control));
  for (const control of form.elements) {
    const other = control.name && fresh.querySelector("form").elements[control.name];
    if (!other) continue;
    const { value } = other;
    const choice = control.tagName === "SELECT";
    if (choice) control.replaceChildren(...other.options);
    if (choice || control !== document.activeElement) control.value = value;
  }
}

async function show(address, { push = true, focus = false } = {}) {
  asking?.abort();
  asking = new AbortController();
  results(region).setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!results(page)) throw new Error("no list");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  if (push && address !== here()) history.pushState(null, "", address);
  document.title = page.title;
  takeOver(page.querySelector("[data-in-place]"));
  results(region).replaceWith(document.adoptNode(results(page)));
  const heading = document.getElementById(results(region).getAttribute("aria-labelledby"));
  status.textContent = heading.textContent;
  if (!focus) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

if (form && results(region) && status) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOf(form), { focus: true });
  });
  // Arrow keys pass over options one by one; the list follows when they rest.
  let rest;
  form.addEventListener("change", (event) => {
    if (event.target.tagName !== "SELECT") return;
    clearTimeout(rest);
    rest = setTimeout(() => show(addressOf(form)), 250);
  });
  region.addEventListener("click", (event) => {
    const link = event.target.closest(".pager a, .chips a, .facets a");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    show(link.pathname + link.search, { focus: true });
  });
  addEventListener("popstate", () => show(here(), { push: false }));
}
