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

// Buttons that only make sense with script are hidden in the HTML and shown here.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim());
    button.textContent = button.dataset.copied || "Đã chép";
  });
}
