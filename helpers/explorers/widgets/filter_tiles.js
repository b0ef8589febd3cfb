// Tiles with a switch each. The switches are one tab stop: the arrow keys move from tile to tile and choose it, the
// space key switches it; a click on its picture chooses it, too.
import { element, isOurs } from "./dom.js";
import { tiles } from "./tiles.js";

// The number of the tile to which a key moves, or null: the tiles are in rows of `across`.
export function tileAfterKey(key, at, count, across) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across, Home: -at, End: count - 1 - at };
  if (!(key in steps)) return null;
  const to = at + steps[key];
  return to >= 0 && to < count ? to : at;
}

export function filterTiles(root, state, send) {
  const view = tiles(root, state, send);
  const grid = root.querySelector(".tiles-grid");
  const switches = [];
  root.firstElementChild.classList.add("filter-tiles");
  grid.setAttribute("role", "group");

  function choose(k) {
    if (state.chosen === k) return;
    state.chosen = k;
    send({ chosen: k });
    show();
  }

  function addSwitch(tile, k) {
    const label = element(tile, "label", "filter-tiles-label");
    const input = element(label, "input", "filter-tiles-switch");
    label.append(tile.querySelector(".tiles-caption"));
    input.type = "checkbox";
    input.setAttribute("aria-label", `${state.noun} ${k}`);
    input.addEventListener("focus", () => choose(k));
    input.addEventListener("change", () => {
      choose(k); // Safari gives no focus to what is clicked
      state.value = state.value.map((on, other) => (other === k ? input.checked : on));
      send({ value: state.value });
      show();
    });
    tile.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || label.contains(event.target)) return;
      event.preventDefault(); // otherwise the focus goes on to the cell
      input.focus();
      choose(k);
    });
    switches.push(input);
  }

  grid.addEventListener("keydown", (event) => {
    if (!isOurs(event)) return;
    const to = tileAfterKey(event.key, state.chosen, state.count, state.across);
    if (to === null) return;
    switches[to].focus();
    event.preventDefault();
    event.stopPropagation(); // otherwise JupyterLab moves the focus to another cell
  });

  function show() {
    grid.setAttribute("aria-label", state.title);
    switches.forEach((input, k) => {
      const tile = grid.children[k];
      input.checked = state.value[k];
      input.tabIndex = k === state.chosen ? 0 : -1;
      tile.classList.toggle("filter-tiles-off", !state.value[k]);
      tile.classList.toggle("filter-tiles-chosen", k === state.chosen);
    });
  }

  return {
    update(changed) {
      view.update(changed);
      while (switches.length < state.count) addSwitch(grid.children[switches.length], switches.length);
      show();
    },
    dispose: view.dispose,
  };
}
