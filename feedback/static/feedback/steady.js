// A page that is sent into a dead line is lost with the words on it. While the browser knows that there is no line, the
// press is held back and the words stay where they are; nothing is kept anywhere else.

for (const told of document.querySelectorAll("[data-steady]")) {
  const form = told.closest("form");
  form.addEventListener("submit", (event) => {
    told.hidden = navigator.onLine;
    if (navigator.onLine) return;
    // Before anybody else hears of it: a form that may be sent once has not been sent.
    event.preventDefault();
    event.stopImmediatePropagation();
    told.focus();
  }, true);
  addEventListener("online", () => { told.hidden = true; });
}
