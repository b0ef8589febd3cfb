// Draws a curve, and sends the number on its axis that the user points at or drags to.
import { drawing } from "./drawing.js";

// The number at a fraction of the width; `edges` are the fractions at which the ends of the axis lie.
export function numberOnAxis(fraction, [start, end], [low, high]) {
  const along = Math.min(Math.max((fraction - start) / (end - start), 0), 1);
  return low + along * (high - low);
}

export function pointedCurve(root, state, send) {
  const drawn = drawing(root, state);
  const svg = root.firstChild;
  svg.classList.add("curve-active");

  function move(event) {
    const box = svg.getBoundingClientRect();
    send({ value: numberOnAxis((event.clientX - box.left) / box.width, state.edges, state.span) });
  }

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    move(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) move(event);
  });
  return drawn;
}
