// The library as a place to work. A field is saved as it is left, on the version it was shown from;
// where somebody else changed the same, both are shown. Items are dragged to their place, and every
// drag has its two buttons. Without this the forms are sent as any other.

const form = document.querySelector("form[data-saves]");
if (form) saving(form);
for (const list of document.querySelectorAll("[data-order]")) ordering(list);

function saving(form) {
  const told = form.dataset;
  const state = form.querySelector("[data-state]");
  const token = () => document.cookie.match(/(?:^|; )trayecto_csrf=([^;]*)/)?.[1] || form.elements.csrfmiddlewaretoken.value;
  let queue = Promise.resolve();
  let unsaved = 0;

  function say(words, bad = false) {
    state.textContent = words;
    state.classList.toggle("wrong", bad);
  }

  // Tries until the server has answered, however long the connection or the session is gone.
  async function post(body) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
      try {
        const answer = await fetch(location.href, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": token() }, body });
        if (answer.type !== "opaqueredirect" && answer.status < 500) return answer;
        say(answer.type === "opaqueredirect" ? told.signedOut : told.notSaved, true);
      } catch {
        say(told.notSaved, true);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
        window.addEventListener("online", resolve, { once: true });
        document.addEventListener("visibilitychange", resolve, { once: true });
      });
    }
  }

  async function send(field, over) {
    say(told.saving);
    const body = new FormData();
    body.set("only", field.dataset.field);
    body.set("base", field.dataset.base || form.elements.base.value);
    if (over) body.set("over", "1");
    const inputs = [...field.querySelectorAll("[name]")];
    for (const one of inputs) if (one.type !== "checkbox" || one.checked) body.set(one.name, one.value);
    const answer = await post(body);
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      field.dataset.base = said.version;
      for (const one of inputs) served(one, body.get(one.name));
      form.dispatchEvent(new Event("input", { bubbles: true })); // what is kept unsent looks again
      window.htmx?.ajax("GET", location.href, { target: ".shown", select: ".shown", swap: "outerHTML" });
      say(told.saved);
    } else if (answer.status === 409) settle(field, said);
    else say((said.problems || [told.notYours]).join(" "), true);
  }

  // From now on this is what the server has.
  function served(one, value) {
    if (one.type === "checkbox") one.defaultChecked = value !== null;
    else if (one.options) for (const option of one.options) option.defaultSelected = option.value === value;
    else one.defaultValue = value;
  }

  function settle(field, said) {
    say(`${told.conflict.replace("WHO", said.who || told.somebody)} ${said.theirs}`, true);
    const button = (words, act) => {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = words;
      one.addEventListener("click", act);
      state.append(" ", one);
    };
    button(told.mine, () => save(field, true));
    // What is shown then is theirs; what else is typed here has been saved already.
    button(told.theirs, () => location.reload());
  }

  function save(field, over = false) {
    unsaved += 1;
    queue = queue.then(() => send(field, over)).catch(() => say(told.notSaved, true)).finally(() => { unsaved -= 1; });
  }

  form.addEventListener("change", (event) => {
    const field = event.target.closest("[data-field]");
    if (field) save(field);
  });
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
}

function ordering(list) {
  const items = () => [...list.querySelectorAll("[data-item]")];
  const form = list.closest("section").querySelector("form[data-moves]");
  let drag = null;

  // The item it would stand beside, and on which side: by what is read first.
  function landing(at) {
    let best = null;
    for (const other of items().filter((one) => one !== drag.item)) {
      const box = other.getBoundingClientRect();
      const across = list.tagName === "UL";
      const after = across ? at.clientX > box.left + box.width / 2 : at.clientY > box.top + box.height / 2;
      const far = Math.hypot(at.clientX < box.left ? box.left - at.clientX : Math.max(0, at.clientX - box.right), at.clientY < box.top ? box.top - at.clientY : Math.max(0, at.clientY - box.bottom));
      if (!best || far < best.far) best = { far, other, side: after ? "after" : "before" };
    }
    return best;
  }

  function mark(found) {
    for (const one of items()) one.removeAttribute("data-lands");
    found?.other.setAttribute("data-lands", found.side);
  }

  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item || event.pointerType !== "mouse" || event.button !== 0 || event.target.closest("a, button, input, select")) return;
    drag = { item, x: event.clientX, y: event.clientY, going: false };
    const go = (step) => {
      drag.going ||= Math.hypot(step.clientX - drag.x, step.clientY - drag.y) > 6;
      if (!drag.going) return;
      step.preventDefault();
      item.classList.add("dragged");
      mark(landing(step));
    };
    const stop = (step) => {
      for (const [name, work] of Object.entries(works)) window.removeEventListener(name, work);
      const found = drag.going && step.type === "pointerup" ? landing(step) : null;
      item.classList.remove("dragged");
      mark(null);
      drag = null;
      if (!found) return;
      form.elements.moved.value = item.dataset.item;
      form.elements.beside.value = found.other.dataset.item;
      form.elements.side.value = found.side;
      form.requestSubmit();
    };
    const works = { pointermove: go, pointerup: stop, pointercancel: stop };
    for (const [name, work] of Object.entries(works)) window.addEventListener(name, work);
  });
  list.addEventListener("keydown", (event) => {
    const by = { ArrowUp: "earlier", ArrowLeft: "earlier", ArrowDown: "later", ArrowRight: "later" }[event.key];
    const item = event.target.closest("[data-item]");
    if (!by || !event.altKey || !item) return;
    event.preventDefault();
    item.querySelector(`[name=${by}]:not(:disabled)`)?.click();
  });
}
