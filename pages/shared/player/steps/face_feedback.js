/* The feedback to one face: a sentence, the face beside the same person's of what was said, and folded away the rest. */

const SVG = "http://www.w3.org/2000/svg";

/** Fill `place` with the feedback to `item` after the answer `response`; returns its "Next" button. */
function fillFeedback(place, item, response, url, last, step) {
  const { rows, bars, ...more } = item.feedback;
  const said = item.feedback.said[response];
  const { words } = step.player.data;
  const next = element("button", { type: "button", class: "primary next" }, last ? words.result : words.next);
  place.replaceChildren(
    element("p", { class: "sentence" }, ...rich(said.sentence)),
    ...(said.pair.length ? [pair(said.pair, item, url, step)] : []),
    element("div", { class: "next-row" }, next),
    others([said.row, ...rows], bars, more, item, url, step),
  );
  return next;
}

/** What a screen reader is told at once. */
function spokenFeedback({ feedback }, response) {
  const { sentence, pair } = feedback.said[response];
  return [sentence.replaceAll("*", ""), ...pair.map(({ words }) => words)].join(" ");
}

function pair(shown, item, url, { player, faces }) {
  return element("div", { class: "pair" }, ...shown.map(({ caption, words, part, outline }) => {
    const canvas = element("canvas", { role: "img", "aria-label": words });
    const face = new Face(canvas);
    faces.push(face);
    const picture = part === null ? Promise.resolve(url) : player.pictures.get(`${item.path}/${part}`);
    picture.then((found) => face.paint(found));
    return element("figure", {},
      element("div", { class: "outlined" }, canvas, ...(outline ? [outlined(outline)] : [])),
      element("figcaption", {}, caption));
  }));
}

function outlined({ x, y, half_width: width, half_height: height }) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 1 1");
  drawing.setAttribute("aria-hidden", "true");
  for (const line of ["halo", "line"]) {
    const ellipse = document.createElementNS(SVG, "ellipse");
    for (const [name, value] of Object.entries({ class: line, cx: x, cy: y, rx: width, ry: height })) {
      ellipse.setAttribute(name, value);
    }
    drawing.append(ellipse);
  }
  return drawing;
}

function others(rows, bars, { cues, steps, heat_map: heat }, item, url, step) {
  const { words } = step.player.data;
  const details = element("details", {}, element("summary", {}, words.others),
    element("ul", { class: "rows" }, ...rows.map((row) => rowLine(row, words))),
    element("div", { class: "charts" }, ...bars.map(barChart)),
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
  return details;
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

function slider(steps, item, details, { player, faces }) {
  const label = player.data.words.slider;
  const canvas = element("canvas", { role: "img" });
  const shown = element("output", { class: "text" });
  const range = element("input", {
    type: "range", min: 0, max: steps.length - 1, step: 1, value: 0, "aria-label": label,
  });
  const face = new Face(canvas);
  faces.push(face);
  const picture = (step) => player.pictures.get(`${item.path}/${step}`);
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
