// The keys of the editor: in words for people, in words for assistive technology, and as a list. Knows no button by name.
import { el } from "./dom.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const ELSEWHERE = [
  { label: "A new line in the same paragraph", keys: "Shift+Enter" },
  { label: "Into the text, or out of it to what comes next", keys: "Tab" },
  { label: "From the text to the buttons; then the arrow keys, and Escape back to the text", keys: "Shift+Tab" },
];

export function keysForPeople(keys) {
  return keys.replace("Mod", MAC ? "\u2318" : "Ctrl").replace("Alt", MAC ? "\u2325" : "Alt");
}

export const keysForMachines = (keys) => keys.replace("Mod", MAC ? "Meta" : "Control");

// A list of all keys, for those who do not meet the titles of buttons.
export function shortcuts(buttons) {
  const rows = [...buttons.filter((one) => one.keys), ...ELSEWHERE].map(({ label, keys }) =>
    el("tr", {}, [el("td", {}, [el("kbd", {}, [keysForPeople(keys)])]), el("td", {}, [label])]),
  );
  const head = el("tr", {}, [el("th", { scope: "col" }, ["Press"]), el("th", { scope: "col" }, ["For"])]);
  const table = el("table", { class: "rich-text__signs" }, [el("thead", {}, [head]), el("tbody", {}, rows)]);
  return el("details", { class: "disclosure" }, [
    el("summary", {}, ["Keyboard shortcuts"]),
    el("div", { class: "disclosure-body" }, [table]),
  ]);
}
