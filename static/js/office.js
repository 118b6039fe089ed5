/* Small helps of the office's pages; every page works without them save for confirm dialogs. */
(() => {
  "use strict";
  const findByNumber = (number) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    const form = Object.assign(document.createElement("form"), { method: "post", action: "/admin/work/people/find/" });
    [["number", number], ["csrfmiddlewaretoken", token]].forEach(([name, value]) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value })));
    document.body.append(form);
    form.submit();
  };
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
    const toggle = event.target.closest("[data-side-toggle]");
    if (toggle) {
      const open = toggle.closest("[data-side]").classList.toggle("open");
      toggle.setAttribute("aria-expanded", String(open));
    }
    document.querySelectorAll("details.cited[open]").forEach((shown) => {
      if (!shown.contains(event.target)) shown.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelectorAll("details.cited[open]").forEach((shown) => { shown.open = false; });
  });
  document.addEventListener("toggle", (event) => {
    const box = event.target.matches?.("details.cited[open]") && event.target.querySelector(".cited-box");
    if (!box || getComputedStyle(box).position !== "absolute") return;
    const over = box.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (over > 0) box.style.left = `${box.offsetLeft - over}px`;
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const typed = [...form.querySelectorAll("input[type=search], input[type=text]")].find((i) => /^\d{17}[\dXx]$/.test(i.value.replace(/\s/g, "")));
    if (form.method === "get" && typed && document.body.matches(".office, .register, :has(.shell)")) {
      event.preventDefault(); // an ID number never goes into an address
      findByNumber(typed.value);
      return;
    }
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { event.preventDefault(); return; }
    const button = form.querySelector("[data-once]");
    if (button && !event.defaultPrevented) window.setTimeout(() => { button.disabled = true; }, 0);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-once]").forEach((b) => { b.disabled = false; }));
  document.querySelectorAll(".scroll-x").forEach((box) => { if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; });
  const present = document.querySelector(".rail [aria-current]");
  const rail = present?.closest(".rail");
  if (rail && rail.scrollWidth > rail.clientWidth) rail.scrollLeft = present.closest("li").offsetLeft - rail.clientWidth / 2 + 36;
})();
