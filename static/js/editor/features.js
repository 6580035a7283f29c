// The one list of what a text may hold: each entry gives the extension, and the buttons it needs. What the server
// keeps (returns/richtext) is the same list seen from the other side. Knows no page and no toolbar.
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  TrailingNode,
  pm,
  wrappingInputRule,
} from "../../django_prose_editor/editor.js";

const COLUMNS = ["What children told us", "What we did", "What changed"];
const LINK = /^(https?:\/\/|mailto:)[^\s]+$/i;

export const isLink = (address) => LINK.test(address ?? "");

// Underlining means a link on the web, so what was underlined becomes bold.
const StrongText = Bold.extend({
  parseHTML() {
    return [{ tag: "u" }, ...this.parent()];
  },
  addKeyboardShortcuts() {
    return { ...this.parent(), "Mod-u": () => this.editor.commands.toggleBold() };
  },
});

// Above the text stands the title of the page only, so for who hears it the headings begin one level below that. They are
// kept as h3 and h4, as all text that stands below the heading of a section.
function levelsHeard({ doc }) {
  const levels = [];
  doc.forEach((node, at) => {
    if (node.type.name !== "heading") return;
    const level = { "aria-level": String(node.attrs.level - 1) };
    levels.push(pm.view.Decoration.node(at, at + node.nodeSize, level));
  });
  return pm.view.DecorationSet.create(doc, levels);
}

// As in Word. Ctrl+Alt+4 would be the euro sign of a British keyboard.
const Headings = Heading.configure({ levels: [3, 4] }).extend({
  marks: "italic link", // a heading is bold anyway
  addKeyboardShortcuts() {
    return {
      "Mod-Alt-1": () => this.editor.commands.toggleHeading({ level: 3 }),
      "Mod-Alt-2": () => this.editor.commands.toggleHeading({ level: 4 }),
    };
  },
  addInputRules: () => [],
  addProseMirrorPlugins: () => [new pm.state.Plugin({ props: { decorations: levelsHeard } })],
});

// Tab leaves the editor, so it must not move items.
const Item = ListItem.extend({
  content: "paragraph (paragraph | bulletList | orderedList | blockquote)*",
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Mod-]": () => this.editor.commands.sinkListItem(this.name),
      "Mod-[": () => this.editor.commands.liftListItem(this.name),
    };
  },
});

const Numbers = OrderedList.extend({
  addInputRules() {
    return [wrappingInputRule({ find: /^1[.)]\s$/, type: this.type })];
  },
});

const Quotation = Blockquote.extend({ content: "(paragraph | bulletList | orderedList | blockquote)+" });

const cell = (extension) => extension.extend({ content: "paragraph+" });

const PlainTable = Table.extend({
  addKeyboardShortcuts() {
    const { Tab, ...shortcuts } = this.parent();
    return { ...shortcuts, Tab: () => this.editor.commands.goToNextCell() }; // and out of the last one
  },
});

function newTable(schema) {
  const row = (type, texts) => ({
    type: "tableRow",
    content: texts.map((text) => ({
      type,
      content: [{ type: "paragraph", content: text ? [{ type: "text", text }] : [] }],
    })),
  });
  const empty = COLUMNS.map(() => "");
  return schema.nodeFromJSON({
    type: "table",
    content: [row("tableHeader", COLUMNS), row("tableCell", empty), row("tableCell", empty)],
  });
}

function insertTable({ state, tr, dispatch }) {
  for (let depth = state.selection.$from.depth; depth > 0; depth--) {
    if (state.selection.$from.node(depth).type.name !== "paragraph") return false;
  }
  if (!dispatch) return true;
  const table = newTable(state.schema);
  const from = tr.selection.from;
  tr.replaceSelectionWith(table);
  tr.doc.nodesBetween(Math.max(0, from - 1), tr.doc.content.size, (node, position) => {
    if (!node.eq(table)) return true;
    const firstRow = node.firstChild.nodeSize;
    tr.setSelection(pm.state.TextSelection.near(tr.doc.resolve(position + 1 + firstRow + 1)));
    return false;
  });
  tr.scrollIntoView();
  return true;
}

const inList = (editor) => editor.isActive("listItem");
const inTable = (editor) => editor.isActive("table");

