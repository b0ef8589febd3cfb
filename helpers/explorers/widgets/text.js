// Lines of text: said politely when they change, what is wrong at once, and a bar that fills.
import { element, setText } from "./dom.js";

export function text(root, state) {
  const line = element(root, "div", "explorer-line");
  line.setAttribute("aria-live", "polite");
  return { update: () => setText(line, state.value) };
}

// What is wrong, and beside it what the page itself has to say; their room is kept.
export function message(root, state) {
  const waiting = element(root, "div", "explorer-waiting");
  waiting.setAttribute("role", "status");
  let line = null;
  return {
    update() {
      if (line?.textContent === state.value) return;
      line?.remove();
      line = null;
      if (!state.value) return;
      line = element(root, "div", "explorer-problem");
      line.setAttribute("role", "alert");
      setText(line, state.value);
    },
  };
}

export function progress(root, state) {
  const bar = element(root, "progress", "explorer-bar");
  const line = element(root, "span", "explorer-line");
  return {
    update() {
      bar.hidden = !state.share.max;
      bar.setAttribute("aria-label", "progress");
      if (state.share.max) [bar.max, bar.value] = [state.share.max, state.share.value];
      setText(line, state.value);
    },
  };
}
