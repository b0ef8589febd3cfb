// One number: a text box to type in, which is dragged as a whole. Typed text is parsed in Python, which reports errors.
import { element } from "./dom.js";
import { watchDrags } from "./drags.js";
import { afterKey, barOf, dragged, scaleOfNumber, scaleOfWeight, tidy } from "./scrubbing.js";

const LATE = 50; // milliseconds
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

function drawCell(cell, text, state, index) {
  const value = state.value[index];
  text.setAttribute("aria-valuenow", value);
  text.setAttribute("aria-valuetext", tidy(value, state.step));
  text.setAttribute("aria-valuemin", state.min);
  text.setAttribute("aria-valuemax", state.max);
  text.disabled = state.disabled;
  for (const [name, share] of Object.entries(barOf(value, state))) cell.style.setProperty(`--${name}`, `${100 * share}%`);
  [cell.style.background, cell.style.color] = state.colors[index] ?? ["", ""];
}

export function addCell(grid, state, send, index) {
  const cell = element(grid, "div", "numbers-cell");
  const text = addText(cell, state, index);
  let typing = false;
  let shown = "";
  let late = null; // a number follows a drag with Python's reply, in the same frame, or alone if the reply is late
  let drag = null; // { before, start, scale }: the number before the drag, and where the pixels are counted from

  const isWrong = () => state.rejected.index === index;

  function setTyping(now) {
    typing = now;
    text.classList.toggle("numbers-typed", typing);
  }

  function commit() {
    if (typing) send({ index, text: text.value });
    setTyping(false);
  }

  function set(number) {
    if (number === state.value[index] && !isWrong()) return;
    state.value = state.value.with(index, number);
    state.rejected = {};
    shown = ""; // if Python refuses it, the cell goes back
    send({ index, number });
    late ??= setTimeout(refresh, LATE);
  }

  // Shows the last number in place of a drag, a text or a refused entry; returns whether there was one.
  function restore() {
    const wrong = isWrong();
    if (!drag && !typing && !wrong) return false;
    const number = drag?.before ?? state.value[index];
    setTyping(false);
    stopDrag();
    set(number); // clears the message, too
    shown = "";
    refresh();
    return true;
  }

  function refresh() {
    clearTimeout(late);
    late = null;
    const { min, max, disabled, colors } = state;
    const now = JSON.stringify([state.value[index], isWrong() && state.rejected, min, max, disabled, colors[index], typing]);
    if (now === shown) return; // eight of nine stay as they are when one is dragged
    shown = now;
    text.setAttribute("aria-invalid", String(isWrong()));
    const written = isWrong() ? state.rejected.text : tidy(state.value[index], state.step);
    if (!typing && text.value !== written) text.value = written;
    drawCell(cell, text, state, index);
  }

  const stopDrag = watchDrags(text, () => !typing && !state.disabled, {
    begin(touch) {
      const scale = state.colors.length ? scaleOfWeight(state) : scaleOfNumber(state, cell.clientWidth);
      drag = { before: state.value[index], scale };
      if (!touch) text.focus({ preventScroll: true }); // for Escape; a finger would open the keyboard on the screen
    },
    mark() { drag.start = state.value[index]; },
    move(pixels, fine) { set(dragged(drag.start, pixels, drag.scale, fine)); },
    end() { drag = null; },
    click() {
      text.focus();
      text.select();
    },
  });

  text.addEventListener("input", () => setTyping(true));
  text.addEventListener("blur", commit);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape" && restore()) event.stopPropagation(); // a second Escape is for Jupyter
    if (event.ctrlKey || event.metaKey || event.altKey || (typing && !ENTERING.includes(event.key))) return;
    const number = afterKey(event.key, event.shiftKey, state.value[index], state);
    if (number === null) return;
    event.preventDefault();
    if (typing) commit();
    else set(number);
  });
  return refresh;
}
