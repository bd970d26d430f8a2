// A button beside words that are to be taken elsewhere copies them, and says so.

for (const button of document.querySelectorAll("[data-copies]")) {
  const words = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.textContent.trim());
    } catch {
      // Without https a page copies what is marked, or leaves it marked for the keys.
      getSelection().selectAllChildren(words);
      if (!document.execCommand("copy")) return;
    }
    button.textContent = button.nextElementSibling.textContent = button.dataset.done;
  });
}
