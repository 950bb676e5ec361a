/* One person's face goes from neutral to an emotion, once and within five seconds, and then stays. */

export default function ({ data: [data], parentElement }) {
  const frame = parentElement.querySelector(".frame");
  frame.style.setProperty("--steps", data.pictures.length - 1);
  const faces = data.pictures.map((url, index) => {
    const face = Object.assign(new Image(), { src: url, alt: "" });
    face.style.setProperty("--step", index);
    return face;
  });
  frame.replaceChildren(...faces);
  Promise.allSettled(faces.map((face) => face.decode())).then(() => frame.classList.add("begun"));
}
