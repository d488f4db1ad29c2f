// Moves the bar of a file that is being read or written; when the work ends, the page is loaded anew.
// Without this script the page says how to look again.
const PAUSE = 1000;
const box = document.querySelector("[data-import-progress]");

const show = ({ done, total, state }) => {
  if (state === "reading") return;
  const bar = box.querySelector("progress");
  bar.max = Math.max(total, 1);
  bar.value = done;
  const words = box.dataset.importPattern.replace("DONE", done).replace("TOTAL", total);
  box.querySelector("[data-import-words]").textContent = words;
};

const ask = async () => {
  try {
    const answer = await fetch(box.dataset.importProgress, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const facts = await answer.json();
      if (!facts.working) return location.reload();
      show(facts);
    }
  } catch {
    // The network may be away for a while; the next turn tells.
  }
  return setTimeout(ask, PAUSE);
};

if (box) setTimeout(ask, PAUSE);
