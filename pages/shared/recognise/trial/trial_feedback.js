/* The feedback to one face: a sentence, three rows, bars, and "Why?" with cues, slider and heat map. */

/** Fill `place` with the feedback to `picture`; returns its "Next" button. */
function fillFeedback(place, feedback, picture, faces) {
  const { words } = feedback;
  const next = element("button", { type: "button", class: "primary next" }, words.next);
  place.replaceChildren(
    element("p", { class: "sentence" }, ...rich(feedback.sentence)),
    ...(feedback.note ? [element("p", { class: "note" }, ...rich(feedback.note))] : []),
    element("ul", { class: "rows" }, ...feedback.rows.map((row) => rowLine(row, words))),
    element("div", { class: "charts" }, ...feedback.bars.map(barChart)),
    ...why(feedback, picture, faces),
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

function why({ cues, morph, heat_map: heat, words }, picture, faces) {
  if (!cues.length && !morph.length && !heat) return [];
  const details = element("details", {}, element("summary", {}, words.why),
    ...cues.map((cue) => element("p", {}, ...rich(cue))));
  const pictures = element("div", { class: "pictures" });
  if (morph.length) pictures.append(slider(morph, words.slider, details, faces));
  if (heat) {
    const map = new HeatMap(heat, picture);
    faces.push(map.face);
    details.addEventListener("toggle", () => details.open && map.paint());
    map.figure.append(element("a", { href: "network", target: "_blank", class: "more" }, words.about));
    pictures.append(map.figure);
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
