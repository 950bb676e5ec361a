/* Two pictures to look at: the body, darker where something was felt more often; the grid, a dot for each place. */

export default function ({ parentElement, data: [data] }) {
  const place = parentElement.querySelector(".maps");
  followTheme(place);
  const figure = outline((zone) => 0, data.names);
  const times = (shape) => data.body[shape.dataset.zone] + data.body.whole;
  const most = Math.max(1, ...[...figure.svg.children].map(times));
  for (const shape of figure.svg.children) {
    shape.style.setProperty("--share", `${Math.round((80 * times(shape)) / most)}%`);
  }
  const largest = Math.max(1, ...data.cells.flat());
  const cells = data.cells.flat().map((count) => {
    const dot = element("span", { class: "dot" });
    dot.style.setProperty("--size", count ? 0.35 + 0.65 * Math.sqrt(count / largest) : 0);
    return element("span", { class: "cell" }, dot);
  });
  const end = (where) => element("span", { class: `end ${where}` }, data.words[where]);
  place.replaceChildren(
    element("figure", {}, element("figcaption", {}, data.words.body), figure.svg),
    element(
      "figure",
      {},
      element("figcaption", {}, data.words.grid),
      element("div", { class: "field", "aria-hidden": "true" }, end("top"), end("left"), element("div", { class: "grid" }, ...cells), end("right"), end("bottom")),
    ),
  );
}
