// Maps what Word, Outlook, Google Docs, LibreOffice and web pages put on the clipboard to the few elements a text may hold. The
// server cleans everything again; this only makes that people see at once what will be kept. Knows no editor.
// A strict content security policy leaves element.style empty and complains about every style and handler it sees, so
// these are renamed before the parser meets them.

const NOISE = "style, script, meta, link, title, xml, template, .EOP, [data-style*='mso-element:comment' i]";
// What people wrote or put in, and what is said when it goes.
const NOT_KEPT = { picture: "img, svg", comment: ".msocomanchor", "tracked deletion": "del, .msoDel" };
const TYPED_BULLET = /^[\s\u00a0]*(?:([\u2022\u00b7\u25aa\u25ab\u25e6\u2023\u25cf\u25cb\u25a0\u27a2\u2043\u2013*-])|(\d{1,2}[.)]))[\s\u00a0]+/;
const WORD_NUMBER = /^(\d+|[ivxlc]+|[a-z])[.)]/i;
const LEVEL = "data-paste-level";
const KIND = "data-paste-kind";

const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;

function parse(html) {
  const quiet = html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(TAG, (tag) => tag.replace(/([\s"'/])style(?=\s*=)/gi, "$1data-style").replace(/([\s"'/])on(?=\w+\s*=)/gi, "$1data-on"));
  return new DOMParser().parseFromString(quiet, "text/html").body;
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

function wrapContents(element, name) {
  const wrapper = element.ownerDocument.createElement(name);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

function removeNoise(body) {
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const node of [...found, ...body.querySelectorAll(NOISE)]) node.remove();
}

function takeOut(body) {
  const counts = Object.entries(NOT_KEPT).map(([name, where]) => [name, body.querySelectorAll(where)]);
  for (const [, found] of counts) for (const one of found) one.remove();
  return Object.fromEntries(counts.map(([name, found]) => [name, found.length]));
}

// A link to a file or a folder of one's own leads nobody anywhere. Its words stay, and so do those of one to a place in the text.
function loseLinks(body, isLink) {
  const lost = [...body.querySelectorAll("a[href]")].filter((link) => !isLink(link.getAttribute("href")));
  for (const link of lost) unwrap(link);
  return lost.filter((link) => !link.getAttribute("href").startsWith("#")).length;
}

function styleOf(element) {
  const entries = (element.getAttribute("data-style") ?? "").split(";").map((part) => part.split(/:(.*)/s));
  return Object.fromEntries(entries.map(([key, value = ""]) => [key.trim().toLowerCase(), value.trim().toLowerCase()]));
}

// Word on a desktop: <p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o</span>Text</p>
function markWordLists(body) {
  for (const paragraph of body.querySelectorAll("p[data-style*='mso-list']")) {
    const level = /level(\d)/.exec(styleOf(paragraph)["mso-list"] ?? "");
    if (!level) continue;
    const marker = paragraph.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]");
    mark(paragraph, Number(level[1]), WORD_NUMBER.test(marker?.textContent.trim() ?? "") ? "ol" : "ul");
    marker?.remove();
  }
}

// Word on the web: every item is a list of its own, with its level in data-aria-level.
function markWebLists(body) {
  for (const wrapper of body.querySelectorAll(".ListContainerWrapper")) unwrap(wrapper);
  for (const list of body.querySelectorAll("ul:has(> li[data-aria-level]), ol:has(> li[data-aria-level])")) {
    for (const item of [...list.children]) {
      const level = Number(item.getAttribute("data-aria-level")) || 1;
      for (const paragraph of item.querySelectorAll("p")) unwrap(paragraph);
      mark(rename(item, "p"), level, list.localName);
    }
    unwrap(list);
  }
}

// Bullets and numbers that were typed: at least two in a row, and numbers that count.
function markTypedLists(body) {
  let run = [];
  for (const paragraph of body.querySelectorAll("p, div")) {
    const typed = paragraph.querySelector("p, div, li, table") ? null : TYPED_BULLET.exec(paragraph.textContent);
    if (!typed || paragraph.closest("li") || paragraph.hasAttribute(LEVEL)) continue;
    const previous = run.at(-1);
    const follows = previous?.paragraph.nextElementSibling === paragraph;
    if (!follows) {
      markRun(run);
      run = [];
    }
    run.push({ paragraph, typed });
  }
  markRun(run);
}

function markRun(run) {
  if (run.length < 2) return;
  for (const { paragraph, typed } of run) {
    const indent = /^[\s\u00a0]*/.exec(paragraph.textContent)[0].replaceAll("\t", "  ").length;
    mark(paragraph, 1 + Math.min(3, Math.floor(indent / 2)), typed[2] ? "ol" : "ul");
    removeStart(paragraph, typed[0].length);
  }
}

function removeStart(element, length) {
  const texts = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (length > 0 && texts.nextNode()) {
    const cut = Math.min(length, texts.currentNode.data.length);
    texts.currentNode.deleteData(0, cut);
    length -= cut;
  }
}

function mark(element, level, kind) {
  element.setAttribute(LEVEL, level);
  element.setAttribute(KIND, kind);
}

function buildLists(body) {
  let open = [];
  let last = null;
  for (const paragraph of [...body.querySelectorAll(`[${LEVEL}]`)]) {
    const level = Number(paragraph.getAttribute(LEVEL));
    const kind = paragraph.getAttribute(KIND);
    if (!last || paragraph.previousElementSibling !== last) open = [];
    while (open.length && open.at(-1).level > level) open.pop();
    if (open.at(-1)?.level === level && open.at(-1).list.localName !== kind) open.pop();
    if (open.at(-1)?.level !== level) {
      const list = body.ownerDocument.createElement(kind);
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent) parent.append(list);
      else paragraph.before(list);
      open.push({ level, list });
    }
    const item = body.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open.at(-1).list.append(item);
    paragraph.remove();
    last = open[0].list;
  }
}

// Google Docs: a nested list stands beside its item, not inside it.
function mendNesting(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) list.previousElementSibling?.append(list);
}

function applyStyles(body) {
  for (const element of [...body.querySelectorAll("[data-style], u")].reverse()) {
    const style = styleOf(element);
    const weight = style["font-weight"] ?? "";
    const inLink = element.closest("a") || element.querySelector("a");
    if (element.matches("u") && inLink) unwrap(element);
    else if (element.matches("b, strong") && /^(normal|lighter|[1-5]00)$/.test(weight)) unwrap(element);
    else if (element.matches("i, em") && style["font-style"] === "normal") unwrap(element);
    else if (element.matches("span, font, a") && !element.closest("h1, h2, h3, h4, h5, h6")) {
      const line = `${style["text-decoration"] ?? ""} ${style["text-decoration-line"] ?? ""}`;
      if (/^(bold|bolder|[6-9]00)$/.test(weight) || (line.includes("underline") && !inLink)) wrapContents(element, "strong");
      if (style["font-style"] === "italic") wrapContents(element, "em");
    }
  }
}

function mapHeadings(body) {
  for (const element of body.querySelectorAll("h1, h2, h5, h6, [role=heading]")) {
    const level = Number(element.getAttribute("aria-level") ?? element.localName[1]);
    rename(element, level > 3 ? "h4" : "h3");
  }
}

// As the server does: the first row of a table is its header.
function markHeaderRows(body) {
  for (const table of body.querySelectorAll("table:not(:has(th))")) {
    for (const cell of table.rows[0]?.cells.length > 1 ? [...table.rows[0].cells] : []) {
      const { colSpan, rowSpan } = cell;
      Object.assign(rename(cell, "th"), { colSpan, rowSpan });
    }
  }
}

// "1 picture and 2 comments were not kept.", or "".
export function notKept(counts) {
  const all = Object.entries(counts).filter(([, count]) => count);
  if (!all.length) return "";
  const said = all.map(([name, count]) => `${count} ${name}${count === 1 ? "" : "s"}`);
  const listed = said.length > 1 ? `${said.slice(0, -1).join(", ")} and ${said.at(-1)}` : said[0];
  return `${listed} ${said.length === 1 && all[0][1] === 1 ? "was" : "were"} not kept.`;
}

// `isLink` says which addresses a link may have.
export function cleanPasted(html, isLink) {
  const body = parse(html);
  const counts = takeOut(body);
  removeNoise(body);
  counts.link = loseLinks(body, isLink);
  markWordLists(body);
  markWebLists(body);
  markTypedLists(body);
  applyStyles(body);
  buildLists(body);
  mendNesting(body);
  mapHeadings(body);
  markHeaderRows(body);
  return { html: body.innerHTML, counts };
}

const ENDS = /[.!?:;]["\u2019\u201d)]*$/u;
const GOES_ON = /^\p{Ll}/u;

// A PDF, and many an e-mail, gives the lines as they were printed. They are put together again where it is plain that a
// sentence goes on: its line does not end it, and the next one begins small, or begins because it had no more room.
function unwrapped(lines) {
  const width = Math.max(...lines.map((line) => line.length));
  const open = (line, next) => line && next && !ENDS.test(line) && !TYPED_BULLET.test(next);
  const plain = lines.filter((line, at) => open(line, lines[at + 1]) && GOES_ON.test(lines[at + 1])).length;
  if (plain < 2 || width < 40 || width > 130) return lines;
  const kept = [];
  lines.forEach((line, at) => {
    const before = lines[at - 1];
    const wasFull = before && before.length + 1 + line.split(" ", 1)[0].length > 0.95 * width;
    if (!open(before, line) || !(GOES_ON.test(line) || wasFull)) kept.push(line);
    else kept.push(kept.pop() + (/\p{L}-$/u.test(before) ? "" : " ") + line);
  });
  return kept;
}

// Plain text: a line is a paragraph, and lines that begin with bullets are a list.
export function bodyOfPlainText(text) {
  const body = parse("");
  for (const line of unwrapped(text.split(/\r\n?|\n/).map((line) => line.trimEnd()))) {
    if (!line) continue;
    body.append(Object.assign(body.ownerDocument.createElement("p"), { textContent: line }));
  }
  markTypedLists(body);
  buildLists(body);
  return body;
}

// A picture copied by itself, without any text beside it.
export function pictureFiles(data) {
  if (!data || data.getData("text/html") || data.getData("text/plain")) return 0;
  return [...data.files].filter((file) => file.type.startsWith("image/")).length;
}
