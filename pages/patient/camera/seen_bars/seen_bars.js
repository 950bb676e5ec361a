// Seven rows: word, bar, percent. `data`: see pages/patient/camera/seen_bars/__init__.py.

export default function ({ data: [data], parentElement }) {
  const place = parentElement.querySelector(".seen-bars");
  place.dataset.theme = data.dark ? "dark" : "light";
  const list = element("dl", { "aria-label": data.title });
  for (const row of data.rows) {
    const bar = element("span", { class: "bar", "aria-hidden": "true" }, element("i"));
    bar.firstChild.style.width = `${100 * row.share}%`;
    if (row.mark !== null) {
      bar.append(element("b"));
      bar.lastChild.style.left = `${100 * row.mark}%`;
    }
    list.append(element("dt", {}, row.label), element("dd", { "data-emotion": row.emotion }, bar, row.text));
  }
  place.replaceChildren(list);
}
