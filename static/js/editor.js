// Turns each textarea that carries its text as HTML (data-html) into an editor. Knows no page and saves nothing:
// it keeps the textarea and its "format" field up to date, so that the form around it can be sent as it is.
// If anything goes wrong while starting, the textarea stays as it was.
//
// On the textarea it sends      richtext:change  { html, words }   after each change
// and listens for               richtext:saved   { html }          when someone has saved that text
import { Editor, pm } from "../django_prose_editor/editor.js";
import { pasteBelow } from "./editor/below.js";
import { features, isLink } from "./editor/features.js";
import { el, inlineLabel } from "./editor/dom.js";
import { shortcuts } from "./editor/keys.js";
import { LinkPanel } from "./editor/link.js";
import { bodyOfPlainText, cleanPasted, notKept, pictureFiles } from "./editor/paste.js";
import { Passages } from "./editor/passages.js";
import { Toolbar } from "./editor/toolbar.js";

const ANNOUNCE_AFTER = 1500;
const BELOW_TOOLBAR = { top: 120, right: 0, bottom: 96, left: 0 }; // pixels; toolbar and save line may stand over the text
const unsaved = new Set();
let leavingOnPurpose = false;

function htmlOf(editor) {
  if (!editor.state.doc.textContent.trim()) return "";
  return editor.getHTML().replace(/(<p><\/p>)+$/, "");
}