export function features({ openLink }) {
  return [
    { extension: Document },
    { extension: Paragraph },
    { extension: Text },
    { extension: HardBreak },
    { extension: Gapcursor },
    { extension: TrailingNode.configure({ notAfter: ["heading", "bulletList", "orderedList"] }) },
    {
      extension: StrongText,
      buttons: [
        {
          name: "bold",
          label: "Bold",
          group: "words",
          keys: "Mod+B",
          icon: "M6 3.5h4.6a3.2 3.2 0 0 1 0 6.4H6zM6 9.9h5.4a3.3 3.3 0 0 1 0 6.6H6z",
          act: (chain) => chain.toggleBold(),
          pressed: (editor) => editor.isActive("bold"),
        },
      ],
    },
    {
      extension: Italic,
      buttons: [
        {
          name: "italic",
          label: "Italic",
          group: "words",
          keys: "Mod+I",
          icon: "M8 3.5h6M5 16.5h6M11.5 3.5l-4 13",
          act: (chain) => chain.toggleItalic(),
          pressed: (editor) => editor.isActive("italic"),
        },
      ],
    },
    {
      extension: Headings,
      buttons: [
        {
          name: "heading",
          label: "Heading",
          group: "headings",
          keys: "Mod+Alt+1",
          text: true,
          icon: "M4.5 3.5v13M15.5 3.5v13M4.5 10h11",
          act: (chain) => chain.toggleHeading({ level: 3 }),
          pressed: (editor) => editor.isActive("heading", { level: 3 }),
        },
        {
          name: "smaller-heading",
          label: "Smaller heading",
          group: "headings",
          keys: "Mod+Alt+2",
          text: true,
          icon: "M6.5 7v9.5M13.5 7v9.5M6.5 11.7h7",
          act: (chain) => chain.toggleHeading({ level: 4 }),
          pressed: (editor) => editor.isActive("heading", { level: 4 }),
        },
      ],
    },
    {
      extension: BulletList,
      buttons: [
        {
          name: "bullets",
          label: "Bulleted list",
          group: "lists",
          keys: "Mod+Shift+8",
          icon: "M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01",
          act: (chain) => chain.toggleBulletList(),
          pressed: (editor) => editor.isActive("bulletList"),
        },
      ],
    },
    {
      extension: Numbers.configure({ enableListAttributes: false }),
      buttons: [
        {
          name: "numbers",
          label: "Numbered list",
          group: "lists",
          keys: "Mod+Shift+7",
          icon: "M9 5h8M9 10h8M9 15h8M3 3.5h1.2v4M2.8 7.5h2.8M2.8 12.5h2.4v1.7L3 16.4h2.6",
          act: (chain) => chain.toggleOrderedList(),
          pressed: (editor) => editor.isActive("orderedList"),
        },
      ],
    },
    {
      extension: Item,
      buttons: [
        {
          name: "indent",
          label: "Make it a point of the one above",
          group: "lists",
          keys: "Mod+]",
          icon: "M3 4h14M10 10h7M3 16h14M3 7.5l3 2.5-3 2.5",
          act: (chain) => chain.sinkListItem("listItem"),
        },
        {
          name: "outdent",
          label: "Move it one level out",
          group: "lists",
          keys: "Mod+[",
          icon: "M3 4h14M10 10h7M3 16h14M6 7.5l-3 2.5 3 2.5",
          act: (chain) => chain.liftListItem("listItem"),
          can: inList,
        },
      ],
    },
    {
      extension: Quotation,
      buttons: [
        {
          name: "quotation",
          label: "Child\u2019s own words",
          group: "insert",
          keys: "Mod+Shift+B",
          text: true,
          icon: "M8.2 5C5 6 3.2 8.3 3.2 11.5V15h5v-4.5H5.6C5.7 8.8 6.7 7.6 8.8 6.8zM16.7 5c-3.2 1-5 3.3-5 6.5V15h5v-4.5h-2.6c.1-1.7 1.1-2.9 3.2-3.7z",
          act: (chain) => chain.toggleBlockquote(),
          pressed: (editor) => editor.isActive("blockquote"),
        },
      ],
    },
    {
      extension: Link.extend({
        inclusive: false,
        addKeyboardShortcuts: () => ({ "Mod-k": openLink }),
      }).configure({
        enableTarget: false,
        defaultProtocol: "https",
        isAllowedUri: isLink,
        shouldAutoLink: (address) => /^(https?:\/\/|mailto:|www\.|\S+@)/i.test(address),
      }),
      buttons: [
        {
          name: "link",
          label: "Link",
          group: "insert",
          keys: "Mod+K",
          text: true,
          icon: "M8.5 11.5l3-3M9.5 6l1.8-1.8a3.2 3.2 0 0 1 4.5 4.5L14 10.5M10.5 14l-1.8 1.8a3.2 3.2 0 0 1-4.5-4.5L6 9.5",
          run: openLink,
          pressed: (editor) => editor.isActive("link"),
        },
      ],
    },
    { extension: TableRow },
    { extension: cell(TableHeader) },
    { extension: cell(TableCell) },
    {
      extension: PlainTable,
      buttons: [
        {
          name: "table",
          label: "Table",
          group: "insert",
          text: true,
          icon: "M3 4h14v12H3zM3 8h14M7.7 4v12M12.3 4v12",
          act: (chain) => chain.command(insertTable),
        },
        { name: "add-row", label: "Add row", group: "table", text: true, shown: inTable, act: (chain) => chain.addRowAfter() },
        { name: "delete-row", label: "Delete row", group: "table", text: true, shown: inTable, act: (chain) => chain.deleteRow() },
        { name: "delete-table", label: "Delete table", group: "table", text: true, shown: inTable, act: (chain) => chain.deleteTable() },
      ],
    },
    {
      extension: History,
      buttons: [
        {
          name: "undo",
          label: "Undo",
          group: "history",
          keys: "Mod+Z",
          icon: "M7 4L3.5 7.5 7 11M3.5 7.5H12a4.2 4.2 0 0 1 0 8.5H8",
          act: (chain) => chain.undo(),
        },
        {
          name: "redo",
          label: "Redo",
          group: "history",
          keys: "Mod+Y",
          icon: "M13 4l3.5 3.5L13 11M16.5 7.5H8A4.2 4.2 0 0 0 8 16h4",
          act: (chain) => chain.redo(),
        },
      ],
    },
  ];
}
