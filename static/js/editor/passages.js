// Earlier texts that stand beside the editor, each passage with a button that brings it over. The server puts a passage
// at the end of the answer; here it goes where somebody is writing, never over a word, and undoing takes it out again.
import { pm } from "../../django_prose_editor/editor.js";

const IN_THE_TEXT = { H4: "h3", H5: "h4" }; // beside the text, headings stand one level deeper

function nodesIn(schema, shown) {
  const copy = shown.cloneNode(true);
  for (const heading of copy.querySelectorAll("h4, h5")) {
    const renamed = document.createElement(IN_THE_TEXT[heading.tagName]);
    renamed.append(...heading.childNodes);
    heading.replaceWith(renamed);
  }
  return pm.model.DOMParser.fromSchema(schema).parse(copy).content;
}

// Between two blocks: no sentence is torn apart, and a list or a table stays whole. An empty line is used up.
function place({ doc, selection }, entered) {
  const at = entered ? selection.$to : doc.resolve(doc.content.size);
  const node = at.depth ? at.node(1) : at.nodeBefore;
  if (!node) return [at.pos, at.pos];
  const after = at.depth ? at.after(1) : at.pos;
  const before = after - node.nodeSize;
  if (node.isTextblock && !node.content.size) return [before, after];
  const isAtStart = node.isTextblock && at.depth && at.parentOffset === 0;
  return isAtStart ? [before, before] : [after, after];
}

class Passage {
  constructor(button, editor) {
    this.button = button;
    this.here = button.parentElement.querySelector("[data-here]");
    this.nodes = nodesIn(editor.schema, button.parentElement.querySelector("[data-passage]"));
  }

  show({ doc }) {
    const stands = this.nodes.content.every((node) => doc.content.content.some((other) => other.eq(node)));
    this.button.hidden = stands;
    this.here.hidden = !stands;
  }
}

export class Passages {
  constructor(editor, form, say) {
    this.editor = editor;
    this.say = say;
    const buttons = [...(form?.elements ?? [])].filter((one) => one.parentElement.querySelector(":scope > [data-passage]"));
    this.all = buttons.map((button) => new Passage(button, editor));
    if (!this.all.length) return;
    for (const one of this.all) one.button.addEventListener("click", (event) => this.bring(event, one));
    editor.on("focus", () => (this.entered = true));
    editor.on("update", () => this.changed());
    this.changed();
  }

  bring(event, { nodes }) {
    event.preventDefault();
    const { state, view } = this.editor;
    const where = this.entered ? "where you were writing" : "at the end of your answer";
    const [from, to] = place(state, this.entered);
    const tr = pm.history.closeHistory(state.tr.replaceWith(from, to, nodes)); // undone by itself
    tr.setSelection(pm.state.TextSelection.near(tr.doc.resolve(from + nodes.size), -1)).scrollIntoView();
    view.dispatch(tr);
    view.focus();
    this.say(`Put in ${where}. Undo takes it out again.`);
    this.said = this.editor.state.doc; // until the next change
  }

  changed() {
    if (this.said && !this.said.eq(this.editor.state.doc)) {
      this.say("");
      this.said = null;
    }
    for (const one of this.all) one.show(this.editor.state);
  }
}
