// What nobody drew, put on the map: dragged from its list onto a stage, or by choosing the stage. A
// line in the picture says where it will stand; the map's text gets a touchpoint bound to the node.

const place = document.querySelector("[data-map]");
if (place) work(place);

function work(place) {
  const SVG = "http://www.w3.org/2000/svg";
  const sheet = place.querySelector("[data-sheet]");
  const panel = place.querySelector("[data-panel]");
  const said = place.querySelector("[data-said]");
  const edits = "edits" in place.dataset;

  function prepare() {
    for (const mark of sheet.querySelectorAll("[data-undrawn]")) {
      mark.setAttribute("tabindex", "0");
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", mark.querySelector("title").textContent);
    }
  }
  const list = () => place.dispatchEvent(new CustomEvent("open-part", { detail: "undrawn" }));
  sheet.addEventListener("click", (event) => event.target.closest("[data-undrawn]") && list());
  sheet.addEventListener("keydown", (event) => {
    if (!event.target.closest("[data-undrawn]") || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    list();
  });

  function draw(item, stage, where) {
    const { node, channel } = item.dataset;
    const name = item.querySelector(`option[value="${CSS.escape(stage)}"]`).textContent;
    said.textContent = place.dataset.drawn.replace("NAME", node).replace("STAGE", name);
    place.dispatchEvent(new CustomEvent("edit", { detail: { kind: "draw", thing: stage, node, channel, ...where } }));
  }

  panel.addEventListener("click", (event) => {
    const item = event.target.closest("[data-draw]")?.closest("[data-node]");
    if (item) draw(item, item.querySelector("select").value, { after: item.dataset.after });
  });

  // ---- by pointer

  function target(at) {
    const inside = (box) => at.clientX >= box.left && at.clientX <= box.right && at.clientY >= box.top && at.clientY <= box.bottom;
    if (!inside(sheet.getBoundingClientRect())) return null;
    for (const row of sheet.querySelectorAll("[data-row]")) {
      if (!inside(row.getBoundingClientRect())) continue;
      const lens = row.getScreenCTM();
      const x = (at.clientX - lens.e) / lens.a;
      const edge = (column, side) => Number(column.dataset[side]);
      const column = [...row.querySelectorAll("[data-stage]")].find((one) => edge(one, "left") - 12 <= x && x <= edge(one, "right") + 12);
      if (!column) return null;
      const middle = (mark) => {
        const box = mark.getBoundingClientRect();
        return ((box.left + box.right) / 2 - lens.e) / lens.a;
      };
      const marks = [...row.querySelectorAll("[data-touchpoint]")]
        .map((mark) => ({ key: `touchpoint:${mark.dataset.touchpoint}`, x: middle(mark) }))
        .filter((mark) => mark.x >= edge(column, "left") && mark.x <= edge(column, "right"))
        .sort((one, other) => one.x - other.x);
      const before = marks.filter((mark) => mark.x < x).pop();
      const next = marks.find((mark) => mark.x >= x);
      const line = ((before?.x ?? edge(column, "left")) + (next?.x ?? edge(column, "right"))) / 2;
      return { row, column, line, where: before ? { after: before.key } : { first: true } };
    }
    return null;
  }

  function mark(found) {
    for (const old of sheet.querySelectorAll(".landing")) old.remove();
    if (!found) return;
    const { y, height } = found.row.getBBox();
    const left = Number(found.column.dataset.left) - 8;
    const hint = document.createElementNS(SVG, "g");
    hint.setAttribute("class", "landing moving");
    const ground = document.createElementNS(SVG, "rect");
    for (const [key, value] of Object.entries({ x: left, y, width: Number(found.column.dataset.right) + 8 - left, height })) ground.setAttribute(key, value);
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", `M${found.line} ${y}v${height}`);
    hint.append(ground, line);
    found.row.append(hint);
  }

  if (edits) {
    panel.addEventListener("pointerdown", (event) => {
      const item = event.target.closest("[data-node]");
      const held = event.target.closest(".grip") || event.pointerType === "mouse";
      if (!item || !held || event.button !== 0 || event.target.closest("select, button")) return;
      event.preventDefault();
      item.setPointerCapture(event.pointerId);
      item.classList.add("dragged");
      let found = null;
      const go = (step) => {
        found = target(step);
        mark(found);
      };
      const stop = (step) => {
        for (const [name, work] of Object.entries(works)) item.removeEventListener(name, work);
        item.classList.remove("dragged");
        mark(null);
        if (step.type === "pointerup" && found) draw(item, found.column.dataset.stage, found.where);
      };
      const works = { pointermove: go, pointerup: stop, pointercancel: stop };
      for (const [name, work] of Object.entries(works)) item.addEventListener(name, work);
    });
  }

  place.addEventListener("drawn", prepare);
  prepare();
}
