/* The feedback to one face: a sentence, three rows, bars, and "Why?" with cues, slider and heat map. */

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

/** Fill `place` with the feedback; returns its "Next" button. */
function fillFeedback(place, feedback, faces) {
  const { words } = feedback;
  const next = element("button", { type: "button", class: "primary next" }, words.next);
  place.replaceChildren(
    element("p", { class: "sentence" }, ...rich(feedback.sentence)),
    ...(feedback.note ? [element("p", { class: "note" }, ...rich(feedback.note))] : []),
    element("ul", { class: "rows" }, ...feedback.rows.map((row) => rowLine(row, words))),
    element("div", { class: "charts" }, ...feedback.bars.map(barChart)),
    ...why(feedback, faces),
    element("div", { class: "next-row" }, next),
  );
  return next;
}

function rowLine(row, words) {
  const mark = row.same === null ? [] : [
    element("span", { class: "mark" },
      element("span", { class: row.same ? "dot same" : "dot", "aria-hidden": "true" }),
      row.same ? words.same : words.different),
  ];
  return element("li", { "data-emotion": row.emotion },
    element("span", { class: "who" }, row.who),
    element("span", { class: "said" }, row.answer),
    ...mark,
    ...(row.detail ? [element("span", { class: "detail" }, ...rich(row.detail))] : []));
}

function barChart({ title, values }) {
  return element("figure", { class: "chart" },
    element("figcaption", {}, title),
    element("ul", {}, ...values.map(({ emotion, label, value, text, target }) => {
      const fill = element("span", { class: "fill" });
      fill.style.inlineSize = `${100 * value}%`;
      return element("li", { "data-emotion": emotion, class: target ? "target" : null },
        element("span", { class: "label" }, label),
        element("span", { class: "track", "aria-hidden": "true" }, fill),
        element("span", { class: "text" }, text));
    })));
}

function why({ cues, morph, heat_map: heatMap, words }, faces) {
  if (!cues.length && !morph.length && !heatMap) return [];
  const details = element("details", {}, element("summary", {}, words.why),
    ...cues.map((cue) => element("p", {}, ...rich(cue))));
  const pictures = element("div", { class: "pictures" });
  if (morph.length) pictures.append(slider(morph, words.slider, details, faces));
  if (heatMap) {
    const picture = element("img", { src: heatMap.picture, alt: "" });
    pictures.append(element("figure", {}, picture, element("figcaption", {}, heatMap.caption)));
  }
  details.append(pictures);
  return [details];
}

function slider(morph, label, details, faces) {
  const canvas = element("canvas", { role: "img" });
  const shown = element("output", { class: "text" });
  const range = element("input", {
    type: "range", min: 0, max: morph.length - 1, step: 1, value: 0, "aria-label": label,
  });
  const face = new Face(canvas);
  faces.push(face);
  const show = () => {
    const step = morph[range.valueAsNumber];
    canvas.setAttribute("aria-label", step.label);
    range.setAttribute("aria-valuetext", step.label);
    shown.textContent = step.label;
    face.paint(step.picture);
  };
  range.addEventListener("input", show);
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    face.preload(morph.map((step) => step.picture));
    show();
  });
  return element("figure", {}, canvas, element("figcaption", {}, label, " · ", shown), range);
}
