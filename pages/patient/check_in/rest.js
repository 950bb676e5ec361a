/* How much of each of the same eight feelings, and the situation. */

PARTS.ratings = ({ data, value, changed, go }) => {
  const { words, rated } = data;
  const ratings = { ...(value?.ratings ?? {}) };
  const rows = rated.map(({ key, label }) =>
    element(
      "fieldset",
      { class: "rating" },
      element("legend", {}, label),
      element(
        "div",
        { class: "chips scale" },
        ...[0, 1, 2, 3, 4].map((much) =>
          chip("radio", `rating-${key}`, much, String(much), ratings[key] === much, () => {
            ratings[key] = much;
            changed();
          }),
        ),
      ),
    ),
  );
  const rest = button("secondary", words.rest_none, () => {
    for (const { key } of rated) ratings[key] ??= 0;
    go();
  });
  return {
    nodes: [element("p", { class: "hint" }, words.rating_hint), element("div", { class: "ratings" }, ...rows), rest],
    value: () => (Object.keys(ratings).length ? { ratings } : null),
  };
};

PARTS.situation = ({ data, value, changed }) => {
  const { words, companies, places, longest_note: longest } = data;
  const told = { with_whom: null, place: null, note: null, ...value };
  const choice = (name, legend, options) =>
    element(
      "fieldset",
      { class: "choice" },
      element("legend", {}, legend),
      element(
        "div",
        { class: "chips" },
        ...options.map(({ key, label }) =>
          chip("radio", name, key, label, told[name] === key, () => {
            told[name] = key;
            changed();
          }),
        ),
      ),
    );
  const note = element("textarea", { id: "note", rows: 3, maxlength: longest, "aria-describedby": "note-hint" });
  note.value = told.note ?? "";
  note.addEventListener("input", () => {
    told.note = note.value.trim() || null;
    changed();
  });
  return {
    nodes: [
      choice("with_whom", words.with_whom, companies),
      choice("place", words.place, places),
      element("label", { for: "note", class: "own" }, words.note),
      note,
      element("p", { class: "hint", id: "note-hint" }, words.note_hint),
    ],
    value: () => (told.with_whom || told.place || told.note ? { ...told } : null),
  };
};
