// Offers procedures while the clerk types: arrows choose, Enter takes. Without it the form asks after it was sent.
(() => {
  const WAIT = 150;

  document.querySelectorAll("[data-picker]").forEach((box) => {
    const input = box.querySelector("input[type=text]");
    const list = document.createElement("ul");
    list.id = "picker-list";
    list.className = "picker__list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.pickerLabel);
    list.hidden = true;
    box.append(list);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(name, value);
    input.focus();
    let timer = 0;
    let turn = 0;
    let at = -1;

    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const mark = (place) => {
      at = place;
      [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    };

    const take = (row) => {
      input.value = row.dataset.text;
      close();
      document.querySelector("[name=name]")?.focus();
    };

    const show = (procedures) => {
      list.replaceChildren(...procedures.map(({ text, time }, index) => {
        const row = document.createElement("li");
        row.id = `picker-${index}`;
        row.className = "picker__row";
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.dataset.text = text;
        row.textContent = time ? `${text} (${time})` : text;
        row.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(row);
        });
        return row;
      }));
      at = -1;
      list.hidden = procedures.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };

    const ask = async () => {
      turn += 1;
      const mine = turn;
      try {
        const answer = await fetch(`${box.dataset.picker}?q=${encodeURIComponent(input.value)}`);
        const { procedures } = await answer.json();
        if (mine === turn && document.activeElement === input) show(procedures);
      } catch {
        close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const rows = list.children.length;
      if (list.hidden || !rows) return;
      if (event.key === "ArrowDown") mark((at + 1) % rows);
      else if (event.key === "ArrowUp") mark((at - 1 + rows) % rows);
      else if (event.key === "Enter") take(list.children[Math.max(at, 0)]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  });
})();
