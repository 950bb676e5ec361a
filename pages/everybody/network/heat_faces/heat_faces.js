/* Some faces, each with where the computer looked. */

const shown = new WeakMap();

export default function ({ data: [data], parentElement }) {
  const place = parentElement.querySelector(".faces");
  const theme = document.createElement("canvas").getContext("2d");
  theme.fillStyle = getComputedStyle(place).getPropertyValue("--st-background-color").trim();
  const light = [1, 3, 5].reduce((sum, at) => sum + parseInt(theme.fillStyle.slice(at, at + 2), 16), 0);
  place.dataset.theme = light < 384 ? "dark" : "light";
  shown.get(place)?.forEach((map) => map.face.close());
  const maps = data.faces.map(({ picture, ...words }) => new HeatMap(words, picture));
  shown.set(place, maps);
  place.replaceChildren(...maps.map((map) => map.figure));
  maps.forEach((map) => map.paint());
  return () => maps.forEach((map) => map.face.close());
}
