/* Parts of a check-in, by name; each file beside this one adds some.

    PARTS[name]({ data, value, told, changed, go })   →   { nodes, value() }

`value`: what was said before, or null; `told`: all parts; `changed()`: something was chosen; `go()`: on to the next.
`value()` is null as long as nothing is chosen. */

const PARTS = {};

/** A choice of one among several that looks like a button. */
function chip(type, name, value, label, checked, act) {
  const id = `${name}-${value}`;
  const input = element("input", { type, name, id, value });
  input.checked = checked;
  input.addEventListener("change", act);
  return element("span", { class: "chip" }, input, element("label", { for: id }, label));
}
