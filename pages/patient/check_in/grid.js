/* How pleasant, how much energy: a grid of 5 × 5 for pointer and arrow keys, then how strong. */

const CELLS = [-2, -1, 0, 1, 2];
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

PARTS.grid = ({ data, value, changed }) => {
  const { words } = data;
  let at = value && value.pleasant !== null ? [value.pleasant, value.energy] : null;
  let strength = value?.strength ?? null;
  const cells = new Map();
  const grid = element("div", { class: "grid", role: "radiogroup", "aria-label": words.grid_question });
  const strong = element("fieldset", { class: "strong" }, element("legend", {}, words.strength));
  const name = ([pleasant, energy]) => `${words.pleasant[pleasant + 2]}, ${words.energy[energy + 2]}`;

  function show() {
    for (const [key, cell] of cells) {
      const chosen = at !== null && key === at.join();
      cell.setAttribute("aria-checked", String(chosen));
      cell.tabIndex = chosen || (at === null && key === "0,0") ? 0 : -1;
    }
    strong.hidden = at === null;
    said.textContent = at === null ? "" : name(at);
  }

  function choose(cell, focus = false) {
    at = cell;
    show();
    if (focus) cells.get(at.join()).focus();
    changed();
  }

  for (const energy of [...CELLS].reverse()) {
    for (const pleasant of CELLS) {
      const cell = [pleasant, energy];
      const made = element("button", { type: "button", role: "radio", class: "cell", "aria-label": name(cell) });
      made.addEventListener("click", () => choose(cell));
      made.addEventListener("keydown", (event) => {
        const move = MOVES[event.key];
        if (!move) return;
        event.preventDefault();
        const held = (number) => Math.min(2, Math.max(-2, number));
        choose([held(pleasant + move[0]), held(energy + move[1])], true);
      });
      cells.set(cell.join(), made);
      grid.append(made);
    }
  }
  const steps = [1, 2, 3, 4, 5].map((step) =>
    chip("radio", "strength", step, String(step), strength === step, () => {
      strength = step;
      changed();
    }),
  );
  strong.append(
    element("div", { class: "chips scale" }, ...steps),
    element("div", { class: "ends", "aria-hidden": "true" }, element("span", {}, words.weak), element("span", {}, words.very)),
  );
  const said = element("p", { class: "said", "aria-hidden": "true" });
  show();
  const end = (place, text) => element("span", { class: `end ${place}`, "aria-hidden": "true" }, text);
  return {
    nodes: [
      element(
        "div",
        { class: "field" },
        end("top", words.energy[4]),
        end("left", words.pleasant[0]),
        grid,
        end("right", words.pleasant[4]),
        end("bottom", words.energy[0]),
      ),
      said,
      strong,
    ],
    value: () => (at === null ? null : { pleasant: at[0], energy: at[1], strength }),
  };
};
