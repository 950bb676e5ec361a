/* Two pictures to look at: the body, darker where something was felt more often; the grid, a dot for each place. */

function put(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export default function ({ parentElement, data: [data] }) {
  const place = parentElement.querySelector(".maps");
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = getComputedStyle(place).getPropertyValue("--st-background-color").trim();
  const light = [1, 3, 5].reduce((sum, at) => sum + parseInt(probe.fillStyle.slice(at, at + 2), 16), 0);
  place.dataset.theme = light < 384 ? "dark" : "light";
  const most = Math.max(1, ...Object.values(data.body));
  const figure = outline((zone) => 0, data.names);
  for (const shape of figure.svg.children) {
    const share = Math.min(1, (data.body[shape.dataset.zone] + data.body.whole) / most);
    shape.style.setProperty("--share", `${Math.round(80 * share)}%`);
  }
  const largest = Math.max(1, ...data.cells.flat());
  const cells = data.cells.flat().map((count) => {
    const dot = put("span", { class: "dot" });
    dot.style.setProperty("--size", count ? 0.35 + 0.65 * Math.sqrt(count / largest) : 0);
    return put("span", { class: "cell" }, dot);
  });
  const end = (where) => put("span", { class: `end ${where}` }, data.words[where]);
  place.replaceChildren(
    put("figure", {}, put("figcaption", {}, data.words.body), figure.svg),
    put(
      "figure",
      {},
      put("figcaption", {}, data.words.grid),
      put("div", { class: "field", "aria-hidden": "true" }, end("top"), end("left"), put("div", { class: "grid" }, ...cells), end("right"), end("bottom")),
    ),
  );
}
