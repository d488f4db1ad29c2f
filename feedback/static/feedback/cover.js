// Boxes drawn over a picture with mouse, finger or pen. They only fill in the numbers of the form below; the server
// paints. Without this file the numbers are typed.

const form = document.querySelector("[data-cover]");
const stage = form.querySelector("[data-cover-stage]");
const picture = form.querySelector("[data-cover-picture]");
const tools = form.querySelector("[data-cover-tools]");
const said = form.querySelector("[data-cover-said]");
const SIDES = ["left", "top", "width", "height"];
const SLIP = 0.7; // hundredths; a shorter pull was a click
const rows = [...form.querySelectorAll("[data-cover-box]")].map((row) => ({
  inputs: SIDES.map((side) => row.querySelector(`[name$="-${side}"]`)),
  drop: row.querySelector("[name$=-drop]"),
  drawn: Object.assign(document.createElement("div"), { className: "picture-cover__drawn" }),
}));
let pull;

const numbers = (row) => row.inputs.map((input) => Number.parseFloat(input.value.replace(",", ".")));
const isEmpty = (row) => row.inputs.every((input) => !input.value.trim());

function place(element, [left, top, width, height]) {
  Object.assign(element.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
}

function redraw() {
  for (const row of rows) {
    const box = numbers(row);
    row.drawn.hidden = row.drop?.checked || box.some(Number.isNaN);
    if (!row.drawn.hidden) place(row.drawn, box);
  }
}

function fill(row, box) {
  row.inputs.forEach((input, at) => { input.value = box[at] === undefined ? "" : box[at].toFixed(2); });
  if (row.drop) row.drop.checked = false;
  redraw();
}

function at(event) {
  const frame = picture.getBoundingClientRect();
  const within = (share) => Math.min(100, Math.max(0, share * 100));
  return [within((event.clientX - frame.left) / frame.width), within((event.clientY - frame.top) / frame.height)];
}

function pulled(event) {
  const [x, y] = at(event);
  const [left, top] = [Math.min(x, pull.x), Math.min(y, pull.y)];
  // Two places are kept: rounded so that start and size together never pass the edge.
  const side = (start, size) => [Math.floor(start * 100) / 100, size];
  const [l, w] = side(left, Math.abs(x - pull.x));
  const [t, h] = side(top, Math.abs(y - pull.y));
  return [l, t, Math.min(100 - l, Math.ceil(w * 100) / 100), Math.min(100 - t, Math.ceil(h * 100) / 100)];
}

stage.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  const row = rows.find(isEmpty);
  said.textContent = row ? "" : said.dataset.full;
  if (!row) return;
  const [x, y] = at(event);
  pull = { x, y, row };
  stage.setPointerCapture(event.pointerId);
  event.preventDefault();
});
stage.addEventListener("pointermove", (event) => {
  if (pull) fill(pull.row, pulled(event));
});
for (const end of ["pointerup", "pointercancel"]) {
  stage.addEventListener(end, (event) => {
    if (!pull) return;
    const box = pulled(event);
    fill(pull.row, end === "pointercancel" || box[2] < SLIP || box[3] < SLIP ? [] : box);
    pull = undefined;
  });
}
form.querySelector("[data-cover-undo]").addEventListener("click", () => {
  const last = rows.findLast((row) => !isEmpty(row));
  if (last) fill(last, []);
});
form.addEventListener("input", redraw);

stage.append(...rows.map((row) => row.drawn));
tools.hidden = false;
redraw();
