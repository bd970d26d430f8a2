// The sheet of keys, on `?` and on its button. The browser's own dialog keeps the focus inside, closes
// on Escape and gives the focus back.

const sheet = document.querySelector("[data-keys]");
const show = () => sheet.open || sheet.showModal();

document.querySelector("[data-open-keys]")?.addEventListener("click", show);
sheet?.querySelector("[data-close-keys]").addEventListener("click", () => sheet.close());
document.addEventListener("keydown", (event) => {
  // Where somebody writes, a question mark is one.
  if (!sheet || event.key !== "?" || event.target.closest("input:not([type=checkbox], [type=range]), textarea, select, [contenteditable]")) return;
  event.preventDefault();
  show();
});