function wordsIn(editor) {
  const text = editor.getText({ blockSeparator: "\n" });
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

class RichText {
  constructor(textarea) {
    this.textarea = textarea;
    this.wrapper = textarea.closest("[data-rich-text]");
    this.format = this.wrapper.querySelector("[data-format]");
    this.label = textarea.labels[0];
    this.build();
    this.takeOver();
  }

  build() {
    const id = `${this.textarea.id}_editor`;
    this.content = el("div", { class: "editor__content" });
    this.status = el("p", { class: "editor__status", role: "status" });
    this.announcement = el("p", { class: "editor__announcement", role: "status" });
    this.link = new LinkPanel(`${id}_link`);
    const list = features({ openLink: () => this.openLink() });
    this.editor = new Editor({
      element: this.content,
      extensions: list.map((feature) => feature.extension),
      content: this.textarea.dataset.html,
      injectCSS: false,
      editorProps: {
        attributes: this.editableAttributes(id),
        scrollThreshold: BELOW_TOOLBAR,
        scrollMargin: BELOW_TOOLBAR,
        transformPastedHTML: (html) => this.paste(html),
        clipboardTextParser: (text, context, plain, view) => this.pasteText(text, context, view),
        handlePaste: (view, event, slice) => this.notePictureFiles(event.clipboardData) || this.pasteBlocks(view, event, slice),
        handleDrop: (view, event) => this.notePictureFiles(event.dataTransfer),
      },
      onUpdate: () => this.sync(),
    });
    const buttons = list.flatMap((feature) => feature.buttons ?? []);
    this.keys = shortcuts(buttons);
    this.toolbar = new Toolbar(this.editor, buttons, {
      label: `Formatting of: ${inlineLabel(this.label)}`,
      controls: id,
      expands: { link: this.link.element },
    });
    this.frame = el("div", { class: "editor" }, [
      el("div", { class: "editor__top" }, [this.toolbar.element, this.link.element]),
      this.content,
      this.status,
      this.announcement,
    ]);
    this.saved = this.current = htmlOf(this.editor);
    new Passages(this.editor, this.textarea.form, (message) => this.say(message));
  }

  openLink() {
    this.link.open(this.editor);
    this.toolbar.refresh();
    return true;
  }

  editableAttributes(id) {
    const attributes = {
      id,
      role: "textbox",
      "aria-multiline": "true",
      class: "editor__text prose",
      spellcheck: "true",
      lang: "en-GB",
    };
    if (this.label) {
      this.label.id ||= `${this.textarea.id}_label`;
      attributes["aria-labelledby"] = this.label.id;
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (this.textarea.hasAttribute(name)) attributes[name] = this.textarea.getAttribute(name);
    }
    return attributes;
  }

  takeOver() {
    this.textarea.before(this.frame);
    this.textarea.hidden = true;
    this.textarea.value = this.textarea.dataset.html;
    this.format.value = "html";
    this.wrapper.querySelector("[data-simple-help]")?.setAttribute("hidden", "");
    this.wrapper.append(this.keys);
    this.showWords();
    this.label?.addEventListener("click", () => this.editor.commands.focus());
    document.addEventListener("click", (event) => this.followLink(event));
    if (location.hash === `#${this.textarea.id}`) this.editor.commands.focus();
    this.textarea.addEventListener("richtext:saved", (event) => {
      this.saved = event.detail.html;
      this.noteUnsaved(htmlOf(this.editor));
    });
  }

  // The links of an error summary point to the textarea, which cannot take the focus any more.
  followLink(event) {
    const link = event.target.closest?.("a[href]");
    if (link?.getAttribute("href") !== `#${this.textarea.id}`) return;
    event.preventDefault();
    (this.label ?? this.frame).scrollIntoView();
    this.editor.commands.focus(null, { scrollIntoView: false });
  }

  sync() {
    const html = htmlOf(this.editor);
    if (html === this.current) return; // an empty line added at the end so that one can write below a table
    this.current = html;
    this.textarea.value = html;
    this.noteUnsaved(html);
    const words = this.showWords();
    this.textarea.dispatchEvent(new CustomEvent("richtext:change", { bubbles: true, detail: { html, words } }));
  }

  noteUnsaved(html) {
    if (html === this.saved) unsaved.delete(this);
    else unsaved.add(this);
  }

  showWords() {
    const words = wordsIn(this.editor);
    const line = this.wrapper.querySelector("[data-suggested]");
    if (!line) return words;
    line.textContent = `About ${line.dataset.suggested} words are suggested; you have ${words}.`;
    clearTimeout(this.announcing);
    this.announced ??= words;
    if (this.announced !== words) this.announcing = setTimeout(() => this.announce(words, line), ANNOUNCE_AFTER);
    return words;
  }

  // Spoken only when typing pauses.
  announce(words, line) {
    this.announced = words;
    this.announcement.textContent = `You have ${words} of about ${line.dataset.suggested} words.`;
  }

  paste(html) {
    const { html: kept, counts } = cleanPasted(html, isLink);
    this.say(notKept(counts));
    return kept;
  }

  pasteText(text, context, view) {
    this.say("");
    return pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(bodyOfPlainText(text), { context });
  }

  pasteBlocks(view, event, slice) {
    return pasteBelow(view, slice, event.clipboardData?.getData("text/html") ?? "");
  }

  notePictureFiles(data) {
    const pictures = pictureFiles(data);
    if (pictures) this.say(notKept({ picture: pictures }));
    return pictures > 0;
  }

  say(message) {
    this.status.textContent = message;
  }
}

function start(textarea) {
  const before = [...textarea.parentElement.children];
  try {
    new RichText(textarea);
  } catch (error) {
    console.warn("The editor could not start; the plain box stays.", error);
    for (const child of textarea.parentElement.children) if (!before.includes(child)) child.remove();
    for (const child of before) child.hidden = false;
    textarea.value = textarea.defaultValue;
    textarea.parentElement.querySelector("[data-format]").value = "simple";
  }
}

window.addEventListener("submit", (event) => {
  leavingOnPurpose = !event.defaultPrevented && event.target.querySelector("[data-rich-text]") !== null;
});
window.addEventListener("pageshow", () => {
  leavingOnPurpose = false;
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved.size && !leavingOnPurpose) event.preventDefault();
});

document.querySelectorAll("textarea[data-html]:not([disabled], [readonly])").forEach(start);
