/* The theme that Streamlit shows just now, light or dark, as a mark that our colours follow. */

function followTheme(place) {
  const paint = document.createElement("canvas").getContext("2d");
  paint.fillStyle = getComputedStyle(place).getPropertyValue("--st-background-color").trim();
  const light = [1, 3, 5].reduce((sum, at) => sum + parseInt(paint.fillStyle.slice(at, at + 2), 16), 0);
  place.dataset.theme = light < 384 ? "dark" : "light";
}
