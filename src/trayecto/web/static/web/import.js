// Sending a file: how far it is, and a way to stop. Without this the form is sent as any other.

const form = document.querySelector("form[data-upload]");
if (form) {
  const file = form.querySelector("input[type=file]");
  const state = form.querySelector("[data-state]");
  const bar = form.querySelector("progress");
  const cancel = form.querySelector("[data-cancel]");
  const send = form.querySelector("button.main");
  const say = (words, bad = false) => {
    state.textContent = words;
    state.classList.toggle("wrong", bad);
  };
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const size = (bytes) => {
    if (bytes >= 1e9) return `${number.format(bytes / 1e9)} GB`;
    return bytes >= 1e5 ? `${number.format(bytes / 1e6)} MB` : `${number.format(bytes / 1e3)} kB`;
  };
  const weight = () => [...file.files].reduce((all, one) => all + one.size, 0);
  const tooLarge = () => weight() > Number(form.dataset.largest);

  file.addEventListener("change", () => {
    if (tooLarge()) say(form.dataset.tooLarge, true);
    else say(file.files[0] ? size(weight()) : "");
  });

  form.addEventListener("submit", (event) => {
    if (!file.files[0]) return;
    event.preventDefault();
    if (tooLarge()) {
      say(form.dataset.tooLarge, true);
      file.focus();
      return;
    }
    const request = new XMLHttpRequest();
    const began = performance.now();
    const done = () => {
      bar.hidden = cancel.hidden = true;
      send.disabled = false;
    };
    request.open("POST", location.href);
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      bar.max = step.total;
      bar.value = step.loaded;
      const seconds = Math.round((performance.now() - began) / 1000);
      say(form.dataset.sending.replace("SENT", size(step.loaded)).replace("ALL", size(step.total)).replace("SECONDS", seconds));
    });
    request.addEventListener("load", () => {
      if (request.status < 400 && request.responseURL && request.responseURL !== location.href) {
        location.assign(request.responseURL);
        return;
      }
      done();
      const told = new DOMParser().parseFromString(request.responseText, "text/html");
      const wrong = [...told.querySelectorAll("main .wrong, main .notice li")].map((line) => line.textContent.trim());
      say(wrong.join(" ") || form.dataset.lost, true);
    });
    request.addEventListener("error", () => {
      done();
      say(form.dataset.lost, true);
    });
    request.addEventListener("abort", () => {
      done();
      say(form.dataset.cancelled);
      file.focus();
    });
    cancel.onclick = () => request.abort();
    bar.value = 0;
    bar.hidden = cancel.hidden = false;
    send.disabled = true;
    request.send(new FormData(form));
  });
}
