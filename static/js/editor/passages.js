// What stands beside the editor to be put in: passages of earlier texts, and headings or a table to begin with, each with
// a button. The server puts it at the end of the answer; here it goes where somebody is writing, never over a word, and
// undoing takes it out again.
import { pm } from "../../django_prose_editor/editor.js";

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

// A table to fill in.
const isBlank = (node) => node?.type.name === "table" && node.textContent === node.firstChild.textContent;

function stands(node, { content }) {
  if (!isBlank(node)) return content.content.some((other) => other.eq(node));
  return content.content.some((other) => other.type === node.type && other.firstChild.eq(node.firstChild));
}

// Where one goes on writing: behind what was put in, or in the first cell of a table to fill in.
function next(doc, from, nodes) {
  const table = nodes.firstChild;
  if (!isBlank(table)) return pm.state.TextSelection.near(doc.resolve(from + nodes.size), -1);
  return pm.state.TextSelection.near(doc.resolve(from + 1 + table.firstChild.nodeSize));
}

class Passage {
  constructor(button, editor) {
    this.button = button;
    this.here = button.parentElement.querySelector("[data-here]");
    const shown = button.parentElement.querySelector("[data-passage]");
    this.nodes = pm.model.DOMParser.fromSchema(editor.schema).parse(shown).content;
  }

  show({ doc }) {
    const isHere = this.nodes.content.every((node) => stands(node, doc));
    this.button.hidden = isHere;
    this.here.hidden = !isHere;
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
    tr.setSelection(next(tr.doc, from, nodes)).scrollIntoView();
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
