// Lines of text; the summary for screen readers, spoken once it has settled; the error line, spoken at once; a
// progress bar.
import { element, setText, setTextInRoom } from "./dom.js";

const CALM = 500; // milliseconds after the last change or key, until the summary is spoken

export function text(root, state) {
  const line = element(root, "div", "explorer-line");
  return { update: () => setTextInRoom(line, state.value, state.room_for) };
}

// The first summary is not spoken: the learner has just come, and reads the page in order.
export function status(root, state, send, others, isWaiting) {
  const line = element(root, "div", "");
  line.setAttribute("role", "status");
  let spoken = state.value;
  let timer = null;

  function speak() {
    if (isWaiting()) return wait(); // what is shown is not yet the result of the last key
    timer = null;
    if (state.value !== spoken) setText(line, state.value);
    spoken = state.value;
    return null;
  }
  function wait() {
    clearTimeout(timer);
    timer = setTimeout(speak, CALM);
  }
  // replies may be slower than keys are pressed
  root.closest(".explorer").addEventListener("keydown", () => { if (timer) wait(); });
  return {
    update: wait,
    dispose() {
      clearTimeout(timer);
      timer = null; // a key that comes later must not start it again
    },
  };
}

// The error from Python, and a line of the page itself about late replies.
export function message(root, state) {
  const lines = element(root, "div", "explorer-messages");
  const waiting = element(lines, "div", "explorer-waiting");
  waiting.setAttribute("role", "status");
  let line = null;
  return {
    update() {
      if (line?.textContent === state.value) return;
      line?.remove();
      line = null;
      if (!state.value) return;
      line = element(lines, "div", "explorer-problem");
      line.setAttribute("role", "alert");
      setText(line, state.value);
    },
  };
}

export function progress(root, state) {
  const line = element(root, "span", "explorer-line");
  const bar = element(root, "progress", "explorer-bar");
  return {
    update() {
      bar.style.visibility = state.share.max ? "" : "hidden";
      bar.setAttribute("aria-label", "progress");
      if (state.share.max) [bar.max, bar.value] = [state.share.max, state.share.value];
      setTextInRoom(line, state.value, state.room_for);
    },
  };
}
