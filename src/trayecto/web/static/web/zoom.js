// Pictures on a phone, and two beside one another: first whole; the button, or a tap, makes them large enough to read and shows
// the place that was touched. Only where a picture is much larger than its frame.

const LEGIBLE = 0.8; // of the size it was drawn in
for (const bar of document.querySelectorAll("[data-zoom]")) zoom(bar);

function zoom(bar) {
  const sheet = bar.nextElementSibling;
  const button = bar.querySelector("button");
  const help = bar.querySelector("span");
  const words = [button.textContent, bar.dataset.whole];
  const narrow = matchMedia("(max-width: 720px)");
  const drawn = () => sheet.querySelector("svg")?.viewBox.baseVal.width || 0;
  const always = bar.closest(".beside"); // two pictures share the page
  const matters = () => (always || narrow.matches) && drawn() * LEGIBLE > sheet.clientWidth * 1.2;

  function show(large, across = 0, down = 0) {
    const svg = sheet.querySelector("svg");
    sheet.classList.toggle("large", large);
    svg.style.width = large ? `${drawn() * LEGIBLE}px` : "";
    button.textContent = words[large ? 1 : 0];
    help.hidden = large;
    if (!large) return;
    sheet.scrollLeft = across * sheet.scrollWidth - sheet.clientWidth / 2;
    const top = scrollY + sheet.getBoundingClientRect().top;
    scrollTo(0, Math.max(top - 48, top + down * sheet.clientHeight - innerHeight / 2));
  }

  function fit() {
    bar.hidden = !matters();
    if (bar.hidden && sheet.classList.contains("large")) show(false);
  }

  button.addEventListener("click", () => {
    const large = !sheet.classList.contains("large");
    show(large);
    if (large) sheet.focus({ preventScroll: true });
  });
  // Before anything in the picture hears of it: what is so small is not meant to be opened yet.
  sheet.addEventListener("click", (event) => {
    if (!matters() || sheet.classList.contains("large") || !event.isTrusted) return;
    event.stopPropagation();
    event.preventDefault();
    const box = sheet.querySelector("svg").getBoundingClientRect();
    show(true, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { capture: true });
  // A new picture in the same frame stays as large.
  new MutationObserver(() => {
    if (sheet.classList.contains("large")) sheet.querySelector("svg").style.width = `${drawn() * LEGIBLE}px`;
  }).observe(sheet, { childList: true });
  narrow.addEventListener("change", fit);
  fit();
}
