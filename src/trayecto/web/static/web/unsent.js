// What somebody types and has not saved is kept in this browser, for their account and a week, and
// offered again where it was typed: after a session that ended, a lost connection, a closed tab. The
// server says what was saved (unsent.py); signing out forgets it all. Only forms marked `data-keep`
// are kept, under that name, and of them no password and no file.

const told = document.querySelector("[data-unsent]")?.dataset;
if (told) work();

function work() {
  const MINE = `trayecto.unsent.${told.account}.`;
  const EVERY = /^trayecto\.unsent\./;
  const WEEK = 7 * 24 * 3600 * 1000;
  const NOT_KEPT = ["password", "file", "submit", "button", "image", "reset"];
  const OURS = ["csrfmiddlewaretoken", "unsent"];
  const TEXTS = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select";
  const held = new Map(); // name of a form → what of it is not saved
  const late = new Map(); // form → when its next copy is made
  const tab = tabName();

  // ---- what the browser holds

  const key = (draft) => MINE + draft.id;
  const random = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36).padStart(2, "0")).join("");

  function tabName() {
    try {
      sessionStorage.trayectoTab ||= random();
      return sessionStorage.trayectoTab;
    } catch {
      return "";
    }
  }

  function write(draft) {
    try {
      localStorage.setItem(key(draft), JSON.stringify(draft));
    } catch {
      // A browser that keeps nothing, or is full: the page itself still has it.
    }
  }

  function all() {
    const found = [];
    try {
      for (const name of Object.keys(localStorage).filter((one) => EVERY.test(one))) {
        const draft = JSON.parse(localStorage.getItem(name));
        if (!draft?.at || Date.now() - draft.at > WEEK) localStorage.removeItem(name);
        else if (name.startsWith(MINE)) found.push(draft);
      }
    } catch {
      return [];
    }
    return found.sort((one, other) => other.at - one.at);
  }

  function forget(draft) {
    try {
      localStorage.removeItem(key(draft));
    } catch {
      // nothing is kept here
    }
  }

  // What the server has saved since the page before: it says so in a cookie, once.
  function learn() {
    const [, marks] = document.cookie.match(/(?:^|; )trayecto_saved=([^;]*)/) || [];
    if (!marks) return;
    document.cookie = "trayecto_saved=; Max-Age=0; Path=/; SameSite=Lax";
    for (const id of marks.split(".")) {
      forget({ id });
      for (const [name, draft] of held) if (draft.id === id) held.delete(name);
    }
  }

  // ---- what a form holds

  const fields = (form) => [...form.elements].filter((one) => one.name && !NOT_KEPT.includes(one.type) && !OURS.includes(one.name));

  function pairs(form, { served = false } = {}) {
    return fields(form).flatMap((one) => {
      if (one.type === "checkbox" || one.type === "radio") return (served ? one.defaultChecked : one.checked) ? [[one.name, one.value]] : [];
      if (one.tagName === "SELECT") {
        const chosen = [...one.options].filter((option) => (served ? option.defaultSelected : option.selected));
        if (!chosen.length && !one.multiple && one.options.length) chosen.push(one.options[0]);
        return chosen.map((option) => [one.name, option.value]);
      }
      return [[one.name, served ? one.defaultValue : one.value]];
    });
  }

  // Whether two are the same to who reads them; what a form hides is none of it.
  function same(form, these, those) {
    const hidden = new Set(fields(form).filter((one) => one.type === "hidden").map((one) => one.name));
    const seen = (some) => JSON.stringify(some.filter(([name]) => !hidden.has(name)).map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]));
    return seen(these) === seen(those);
  }

  function copy(form) {
    clearTimeout(late.get(form));
    late.delete(form);
    const name = form.dataset.keep;
    const now = pairs(form);
    const before = held.get(name);
    if (!before?.answered && same(form, now, pairs(form, { served: true }))) {
      if (before) forget(before);
      held.delete(name);
      return null;
    }
    const draft = { ...before, id: before?.id || random(), at: Date.now(), path: location.pathname, where: location.pathname + location.search, form: name, title: document.title.split(" · ")[0], tab, pairs: now, sent: false };
    held.set(name, draft);
    write(draft);
    return draft;
  }

  function copySoon(event) {
    const form = event.target.closest?.("form[data-keep]");
    if (form && !late.has(form)) late.set(form, setTimeout(() => copy(form), 300));
  }

  const copyNow = () => [...late.keys()].forEach((form) => form.isConnected && copy(form));

  // ---- giving it back

  function look(root) {
    for (const form of root.querySelectorAll?.("form[data-keep]") || []) meet(form);
  }

  function meet(form) {
    const name = form.dataset.keep;
    for (const old of document.querySelectorAll(`[data-offers="${CSS.escape(name)}"]`)) old.remove();
    // The server sent the same form again, with what was typed in it: that is still not saved.
    const answered = all().find((draft) => draft.id === told.answered && draft.form === name);
    if (answered) told.answered = "";
    if (answered || held.has(name)) {
      held.set(name, { ...(answered || held.get(name)), answered: true });
      copy(form);
      return;
    }
    const served = pairs(form, { served: true });
    const waiting = all().filter((draft) => draft.path === location.pathname && draft.form === name);
    waiting.filter((draft) => same(form, draft.pairs, served)).forEach(forget);
    const other = waiting.filter((draft) => !same(form, draft.pairs, served));
    // The browser itself may have put back what was typed, on the way back to a page.
    const there = other.find((draft) => same(form, draft.pairs, pairs(form)));
    if (there) held.set(name, there);
    else if (other.length) offer(form, other[0]);
  }

  function box(words, ...rest) {
    const place = document.createElement("div");
    place.className = "notice unsent no-print";
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    const row = document.createElement("div");
    row.className = "row";
    row.append(...rest);
    place.append(said, row);
    // A reader is told of what comes into a place that is already there.
    setTimeout(() => { said.textContent = words; });
    return { place, said, row };
  }

  function button(words, act) {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = words;
    one.addEventListener("click", act);
    return one;
  }

  function link(words, where) {
    const one = document.createElement("a");
    one.className = "button";
    one.href = where;
    one.textContent = words;
    return one;
  }

  // Says what was typed before an element, to put back or to drop, which can be undone.
  function offered(before, drafts, putBack) {
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(drafts[0].at);
    const made = box(told.offer.replace("WHEN", when),
      button(told.putBack, () => {
        made.row.remove();
        putBack(made);
      }),
      button(told.drop, () => {
        drafts.forEach(forget);
        made.said.textContent = told.dropped;
        const undo = button(told.undo, () => {
          drafts.forEach(write);
          made.place.remove();
          offered(before, drafts, putBack);
        });
        made.row.replaceChildren(undo);
        undo.focus();
      }));
    made.place.dataset.offers = drafts[0].form;
    before.before(made.place);
  }

  function offer(form, draft) {
    offered(form, [draft], (made) => {
      made.said.textContent = told.back;
      giveBack(form, draft);
    });
    for (let around = form.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    if (draft.sent) write({ ...draft, sent: false });
  }

  function giveBack(form, draft) {
    held.set(draft.form, draft);
    if (form.dataset.keepBy) return sendBack(form, draft);
    const left = new Map();
    for (const [name, value] of draft.pairs) left.set(name, [...(left.get(name) || []), value]);
    let first = null;
    for (const one of fields(form)) {
      const given = left.get(one.name) || [];
      const was = pairs(form).length && (one.type === "checkbox" ? one.checked : one.value);
      if (one.type === "checkbox" || one.type === "radio") one.checked = given.includes(one.value);
      else if (one.multiple) for (const option of one.options) option.selected = given.includes(option.value);
      else if (given.length) {
        const value = given.shift();
        // A list that is still on its way has not the choice yet: it is kept all the same.
        if (one.options && ![...one.options].some((option) => option.value === value)) one.add(new Option(value, value));
        one.value = value;
      }
      if (!first && was !== (one.type === "checkbox" ? one.checked : one.value) && one.matches(TEXTS)) first = one;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    const folded = first?.closest("details"); // inside the form: what was put back is to be seen
    if (folded) folded.open = true;
    (first || form.querySelector(TEXTS))?.focus();
  }

  // A form that has as many fields as there are rows in it: the server writes it.
  function sendBack(form, draft) {
    const again = document.createElement("form");
    again.method = "post";
    again.action = form.getAttribute("action") || location.href;
    const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
    for (const [name, value] of [...draft.pairs, ["csrfmiddlewaretoken", token], ["unsent", draft.id], ["act", form.dataset.keepBy]]) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      again.append(field);
    }
    again.hidden = true;
    document.body.append(again);
    freshen(again);
    again.submit();
  }

  // ---- what is saved field by field, without a form: its page says what to keep, and until when

  document.addEventListener("unsent-keep", ({ detail: { name, holds } }) => {
    const draft = { id: held.get(name)?.id || random(), at: Date.now(), path: location.pathname, where: location.pathname + location.search, form: name, title: document.title.split(" · ")[0], tab, pairs: [], holds, sent: false };
    held.set(name, draft);
    write(draft);
  });
  document.addEventListener("unsent-forget", ({ detail: { name } }) => {
    if (held.has(name)) forget(held.get(name));
    held.delete(name);
  });
  document.addEventListener("unsent-look", ({ detail: { before, give } }) => {
    const waiting = all().filter((draft) => draft.path === location.pathname && draft.holds);
    if (!waiting.length) return;
    offered(before, waiting, (made) => {
      made.place.remove();
      for (const draft of waiting) held.set(draft.form, draft);
      give(waiting.map((draft) => draft.holds));
    });
  });

  // What was sent from another page of this tab, and never arrived.
  function tellOfOthers() {
    const lost = all().find((draft) => draft.sent && draft.tab === tab && draft.path !== location.pathname);
    if (!lost || document.querySelector("[data-offers]")) return;
    const made = box(told.elsewhere.replace("PAGE", lost.title), link(told.go, lost.where), button(told.close, () => made.place.remove()));
    write({ ...lost, sent: false });
    document.querySelector("main")?.prepend(made.place);
  }

  // ---- sending

  const token = () => document.cookie.match(/(?:^|; )trayecto_csrf=([^;]*)/)?.[1];

  // Whoever signed in again, in another tab, has a new token, and this page still the old one.
  function freshen(form) {
    const field = form.querySelector("[name=csrfmiddlewaretoken]");
    if (field && token()) field.value = token();
  }

  let warned = null;
  function warn(words, ...rest) {
    warned?.place.remove();
    warned = box(words, ...rest, button(told.close, () => warned.place.remove()));
    warned.place.classList.add("bad", "over");
    document.body.append(warned.place);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "post") freshen(form);
    if ("forgets" in form.dataset) all().forEach(forget);
    if (!form.dataset.keep || event.submitter?.formNoValidate) return;
    const draft = copy(form);
    if (!draft) return;
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      warn(told.offline);
      return;
    }
    const mark = form.querySelector("[name=unsent]") || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "unsent" }));
    mark.value = draft.id;
    draft.sent = true;
    write(draft);
  }, true);

  const failed = (event) => {
    const form = event.detail.elt.closest?.("form[data-keep]");
    const draft = form && held.get(form.dataset.keep);
    if (draft) write(Object.assign(draft, { sent: false }));
    const status = event.detail.xhr?.status;
    if (status === 401) warn(told.signedOut, link(told.signIn, `${told.signInAt}?next=${encodeURIComponent(location.pathname + location.search)}`));
    else if (form) warn(status ? told.failed : told.offline);
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:configRequest", (event) => {
    if (!token()) return;
    event.detail.headers["x-csrftoken"] = token();
    if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token();
  });
  document.addEventListener("htmx:beforeOnLoad", learn);
  document.addEventListener("htmx:load", ({ detail: { elt } }) => {
    if (elt.matches?.("form[data-keep]")) meet(elt);
    else if (elt !== document.body) look(elt);
  });
  window.addEventListener("online", () => warned?.place.isConnected && warn(told.online));

  document.addEventListener("input", copySoon);
  document.addEventListener("change", copySoon);
  window.addEventListener("pagehide", copyNow);
  document.addEventListener("visibilitychange", copyNow);
  window.addEventListener("pageshow", (event) => event.persisted && learn());

  learn();
  look(document);
  tellOfOthers();
}
