// A button that makes a window sweep over a picture: it counts the steps, Python knows the way.
import { element, setText } from "./dom.js";
import { prefersStill } from "./glide.js";

const INTERVAL = 45; // milliseconds from step to step
const ENDED = -1;

export function sweep(root, state, send) {
  const button = element(root, "button", "explorer-press sweep-button");
  const explorer = root.closest(".explorer");
  let timer = null;

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
    state.step = state.step + 1 < state.steps ? state.step + 1 : ENDED;
    if (state.step === ENDED) pause();
    return send({ step: state.step });
  }

  button.addEventListener("click", () => {
    if (timer) return pause();
    if (prefersStill()) return send({ band: true });
    if (state.step === ENDED) {
      state.step = 0;
      send({ begins: true, step: 0 });
    }
    timer = setInterval(step, INTERVAL);
    return show();
  });

  // Whatever else is used ends it; a pointer that passes over a picture uses it.
  function use(event) {
    if (state.step === ENDED || root.contains(event.target)) return;
    if (event.type === "pointermove" && !event.target.matches(".image-view-active")) return;
    if (event.key === "Tab") return;
    end();
  }
  const events = ["pointerdown", "pointermove", "keydown", "input"];
  for (const name of events) explorer.addEventListener(name, use, { capture: true });

  return {
    update: show,
    dispose() {
      end();
      for (const name of events) explorer.removeEventListener(name, use, { capture: true });
    },
  };
}
