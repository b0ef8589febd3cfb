// A grid of numbers, each with a slider and a text box. Typed text is parsed in Python, which reports errors.
import { element, isOurs, setText } from "./dom.js";

const LATE = 50; // milliseconds

// A number as text that fits the box: few decimals, but all digits before the point.
export function tidy(value, step) {
  const decimals = Math.max(0, Math.round(3 - Math.log10(step)));
  const digits = Math.max(4, String(Math.trunc(Math.abs(value))).length);
  return String(Number(Number(Number(value).toPrecision(digits)).toFixed(decimals)));
}

function addCell(grid, state, send, index) {
  const name = state.names[index];
  const cell = element(grid, "div", "numbers-cell");
  const text = element(cell, "input", "numbers-text");
  const range = element(cell, "input", "numbers-range");
  text.type = "text";
  text.inputMode = "decimal";
  text.spellcheck = false;
  text.autocomplete = "off";
  range.type = "range";
  text.setAttribute("aria-label", name);
  range.setAttribute("aria-label", `${name}, slider`);
  text.title = range.title = state.help;

  let typing = false;
  let shown = "";
  let late = null; // the text follows the slider with Python's reply, in the same frame, or alone if the reply is late
  text.addEventListener("input", () => { typing = true; });
  function commit() {
    if (typing) send({ index, text: text.value });
    typing = false;
  }
  text.addEventListener("blur", commit);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape" && restore()) event.stopPropagation(); // a second Escape is for Jupyter
  });

  // Shows the number again in place of a text; returns whether there was one.
  function restore() {
    const wrong = state.rejected.index === index;
    if (!typing && !wrong) return false;
    typing = false;
    if (wrong) send({ index, number: state.value[index] }); // clears the message
    state.rejected = wrong ? {} : state.rejected;
    shown = "";
    refresh();
    return true;
  }

  function refresh() {
    clearTimeout(late);
    late = null;
    const value = state.value[index];
    const wrong = state.rejected.index === index;
    const now = JSON.stringify([value, wrong && state.rejected, state.min, state.max, state.disabled, typing]);
    if (now === shown) return; // eight of nine stay as they are when one is dragged
    shown = now;
    text.setAttribute("aria-invalid", String(wrong));
    if (!typing) text.value = wrong ? state.rejected.text : tidy(value, state.step);
    for (const trait of ["min", "max", "step"]) range[trait] = state[trait];
    range.value = value;
    range.setAttribute("aria-valuetext", tidy(value, state.step)); // the slider itself stands at the nearest step
    text.disabled = range.disabled = state.disabled;
    const share = Math.round(70 * Math.min(1, Math.sqrt(Math.abs(value) / state.max)));
    cell.style.setProperty("--tint", value < 0 ? "66, 146, 198" : "241, 138, 40");
    cell.style.setProperty("--strength", state.tinted ? share / 100 : 0);
  }
  range.addEventListener("input", () => {
    const number = Number(range.value);
    state.value = state.value.with(index, number);
    state.rejected = {};
    shown = ""; // if Python refuses it, the slider goes back
    send({ index, number });
    late ??= setTimeout(refresh, LATE);
  });
  return refresh;
}

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
  if (rows * columns === 1) {
    box.classList.add("numbers-single");
  } else {
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", state.label);
  }
  const grid = element(box, "div", "numbers-grid");
  grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  const cells = Array.from({ length: rows * columns }, (_, index) => addCell(grid, state, send, index));
  const refresh = () => cells.forEach((cell) => cell());
  const stopPlay = state.interval ? addPlay(box, state, send, refresh) : () => {};
  return {
    update() {
      setText(label, state.label);
      refresh();
    },
    dispose: stopPlay,
  };
}
