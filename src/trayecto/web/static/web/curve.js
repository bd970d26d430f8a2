// The points of the expected curve, moved by hand: up and down with a pointer, or with the arrows for
// who has the focus on one. Each is a slider from −2 to +2. The line follows when the change is saved,
// for one renderer draws it; until then three dashed strokes say where it will go.

const place = document.querySelector("[data-map][data-edits]");
if (place) work(place);

function work(place) {
  const SVG = "http://www.w3.org/2000/svg";
  const sheet = place.querySelector("[data-sheet]");
  const said = place.querySelector("[data-said]");
  const told = new Intl.NumberFormat(document.documentElement.lang, { signDisplay: "exceptZero", maximumFractionDigits: 1 });
  const PAUSE = 700;
  let moved = null; // { id, from, level, later }: moved, and not saved yet
  let held = false;

  const words = (level) => told.format(level).replace("-", "−");
  const clamp = (level) => Math.max(-2, Math.min(2, Math.round(level * 10) / 10));
  const pointOf = (id) => sheet.querySelector(`[data-expected="${CSS.escape(id)}"]`);

  function prepare() {
    for (const point of sheet.querySelectorAll("[data-expected]")) {
      const name = { tabindex: "0", role: "slider", "aria-orientation": "vertical", "aria-valuemin": "-2", "aria-valuemax": "2" };
      for (const [key, value] of Object.entries(name)) point.setAttribute(key, value);
      point.setAttribute("aria-label", place.dataset.feeling.replace("NAME", point.dataset.name));
      value(point, Number(point.dataset.level));
      // More to hold than the small circle that is seen.
      const dot = point.querySelector("circle");
      const hold = document.createElementNS(SVG, "circle");
      for (const key of ["cx", "cy"]) hold.setAttribute(key, dot.getAttribute(key));
      hold.setAttribute("r", "15");
      hold.setAttribute("class", "hold");
      point.prepend(hold);
    }
    if (moved && pointOf(moved.id)) show(pointOf(moved.id), moved.level);
  }

  function value(point, level) {
    point.setAttribute("aria-valuenow", String(level));
    point.setAttribute("aria-valuetext", words(level));
  }

  const height = (point, level) => {
    const [top, bottom] = [Number(point.dataset.top), Number(point.dataset.bottom)];
    return top + ((2 - level) / 4) * (bottom - top);
  };
  const middle = (point) => ({ x: Number(point.querySelector("circle").getAttribute("cx")), y: height(point, Number(point.dataset.level)) });

  function show(point, level) {
    const at = middle(point);
    const y = height(point, level);
    point.setAttribute("transform", `translate(0 ${y - at.y})`);
    value(point, level);
    const row = point.closest("[data-row]") || sheet.querySelector("svg");
    row.querySelector(".moving")?.remove();
    const points = [...row.querySelectorAll("[data-expected]")].sort((one, other) => middle(one).x - middle(other).x);
    const here = points.indexOf(point);
    const way = [points[here - 1], points[here + 1]].filter(Boolean).map(middle);
    const hint = document.createElementNS(SVG, "g");
    hint.setAttribute("class", "moving");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", way.map((end) => `M${end.x} ${end.y}L${at.x} ${y}`).join(""));
    const label = document.createElementNS(SVG, "text");
    label.setAttribute("x", at.x + 12);
    label.setAttribute("y", y + 4);
    label.textContent = words(level);
    hint.append(line, label);
    // In the lane of the point, so that both move together when a lane above is closed.
    (point.closest("[data-tall]") || row).append(hint);
  }

  function still(point) {
    for (const hint of sheet.querySelectorAll(".moving")) hint.remove();
    point?.removeAttribute("transform");
    if (point) value(point, Number(point.dataset.level));
  }

  function save() {
    if (!moved) return;
    const { id, from, level, later } = moved;
    moved = null;
    clearTimeout(later);
    if (level === from) return still(pointOf(id));
    const name = pointOf(id)?.dataset.name || id;
    said.textContent = place.dataset.moved.replace("NAME", name).replace("FROM", words(from)).replace("TO", words(level));
    place.dispatchEvent(new CustomEvent("edit", { detail: { kind: "set", thing: `touchpoint:${id}`, field: "emotion.level", given: { value: String(level) } } }));
  }

  function move(point, level) {
    const id = point.dataset.expected;
    if (moved && moved.id !== id) save();
    moved ||= { id, from: Number(point.dataset.level), level: 0, later: 0 };
    moved.level = clamp(level);
    show(point, moved.level);
  }

  sheet.addEventListener("keydown", (event) => {
    const point = event.target.closest("[data-expected]");
    if (!point || event.altKey || event.ctrlKey || event.metaKey) return;
    const now = moved?.id === point.dataset.expected ? moved.level : Number(point.dataset.level);
    const by = event.shiftKey ? 0.1 : 1;
    const to = { ArrowUp: now + by, ArrowRight: now + by, ArrowDown: now - by, ArrowLeft: now - by, Home: -2, End: 2 }[event.key];
    if (event.key === "Escape" && moved) {
      event.stopPropagation();
      clearTimeout(moved.later);
      moved = null;
      still(point);
    }
    if (to === undefined) return;
    event.preventDefault();
    move(point, to);
    clearTimeout(moved.later);
    moved.later = setTimeout(save, PAUSE); // several presses are one change
  });
  sheet.addEventListener("focusout", (event) => {
    // A picture drawn anew takes the focus away too, and gives it back.
    if (event.target.closest("[data-expected]")?.isConnected && event.relatedTarget) save();
  });

  sheet.addEventListener("pointerdown", (event) => {
    const point = event.target.closest("[data-expected]");
    if (!point || event.button !== 0) return;
    event.preventDefault();
    point.focus();
    point.setPointerCapture(event.pointerId);
    const lens = point.parentNode.getScreenCTM();
    const start = { y: event.clientY, level: moved?.id === point.dataset.expected ? moved.level : Number(point.dataset.level) };
    const steps = 4 / (lens.d * (Number(point.dataset.bottom) - Number(point.dataset.top)));
    let going = false;
    held = true;
    const go = (step) => {
      going ||= Math.abs(step.clientY - start.y) > 3;
      if (going) move(point, start.level - (step.clientY - start.y) * steps);
    };
    const stop = (step) => {
      for (const [name, work] of Object.entries(works)) point.removeEventListener(name, work);
      held = false;
      if (step.type === "pointerup") return save();
      moved = null;
      still(point);
    };
    const works = { pointermove: go, pointerup: stop, pointercancel: stop };
    for (const [name, work] of Object.entries(works)) point.addEventListener(name, work);
  });

  // A finger on a point moves it and not the page; `touch-action` means nothing inside a picture.
  sheet.addEventListener("touchmove", (event) => held && event.preventDefault(), { passive: false });

  place.addEventListener("drawn", prepare);
  prepare();
}
