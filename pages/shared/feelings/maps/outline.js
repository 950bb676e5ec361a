/* The body as a calm outline: to tap in a check-in, to look at in a diary. */

// Our own drawing, from the front: each place has one or more shapes. Later shapes lie on top.
const OUTLINE = {
  head: ["M100 12c-20 0-31 15-31 35 0 24 14 42 31 42s31-18 31-42c0-20-11-35-31-35z"],
  face: ["M100 37c-13 0-20 6-20 15 0 15 9 27 20 27s20-12 20-27c0-9-7-15-20-15z"],
  throat: ["M88 90c8 4 16 4 24 0l3 19c-9 5-21 5-30 0z"],
  shoulders: ["M84 110c-17 4-34 7-39 24l-2 9c19-13 34-16 57-16s38 3 57 16l-2-9c-5-17-22-20-39-24-9 6-23 6-32 0z"],
  chest: ["M63 140c11-8 23-10 37-10s26 2 37 10l-3 52c-22 6-46 6-68 0z"],
  stomach: ["M66 196c22 6 46 6 68 0l5 51c-25 12-53 12-78 0z"],
  arms: [
    "M42 148l16-8 2 20c-2 26-8 52-16 80-1 9-1 17-5 23-4 5-12 2-12-5 0-5 2-10 2-15 2-33 5-65 13-95z",
    "M158 148l-16-8-2 20c2 26 8 52 16 80 1 9 1 17 5 23 4 5 12 2 12-5 0-5-2-10-2-15-2-33-5-65-13-95z",
  ],
  legs: [
    "M60 251c12 6 25 8 38 8 0 37-4 72-7 107 0 16 1 28-1 38-5 6-20 6-23 0 1-12-1-24-2-37-4-39-7-77-5-116z",
    "M140 251c-12 6-25 8-38 8 0 37 4 72 7 107 0 16-1 28 1 38 5 6 20 6 23 0-1-12 1-24 2-37 4-39 7-77 5-116z",
  ],
};
const SVG = "http://www.w3.org/2000/svg";
const DRAWN = ["legs", "arms", "stomach", "chest", "shoulders", "throat", "head", "face"];

/** The outline with `much(place)` from 0 to 2; `mark(place)` at a tap, none where it is only looked at. */
function outline(much, names, mark = null) {
  const drawn = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const svg = drawn("svg", { viewBox: "14 4 172 412", class: "figure", "aria-hidden": "true", focusable: "false" });
  const show = () => {
    for (const shape of svg.children) shape.dataset.much = Math.max(much(shape.dataset.zone), much("whole"));
  };
  for (const zone of DRAWN) {
    for (const path of OUTLINE[zone]) {
      const shape = drawn("path", { d: path });
      shape.dataset.zone = zone;
      const title = drawn("title", {});
      title.textContent = names[zone];
      shape.append(title);
      if (mark) shape.addEventListener("click", () => mark(zone));
      svg.append(shape);
    }
  }
  show();
  return { svg, show };
}
