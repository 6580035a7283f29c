// Every page: an error summary takes the focus, so that nobody has to look for what went wrong. And what somebody has
// written into a form is nowhere else until it is sent, so leaving the page asks first. (An answer looks after itself.)
const summary = document.getElementById("error-summary");
summary?.focus();

const boxes = [...document.querySelectorAll("form[method=post] textarea")].filter((box) => !box.closest("[data-rich-text]"));
let sent = null;

// A page with an error shows what was sent, and did not take it.
const holdsWords = (box) => box.value !== (summary ? "" : box.defaultValue);

if (boxes.length) {
  window.addEventListener("submit", (event) => (sent = event.defaultPrevented ? null : event.target));
  window.addEventListener("pageshow", () => (sent = null));
  window.addEventListener("beforeunload", (event) => {
    if (boxes.some((box) => box.form !== sent && holdsWords(box))) event.preventDefault();
  });
}
