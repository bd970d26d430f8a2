// Touchpoints and stages, moved by hand. A mouse takes hold at once; a finger after it has rested on
// one for a moment, so that a finger that goes on still scrolls the page. A line says where it will
// stand, and near an edge of the picture the rest of it comes along.

const place = document.querySelector("[data-map][data-edits]");
if (place) work(place);

function work(place) {
  const SVG = "http://www.w3.org/2000/svg";
  const MOVED = "[data-touchpoint], [data-stage]";
  const HOLD = 350; // milliseconds a finger rests before it takes hold
  const SLACK = 8; // pixels it may tremble meanwhile
  const EDGE = 48; // pixels from the edge where the picture begins to scroll
  const sheet = place.querySelector("[data-sheet]");
  let drag = null;

  const kindOf = (mark) => (mark.dataset.touchpoint ? "touchpoint" : "stage");
  const keyOf = (mark) => `${kindOf(mark)}:${mark.dataset[kindOf(mark)]}`;

  function begin(event, mark) {
    const scale = sheet.querySelector("svg").getScreenCTM().a;
    drag = { mark, scale, id: event.pointerId, touch: event.pointerType === "touch", x: event.clientX, y: event.clientY, left: sheet.scrollLeft, at: event, going: false, later: 0, frame: 0 };
    if (drag.touch) drag.later = setTimeout(take, HOLD);
    for (const [name, work] of Object.entries(works)) window.addEventListener(name, work);
  }

  function take() {
    drag.going = true;
    drag.mark.classList.add("dragged");
    follow();
  }

  function end() {
    clearTimeout(drag.later);
    cancelAnimationFrame(drag.frame);
    for (const [name, work] of Object.entries(works)) window.removeEventListener(name, work);
    for (const hint of sheet.querySelectorAll(".landing")) hint.remove();
    drag.mark.removeAttribute("transform");
    drag.mark.classList.remove("dragged");
    drag = null;
  }

  const mine = (event) => event.pointerId === drag?.id;

  function move(event) {
    if (!mine(event)) return;
    drag.at = event;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLACK;
    if (!drag.going && far) {
      if (drag.touch) return end(); // it scrolls
      take();
    }
    if (drag?.going) follow();
  }

  function follow() {
    const { mark, at, scale } = drag;
    const x = at.clientX - drag.x + sheet.scrollLeft - drag.left;
    mark.setAttribute("transform", `translate(${x / scale} ${(at.clientY - drag.y) / scale})`);
    show(landing());
    cancelAnimationFrame(drag.frame);
    drag.frame = requestAnimationFrame(scroll);
  }

  function scroll() {
    const box = sheet.getBoundingClientRect();
    const by = drag.at.clientX > box.right - EDGE ? 8 : drag.at.clientX < box.left + EDGE ? -8 : 0;
    const before = sheet.scrollLeft;
    sheet.scrollLeft += by;
    if (sheet.scrollLeft !== before) follow();
  }

  function stop(event) {
    if (!mine(event)) return;
    const { going, mark } = drag;
    const found = going && event.type === "pointerup" ? landing() : null;
    end();
    if (!going) return;
    // The click that follows a drag opens nothing.
    const swallow = (click) => click.stopPropagation();
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 50);
    if (!found) return;
    const change = { kind: "move", thing: keyOf(mark), beside: keyOf(found.other), side: found.side };
    place.dispatchEvent(new CustomEvent("edit", { detail: change }));
  }

  // Beside which other of its kind it would stand, and on which side.
  function landing() {
    const { mark, at } = drag;
    let best = null;
    for (const other of sheet.querySelectorAll(`[data-${kindOf(mark)}]`)) {
      if (keyOf(other) === keyOf(mark)) continue;
      const box = other.getBoundingClientRect();
      const middle = box.left + box.width / 2;
      const far = Math.abs(at.clientX - middle) + 4 * Math.max(0, box.top - at.clientY, at.clientY - box.bottom);
      if (!best || far < best.far) best = { far, other, side: at.clientX < middle ? "before" : "after" };
    }
    return best;
  }

  function show(found) {
    for (const old of sheet.querySelectorAll(".landing")) old.remove();
    if (!found) return;
    const { x, y, width, height } = found.other.getBBox();
    const hint = document.createElementNS(SVG, "g");
    hint.setAttribute("class", "landing moving");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", `M${found.side === "before" ? x - 8 : x + width + 8} ${y - 4}v${height + 8}`);
    hint.append(line);
    found.other.parentNode.append(hint);
  }

  const works = { pointermove: move, pointerup: stop, pointercancel: (event) => mine(event) && end() };

  sheet.addEventListener("pointerdown", (event) => {
    const mark = event.target.closest(MOVED);
    if (drag || !mark || event.button !== 0 || event.target.closest("[data-expected]")) return;
    begin(event, mark);
  });
  // What has taken hold does not scroll; what has not, scrolls as everywhere.
  sheet.addEventListener("touchmove", (event) => drag?.going && event.preventDefault(), { passive: false });
  sheet.addEventListener("contextmenu", (event) => drag?.touch && event.preventDefault());
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag?.going) return;
    event.stopPropagation();
    end();
  }, true);
  place.addEventListener("drawn", () => drag && end());
}
