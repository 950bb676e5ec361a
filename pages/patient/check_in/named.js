/* Which word: the nearest ones of the person's grade, more on wish, a word of one's own, or none. */

const capital = (words) => words[0].toUpperCase() + words.slice(1);

PARTS.words = ({ data, value, changed, told }) => {
  const { words, list, cells, most, few, longest_word: longest } = data;
  const chosen = new Set(value?.words ?? []);
  let unnamed = value !== null && value.unnamed && chosen.size === 0 && !value.own_word;
  const byKey = Object.fromEntries(list.map((word) => [word.key, word]));
  const grid = told.grid;
  const offered = cells[grid ? `${grid.pleasant},${grid.energy}` : ""];
  const fitting = offered.now.map((place) => list[place].key);
  const all = [...new Set([...fitting, ...offered.all.map((place) => list[place].key)])];
  let open = all.slice(0, few);
  const place = element("div", { role: "group", "aria-label": words.word_question });
  const relatives = element("div", { class: "relatives", role: "status" });
  const options = element("div", { class: "options" }, place, relatives);
  const more = button("secondary", words.more_words, () => {
    open = open.length < fitting.length ? fitting : all;
    show();
    place.children[few]?.focus();
  });
  const own = element("input", { type: "text", id: "own-word", maxlength: longest, autocomplete: "off" });
  own.value = value?.own_word ?? "";
  const none = button("option", "", () => {
    unnamed = !unnamed;
    if (unnamed) {
      chosen.clear();
      own.value = "";
    }
    show();
  });
  none.append(element("strong", {}, words.unnamed), element("span", {}, words.unnamed_meaning));

  const limit = element("p", { class: "hint", role: "status" }, words.three_at_most);
  const number = () => chosen.size + (own.value.trim() ? 1 : 0);

  function toggle(key) {
    if (chosen.has(key)) chosen.delete(key);
    else if (number() < most) chosen.add(key);
    unnamed = false;
    show();
  }

  function show() {
    const full = number() >= most;
    const shown = [...new Set([...open, ...chosen])];
    const focused = place.getRootNode().activeElement?.dataset?.key;
    place.replaceChildren(
      ...shown.map((key) => {
        const option = button("option", "", () => toggle(key));
        option.dataset.key = key;
        option.style.order = shown.indexOf(key);
        option.setAttribute("aria-pressed", String(chosen.has(key)));
        option.setAttribute("aria-disabled", String(full && !chosen.has(key)));
        option.append(element("strong", {}, byKey[key].name), element("span", {}, byKey[key].meaning));
        return option;
      }),
    );
    if (focused) place.querySelector(`[data-key="${focused}"]`)?.focus();
    none.setAttribute("aria-pressed", String(unnamed));
    more.hidden = open.length >= all.length;
    limit.hidden = !full;
    relatives.replaceChildren(...contrast());
    relatives.style.order = shown.findLastIndex((key) => chosen.has(key)); // is seen beside the words that it is about
    changed();
  }

  /** Two words of one family: what tells them apart. */
  function contrast() {
    const picked = list.filter(({ key }) => chosen.has(key));
    const pair = picked.flatMap((one, at) => picked.slice(at + 1).filter((two) => two.family === one.family).map((two) => [one, two]))[0];
    if (!pair) return [];
    return [
      element("p", {}, ...rich(words.both.replace("{one}", capital(pair[0].name)).replace("{other}", pair[1].name))),
      element("ul", {}, ...pair.map(({ name, question }) => element("li", {}, element("strong", {}, name), ` ${question}`))),
    ];
  }

  own.addEventListener("input", () => {
    if (own.value.trim()) unnamed = false;
    if (number() > most) chosen.delete([...chosen].at(-1));
    show();
  });
  show();
  return {
    nodes: [
      options,
      more,
      limit,
      element("label", { class: "own", for: "own-word" }, words.own_word),
      own,
      none,
    ],
    value: () => {
      const told = { words: [...chosen], own_word: own.value.trim() || null, unnamed };
      return told.words.length || told.own_word || unnamed ? told : null;
    },
  };
};
