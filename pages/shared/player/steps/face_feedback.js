/* The feedback to one face: a sentence, three rows, bars, and "Why?" with cues, slider and heat map. */

/** Fill `place` with the feedback to `item` after the answer `response`; returns its "Next" button. */
function fillFeedback(place, item, response, url, last, step) {
  const { rows, bars, cues, ...more } = item.feedback;
  const said = item.feedback.said[response];
  const { words } = step.player.data;
  const next = element("button", { type: "button", class: "primary next" }, last ? words.result : words.next);
  place.replaceChildren(
    element("p", { class: "sentence" }, ...rich(said.sentence)),
    element("ul", { class: "rows" }, ...[said.row, ...rows].map((row) => rowLine(row, words))),
    element("div", { class: "charts" }, ...bars.map(barChart)),
    ...why({ ...more, cues: [...said.cues, ...cues] }, item, url, step),
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

function why({ cues, steps, heat_map: heat }, item, url, step) {
  if (!cues.length && !steps.length && !heat) return [];
  const { words } = step.player.data;
  const details = element("details", {}, element("summary", {}, words.why),
    ...cues.map((cue) => element("p", {}, ...rich(cue))));
  const pictures = element("div", { class: "pictures" });
  if (steps.length) pictures.append(slider(steps, item, details, step));
  if (heat) {
    const map = new HeatMap(heat, url);
    step.faces.push(map.face);
    details.addEventListener("toggle", () => details.open && map.paint());
    map.figure.append(element("a", { href: "network", target: "_blank", class: "more" }, words.about));
    pictures.append(map.figure);
  }
  details.append(pictures);
  return [details];
}

function slider(steps, item, details, { player, faces }) {
  const label = player.data.words.slider;
  const canvas = element("canvas", { role: "img" });
  const shown = element("output", { class: "text" });
  const range = element("input", {
    type: "range", min: 0, max: steps.length - 1, step: 1, value: 0, "aria-label": label,
  });
  const face = new Face(canvas);
  faces.push(face);
  const picture = (step) => player.pictures.get(`${item.number}/${step}`);
  const say = () => {
    const text = steps[range.valueAsNumber];
    canvas.setAttribute("aria-label", text);
    range.setAttribute("aria-valuetext", text);
    shown.textContent = text;
  };
  const show = async () => {
    say();
    const step = range.valueAsNumber;
    const url = await picture(step);
    if (step === range.valueAsNumber) face.paint(url);
  };
  say();
  range.addEventListener("input", show);
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    steps.forEach((_, step) => picture(step).then((url) => face.decode(url)));
    show();
  });
  return element("figure", {}, canvas, element("figcaption", {}, label, " · ", shown), range);
}
