// Horizontal drags of a text box, with the mouse, a pen or a finger.

const STILL = 3; // pixels that a press may move and still be a click

// While `isFree()`, a press is not for the text but for these functions: `begin(touch)` once the pointer moves,
// `mark()` where the pixels are counted from, then and when Shift is pressed or released, `move(pixels, fine)`,
// `end()`, and `click()` for a press that does not move. Returns a function that ends the drag.
export function watchDrags(text, isFree, { begin, mark, move, end, click }) {
  let drag = null; // { id, x, fine, moves } of the pointer that is down

  function stop() {
    if (drag?.moves) end();
    drag = null;
  }

  text.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || drag || !isFree()) return;
    drag = { id: event.pointerId, x: event.clientX, moves: false };
    text.setPointerCapture(event.pointerId);
  });

  text.addEventListener("mousedown", (event) => {
    if (event.button === 0 && isFree()) event.preventDefault(); // no focus yet, and no selected text
  });

  text.addEventListener("pointermove", (event) => {
    if (drag?.id !== event.pointerId) return;
    const way = event.clientX - drag.x;
    if (!drag.moves) {
      if (Math.abs(way) < STILL) return;
      drag = { ...drag, x: drag.x + STILL * Math.sign(way), fine: event.shiftKey, moves: true };
      begin(event.pointerType === "touch");
      mark();
    } else if (drag.fine !== event.shiftKey) {
      drag = { ...drag, x: event.clientX, fine: event.shiftKey };
      mark();
    }
    move(event.clientX - drag.x, drag.fine);
  });

  text.addEventListener("pointerup", () => {
    if (drag && !drag.moves) click();
  });
  text.addEventListener("lostpointercapture", stop); // after the release, and when a touch becomes a scroll
  return stop;
}
