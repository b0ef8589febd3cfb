// A button that makes a window sweep over a picture: it measures the time, Python knows the way.
import { element, setText } from "./dom.js";
import { prefersStill } from "./glide.js";

const INTERVAL = 45; // milliseconds from step to step
const ENDED = -1;
const STARTED = "sweep-started"; // of the document: one sweep at a time, of all views of all explorers

// The step after some milliseconds: a slow page skips steps, and takes no longer.
export function stepAfter(milliseconds, steps) {
  const step = Math.floor(milliseconds / INTERVAL);
  return step < steps ? step : ENDED;
}

export function sweep(root, state, send) {
  const button = element(root, "button", "explorer-press sweep-button");
  const explorer = root.closest(".explorer");
  let timer = null;
  let start = 0; // when the sweep would have begun without a pause

  function show() {
    setText(button, timer ? "pause" : state.label);
    button.title = state.help;
    button.disabled = state.disabled;
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    show();
  }

  function end() {
    pause();
    if (state.step === ENDED) return;
    state.step = ENDED;
    send({ step: ENDED });
  }

  function step() {
    if (document.hidden || !button.getClientRects().length) return end();
    if (state.step === ENDED) return pause(); // ended by Python
    const now = stepAfter(performance.now() - start, state.steps);
    if (now === state.step) return null;
    state.step = now;
    if (now === ENDED) pause();
    return send({ step: now });
  }

  button.addEventListener("click", () => {
    if (timer) return pause();
    if (prefersStill()) return send({ band: true });
    if (state.step === ENDED) {
      state.step = 0;
      send({ begins: true, step: 0 });
    }
    document.dispatchEvent(new CustomEvent(STARTED));
    start = performance.now() - state.step * INTERVAL;
    timer = setInterval(step, INTERVAL);
    return show();
  });

  // While it is under way, whatever else is used ends it; a pointer that passes over a picture uses it. While it is
  // paused, the pictures can be pointed at; a changed control ends it in Python.
  function use(event) {
    if (!timer || root.contains(event.target)) return;
    if (event.type === "pointermove" && !event.target.matches(".image-view-active")) return;
    if (event.key === "Tab") return;
    end();
  }
  const events = ["pointerdown", "pointermove", "keydown", "input"];
  for (const name of events) explorer.addEventListener(name, use, { capture: true });

  document.addEventListener(STARTED, pause);

  return {
    update: show,
    dispose() {
      if (timer) end(); // another view may run the sweep
      document.removeEventListener(STARTED, pause);
      for (const name of events) explorer.removeEventListener(name, use, { capture: true });
    },
  };
}
