/* The reviewer's desk: papers zoom and turn, keys do what the buttons do. Without it every paper
   stands below the other and every button is pressed. */
(() => {
  "use strict";
  const STEP = 1.25, LEAST = 0.25, MOST = 6, KEYS = "review-keys";
  const desk = document.querySelector(".desk");
  if (!desk) return;
  const papers = [...desk.querySelectorAll(".paper-one")];
  const view = { zoom: 1, turn: 0, at: 0 };
  const tools = desk.querySelector(".paper-tools");
  const shown = tools?.querySelector("output");

  const wrap = (image) => {
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    image.replaceWith(sheet);
    sheet.append(image);
  };
  const draw = () => {
    const paper = papers[view.at];
    const box = paper?.querySelector(".paper-view");
    if (!box) return;
    box.querySelectorAll(".sheet").forEach((sheet) => {
      const image = sheet.firstElementChild;
      if (!image.naturalWidth) return;
      const sideways = view.turn % 180 !== 0;
      const shape = image.naturalHeight / image.naturalWidth;
      const room = box.clientWidth;
      const width = (sideways ? room / shape : room) * view.zoom;
      const height = width * shape;
      sheet.style.width = `${sideways ? height : width}px`;
      sheet.style.height = `${sideways ? width : height}px`;
      image.style.width = `${width}px`;
      image.style.transform = `translate(-50%, -50%) rotate(${view.turn}deg)`;
    });
    if (shown) shown.textContent = `${Math.round(view.zoom * 100)}%`;
  };
  const open = (number) => {
    if (!papers[number]) return;
    Object.assign(view, { zoom: 1, turn: 0, at: number });
    papers.forEach((paper, i) => { paper.hidden = i !== number; });
    desk.querySelectorAll(".paper-tabs button").forEach((tab, i) => tab.setAttribute("aria-pressed", String(i === number)));
    draw();
  };
  const acts = {
    in: () => { view.zoom = Math.min(MOST, view.zoom * STEP); },
    out: () => { view.zoom = Math.max(LEAST, view.zoom / STEP); },
    fit: () => { view.zoom = 1; },
    left: () => { view.turn = (view.turn + 270) % 360; },
    right: () => { view.turn = (view.turn + 90) % 360; },
  };
  const work = (name) => { acts[name](); draw(); };

  desk.querySelectorAll(".paper-view img").forEach((image) => {
    wrap(image);
    image.loading = "eager";
    if (image.complete) draw(); else image.addEventListener("load", draw);
  });
  if (papers.length) {
    desk.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
    desk.querySelectorAll(".paper-tabs button").forEach((tab, i) => tab.addEventListener("click", () => open(i)));
    tools?.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => work(button.dataset.act)));
    window.addEventListener("resize", draw);
    open(Math.max(0, papers.findIndex((paper) => paper.id === location.hash.slice(1))));
  }

  const follow = (rel) => document.querySelector(`.page-actions [rel="${rel}"]`)?.click();
  const pass = () => {
    const form = desk.querySelector("form[data-pass]");
    if (!form) return;
    const note = form.elements.note;
    if (note.required && !note.value.trim()) note.focus(); else form.requestSubmit();
  };
  const send = () => {
    const box = desk.querySelector("details[data-return]");
    if (!box) return;
    box.open = true;
    box.querySelector("input[type=checkbox]")?.focus();
  };
  const keys = {
    j: () => follow("next"), k: () => follow("prev"), c: pass, r: send,
    "+": () => work("in"), "=": () => work("in"), "-": () => work("out"), "0": () => work("fit"),
    "[": () => work("left"), "]": () => work("right"),
  };
  const box = desk.querySelector("[data-keys]");
  let on = true;
  try { on = localStorage.getItem(KEYS) !== "off"; } catch { /* private window */ }
  if (box) {
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      try { localStorage.setItem(KEYS, on ? "on" : "off"); } catch { /* private window */ }
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("textarea, select, input:not([type=checkbox], [type=radio])");
    if (typing || document.querySelector("dialog[open]")) return;
    const paper = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1;
    if (papers[paper]) open(paper);
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });
})();
