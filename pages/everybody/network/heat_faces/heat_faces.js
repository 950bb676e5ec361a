/* Some faces, each with where the computer looked. */

const shown = new WeakMap();

export default function ({ data: [data], parentElement }) {
  const place = parentElement.querySelector(".faces");
  followTheme(place);
  shown.get(place)?.forEach((map) => map.face.close());
  const maps = data.faces.map(({ picture, ...words }) => new HeatMap(words, picture));
  shown.set(place, maps);
  place.replaceChildren(...maps.map((map) => map.figure));
  maps.forEach((map) => map.paint());
  return () => maps.forEach((map) => map.face.close());
}
