// Where pasted blocks go. The editor's library joins the first of them to the words before the caret, so that a heading
// would become the last words of a sentence, and nobody would be told. As in Word, what begins with a heading, a list or a
// table stands below instead. Knows no page.
import { pm } from "../../django_prose_editor/editor.js";

const isParagraph = (node) => node.type.name === "paragraph";
const isList = (node) => node.type.name === "bulletList" || node.type.name === "orderedList";

// Words that somebody copied out of one heading or one item of this editor: those go into the sentence.
const isPartOfBlock = (slice, html) => html.includes("data-pm-slice") && slice.content.childCount === 1;

function insert(tr, at, content) {
  tr.insert(at, content);
  return tr.setSelection(pm.state.TextSelection.near(tr.doc.resolve(at + content.size), -1));
}

function intoParagraph(tr, $from, { content, openEnd }) {
  if ($from.parentOffset === 0) return insert(tr, $from.before(), content);
  const wordsFollow = $from.parentOffset < $from.parent.content.size;
  const closed = wordsFollow && !isParagraph(content.lastChild);
  return tr.replaceSelection(new pm.model.Slice(content, 0, closed ? 0 : openEnd));
}

// A list or a quotation can hold no heading and no table, so those stand below all of it. A cell of a table takes the words.
function below(tr, slice) {
  const { $from } = tr.selection;
  const top = $from.depth ? $from.node(1) : null;
  if (!top?.textContent || top.type.name === "table") return null;
  if (isParagraph(top)) return intoParagraph(tr, $from, slice);
  const fits = isList(slice.content.firstChild) || top.isTextblock;
  return fits ? null : insert(tr, $from.after(1), slice.content);
}

// Gives whether it was pasted; what is not is left to the library.
export function pasteBelow(view, slice, html) {
  const { firstChild } = slice.content;
  if (!firstChild?.isBlock || isParagraph(firstChild) || isPartOfBlock(slice, html)) return false;
  const tr = below(view.state.tr.deleteSelection(), slice);
  if (tr) view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
  return tr !== null;
}
