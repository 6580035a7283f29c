// Every page: an error summary takes the focus, so that nobody has to look for what went wrong. What only works with a
// script is shown, and what stands in for it is not. What somebody has written into a form is nowhere else until it is
// sent: leaving the page asks first, and without a connection the form stays where it is. (An answer that saves itself
// looks after all this: editor/autosave.js.)
const summary = document.getElementById("error-summary");
summary?.focus();
for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;

const ANSWER_WITHIN = 10_000;
const NOT_SENT = "Not sent: no connection. Your words are still here; press the button again in a while.";

const forms = [...document.querySelectorAll("form[method=post]:not([data-autosave])")].filter((form) => form.querySelector("textarea"));
let asking = false;
let ready = null; // the form that may be sent, since the server is there
let sent = null;

// An editor warns of its own text. A page with an error shows what was sent, and did not take it.
function isUnsent(box) {
  return !box.closest("[data-rich-text]") && box.value !== (summary ? "" : box.defaultValue);
}

// Whatever answers is there, be it a proxy that keeps this address to itself.
async function isThere() {
  try {
    return (await fetch("/health/", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN) })).status < 500;
  } catch {
    return false;
  }
}

function say(form) {
  form.querySelector("[data-not-sent]")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "message message-error", textContent: NOT_SENT });
  line.dataset.notSent = "";
  line.setAttribute("role", "alert");
  form.append(line);
  line.scrollIntoView({ block: "nearest" });
}

async function send(event) {
  const form = event.target;
  const waits = !event.defaultPrevented && form !== ready && forms.includes(form);
  ready = null;
  sent = event.defaultPrevented || waits ? null : form;
  if (!waits) return;
  event.preventDefault();
  if (asking) return;
  asking = true;
  const there = await isThere();
  asking = false;
  if (!there) return say(form);
  ready = form;
  form.requestSubmit(event.submitter);
}

if (forms.length) {
  window.addEventListener("submit", send);
  window.addEventListener("pageshow", () => (sent = null));
  window.addEventListener("beforeunload", (event) => {
    const boxes = forms.filter((form) => form !== sent).flatMap((form) => [...form.querySelectorAll("textarea")]);
    if (boxes.some(isUnsent)) event.preventDefault();
  });
}
