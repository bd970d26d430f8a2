// Whoever writes an @ in a comment is offered the members of the team: by arrows and Enter, by mouse
// or by finger. Without this, whom a comment names is read from its words all the same.

const MOST = 6;
const CALL = /(?:^|[^\p{L}\p{N}_.+-])@([\p{L}\p{N}_.+-][^@\n]{0,60}|)$/u;
const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

let offered = null; // the list, the text it is for, where the @ stands, which name is chosen

const fits = (name, typed) => folded(name).split(/\s+/).some((_, at, words) => words.slice(at).join(" ").startsWith(typed));

function offer(text) {
  close();
  const names = document.getElementById("team-names");
  const call = text.value.slice(0, text.selectionStart).match(CALL);
  if (!call || !names) return;
  const found = [...names.options].map((one) => one.value).filter((name) => fits(name, folded(call[1]))).slice(0, MOST);
  if (!found.length || (found.length === 1 && folded(found[0]) === folded(call[1]))) return;
  const list = document.createElement("ul");
  list.className = "names";
  list.id = "names-offered";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", names.dataset.label);
  for (const [n, name] of found.entries()) {
    const item = document.createElement("li");
    item.id = `name-offered-${n}`;
    item.setAttribute("role", "option");
    item.textContent = name;
    list.append(item);
  }
  // The text keeps the focus.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.role === "option" && take(event.target));
  text.after(list);
  text.setAttribute("aria-controls", list.id);
  text.setAttribute("aria-autocomplete", "list");
  offered = { list, text, at: text.selectionStart - call[1].length, chosen: null };
  choose(list.firstChild);
}

function choose(item) {
  for (const one of offered.list.children) one.setAttribute("aria-selected", one === item);
  offered.chosen = item;
  offered.text.setAttribute("aria-activedescendant", item.id);
}

function take(item) {
  const { text, at } = offered;
  close();
  text.setRangeText(`${item.textContent} `, at, text.selectionStart, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function close() {
  if (!offered) return;
  offered.list.remove();
  for (const name of ["aria-controls", "aria-autocomplete", "aria-activedescendant"]) offered.text.removeAttribute(name);
  offered = null;
}

document.addEventListener("input", (event) => event.target.matches?.("[data-names]") && offer(event.target));
document.addEventListener("focusout", close);
// Before anything else hears the key: Escape closes the list and not what is open behind it.
document.addEventListener("keydown", (event) => {
  if (!offered || event.isComposing) return;
  const { list, chosen } = offered;
  const does = {
    ArrowDown: () => choose(chosen.nextSibling || list.firstChild),
    ArrowUp: () => choose(chosen.previousSibling || list.lastChild),
    Enter: () => take(chosen),
    Escape: close,
  }[event.key];
  if (!does) return;
  event.preventDefault();
  event.stopPropagation();
  does();
}, true);
