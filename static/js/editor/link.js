// The small panel under the toolbar that asks for the address of a link. It is no form of its own, because it stands
// inside the page's form: Enter applies it and sends nothing.
import { el } from "./dom.js";
import { isLink } from "./features.js";

// Completes what people type: "www.example.org", "name@example.org".
export function completed(address) {
  const text = address.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  if (/^[^\s/@]+@[^\s/@]+\.[^\s/@]+$/.test(text)) return `mailto:${text}`;
  return /^[^\s.]+(\.[^\s.]+)+/.test(text) ? `https://${text}` : text;
}

export class LinkPanel {
  constructor(id) {
    this.error = el("p", { class: "editor__error", id: `${id}_error`, hidden: "" });
    this.address = this.makeInput(`${id}_address`, { inputmode: "url", "aria-describedby": `${id}_hint ${id}_error` });
    this.words = this.makeInput(`${id}_words`, {});
    this.wordsRow = this.makeRow("Words to show", this.words);
    this.remove = this.makeButton("Remove link", () => this.unlink());
    this.element = el("div", { class: "editor__panel", role: "group", "aria-label": "Link", id, hidden: "" }, [
      this.wordsRow,
      this.makeRow("Address", this.address, [
        el("p", { class: "editor__hint", id: `${id}_hint` }, ["For example www.example.org or name@example.org"]),
        this.error,
      ]),
      el("div", { class: "editor__actions" }, [
        this.makeButton("Use this link", () => this.apply(), "editor__action--main"),
        this.remove,
        this.makeButton("Cancel", () => this.close()),
      ]),
    ]);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
  }

  makeInput(id, attributes) {
    return el("input", { type: "text", class: "editor__input", id, autocomplete: "off", spellcheck: "false", ...attributes });
  }

  makeRow(label, input, extra = []) {
    return el("div", { class: "editor__row" }, [el("label", { for: input.id }, [label]), ...extra, input]);
  }

  makeButton(label, run, extraClass = "") {
    const button = el("button", { type: "button", class: `editor__action ${extraClass}`.trim() }, [label]);
    button.addEventListener("click", run);
    return button;
  }

  open(editor) {
    this.editor = editor;
    const linked = editor.isActive("link");
    if (linked) editor.commands.extendMarkRange("link");
    this.address.value = linked ? editor.getAttributes("link").href.replace(/^mailto:/i, "") : "";
    this.words.value = "";
    this.wordsRow.hidden = !editor.state.selection.empty;
    this.remove.hidden = !linked;
    this.complain("");
    this.element.hidden = false;
    (this.wordsRow.hidden ? this.address : this.words).focus();
  }

  close() {
    this.element.hidden = true;
    this.editor.commands.focus();
  }

  apply() {
    const href = completed(this.address.value);
    if (!isLink(href)) {
      this.complain("Type a web address or an e-mail address.");
      this.address.focus();
      return;
    }
    const chain = this.editor.chain().focus();
    if (this.editor.state.selection.empty) {
      const text = this.words.value.trim() || this.address.value.trim();
      chain.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] });
    } else {
      chain.setLink({ href });
    }
    chain.run();
    this.close();
  }

  unlink() {
    this.editor.chain().focus().unsetLink().run();
    this.close();
  }

  complain(message) {
    this.error.textContent = message;
    this.error.hidden = !message;
    if (message) this.address.setAttribute("aria-invalid", "true");
    else this.address.removeAttribute("aria-invalid");
  }

  onKey(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target.matches("input")) this.apply();
    else return;
    event.preventDefault();
  }
}
