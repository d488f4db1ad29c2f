// At the machine of a counter: asks whoever went quiet, then makes room for the next one. What is sent or opened while
// this clock runs says so (cham): a long page is no reason to forget. Without it the server forgets by itself.
const page = document.querySelector("[data-kiosk]");
if (page) {
  const wait = Number(page.dataset.kiosk) * 1000;
  const asks = page.querySelector("dialog");
  const warn = asks ? Math.min(15_000, wait / 2) : 0;
  let last = Date.now();
  const alive = () => { last = Date.now(); if (asks?.open) asks.close(); };
  if (asks) {
    for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, () => { if (!asks.open) alive(); }, { passive: true });
    asks.querySelector("[data-stay]").addEventListener("click", alive);
    asks.addEventListener("cancel", alive);
  }
  page.querySelector("form")?.addEventListener("formdata", (event) => event.formData.set("cham", "1"));
  for (const link of page.querySelectorAll("form a[href]")) link.addEventListener("click", () => { link.search += "&cham=1"; });
  setInterval(() => {
    const left = wait - (Date.now() - last);
    if (left <= 0) location.replace(page.dataset.start);
    else if (asks && left <= warn) {
      asks.querySelector("[data-left]").textContent = `${Math.ceil(left / 1000)}`;
      if (!asks.open) asks.showModal();
    }
  }, 250);
}
// A finger that goes back must not find what the one before chose.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
