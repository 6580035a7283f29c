// On the page that hands a text back: it is nowhere else, so leaving asks first, until the text was copied as a whole.
const text = document.querySelector("[data-kept]");
const button = document.querySelector("[data-copy]");
const said = document.querySelector("[data-copied]");
let copied = text.value === "";

text.addEventListener("copy", () => {
  copied ||= text.selectionEnd - text.selectionStart === text.value.length;
});
button.hidden = false;
button.addEventListener("click", () => {
  text.select();
  said.textContent = document.execCommand("copy") ? "Copied. Paste it where you want to keep it." : "Press Ctrl+C to copy it.";
});
window.addEventListener("beforeunload", (event) => {
  if (!copied) event.preventDefault();
});
