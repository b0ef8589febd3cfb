// One number: a text box to type in, which is dragged as a whole. Typed text is parsed in Python, which reports errors.
import { element } from "./dom.js";
import { watchDrags } from "./drags.js";
import { afterKey, barOf, dragged, scaleOfNumber, scaleOfWeight, tidy } from "./scrubbing.js";

const LATE = 50; // milliseconds
const WRITTEN_STEP = 0.1; // of a weight, or a larger one
const ENTERING = ["ArrowUp", "ArrowDown", "PageUp", "PageDown"]; // these keys enter what is typed

function addText(cell, state, index) {
  const text = element(cell, "input", "numbers-text");
  text.type = "text";
  text.inputMode = "decimal";
  text.spellcheck = false;
  text.autocomplete = "off";
  text.setAttribute("role", "spinbutton");
  text.setAttribute("aria-label", state.names[index]);
  text.title = state.help;
  return text;
}

// A number as text that fits its cell; those of weights are narrow, whatever their step.
const written = (number, { step, colors, decimals }) => tidy(number, colors.length ? Math.max(step, WRITTEN_STEP) : step, decimals);

function drawCell(cell, text, state, index) {
  const value = state.value[index];
  text.setAttribute("aria-valuenow", value);
  text.setAttribute("aria-valuetext", written(value, state));
  text.setAttribute("aria-valuemin", state.min);
  text.setAttribute("aria-valuemax", state.max);
  text.disabled = state.disabled;
  for (const [name, share] of Object.entries(barOf(value, state))) cell.style.setProperty(`--${name}`, `${100 * share}%`);
  [cell.style.background, cell.style.color] = state.colors[index] ?? ["", ""];
}

// The number of one cell, shown and changed.
class Entry {
  constructor(cell, state, send, index) {
    Object.assign(this, { cell, state, send, index });
    this.text = addText(cell, state, index);
    if (!state.colors.length) element(cell, "div", "numbers-bar");
    this.typing = false;
    this.shown = "";
    this.late = null; // a number follows a drag with Python's reply, in the same frame, or alone if the reply is late
  }

  get number() { return this.state.value[this.index]; }

  get isWrong() { return this.state.rejected.index === this.index; }

  setTyping(now) {
    this.typing = now;
    this.text.classList.toggle("numbers-typed", now);
  }

  commit() {
    if (this.typing) this.send({ index: this.index, text: this.text.value });
    this.setTyping(false);
  }

  set(number) {
    const { state, index } = this;
    if (number === this.number && !this.isWrong) return;
    state.value = state.value.with(index, number);
    state.rejected = {};
    this.shown = ""; // if Python refuses it, the cell goes back
    this.send({ index, number });
    this.late ??= setTimeout(() => this.refresh(), LATE);
  }

  refresh() {
    const { cell, text, state, index } = this;
    const { min, max, disabled, rejected } = state;
    clearTimeout(this.late);
    this.late = null;
    const now = JSON.stringify([this.number, this.isWrong && rejected, min, max, disabled, state.colors[index], this.typing]);
    if (now === this.shown) return; // eight of nine stay as they are when one is dragged
    this.shown = now;
    text.setAttribute("aria-invalid", String(this.isWrong));
    const shown = this.isWrong ? rejected.text : written(this.number, state);
    if (!this.typing && text.value !== shown) text.value = shown;
    drawCell(cell, text, state, index);
  }
}

// Lets the number be dragged; returns a function that ends the drag, if there is one, and returns the number before it.
function addDrags(entry) {
  const { cell, text, state } = entry;
  let drag = null; // { before, start, scale }: the number before the drag, and where the pixels are counted from
  const stop = watchDrags(text, () => !entry.typing && !state.disabled, {
    begin(touch) {
      const scale = state.colors.length ? scaleOfWeight(state) : scaleOfNumber(state, cell.clientWidth);
      drag = { before: entry.number, scale };
      if (!touch) text.focus({ preventScroll: true }); // for Escape; a finger would open the keyboard on the screen
    },
    mark() { drag.start = entry.number; },
    move(pixels, fine) { entry.set(dragged(drag.start, pixels, drag.scale, fine)); },
    end() { drag = null; },
    click() {
      text.focus();
      text.select();
    },
  });
  return () => {
    const before = drag?.before;
    stop();
    return before;
  };
}

// Shows the last number in place of a drag, a text or a refused entry; returns whether there was one.
function restore(entry, stopDrag) {
  const { typing, isWrong } = entry;
  const before = stopDrag();
  if (before === undefined && !typing && !isWrong) return false;
  entry.setTyping(false);
  entry.set(before ?? entry.number); // clears the message, too
  entry.shown = "";
  entry.refresh();
  return true;
}

function addKeys(entry, stopDrag) {
  const { text, state } = entry;
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter") entry.commit();
    if (event.key === "Escape" && restore(entry, stopDrag)) event.stopPropagation(); // a second Escape is for Jupyter
    if (event.ctrlKey || event.metaKey || event.altKey || (entry.typing && !ENTERING.includes(event.key))) return;
    const number = afterKey(event.key, event.shiftKey, entry.number, state);
    if (number === null) return;
    event.preventDefault();
    if (entry.typing) entry.commit();
    else entry.set(number);
  });
}

export function addCell(grid, state, send, index) {
  const entry = new Entry(element(grid, "div", "numbers-cell"), state, send, index);
  addKeys(entry, addDrags(entry));
  entry.text.addEventListener("input", () => entry.setTyping(true));
  entry.text.addEventListener("blur", () => entry.commit());
  return { refresh: () => entry.refresh(), dispose: () => clearTimeout(entry.late) };
}
