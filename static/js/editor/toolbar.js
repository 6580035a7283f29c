// A row of buttons after the ARIA toolbar pattern: one tab stop, arrow keys between the buttons, Escape back to the
// text. Knows no button by name; what they do comes with them.
import { el, icon } from "./dom.js";
import { keysForMachines, keysForPeople } from "./keys.js";

const GROUPS = ["words", "headings", "lists", "insert", "history", "table"];
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Toolbar {
  constructor(editor, buttons, { label, controls, expands }) {
    this.editor = editor;
    this.items = buttons.map((button) => ({ ...button, element: this.makeButton(button), panel: expands[button.name] }));
    this.element = el("div", { class: "editor__toolbar", role: "toolbar", "aria-label": label, "aria-controls": controls });
    for (const name of GROUPS) this.element.append(this.makeGroup(name));
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection in the text
    this.current = this.items[0];
    editor.on("transaction", () => this.refresh());
    this.refresh();
  }

  makeButton(button) {
    const title = button.keys ? `${button.label} (${keysForPeople(button.keys)})` : button.label;
    const element = el("button", { type: "button", class: "editor__button", title, tabindex: "-1", "data-name": button.name });
    if (button.icon) element.append(icon(button.icon));
    if (button.text) element.append(el("span", {}, [button.label]));
    else element.setAttribute("aria-label", button.label);
    if (button.keys) element.setAttribute("aria-keyshortcuts", keysForMachines(button.keys));
    element.addEventListener("click", () => this.press(button.name));
    return element;
  }

  makeGroup(name) {
    const members = this.items.filter((item) => item.group === name).map((item) => item.element);
    return el("div", { class: `editor__group editor__group--${name}` }, members);
  }

  press(name) {
    const item = this.items.find((candidate) => candidate.name === name);
    this.current = item;
    if (this.isOff(item)) return;
    if (item.run) item.run();
    else item.act(this.editor.chain().focus()).run();
    this.refresh();
  }

  isOff(item) {
    if (item.can) return !item.can(this.editor);
    return item.act ? !item.act(this.editor.can().chain()).run() : false;
  }

  refresh() {
    for (const item of this.items) {
      item.element.hidden = item.shown ? !item.shown(this.editor) : false;
      if (item.element.hidden) continue;
      if (item.panel) this.showPanel(item);
      if (item.pressed) item.element.setAttribute("aria-pressed", String(item.pressed(this.editor)));
      item.element.setAttribute("aria-disabled", String(this.isOff(item)));
    }
    for (const group of this.element.children) group.hidden = [...group.children].every((child) => child.hidden);
    if (this.current.element.hidden) this.current = this.items[0];
    for (const item of this.items) item.element.tabIndex = item === this.current ? 0 : -1;
  }

  showPanel({ element, panel }) {
    element.setAttribute("aria-controls", panel.id);
    element.setAttribute("aria-expanded", String(!panel.hidden));
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.editor.commands.focus();
    const shown = [...this.element.querySelectorAll("button:not([hidden])")];
    const to = this.target(event.key, shown.indexOf(document.activeElement), shown.length);
    if (to === undefined) return;
    event.preventDefault();
    this.current = this.items.find((item) => item.element === shown.at(to));
    this.current.element.focus();
    this.refresh();
  }

  target(key, from, count) {
    if (key === "Home") return 0;
    if (key === "End") return count - 1;
    return key in STEPS ? (from + STEPS[key] + count) % count : undefined;
  }
}
