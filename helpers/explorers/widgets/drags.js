// Horizontal drags of a text box, with the mouse, a pen or a finger.

const STILL = 3; // pixels that a press may move and still be a click

// While `isFree()`, a press is not for the text but for these functions: `begin(touch)` once the pointer moves,
// `mark()` where the pixels are counted from, then and when Shift is pressed or released, `move(pixels, fine)`,
// `end()`, and `click()` for a press that does not move. Returns a function that ends the drag.
export function watchDrags(text, isFree, { begin, mark, move, end, click }) {
  let drag = null; // of the pointer that is down: its id, where it is and from where it is counted, and how

  function stop() {
    if (drag?.moves) end();
    drag = null;
  }

  text.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || drag || !isFree()) return;
    drag = { id: event.pointerId, at: event.clientX, from: event.clientX, moves: false };
    text.setPointerCapture(event.pointerId);
  });

  text.addEventListener("mousedown", (event) => {
    if (event.button === 0 && isFree()) event.preventDefault(); // no focus yet, and no selected text
  });

  text.addEventListener("pointermove", (event) => {
    if (drag?.id !== event.pointerId) return;
    const way = event.clientX - drag.from;
    if (!drag.moves) {
      if (Math.abs(way) < STILL) return;
      drag = { ...drag, from: drag.from + STILL * Math.sign(way), fine: event.shiftKey, moves: true };
      begin(event.pointerType === "touch");
      mark();
    } else if (drag.fine !== event.shiftKey) {
      drag = { ...drag, from: drag.at, fine: event.shiftKey };
      mark();
    }
    drag.at = event.clientX;
    move(drag.at - drag.from, drag.fine);
  });

  text.addEventListener("pointerup", () => {
    if (drag && !drag.moves) click();
  });
  text.addEventListener("lostpointercapture", stop); // after the release, and when a touch becomes a scroll
  return stop;
}
