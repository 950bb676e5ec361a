/* How our components make what they show: elements with attributes, text with bold words. */

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Text in which `*word*` is bold; never read as HTML. */
function rich(text) {
  return text.split("*").map((part, index) => (index % 2 ? element("strong", {}, part) : part));
}
