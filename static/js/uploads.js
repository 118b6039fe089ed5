/* Photos cut on the phone, files sent with their progress; without this script the forms still work. */
(() => {
  "use strict";
  const MOST = 5 * 1024 * 1024;
  const LONGEST = 2400;
  const TALLEST = 1160;
  const LEAST = 150;
  const SHARP = 210; /* rows of the original a portrait is cut from at least */
  const PHONE_FORMAT = /^image\/hei[cf]|\.hei[cf]$/i;
  const PICTURE = /^image\/|\.(jpe?g|png|webp|heic|heif)$/i;

  const tell = (form, words, state) => {
    const note = form.querySelector("[data-note]");
    note.textContent = words;
    note.hidden = !words;
    note.className = `upload-note ${state || ""}`;
  };

  const opened = async (file) => {
    const address = URL.createObjectURL(file);
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      return image;
    } finally {
      window.setTimeout(() => URL.revokeObjectURL(address), 60000);
    }
  };

  const asJpeg = (canvas) => new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));

  const put = (input, blob, name) => {
    const bag = new DataTransfer();
    bag.items.add(new File([blob], name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }));
    input.files = bag.files;
  };

  /* What was wrong with the file before is told no longer. */
  const forget = (form) => {
    form.querySelectorAll(".invalid-feedback").forEach((old) => old.remove());
    form.querySelectorAll(".is-invalid, [aria-invalid]").forEach((field) => { field.classList.remove("is-invalid"); field.removeAttribute("aria-invalid"); });
    form.querySelector(".faults")?.remove();
  };

  /* While a file is chosen, the way on is to send it; the page's other way on waits. */
  const lead = (form, chosen) => {
    const after = form.closest(".card").querySelector("[data-after]");
    form.querySelector("[data-once]").classList.toggle("primary", chosen || !after);
    if (after) after.hidden = chosen;
  };

  /* A picture too heavy to send is made smaller here; whatever else is too heavy is told at once. */
  const lighter = async (form, input) => {
    const file = input.files[0];
    tell(form, "");
    if (!file || file.size <= MOST) return true;
    try {
      if (!PICTURE.test(file.type || file.name)) throw new Error("heavy");
      const image = await opened(file);
      const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.naturalWidth * scale);
      canvas.height = Math.round(image.naturalHeight * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      put(input, await asJpeg(canvas), file.name);
      return true;
    } catch {
      tell(form, form.dataset.heavy.replace("{mb}", (file.size / 1024 / 1024).toFixed(1)), "bad");
      input.value = "";
      return false;
    }
  };

  class Cutter {
    constructor(form) {
      this.form = form;
      this.input = form.querySelector("input[type=file]");
      this.box = form.querySelector("[data-cutter]");
      this.canvas = this.box.querySelector("canvas");
      this.sliders = Object.fromEntries(["zoom", "x", "y"].map((key) => [key, this.box.querySelector(`[data-move=${key}]`)]));
      this.ratio = Number(form.dataset.ratio);
      this.head = Number(form.dataset.head);
      this.canvas.width = Math.round(this.canvas.height * this.ratio);
      this.box.addEventListener("input", () => this.draw());
      this.canvas.addEventListener("pointerdown", (event) => this.grab(event));
    }

    async take() {
      const file = this.input.files[0];
      const told = this.form.dataset;
      this.show(false);
      if (!file) return;
      try {
        this.image = await opened(file);
      } catch {
        tell(this.form, PHONE_FORMAT.test(file.type || file.name) ? told.heic : told.unreadable, "bad");
        return;
      }
      const { naturalWidth: wide, naturalHeight: tall } = this.image;
      if (Math.min(wide, tall) < LEAST) {
        this.image = null;
        tell(this.form, told.small, "bad");
        return;
      }
      tell(this.form, "");
      Object.values(this.sliders).forEach((slider) => { slider.value = slider.defaultValue; });
      this.sliders.zoom.max = Math.max(1, Math.min(4, Math.min(wide / this.ratio, tall) / SHARP));
      this.show(true);
      this.draw();
      this.box.scrollIntoView({ block: "nearest" });
    }

    show(on) {
      if (!on) this.image = null;
      this.box.hidden = !on;
      lead(this.form, on);
      const button = this.form.querySelector("[data-once]");
      this.words ??= button.textContent;
      button.textContent = on ? this.form.dataset.send : this.words;
    }

    /* The part of the picture that stays, in its own pixels. */
    part() {
      const { naturalWidth: wide, naturalHeight: tall } = this.image;
      const least = Math.min(wide / this.ratio, tall);
      const height = least / Number(this.sliders.zoom.value);
      const width = height * this.ratio;
      const at = (slider, room) => (room * (Number(slider.value) + 100)) / 200;
      return { x: at(this.sliders.x, wide - width), y: at(this.sliders.y, tall - height), width, height };
    }

    paint(canvas) {
      const pen = canvas.getContext("2d");
      const { x, y, width, height } = this.part();
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(this.image, x, y, width, height, 0, 0, canvas.width, canvas.height);
      return pen;
    }

    draw() {
      if (!this.image) return;
      const { width, height } = this.canvas;
      const pen = this.paint(this.canvas);
      const tall = height * this.head;
      const middle = height * 0.09 + tall / 2;
      [["rgba(255,255,255,.85)", 4], ["#1f5fbf", 2]].forEach(([colour, line]) => {
        pen.strokeStyle = colour;
        pen.lineWidth = line;
        pen.setLineDash(line === 2 ? [8, 6] : []);
        pen.beginPath();
        pen.ellipse(width / 2, middle, tall * 0.37, tall / 2, 0, 0, Math.PI * 2);
        pen.stroke();
      });
    }

    grab(start) {
      if (!this.image) return;
      this.canvas.setPointerCapture(start.pointerId);
      const from = { x: Number(this.sliders.x.value), y: Number(this.sliders.y.value) };
      const scale = this.part().height / this.canvas.clientHeight;
      const { naturalWidth: wide, naturalHeight: tall } = this.image;
      const part = this.part();
      const moved = (event) => {
        const shift = (pixels, room) => (room > 1 ? (pixels * scale * 200) / room : 0);
        this.sliders.x.value = from.x - shift(event.clientX - start.clientX, wide - part.width);
        this.sliders.y.value = from.y - shift(event.clientY - start.clientY, tall - part.height);
        this.draw();
      };
      this.canvas.addEventListener("pointermove", moved);
      this.canvas.addEventListener("pointerup", () => this.canvas.removeEventListener("pointermove", moved), { once: true });
    }

    /* What is cut replaces the file: smaller to send, and without the place it was taken at. */
    async cut() {
      const canvas = document.createElement("canvas");
      canvas.height = Math.min(TALLEST, Math.max(Math.round(this.part().height), SHARP));
      canvas.width = Math.round(canvas.height * this.ratio);
      this.paint(canvas);
      put(this.input, await asJpeg(canvas), "photo.jpg");
    }
  }

  const cutters = new WeakMap();

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form");
    if (event.target.type !== "file" || !form) return;
    forget(form);
    if (form.matches("[data-photo]")) {
      if (!cutters.has(form)) cutters.set(form, new Cutter(form));
      cutters.get(form).take();
    } else if (form.matches("[data-upload]")) {
      lighter(form, event.target).then(() => lead(form, event.target.files.length > 0));
    }
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("[data-photo]") && cutters.get(form)?.image) {
      event.preventDefault();
      once(form, true);
      try {
        await cutters.get(form).cut();
      } catch { /* the file goes as it is */ }
      send(form, cutters.get(form));
    } else if (form.matches("[data-upload]") && form.querySelector("input[type=file]").files.length) {
      event.preventDefault();
      once(form, true);
      if (await lighter(form, form.querySelector("input[type=file]"))) send(form);
      else once(form, false);
    }
  }, true);

  const once = (form, sent) => form.querySelectorAll("[data-once]").forEach((b) => { b.disabled = sent; });

  /* With a `cutter` a refusal stands below the picture, which stays to be cut anew. */
  const send = (form, cutter) => {
    const asked = new XMLHttpRequest();
    const bar = form.querySelector("progress");
    const button = form.querySelector("[data-once]");
    bar.hidden = false;
    tell(form, "");
    forget(form);
    asked.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    const lost = () => {
      bar.hidden = true;
      once(form, false);
      button.textContent = form.dataset.again;
      tell(form, form.dataset.lost, "bad");
    };
    ["error", "timeout", "abort"].forEach((kind) => asked.addEventListener(kind, lost));
    asked.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(asked.responseText, "text/html");
      const main = page.querySelector("main");
      if (!main || asked.status >= 500 || asked.status === 413) { lost(); return; }
      const refused = asked.status === 422 && cutter && main.querySelector("[data-photo] .invalid-feedback");
      if (refused) {
        bar.hidden = true;
        once(form, false);
        tell(form, " ", "bad");
        form.querySelector("[data-note]").replaceChildren(...refused.childNodes);
        return;
      }
      const moved = new URL(asked.responseURL).pathname !== location.pathname;
      history[moved ? "pushState" : "replaceState"]({}, "", asked.responseURL);
      document.querySelector("main").replaceWith(main);
      main.focus();
    });
    asked.open("POST", form.action || location.href);
    asked.timeout = 180000;
    asked.send(new FormData(form));
  };
  window.addEventListener("popstate", () => location.reload());
})();
