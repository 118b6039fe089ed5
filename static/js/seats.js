/* The seating chart: choose a seat, then a place (click, touch, Enter, or drag); the page that
   opens shows what the move would break. Without this file every seat has a link of its own. */
(() => {
  "use strict";
  const table = document.querySelector("table.seats[data-movable]");
  if (!table) return;
  table.classList.add("live");
  const cells = [...table.querySelectorAll("td[data-row]")];
  let chosen = null;
  const say = (text) => { document.getElementById("seat-help").textContent = text; };
  const choose = (cell) => {
    chosen?.setAttribute("aria-pressed", "false");
    chosen = cell;
    cell?.setAttribute("aria-pressed", "true");
    if (cell) say(table.dataset.chosen.replace("{}", cell.dataset.name));
    const other = document.getElementById("seat-other");
    other.hidden = !cell;
    if (cell) other.firstElementChild.href = cell.dataset.move;
  };
  const go = (cell) => {
    const to = new URL(chosen.dataset.move, location.href);
    Object.entries({ room: table.dataset.room, row: cell.dataset.row, column: cell.dataset.column }).forEach(([k, v]) => to.searchParams.set(k, v));
    location.assign(to);
  };
  const pick = (cell) => {
    if (!chosen) { if (cell.dataset.move) choose(cell); return; }
    if (chosen === cell) { choose(null); say(table.dataset.help); return; }
    go(cell);
  };
  const step = (cell, down, right) => {
    const next = cells.find((each) => +each.dataset.row === +cell.dataset.row + down && +each.dataset.column === +cell.dataset.column + right);
    if (!next) return;
    cell.tabIndex = -1; next.tabIndex = 0; next.focus();
  };
  const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  cells.forEach((cell, at) => {
    cell.tabIndex = at ? -1 : 0;
    cell.setAttribute("role", "button");
    cell.setAttribute("aria-pressed", "false");
    cell.draggable = Boolean(cell.dataset.move);
    cell.addEventListener("click", () => pick(cell));
    cell.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(cell); }
      if (event.key === "Escape") { choose(null); say(table.dataset.help); }
      if (arrows[event.key]) { event.preventDefault(); step(cell, ...arrows[event.key]); }
    });
    cell.addEventListener("dragstart", (event) => { choose(cell); event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", cell.dataset.name); });
    cell.addEventListener("dragover", (event) => { if (chosen && chosen !== cell) { event.preventDefault(); cell.classList.add("over"); } });
    cell.addEventListener("dragleave", () => cell.classList.remove("over"));
    cell.addEventListener("drop", (event) => { event.preventDefault(); cell.classList.remove("over"); if (chosen && chosen !== cell) go(cell); });
  });
  table.querySelectorAll(".adjust").forEach((link) => link.remove()); // a button holds no link
})();
