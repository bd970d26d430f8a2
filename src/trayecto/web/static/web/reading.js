// A map in words, stage by stage. On a phone it is what is read first, so it is open there. A name in
// it opens the same panel as the picture does, and the way back leads to that name.

const box = document.querySelector("[data-reading]");
const place = document.querySelector("[data-map]");
if (box) read(box);

function read(reading) {
  let from = "";
  if (matchMedia("(max-width: 720px)").matches) reading.open = true;
  if (!place) return;

  reading.addEventListener("click", (event) => {
    const name = event.target.closest("[data-opens]");
    if (!name) return;
    from = name.dataset.opens;
    place.dispatchEvent(new CustomEvent("open-part", { detail: from }));
  });
  place.addEventListener("closed", () => {
    if (from) reading.querySelector(`[data-opens="${CSS.escape(from)}"]`)?.focus();
    from = "";
  });

  // What is told rests on the map and its figures: with a new picture it is told anew.
  let stale = false;
  place.addEventListener("changed", () => {
    stale = true;
    renew();
  });
  reading.addEventListener("toggle", renew);

  async function renew() {
    if (!stale || !reading.open) return;
    stale = false;
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.querySelector("[data-reading]");
    const held = reading.contains(document.activeElement) && document.activeElement.dataset.opens;
    if (told) reading.replaceChildren(...told.children);
    if (held) reading.querySelector(`[data-opens="${CSS.escape(held)}"]`)?.focus();
  }
}
