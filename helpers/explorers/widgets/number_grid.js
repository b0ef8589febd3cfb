// One labeled number, or a grid of weights.
import { element, isOurs, setText } from "./dom.js";
import { addCell } from "./number_cell.js";

// A button that increases the number repeatedly, until its maximum or until pressed again.
function addPlay(parent, state, send, refresh) {
  const button = element(parent, "button", "explorer-press numbers-play");
  let timer = null;
  function show() {
    setText(button, timer ? "pause" : "play");
    button.title = timer ? "Pause here" : "Step automatically";
  }
  function stop() {
    clearInterval(timer);
    timer = null;
    show();
  }
  function moveTo(number) {
    state.value = [number];
    send({ index: 0, number });
    refresh();
  }
  function step() {
    if (state.value[0] >= state.max) stop();
    else moveTo(state.value[0] + state.step);
  }
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (state.value[0] >= state.max) moveTo(state.min);
    timer = setInterval(step, state.interval);
    return show();
  });
  show();
  return stop;
}

export function numberGrid(root, state, send) {
  const box = element(root, "div", "numbers");
  box.addEventListener("keydown", (event) => {
    if (isOurs(event) && event.key !== "Tab" && event.key !== "Escape") event.stopPropagation(); // otherwise Jupyter moves the focus
  });
  const [rows, columns] = state.shape;
  const label = element(box, "div", "numbers-label");
  if (state.colors.length) {
    box.classList.add("numbers-colored");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", state.label);
  } else {
    box.classList.add("numbers-single");
  }
  const grid = element(box, "div", "numbers-grid");
  grid.style.setProperty("--columns", columns);
  const cells = Array.from({ length: rows * columns }, (_, index) => addCell(grid, state, send, index));
  const refresh = () => cells.forEach((cell) => cell.refresh());
  const stopPlay = state.interval ? addPlay(box, state, send, refresh) : () => {};
  return {
    update() {
      setText(label, state.label);
      refresh();
    },
    dispose() {
      stopPlay();
      cells.forEach((cell) => cell.dispose());
    },
  };
}
