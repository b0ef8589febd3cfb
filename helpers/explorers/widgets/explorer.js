// Lays out the elements of an explorer, and draws what Python says about them, all of it in one frame.
import { element, setText } from "./dom.js";
import { connect } from "./connection.js";
import { keepListening } from "./late_start.js";
import { imageView } from "./image_view.js";
import { numberGrid } from "./number_grid.js";
import { button, choice, tick, toggle } from "./controls.js";
import { message, progress, text } from "./text.js";
import { drawing } from "./drawing.js";
import { table } from "./table.js";
import { imageUpload } from "./image_upload.js";

const KINDS = {
  button, choice, drawing, message, progress, table, text, tick, toggle, image: imageView, numbers: numberGrid, upload: imageUpload,
};
const SLOW = 1000; // milliseconds after which the page says that Python is still at work
const SILENT = 20_000; // and after which it says what may be wrong
const LOST = "No answer yet. If your function never ends, or the kernel was restarted, restart it and run this cell again.";

// Inside an explorer keys are for its controls: Jupyter must not take them as commands. It asks the focused
// element, before the key arrives.
function keepKeys(event) {
  event.target.setAttribute("data-lm-suppress-shortcuts", "true");
}

// Builds the boxes of a tree, and the twin of each element in its box.
function build(parent, tree, connection, twins) {
  if (tree.direction) {
    const group = element(parent, "div", `explorer-${tree.direction}`);
    for (const [name, value] of Object.entries(tree.style)) group.style.setProperty(name, value);
    for (const child of tree.children) build(group, child, connection, twins);
    return;
  }
  const { element: name, kind } = tree;
  const state = connection.states[name];
  const box = element(parent, "div", `explorer-part explorer-${kind}`);
  const twin = KINDS[kind](box, state, (words, buffers) => connection.say(name, words, buffers));
  twins[name] = { box, ...twin };
  draw(twins[name], state, new Set(Object.keys(state)));
}

function draw(twin, state, changed) {
  if (changed.has("hidden")) twin.box.hidden = state.hidden;
  if (changed.has("style")) {
    for (const [name, value] of Object.entries(state.style)) twin.box.style.setProperty(name, value);
  }
  twin.update(changed);
}

// Calls `say(line)` while an answer is late: a learner's function may take its time, and a kernel may be gone.
function createWatch(isWaiting, say) {
  let timer = null;
  let since = null; // when it began to be late

  function wait() {
    timer = setTimeout(() => {
      since = Date.now();
      say("Still computing …");
      timer = setTimeout(() => say(LOST), SILENT);
    }, SLOW);
  }

  return {
    sent() {
      if (timer === null) wait();
    },
    heard() {
      clearTimeout(timer);
      say(since === null ? "" : `Done after ${Math.round((Date.now() - since + SLOW) / 1000)} s.`);
      timer = since = null;
      if (isWaiting()) wait(); // for the next answer
    },
  };
}

function createExplorer() {
  const views = new Set();
  let connection = null;

  return {
    initialize({ model }) {
      const watch = createWatch(
        () => connection.isWaiting(),
        (line) => views.forEach(({ root }) => { setText(root.querySelector(".explorer-waiting"), line); }),
      );
      const onNews = (news) => {
        views.forEach((view) => view.update(news));
        watch.heard();
      };
      connection = connect(model, onNews, watch.sent);
      // the kernel is gone, or another one: what it drew last stays
      model.on("comm_live_update", () => views.forEach(({ root }) => {
        root.classList.add("explorer-lost");
        for (const part of root.children) part.inert = true;
      }));
      keepListening(model, connection.hello);
      connection.hello();
    },

    render({ model, el }) {
      const root = element(el, "div", "explorer");
      const twins = {};
      root.addEventListener("focusin", keepKeys);

      function update(news) {
        if (!root.firstChild) {
          build(root, model.get("arrangement"), connection, twins);
          el.classList.add("explorer-drawn"); // hides the still picture, see saved_picture.py
          return;
        }
        for (const [name, changed] of Object.entries(news)) draw(twins[name], connection.states[name], changed);
      }

      const view = { root, update };
      views.add(view);
      if (Object.keys(connection.states).length) update({});
      return () => {
        views.delete(view);
        for (const twin of Object.values(twins)) twin.dispose?.();
      };
    },
  };
}

export default createExplorer;
