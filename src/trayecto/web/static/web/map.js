// The picture of a map as a place to work. Every part can be reached and opened; a change is saved
// at once, together with what others changed meanwhile, and can be undone. Dragging has a twin on
// the keyboard: Alt with the left or right arrow moves what has the focus.
//
// The other modules of the page speak with this one by events on the place: `edit` asks it to save a
// change, `open-part` to show one, and it says `drawn` whenever there is a new picture.

const place = document.querySelector("[data-map]");
if (place) work(place);

function work(place) {
  const sheet = place.querySelector("[data-sheet]");
  const panel = place.querySelector("[data-panel]");
  const edits = "edits" in place.dataset;
  const state = place.querySelector("[data-state]");
  const said = place.querySelector("[data-said]");
  let token = JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
  const done = [];
  const undone = [];
  let version = Number(place.dataset.version);
  let opened = "";
  let queue = Promise.resolve();
  let later = 0;
  let unsaved = 0;
  let shown = null;
  let drawn = version;

  // ---- what is typed in the panel stays in the browser until it is saved (unsent.js)

  const keep = keeping();

  function keeping() {
    const tell = (what, detail) => document.dispatchEvent(new CustomEvent(`unsent-${what}`, { detail }));
    const name = ({ thing, field }) => `part:${thing}:${field}`;
    const last = new Map(); // name → what was typed last
    let late = 0;
    const now = (change) => {
      clearTimeout(late);
      late = 0;
      last.set(name(change), JSON.stringify(change.given));
      // Put back, it is merged from the version that was seen when it was typed.
      tell("keep", { name: name(change), holds: { base: version, ...change } });
    };
    const drop = (change) => {
      last.delete(name(change));
      tell("forget", { name: name(change) });
    };
    return {
      now,
      drop,
      soon(change, field) {
        const same = [...field.querySelectorAll("textarea, input")].every((one) => one.value === one.defaultValue);
        clearTimeout(late);
        late = setTimeout(() => (same ? drop(change) : now(change)), 300);
      },
      saved(change) {
        // Whoever has typed on meanwhile has more to keep than what was saved.
        if (change.kind === "set" && change.field && (last.get(name(change)) || JSON.stringify(change.given)) === JSON.stringify(change.given)) drop(change);
      },
      offer: () => tell("look", { before: place, give: (changes) => changes.forEach((change) => save({ ...change, elsewhere: true })) }),
    };
  }

  // ---- the parts of the picture

  function prepare() {
    // A picture has no parts to a screen reader; a group has.
    sheet.querySelector("svg")?.setAttribute("role", "group");
    const seen = new Set();
    for (const mark of sheet.querySelectorAll("[data-touchpoint], [data-stage]")) {
      const id = mark.dataset.touchpoint || mark.dataset.stage;
      if (seen.has(partOf(mark))) continue;
      seen.add(partOf(mark));
      if (mark.dataset.stage) hold(mark);
      mark.setAttribute("tabindex", "0");
      mark.setAttribute("role", "button");
      if (!mark.hasAttribute("aria-label")) {
        mark.setAttribute("aria-label", mark.querySelector("title")?.textContent || mark.textContent.trim() || id);
      }
    }
    place.dispatchEvent(new CustomEvent("drawn"));
  }

  // The name of a stage can be taken hold of over all its width.
  function hold(stage) {
    const { y, height } = stage.getBBox();
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const { left, right } = stage.dataset;
    for (const [key, value] of Object.entries({ x: left, y, width: right - left, height, class: "hold" })) ground.setAttribute(key, value);
    stage.prepend(ground);
  }

  function partOf(element) {
    const mark = element.closest("[data-touchpoint], [data-stage]");
    if (!mark) return "";
    return mark.dataset.touchpoint ? `touchpoint:${mark.dataset.touchpoint}` : `stage:${mark.dataset.stage}`;
  }

  // What the picture and the panel show, or null: without a connection, or when the session has ended
  // and the answer would be the page to sign in.
  async function ask(where) {
    try {
      const answer = await fetch(where, { headers: { "HX-Request": "true" } });
      if (answer.redirected) say(place.dataset.signedOut, true);
      else if (answer.ok) return answer;
    } catch {
      say(place.dataset.notReached, true);
    }
    return null;
  }

  function askPart(part) {
    const where = new URL(place.dataset.part, location.origin);
    for (const [key, value] of new URLSearchParams(location.search)) where.searchParams.set(key, value);
    where.searchParams.set("part", part);
    return ask(where);
  }

  async function open(part, { focus = true } = {}) {
    const answer = await askPart(part);
    if (!answer) return;
    const told = await answer.text();
    const again = focus ? "h2" : heldInPanel();
    opened = part;
    panel.innerHTML = told;
    window.htmx?.process(panel);
    place.classList.add("open");
    panel.querySelector("h2")?.setAttribute("tabindex", "-1");
    if (again) (panel.querySelector(again) || panel.querySelector("h2"))?.focus({ preventScroll: !focus });
  }

  // How to find again, in the next panel, what has the focus in this one.
  function heldInPanel() {
    if (!panel.contains(document.activeElement)) return "";
    const { id, dataset } = document.activeElement;
    if (id) return `#${CSS.escape(id)}`;
    const key = ["add", "move"].find((one) => dataset[one]);
    return key ? `[data-${key}="${CSS.escape(dataset[key])}"]` : "h2";
  }

  // New figures, and nothing else: what somebody reads or writes below them stays as it is.
  async function figures() {
    const answer = await askPart(opened);
    if (!answer) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, came] = [panel, told].map((one) => one.querySelector("[data-figures]"));
    if (!old || !came) return;
    old.replaceWith(came);
    // The people behind them come and go with the first figures; opened, they stay open.
    const parts = told.querySelectorAll("[data-measured]");
    panel.querySelectorAll("[data-measured]").forEach((part, nth) => {
      if (!part.firstElementChild === !parts[nth].firstElementChild) return;
      part.replaceWith(parts[nth]);
      window.htmx?.process(parts[nth]);
    });
  }

  function close() {
    // Leaving a field saves it, and a field that is taken away is never left.
    if (panel.contains(document.activeElement)) document.activeElement.blur();
    const part = opened;
    opened = "";
    panel.replaceChildren();
    place.classList.remove("open");
    const from = part === "undrawn" ? document.querySelector("[data-open=undrawn]") : null;
    const [kind, id = ""] = part.split(":");
    (from || (id && sheet.querySelector(`[data-${kind}="${CSS.escape(id)}"]`)))?.focus?.();
    place.dispatchEvent(new Event("closed"));
  }

  // How to find again, in the next picture, what has the focus in this one.
  function held() {
    const at = sheet.contains(document.activeElement) ? document.activeElement.dataset : {};
    const kind = ["touchpoint", "stage", "expected", "undrawn"].find((one) => at[one]);
    return kind && `[data-${kind}="${CSS.escape(at[kind])}"]`;
  }

  // Gives the version that is shown, or 0 when it is the picture that stood there already.
  async function redraw() {
    const where = new URL(place.dataset.picture, location.origin);
    where.search = location.search;
    const answer = await ask(where);
    if (!answer) return 0;
    const picture = await answer.text();
    const newest = Number(answer.headers.get("X-Version"));
    const first = newest === drawn && !document.querySelector("[data-updating]");
    const same = shown === null ? first : picture === shown;
    [shown, drawn] = [picture, newest];
    // What is shown may still rest on the version or the data of before: look again until it is new.
    const updating = answer.headers.get("X-Updating") === "1";
    lacks(JSON.parse(answer.headers.get("X-Missing")));
    clearTimeout(later);
    if (updating) later = setTimeout(refresh, 1000);
    else if (begun()) return 0;
    if (same && !sheet.querySelector("[data-expected][transform]")) return 0;
    const focused = held();
    sheet.innerHTML = picture;
    prepare();
    place.dispatchEvent(new Event("changed"));
    if (focused) sheet.querySelector(focused)?.focus();
    return newest;
  }

  // The first data a map is measured on change all of its page, not the picture alone.
  function begun() {
    const [updating, stopped] = ["updating", "stopped"].map((one) => document.querySelector(`[data-${one}]`));
    updating?.remove();
    if (!updating || !stopped) return false;
    stopped.remove();
    if (opened || unsaved) return false;
    location.reload();
    return true;
  }

  // Why there is less to be seen than there could be: that changes with the picture.
  function lacks(reasons) {
    const notice = document.querySelector("[data-missing]");
    if (!notice) return;
    const [old, now] = [[...notice.querySelectorAll("p")], reasons.join("\n")];
    if (old.map((line) => line.textContent).join("\n") === now) return;
    for (const line of old) line.remove();
    for (const why of reasons) notice.append(Object.assign(document.createElement("p"), { textContent: why }));
    notice.hidden = !reasons.length;
  }

  async function refresh() {
    if (sheet.querySelector(".moving, .dragged")) {
      clearTimeout(later);
      later = setTimeout(refresh, 500);
      return;
    }
    const newest = await redraw();
    if (!newest || unsaved) return;
    const at = panel.contains(document.activeElement) && document.activeElement;
    if (at && !at.matches("h2, [data-close]")) return figures();
    if (opened) await open(opened, { focus: false });
    // From here on a change rests on what is shown now.
    version = newest;
  }

  function typing() {
    return panel.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  }

  // ---- saving

  function say(words, bad = false) {
    state.textContent = words;
    state.classList.toggle("wrong", bad);
  }

  // Where a part stands now, for who does not see it move.
  function sayWhere(part) {
    const [kind, id] = part.split(":");
    const mark = sheet.querySelector(`[data-${kind}="${CSS.escape(id)}"]`);
    if (!mark) return;
    const width = (one) => one.getBoundingClientRect();
    const middle = (one) => (width(one).left + width(one).right) / 2;
    const row = mark.closest("[data-row]") || sheet;
    const stage = [...row.querySelectorAll("[data-stage]")].find((one) => width(one).left <= middle(mark) && middle(mark) <= width(one).right);
    const among = kind === "stage" ? [...sheet.querySelectorAll("[data-stage]")] : [...row.querySelectorAll("[data-touchpoint]")].filter((one) => width(stage).left <= middle(one) && middle(one) <= width(stage).right).sort((one, other) => middle(one) - middle(other));
    const words = { PLACE: among.indexOf(mark) + 1, ALL: among.length, STAGE: stage.getAttribute("aria-label") };
    said.textContent = place.dataset[kind === "stage" ? "stageAt" : "touchpointAt"].replace(/PLACE|ALL|STAGE/g, (key) => words[key]);
  }

  async function post(address, asked) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
      try {
        const answer = await fetch(address, {
          method: "POST",
          redirect: "manual",
          headers: { "Content-Type": "application/json", "X-CSRFToken": token },
          body: JSON.stringify(asked),
        });
        const out = answer.type === "opaqueredirect" || answer.status === 403;
        if (!out && answer.status < 500) return answer;
        // Whoever has signed in again, in another tab, has a new token; who still may not, has lost the right.
        const again = answer.status === 403 ? await renewed() : "out";
        if (again === "same") return answer;
        if (again === "new") continue;
        say(out ? place.dataset.signedOut : place.dataset.notSaved, true);
      } catch {
        say(place.dataset.notSaved, true);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
        window.addEventListener("online", resolve, { once: true });
        document.addEventListener("visibilitychange", resolve, { once: true });
      });
    }
  }

  async function renewed() {
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) return "out";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const headers = page.body.getAttribute("hx-headers");
    // The same token is masked anew on every page: what tells is whether it has been tried already.
    const tried = renewed.tried;
    renewed.tried = true;
    document.body.setAttribute("hx-headers", headers);
    token = JSON.parse(headers)["x-csrftoken"];
    return tried ? "same" : "new";
  }

  // Changes go one after another, each on the version that the one before it made.
  function save(change) {
    unsaved += 1;
    queue = queue
      .then(() => send(change))
      .catch(() => say(place.dataset.notSaved, true))
      .finally(() => { unsaved -= 1; });
    return queue;
  }

  async function send(change, address = place.dataset.edit) {
    say(place.dataset.saving);
    const answer = await post(address, { base: version, ...change });
    const told = await answer.json().catch(() => ({}));
    renewed.tried = false;
    if (answer.ok) {
      if (told.version !== version && !change.back) {
        done.push(told.version);
        undone.length = 0;
      }
      keep.saved(change);
      const came = told.version;
      version = told.version;
      buttons();
      await redraw();
      if (change.kind === "move") sayWhere(change.thing);
      const next = change.kind === "remove" ? "map" : opened || "map";
      if (change.kind === "draw") await open("undrawn");
      else if (change.elsewhere ? opened && !typing() : change.kind && change.kind !== "set") await open(next, { focus: false });
      say(place.dataset.saved);
      return came;
    }
    // What was moved by hand goes back to where it is.
    if (change.elsewhere) await redraw();
    if (answer.status === 409) settle(change, told);
    else if (answer.status === 403) say(place.dataset.notYours, true);
    else say((told.problems || [place.dataset.notSaved]).join(" "), true);
    return null;
  }

  function settle(change, told) {
    say(place.dataset.conflict.replace("WHO", told.who || place.dataset.somebody), true);
    for (const line of told.conflict || []) {
      const row = document.createElement("div");
      row.textContent = line;
      state.append(row);
    }
    const mine = document.createElement("button");
    mine.type = "button";
    mine.textContent = place.dataset.mine;
    mine.addEventListener("click", () => save({ ...change, mine: true }));
    const theirs = document.createElement("button");
    theirs.type = "button";
    theirs.textContent = place.dataset.theirs;
    theirs.addEventListener("click", async () => {
      keep.drop(change);
      version = told.version;
      say("");
      await redraw();
      if (opened) await open(opened);
    });
    state.append(mine, " ", theirs);
  }

  function buttons() {
    const undo = document.querySelector("[data-undo]");
    const redo = document.querySelector("[data-redo]");
    if (undo) undo.disabled = done.length === 0;
    if (redo) redo.disabled = undone.length === 0;
  }

  async function back(from, to) {
    if (!from.length) return;
    const last = from.pop();
    queue = queue.then(async () => {
      const made = await send({ version: last, back: true }, place.dataset.undoAt);
      if (made) {
        to.push(made);
        said.textContent = place.dataset[to === undone ? "undone" : "redone"];
      }
      buttons();
      if (opened) await open(opened, { focus: false });
    });
  }

  // ---- hands: pointer and keyboard

  sheet.addEventListener("click", (event) => {
    const part = partOf(event.target);
    if (part) open(part);
  });
  sheet.addEventListener("keydown", (event) => {
    const part = partOf(event.target);
    if (!part) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(part);
    } else if (edits && event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      save({ kind: "move", thing: part, by: event.key === "ArrowLeft" ? -1 : 1 });
    }
  });
  document.addEventListener("keydown", (event) => {
    const inField = event.target.matches("input, textarea, select");
    if (event.key === "Escape" && opened && !document.querySelector("dialog[open]")) close();
    if (!edits || inField || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) {
      event.preventDefault();
      back(done, undone);
    } else if (key === "y" || (key === "z" && event.shiftKey)) {
      event.preventDefault();
      back(undone, done);
    }
  });
  document.querySelector("[data-undo]")?.addEventListener("click", () => back(done, undone));
  document.querySelector("[data-redo]")?.addEventListener("click", () => back(undone, done));
  for (const button of document.querySelectorAll("[data-open]")) button.addEventListener("click", () => open(button.dataset.open));
  place.addEventListener("edit", (event) => save({ ...event.detail, elsewhere: true }));
  place.addEventListener("open-part", (event) => open(event.detail));

  // ---- the panel

  panel.addEventListener("change", (event) => {
    const change = typed(event.target);
    if (!change) return;
    keep.now(change);
    if (event.target.defaultValue !== undefined) event.target.defaultValue = event.target.value;
    save(change);
  });
  panel.addEventListener("input", (event) => {
    const change = typed(event.target);
    if (change) keep.soon(change, event.target.closest("[data-field]"));
    if (event.target.type === "range") event.target.parentElement.querySelector("output").textContent = event.target.value;
  });
  panel.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-edits]")) event.preventDefault();
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("close" in button.dataset) return close();
    if ("bind" in button.dataset) return bind(button.closest("[data-binds]"));
    const thing = button.closest("[data-acts]")?.dataset.acts;
    if (!thing) return;
    if ("remove" in button.dataset) save({ kind: "remove", thing });
    else if (button.dataset.move) save({ kind: "move", thing, by: Number(button.dataset.move) });
    else if (button.dataset.add) add(thing, button.dataset.add);
  });

  // What a field of the panel says now, as the change that would save it.
  function typed(input) {
    const field = input.closest("[data-field]");
    const form = input.closest("form[data-edits]");
    if (!field || !form) return null;
    const given = {};
    for (const one of field.querySelectorAll("[name]")) {
      given[one.name] = one.type === "checkbox" ? (one.checked ? "true" : "") : one.value;
    }
    return { kind: "set", thing: form.dataset.edits, field: field.dataset.field, given };
  }

  function bind(row) {
    const list = row.querySelector("select");
    const { value: node, dataset } = list.selectedOptions[0];
    if (node) save({ kind: "bind", thing: row.dataset.binds, node, channel: dataset.channel });
    else list.focus();
  }

  function add(thing, list) {
    const name = { es: place.dataset.new, en: place.dataset.new };
    const value = { touchpoints: { name, channel: "web" }, back_stage: { area: name, does: name }, support: { does: name }, opportunities: { says: name }, maps: { map: "map.yaml", kind: "micro" }, lanes: { name } }[list] || { name };
    save({ kind: "add", thing, list, value });
  }

  // ---- other tabs, other people, the way back

  // A page that comes back, from another tab or by the back button, shows what it showed then.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && !unsaved) refresh();
  });
  window.addEventListener("pageshow", (event) => {
    const [came] = performance.getEntriesByType("navigation");
    if (event.persisted || came?.type === "back_forward") refresh();
  });
  window.addEventListener("beforeunload", (event) => {
    const field = document.activeElement;
    const typed = typing() && field.defaultValue !== undefined && field.type !== "range" && field.value !== field.defaultValue;
    if (unsaved || (typed && field.closest("[data-edits]"))) event.preventDefault();
  });

  prepare();
  if (edits) keep.offer();
  if (document.querySelector("[data-updating]")) later = setTimeout(refresh, 1000);
}
