// Comfort only: every page works without this file.

// The error summary of a form takes focus, so that a screen reader begins with it.
document.querySelector("[data-focus]")?.focus();

// Characters left, told after a pause so that a screen reader is not interrupted at every key.
for (const note of document.querySelectorAll("[data-count-for]")) {
  const control = document.getElementById(note.dataset.countFor);
  const most = Number(note.dataset.countMax);
  if (!control || !most) continue;
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  note.after(spoken);
  const start = note.textContent;
  let pause;
  const tell = () => {
    const written = control.value.length;
    const number = new Intl.NumberFormat("vi").format(Math.abs(most - written));
    note.textContent = written === 0 ? start : written > most ? `Thừa ${number} ký tự` : `Còn ${number} ký tự`;
    clearTimeout(pause);
    pause = setTimeout(() => { spoken.textContent = written > most * 0.9 ? note.textContent : ""; }, 1000);
  };
  control.addEventListener("input", tell);
  tell();
}

// A second press on "send" while the first is on its way does nothing; the server would refuse a double as well.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
});

// Buttons that only make sense with script are hidden in the HTML and shown here, with the place they stand in.
const show = (button) => {
  button.hidden = false;
  const place = button.parentElement;
  if (place.localName === "li") place.hidden = false;
};
const tell = (button, text) => { (button.querySelector("[role=status]") ?? button).textContent = text; };
for (const button of document.querySelectorAll("[data-print]")) {
  show(button);
  button.addEventListener("click", () => print());
}
for (const button of document.querySelectorAll("[data-copy], [data-copy-text]")) {
  if (!navigator.clipboard) continue;
  show(button);
  button.addEventListener("click", async () => {
    const { copy, copyText, copied } = button.dataset;
    await navigator.clipboard.writeText(copyText ?? document.getElementById(copy).textContent.trim());
    tell(button, copied || "Đã chép");
  });
}
// The phone's own list of ways to send: Zalo, messages, whatever the reader uses.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  show(button);
  button.addEventListener("click", () => {
    navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
  });
}

// What this reader chose stays in this browser: no cookie, nothing is sent. Storage may be switched off.
const kept = {
  get(name) { try { return localStorage.getItem(name); } catch { return null; } },
  set(name, value) {
    try { if (value) localStorage.setItem(name, value); else localStorage.removeItem(name); } catch { /* shown now, not kept */ }
  },
};

// Size of letters and contrast; the head of the page sets again what was kept (display.js).
const root = document.documentElement;
const choices = [["text", "showText", "co-chu"], ["contrast", "showContrast", "tuong-phan"]];
const press = () => {
  for (const button of document.querySelectorAll(".display__button")) {
    for (const [what, name] of choices) {
      if (name in button.dataset) button.setAttribute("aria-pressed", String((root.dataset[what] ?? "") === button.dataset[name]));
    }
  }
};
for (const button of document.querySelectorAll(".display__button")) {
  button.addEventListener("click", () => {
    for (const [what, name, key] of choices) {
      if (!(name in button.dataset)) continue;
      const again = what === "contrast" && root.dataset[what] === button.dataset[name];
      const value = again ? "" : button.dataset[name];
      if (value) root.dataset[what] = value; else delete root.dataset[what];
      kept.set(key, value);
    }
    press();
  });
}
press();

// Menus: details do the work; here Esc closes, and an open list gives way when the reader goes elsewhere.
const nav = document.querySelector(".menu");
const opened = () => nav?.querySelector(".menu__sub[open]");
// Only where the list lies over the page; on a phone closing it would move what the finger is about to press.
const over = () => [opened()].find((list) => list && getComputedStyle(list.querySelector(".menu__panel")).position === "absolute");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !nav) return;
  const list = opened() ?? nav.querySelector(".menu__all[open]");
  if (!list) return;
  list.open = false;
  if (nav.contains(document.activeElement)) list.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const list = over();
  if (list && !list.contains(event.target)) list.open = false;
});
nav?.addEventListener("focusout", (event) => {
  const list = over();
  if (list && event.relatedTarget && !list.contains(event.relatedTarget)) list.open = false;
});

// A notice that was closed here stays closed until it is published anew.
const closed = new Set((kept.get("da-dong") ?? "").split(" ").filter(Boolean));
for (const notice of document.querySelectorAll("[data-notice]")) {
  if (closed.has(notice.dataset.notice)) notice.hidden = true;
  const button = notice.querySelector("[data-close-notice]");
  button.hidden = false;
  button.addEventListener("click", () => {
    notice.hidden = true;
    closed.add(notice.dataset.notice);
    kept.set("da-dong", [...closed].slice(-20).join(" "));
    document.querySelector("main")?.focus();
  });
}

// What the typed words may become: fetched when a search box of the whole site is entered first.
for (const form of document.querySelectorAll("[data-suggest]")) {
  form.addEventListener("focusin", async () => {
    const { suggest } = await import(form.dataset.suggestScript);
    suggest(form);
  }, { once: true });
}
