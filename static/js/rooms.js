/* The layout of a room as a picture over its text: paint with mouse or finger, or go with the
   arrow keys and set with Space. Without this file the text is edited as it is. */
(() => {
  "use strict";
  const box = document.querySelector("[data-room-editor]");
  const text = document.querySelector("textarea.room-text");
  if (!box || !text) return;
  const LARGEST = 40;
  const marks = Object.fromEntries([...box.querySelectorAll("[name=mark]")].map((each) => [each.value, each.dataset.word]));
  let rows = text.value.split("\n").map((line) => [...line.replace(/\s/g, "")]).filter((line) => line.length);
  let painting = false;
  const grid = box.querySelector(".room-grid");
  const tool = () => box.querySelector("[name=mark]:checked").value;
  const word = (row, column) => box.dataset.place.replace("{row}", row + 1).replace("{column}", column + 1) + " " + marks[rows[row][column]];
  const store = () => {
    text.value = rows.map((line) => line.join("")).join("\n");
    const seats = rows.flat().filter((mark) => mark !== "空" && mark !== "坏").length;
    box.querySelector(".room-count").textContent = box.dataset.count.replace("{}", seats);
  };
  const show = (button) => {
    const { row, column } = button.dataset;
    button.dataset.mark = rows[row][column];
    button.textContent = rows[row][column];
    button.setAttribute("aria-label", word(+row, +column));
  };
  const paint = (button) => {
    if (!button?.dataset?.row) return;
    rows[button.dataset.row][button.dataset.column] = tool();
    show(button); store();
  };
  const draw = () => {
    grid.style.gridTemplateColumns = `repeat(${rows[0].length}, auto)`;
    grid.replaceChildren(...rows.flatMap((line, row) => line.map((_mark, column) => {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      Object.assign(button.dataset, { row, column });
      button.tabIndex = row || column ? -1 : 0;
      show(button);
      return button;
    })));
    store();
  };
  const at = (row, column) => grid.querySelector(`[data-row="${row}"][data-column="${column}"]`);
  const size = { more_rows: () => rows.length < LARGEST && rows.push(rows[0].map(() => "座")), fewer_rows: () => rows.length > 1 && rows.pop(),
    more_columns: () => rows[0].length < LARGEST && rows.forEach((line) => line.push("座")), fewer_columns: () => rows[0].length > 1 && rows.forEach((line) => line.pop()) };
  box.addEventListener("click", (event) => {
    const change = event.target.closest("[data-size]");
    if (change) { size[change.dataset.size](); draw(); }
  });
  grid.addEventListener("pointerdown", (event) => { painting = true; event.target.releasePointerCapture?.(event.pointerId); paint(event.target.closest("button")); });
  grid.addEventListener("pointermove", (event) => { if (painting) paint(document.elementFromPoint(event.clientX, event.clientY)?.closest(".room-grid button")); });
  window.addEventListener("pointerup", () => { painting = false; });
  const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  grid.addEventListener("keydown", (event) => {
    const here = event.target;
    if (event.key === " " || event.key === "Enter") { event.preventDefault(); paint(here); return; }
    if (Object.values(marks).length && marks[event.key]) { rows[here.dataset.row][here.dataset.column] = event.key; show(here); store(); }
    if (!arrows[event.key]) return;
    event.preventDefault();
    const [down, right] = arrows[event.key];
    const next = at(+here.dataset.row + down, +here.dataset.column + right);
    if (next) { here.tabIndex = -1; next.tabIndex = 0; next.focus(); }
  });
  box.hidden = false;
  document.querySelector("[data-room-plain]").open = false;
  text.addEventListener("change", () => { rows = text.value.split("\n").map((line) => [...line.replace(/\s/g, "")]).filter((line) => line.length); draw(); });
  draw();
})();
