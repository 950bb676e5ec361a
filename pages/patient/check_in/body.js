/* Where in the body: an outline to tap, and the same nine places as a list of check boxes. */

PARTS.body = ({ data, value, changed, go }) => {
  const { words, zones, sensations } = data;
  const names = Object.fromEntries(zones.map(({ key, label }) => [key, label]));
  const marks = new Map(Object.entries(value?.zones ?? {}));
  let answered = value !== null;
  const boxes = new Map();
  const rows = element("div", { class: "marks" });
  const much = (zone) => marks.get(zone)?.amount ?? 0;
  const figure = outline(much, names, (zone) => set(zone, (much(zone) + 1) % 3));

  function set(zone, amount) {
    answered = true;
    if (amount === 0) marks.delete(zone);
    else marks.set(zone, { sensation: null, ...marks.get(zone), amount });
    show();
  }

  function show() {
    figure.show();
    for (const [zone, box] of boxes) box.checked = marks.has(zone);
    const focused = rows.getRootNode().activeElement?.id;
    rows.replaceChildren(...zones.filter(({ key }) => marks.has(key)).map(row));
    if (focused) rows.querySelector(`#${focused}`)?.focus();
    changed();
  }

  function row({ key, label }) {
    const mark = marks.get(key);
    const amounts = [1, 2].map((amount) =>
      chip("radio", `amount-${key}`, amount, words.amounts[amount - 1], mark.amount === amount, () => set(key, amount)),
    );
    const felt = sensations.map((one) =>
      chip("radio", `felt-${key}`, one.key, one.label, mark.sensation === one.key, () => {
        mark.sensation = one.key;
        changed();
      }),
    );
    return element(
      "fieldset",
      { class: "mark" },
      element("legend", {}, label),
      element("div", { class: "chips", role: "group", "aria-label": words.how_much }, ...amounts),
      element("div", { class: "chips", role: "group", "aria-label": words.how_it_feels }, ...felt),
    );
  }

  const list = zones.map(({ key, label }) => {
    const box = element("input", { type: "checkbox", id: `zone-${key}` });
    box.checked = marks.has(key);
    box.addEventListener("change", () => set(key, box.checked ? 1 : 0));
    boxes.set(key, box);
    return element("li", {}, box, element("label", { for: box.id }, label));
  });
  const nothing = button("secondary", words.nothing, () => {
    marks.clear();
    answered = true;
    go();
  });
  rows.replaceChildren(...zones.filter(({ key }) => marks.has(key)).map(row));
  return {
    nodes: [
      element("p", { class: "hint" }, words.body_hint),
      element(
        "div",
        { class: "body" },
        element("div", {}, figure.svg),
        element("ul", { class: "places", "aria-label": words.questions.body }, ...list),
        rows,
      ),
      nothing,
    ],
    value: () => (answered ? { zones: Object.fromEntries(marks) } : null),
  };
};
