// The node explorer: how much to show, any node or line opened by mouse or keyboard, and real
// journeys as moving dots. And the steps of a funnel: writing in the last makes room for one more.

const place = document.querySelector("[data-explorer]");
if (place) explore(place);
for (const steps of document.querySelectorAll("[data-steps]")) grow(steps);

function grow(steps) {
  steps.addEventListener("input", (event) => {
    const last = steps.querySelector("li:last-child");
    if (event.target.closest("li") !== last || !event.target.value) return;
    const next = last.cloneNode(true);
    next.querySelector("input").value = "";
    last.after(next);
  });
}

function explore(place) {
  const sheet = place.querySelector("[data-sheet]");
  const panel = place.querySelector("[data-panel]");
  const much = document.querySelector("[data-much]");
  const help = document.querySelector("[data-replay-help]");
  const words = help.textContent;
  const wanted = new URLSearchParams(location.search);
  let opened = null;
  let asked = 0;

  // ---- what can be opened

  function prepare() {
    const svg = sheet.querySelector("svg");
    svg.setAttribute("role", "group");
    for (const line of svg.querySelectorAll("[data-source]")) {
      // A thin line is hard to hit: a wide one that nobody sees lies over it.
      const wide = line.querySelector("path").cloneNode();
      wide.setAttribute("stroke", "transparent");
      wide.setAttribute("stroke-width", "14");
      wide.setAttribute("pointer-events", "stroke");
      line.append(wide);
    }
    for (const mark of svg.querySelectorAll("[data-node], [data-source]")) {
      mark.setAttribute("tabindex", "0");
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", mark.querySelector("title")?.textContent || mark.dataset.node || "");
    }
    show();
  }

  function show() {
    for (const mark of sheet.querySelectorAll("[data-opened]")) mark.removeAttribute("data-opened");
    if (opened) find(opened.node, opened.then)?.setAttribute("data-opened", "");
  }

  function find(node, then) {
    return then
      ? sheet.querySelector(`[data-source="${CSS.escape(node)}"][data-target="${CSS.escape(then)}"]`)
      : sheet.querySelector(`[data-node="${CSS.escape(node)}"]`);
  }

  function of(address, more = {}) {
    const where = new URL(address, location.origin);
    for (const [key, value] of wanted) where.searchParams.append(key, value);
    for (const [key, value] of Object.entries(more)) where.searchParams.set(key, value);
    return where;
  }

  async function open(node, then = "", { listed = false } = {}) {
    const answer = await fetch(of(place.dataset.part, { node, then }), { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return;
    opened = { node, then, listed };
    panel.innerHTML = await answer.text();
    place.classList.add("open");
    show();
    const heading = panel.querySelector("h2");
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  }

  function close() {
    const was = opened;
    opened = null;
    panel.replaceChildren();
    place.classList.remove("open");
    show();
    const name = was?.listed && document.querySelector(`[data-opens="${CSS.escape(was.node)}"]`);
    (name || (was && find(was.node, was.then)))?.focus();
  }

  // The names in the table below open the same: on a phone, and read aloud, they are easier to find.
  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-opens]");
    if (name) open(name.dataset.opens, "", { listed: true });
  });

  function openMark(mark) {
    if (mark.dataset.node) open(mark.dataset.node);
    else open(mark.dataset.source, mark.dataset.target);
  }

  sheet.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-node], [data-source]");
    if (mark) openMark(mark);
  });
  sheet.addEventListener("keydown", (event) => {
    const mark = event.target.closest("[data-node], [data-source]");
    if (!mark || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    openMark(mark);
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("close" in button.dataset) close();
    else if (button.dataset.openNode) open(button.dataset.openNode, button.dataset.openThen);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) close();
  });

  // ---- how much to show

  let waiting = 0;
  const [nodes, lines] = much.querySelectorAll("input[type=range]");

  function say(slider, words) {
    slider.setAttribute("aria-valuetext", words);
    slider.parentElement.querySelector("output").textContent = words;
  }

  // The same sums as the server's `Part.of`: the words are there before the picture is.
  function sayHowMuch() {
    const shown = Math.max(1, Math.ceil((nodes.dataset.most * nodes.value) / 100));
    say(nodes, nodes.dataset.words.replace("N", shown));
    if (!("set" in lines.dataset)) return; // nobody has moved it: what tells most is shown
    const among = Number(lines.dataset.among.split(" ")[shown - 1]);
    const some = Math.ceil(Math.min(among, lines.dataset.each * shown) * (lines.value / 100) ** 2);
    const written = (number) => number.toLocaleString(document.documentElement.lang);
    say(lines, lines.dataset.words.replace("N", written(some)).replace("ALL", written(among)));
  }

  much.addEventListener("input", (event) => {
    const slider = event.target;
    if (slider === lines) lines.dataset.set = "";
    sayHowMuch();
    wanted.set(slider.name, slider.value);
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 60);
  });

  async function redraw() {
    const turn = ++asked;
    sheet.setAttribute("aria-busy", "true");
    const answer = await fetch(of(place.dataset.picture)).catch(() => null);
    if (turn !== asked) return; // a newer step of the slider is on its way
    sheet.removeAttribute("aria-busy");
    help.textContent = answer?.ok ? words : help.dataset.failed;
    if (!answer?.ok) return;
    sheet.innerHTML = await answer.text();
    history.replaceState(null, "", `?${wanted}`);
    prepare();
    if (replay) replay = stage(replay.journeys, replay.now);
  }

  // ---- replay

  const button = document.querySelector("[data-play]");
  const clock = document.querySelector("[data-clock]");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const play = button.textContent;
  const NS = "http://www.w3.org/2000/svg";
  const POINTS = 48;
  let replay = null;
  let frame = 0;
  let last = 0;

  // A wait takes longer when it was longer, though by its logarithm: seconds and months fit.
  const lasts = (seconds) => 500 + 320 * Math.log2(1 + seconds / 60);

  function route(from, to) {
    const drawn = find(from, to)?.querySelector("path");
    if (drawn) {
      const long = drawn.getTotalLength();
      return Array.from({ length: POINTS + 1 }, (_, i) => drawn.getPointAtLength((long * i) / POINTS));
    }
    const ends = [find(from), find(to)].map((mark) => mark?.querySelector("rect")?.getBBox());
    if (!ends[0] || !ends[1]) return null;
    return ends.map((box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 }));
  }

  function stage(journeys, now = 0) {
    const svg = sheet.querySelector("svg");
    svg.querySelector("[data-tokens]")?.remove();
    const layer = document.createElementNS(NS, "g");
    layer.setAttribute("data-tokens", "");
    layer.setAttribute("aria-hidden", "true");
    svg.append(layer);
    const routes = new Map();
    const tokens = journeys.map((steps, n) => {
      const token = document.createElementNS(NS, "circle");
      token.setAttribute("class", "token");
      token.setAttribute("r", "6");
      token.setAttribute("visibility", "hidden");
      layer.append(token);
      let at = n * 350; // one after another, as people come
      const legs = [];
      for (let i = 1; i < steps.length; i++) {
        const key = `${steps[i - 1][0]}\u0000${steps[i][0]}`;
        if (!routes.has(key)) routes.set(key, route(steps[i - 1][0], steps[i][0]));
        const long = lasts(steps[i][1] - steps[i - 1][1]);
        if (routes.get(key)) legs.push({ from: at, to: at + long, points: routes.get(key) });
        at += long;
      }
      return { token, legs, end: at, leg: 0 };
    });
    return { journeys, tokens, now, end: Math.max(0, ...tokens.map((one) => one.end)) };
  }

  function draw() {
    let steps = 0;
    for (const one of replay.tokens) {
      while (one.leg < one.legs.length && one.legs[one.leg].to <= replay.now) one.leg++;
      steps += one.leg;
      const leg = one.legs[one.leg];
      if (!leg || leg.from > replay.now) {
        one.token.setAttribute("visibility", "hidden");
        continue;
      }
      const along = ((replay.now - leg.from) / (leg.to - leg.from)) * (leg.points.length - 1);
      const k = Math.min(Math.floor(along), leg.points.length - 2);
      const part = along - k;
      const [a, b] = [leg.points[k], leg.points[k + 1]];
      one.token.setAttribute("transform", `translate(${a.x + (b.x - a.x) * part} ${a.y + (b.y - a.y) * part})`);
      one.token.setAttribute("visibility", "visible");
    }
    clock.textContent = clock.dataset.words.replace("N", String(steps));
  }

  function tick(time) {
    replay.now += Math.min(time - last, 100);
    last = time;
    draw();
    if (replay.now < replay.end) frame = requestAnimationFrame(tick);
    else finish();
  }

  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    button.textContent = play;
    button.setAttribute("aria-pressed", "false");
  }

  function finish() {
    pause();
    sheet.querySelector("[data-tokens]")?.remove();
    replay = null;
  }

  async function start() {
    if (!replay) {
      const answer = await fetch(of(place.dataset.replay)).catch(() => null);
      help.textContent = answer?.ok ? words : help.dataset.failed;
      if (!answer?.ok) return;
      replay = stage((await answer.json()).journeys);
      // Where little of the picture is on the screen, the dots would run unseen.
      if (sheet.getBoundingClientRect().top > innerHeight / 2) button.scrollIntoView({ block: "start" });
    }
    button.textContent = button.dataset.pause;
    button.setAttribute("aria-pressed", "true");
    last = performance.now();
    frame = requestAnimationFrame(tick);
  }

  function calm() {
    button.hidden = still.matches;
    help.textContent = still.matches ? help.dataset.noMotion : words;
    if (still.matches && replay) finish();
  }

  button.addEventListener("click", () => (frame ? pause() : start()));
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, button, a, summary");
    if (event.key !== " " || busy || !(frame || replay)) return;
    event.preventDefault();
    if (frame) pause();
    else start();
  });
  still.addEventListener("change", calm);

  calm();
  prepare();
}
