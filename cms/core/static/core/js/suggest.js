// Suggestions under a search box: an editable combobox with a list (ARIA Authoring Practices, list autocomplete with
// manual selection). Without this file the box is a plain form, and so it is while the list is shut.

const SHORTEST = 2;
const REST = 200; // milliseconds after the last letter
const known = new Map();

async function linesFor(address, typed, signal) {
  const key = typed.toLocaleLowerCase("vi");
  if (!known.has(key)) {
    const answer = await fetch(`${address}?${new URLSearchParams({ q: key })}`, { signal });
    if (!answer.ok) return [];
    known.set(key, (await answer.json()).suggestions);
  }
  return known.get(key);
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

export function suggest(form) {
  const input = form.querySelector("input[name=q]");
  const list = element("ul", "suggest");
  const status = element("p", "visually-hidden");
  let active = -1;
  let timer;
  let asking;

  list.id = `${input.id}-goi-y`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Gợi ý");
  status.setAttribute("role", "status");
  input.closest(".search__line").append(list);
  form.append(status);
  // A box of type "search" is no combobox; the form's own role says that it is a search.
  input.type = "text";
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }

  const options = () => [...list.children];
  const shut = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    point(-1);
  };
  function point(place) {
    active = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options()[place].id);
      options()[place].scrollIntoView({ block: "nearest" });
    }
  }
  function open(lines) {
    list.replaceChildren(...lines.map((line, at) => {
      const option = element("li", "suggest__option");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.dataset.url = line.url;
      const words = element("span", "suggest__text", line.text);
      if (line.number) words.prepend(element("span", "suggest__number", line.number), " ");
      option.append(words, " ", element("span", "suggest__kind", line.kind));
      return option;
    }));
    list.hidden = !lines.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    point(-1);
    status.textContent = lines.length ? `Có ${lines.length} gợi ý, dùng phím mũi tên để chọn` : "";
  }
  async function ask() {
    const typed = input.value.trim().replace(/\s+/g, " ");
    asking?.abort();
    if (typed.length < SHORTEST) return shut();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const lines = await linesFor(form.dataset.suggest, typed, signal);
      if (!signal.aborted && document.activeElement === input) open(lines);
    } catch { /* no list: the form works without */ }
  }
  const go = (option) => {
    shut();
    location.assign(option.dataset.url);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, REST);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = options().length - 1;
    if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      ask();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      point(active < last ? active + 1 : -1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      point(active < 0 ? last : active - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(options()[active]);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight" || event.key === "Home" || event.key === "End") {
      point(-1);
    }
  });
  form.addEventListener("submit", shut);
  input.addEventListener("blur", shut);
  // The box keeps the focus while a finger or a mouse chooses.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  if (document.activeElement === input && input.value.trim() && input.value !== input.defaultValue) ask();
}
