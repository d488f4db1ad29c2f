// Comfort for the moderation queue: tick all at once, see how many are ticked. The screen works without it.
const queue = document.querySelector("[data-queue]");
document.querySelector("[data-queue-focus]")?.focus();
if (queue) {
  const ticks = [...queue.querySelectorAll("input[name=chosen]")];
  const line = queue.querySelector("[data-queue-all]");
  const all = line.querySelector("input");
  const told = line.querySelector("[data-queue-count]");
  const tell = () => {
    const number = ticks.filter((tick) => tick.checked).length;
    all.checked = number === ticks.length;
    all.indeterminate = number > 0 && number < ticks.length;
    told.textContent = number ? told.dataset.queuePattern.replace("NUMBER", number) : "";
  };
  all.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = all.checked;
    tell();
  });
  queue.addEventListener("change", (event) => { if (event.target.name === "chosen") tell(); });
  line.hidden = false;
  tell();
}
