/* Where the computer looked: a face under one colour, which is strongest where it found most. */

const HEAT_SIDE = 96;

/** A figure with the face `url`, the colour over it and a box to take the colour away. Empty until `paint`. */
class HeatMap {
  constructor({ values, box, title, legend, where, toggle }, url) {
    Object.assign(this, { url, box });
    const canvas = element("canvas", { role: "img", "aria-label": `${title}. ${where}` });
    const shown = element("input", { type: "checkbox", checked: "" });
    this.face = new Face(canvas);
    this.colour = element("div", { class: "heat", "aria-hidden": "true" });
    this.colour.style.maskImage = `url(${veil(values).toDataURL()})`;
    shown.addEventListener("change", () => (this.colour.hidden = !shown.checked));
    this.figure = element("figure", { class: "heat-map" },
      element("div", { class: "heated" }, canvas, this.colour),
      element("label", { class: "tick" }, shown, toggle),
      element("figcaption", {},
        element("strong", {}, title),
        ...[legend, where].filter(Boolean).map((words) => element("span", {}, ...rich(words)))));
  }

  async paint() {
    this.face.paint(this.url);
    const picture = await this.face.decode(this.url);
    if (picture) this.lay(picture);
  }

  /** Put the colour where the computer's crop lies, on a canvas that holds the whole picture in its middle. */
  lay(picture) {
    const [left, top, width, height] = this.box;
    const most = Math.max(picture.width, picture.height);
    const [across, down] = [picture.width / most, picture.height / most];
    const places = {
      left: (1 - across) / 2 + left * across,
      top: (1 - down) / 2 + top * down,
      width: width * across,
      height: height * down,
    };
    for (const [name, share] of Object.entries(places)) this.colour.style[name] = `${100 * share}%`;
  }
}

/** The values, a square of 0 to 255 row by row, as how opaque each place is, without steps between the places. */
function veil(values) {
  const side = Math.sqrt(values.length);
  const small = sheet(side, side);
  const brush = small.getContext("2d");
  const dots = brush.createImageData(side, side);
  values.forEach((value, place) => (dots.data[4 * place + 3] = value));
  brush.putImageData(dots, 0, 0);
  return enlarged(small, HEAT_SIDE);
}
