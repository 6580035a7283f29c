// On a wide screen: the answer beside its own text, as it will be printed. It is made of the words on the page, so
// it keeps up with the typing and asks nothing of the server. Knows the textarea, the text of the editor and a template.
import "../editor.js"; // so that the textarea holds what the editor made of it

const WIDE = matchMedia("(min-width: 100rem)");
const PRINTED = { H3: "h4", H4: "h5" }; // under the heading of the question

function asPrinted(block) {
  const name = PRINTED[block.tagName];
  if (!name) return block;
  const heading = document.createElement(name);
  heading.append(...block.childNodes);
  return heading;
}

class Printed {
  constructor(template) {
    this.template = template;
    this.text = document.querySelector("form[data-autosave] textarea[data-html]");
    this.shown = []; // for each block of the text the element that shows it, if it is not empty
    this.text.addEventListener("richtext:change", () => this.show());
    document.addEventListener("selectionchange", () => this.follow());
    WIDE.addEventListener("change", () => this.place());
    this.place();
  }

  place() {
    this.pane?.remove();
    this.pane = null;
    if (!WIDE.matches) return;
    this.pane = this.template.content.firstElementChild.cloneNode(true);
    document.querySelector("main").after(this.pane);
    this.show();
  }

  show() {
    if (!this.pane) return;
    const page = new DOMParser().parseFromString(this.text.value, "text/html");
    this.shown = [...page.body.children].map((block) => (block.textContent.trim() ? asPrinted(block) : null));
    this.pane.querySelector("[data-printed-text]").replaceChildren(...this.shown.filter(Boolean));
    this.pane.querySelector("[data-printed-empty]").hidden = this.shown.some(Boolean);
    this.follow();
  }

  // Keeps in sight what is being written.
  follow() {
    const caret = document.activeElement?.closest?.(".editor__text") && getSelection().focusNode;
    if (!this.pane || !caret) return;
    const block = [...document.activeElement.children].findIndex((one) => one.contains(caret));
    const shown = this.shown[block];
    const scroller = this.pane.querySelector("[data-printed-scroll]");
    if (!shown || !scroller.clientHeight) return;
    const [box, frame] = [shown.getBoundingClientRect(), scroller.getBoundingClientRect()];
    if (box.top < frame.top) scroller.scrollTop += box.top - frame.top;
    else if (box.bottom > frame.bottom) scroller.scrollTop += Math.min(box.bottom - frame.bottom, box.top - frame.top);
  }
}

const template = document.querySelector("template[data-printed]");
if (template && document.querySelector("form[data-autosave] textarea[data-html]")) new Printed(template);
