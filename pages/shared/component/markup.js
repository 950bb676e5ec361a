/* The elements and styles of a component, in its place from its first run on. */

const filled = new WeakSet();

export function putInto(place) {
  if (filled.has(place)) return;
  filled.add(place);
  const box = document.createElement("div");
  box.innerHTML = MARKUP;
  place.append(box);
}
