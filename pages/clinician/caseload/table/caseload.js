// The table of patients. `data`: see pages/clinician/caseload/table/__init__.py. Every wish goes out as one trigger, "asked".

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".caseload");
  const ask = (wish) => setTriggerValue("asked", wish);
  const focused = place.querySelector(":focus")?.dataset.sort;
  place.replaceChildren(table(data, ask), foot(data, ask));
  if (focused) place.querySelector(`[data-sort="${focused}"]`)?.focus();
}

function table(data, ask) {
  const heads = data.columns.map(({ sort, name }) => {
    const sorted = sort === data.sort;
    const button = element("button", { type: "button", "data-sort": sort }, name);
    if (sorted) button.append(element("span", { "aria-hidden": "true" }, data.descending ? " ↓" : " ↑"));
    button.onclick = () => ask({ sort });
    return element("th", { scope: "col", "aria-sort": sorted ? (data.descending ? "descending" : "ascending") : null }, button);
  });
  heads.push(element("td"));
  const names = data.columns.map((column) => column.name);
  return element(
    "table",
    {},
    element("caption", {}, data.words.caption),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...data.lines.map((line) => row(line, names, data.words, ask))),
  );
}

function row(line, names, words, ask) {
  const change = element("button", { type: "button", "aria-label": words.change_of.replace("{code}", line.code) }, words.change);
  change.onclick = () => ask({ change: line.id });
  const cells = [
    [line.mark ? element("span", { class: "mark", "aria-hidden": "true" }, line.mark) : "", line.verdict, small(line.figures)],
    [element("span", { class: "number" }, String(line.checks)), sparkline(line)],
    [line.dose],
    [element("span", { class: "day" }, line.last)],
    steps(line.steps),
  ];
  return element(
    "tr",
    {},
    element("th", { scope: "row", "data-name": names[0] }, code(line, ask), small(line.standing)),
    ...cells.map((cell, place) => element("td", { "data-name": names[place + 1] }, ...cell)),
    element("td", {}, change),
  );
}

/** A link, so that it opens in another tab too; a plain click stays in this one. */
function code(line, ask) {
  const link = element("a", { href: `patient?${new URLSearchParams({ patient: line.id })}` }, line.code);
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask({ open: line.id });
  };
  return link;
}

/** The most pressing one; how many more there are, and for who hears the page all of them. */
function steps([first, ...more]) {
  if (!first) return [];
  const others = more.length ? [element("span", { "aria-hidden": "true" }, ` +${more.length}`)] : [];
  const heard = more.map((step) => element("span", { class: "unseen" }, `; ${step}`));
  return [element("div", { class: "steps", title: [first, ...more].join("\n") }, first, ...others, ...heard)];
}

function small(text) {
  return text ? element("small", {}, text) : "";
}

/** The share of each comparable check from 0 to 100 %, the latest with a dot. */
function sparkline({ shares, said }) {
  if (shares.length < 2) return "";
  const wide = 64, high = 28, edge = 4;
  const at = (share, place) => [
    edge + (place * (wide - 2 * edge)) / (shares.length - 1),
    high - edge - (share * (high - 2 * edge)) / 100,
  ];
  const svg = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const points = shares.map(at);
  const made = svg("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-label": said });
  const [x, y] = points.at(-1);
  made.append(svg("polyline", { points: points.join(" ") }), svg("circle", { cx: x, cy: y, r: 3 }));
  return made;
}

function foot(data, ask) {
  const turn = (name, page, possible) => {
    const button = element("button", { type: "button", disabled: possible ? null : "" }, name);
    button.onclick = () => ask({ page });
    return button;
  };
  const { page, pages, words } = data;
  const made = element("p", { class: "foot", "aria-live": "polite" }, element("span", {}, words.shown));
  if (pages > 1) made.append(turn(words.before, page - 1, page > 0), turn(words.after, page + 1, page + 1 < pages));
  return made;
}
