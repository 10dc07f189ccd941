// Elements made of text alone: nothing that a file says can become markup.

/** An element with attributes and children; a child that is null is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.flat().filter((child) => child !== null));
  return made;
}

/** Terms and what they are. */
export const facts = (...pairs) =>
  element("dl", { class: "facts" }, pairs.filter(Boolean).map(([term, what]) =>
    element("div", {}, element("dt", {}, term), element("dd", {}, what))));

export const bullets = (lines) => element("ul", {}, lines.map((line) => element("li", {}, line)));
