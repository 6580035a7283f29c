// Makes elements. Knows nothing of editors.
export function el(name, attributes = {}, children = []) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [key, value] of [["viewBox", "0 0 20 20"], ["aria-hidden", "true"], ["class", "editor__icon"]]) {
    svg.setAttribute(key, value);
  }
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export function inlineLabel(label) {
  return (label?.firstChild?.textContent ?? "this text").replace(/\s+/g, " ").trim();
}
