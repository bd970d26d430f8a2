// The layers of the picture, switched on and off where it stands: the rules of the style sheet hide
// them, and the lanes below close up. What is off stands in the address, so a reload or a colleague
// sees the same.

const place = document.querySelector("[data-map]");
const box = place?.querySelector("[data-layers]");
if (box) work(place, box);

function work(place, box) {
  const sheet = place.querySelector("[data-sheet]");
  const switches = [...box.querySelectorAll("input")];

  function there() {
    const found = new Set();
    for (const part of sheet.querySelectorAll("[data-layer]")) part.dataset.layer.split(" ").forEach((name) => found.add(name));
    return found;
  }

  function apply() {
    const drawn = there();
    for (const one of switches) one.closest("label").hidden = !drawn.has(one.name);
    place.dataset.off = switches.filter((one) => !one.checked).map((one) => one.name).join(" ");
    closeUp();
  }

  // A lane that is not shown leaves no gap: what stands below moves up by its height.
  function closeUp() {
    const svg = sheet.querySelector("svg");
    if (!svg) return;
    const hidden = (part) => getComputedStyle(part).display === "none";
    const shift = (part, up) => (up ? part.setAttribute("transform", `translate(0 ${-up})`) : part.removeAttribute("transform"));
    let up = 0;
    for (const part of svg.querySelectorAll("[data-row], [data-below]")) {
      shift(part, up);
      if (part.dataset.tall && hidden(part)) up += Number(part.dataset.tall);
      let inside = 0;
      for (const lane of part.querySelectorAll(":scope > [data-tall]")) {
        shift(lane, inside);
        if (hidden(lane)) inside += Number(lane.dataset.tall);
      }
      for (const line of part.querySelectorAll("[data-separator] line")) {
        line.dataset.end ||= line.getAttribute("y2");
        line.setAttribute("y2", Number(line.dataset.end) - inside);
      }
      up += inside;
    }
    svg.dataset.view ||= svg.getAttribute("viewBox");
    const [x, y, wide, tall] = svg.dataset.view.split(" ").map(Number);
    svg.setAttribute("viewBox", `${x} ${y} ${wide} ${tall - up}`);
    svg.setAttribute("height", tall - up);
  }

  box.addEventListener("change", () => {
    apply();
    const where = new URL(location);
    const off = place.dataset.off.split(" ").filter(Boolean);
    if (off.length) where.searchParams.set("off", off.join(","));
    else where.searchParams.delete("off");
    history.replaceState(history.state, "", where);
    for (const kept of document.querySelectorAll("input[name=off]")) kept.value = off.join(",");
  });
  place.addEventListener("drawn", apply);
  apply();
}
