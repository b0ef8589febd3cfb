// Lays out the elements of an explorer, and draws the state that Python sends, all changes in one frame.
import { element, isOurs, setText } from "./dom.js";
import { hideStill } from "./still_behind.js";
import { keepOrder } from "./beside.js";
import { connect } from "./connection.js";
import { keepListening } from "./late_start.js";
import { imageView } from "./image_view.js";
import { numberGrid } from "./number_grid.js";
import { button, choice, tick, toggle } from "./controls.js";
import { compare } from "./compare.js";
import { message, progress, status, text } from "./text.js";
import { drawing } from "./drawing.js";
import { pointedCurve } from "./curve.js";
import { loupe } from "./loupe.js";
import { sweep } from "./sweep.js";
import { addFold } from "./fold.js";
import { links } from "./links.js";
import { table } from "./table.js";
import { tiles } from "./tiles.js";
import { filterTiles } from "./filter_tiles.js";
import { imageUpload } from "./image_upload.js";
import { liveCamera } from "./live_camera.js";
import { fileUpload } from "./file_upload.js";
import { textEntry } from "./text_entry.js";

const KINDS = {
  button, choice, compare, drawing, fileUpload, filterTiles, links, loupe, message, progress, status, sweep, table, text, textEntry, tick, tiles, toggle,
  camera: liveCamera, curve: pointedCurve, image: imageView, numbers: numberGrid, upload: imageUpload,
};
const SLOW = 1000; // milliseconds until the page shows that Python is still computing
const SILENT = 20_000; // and until it shows what may be wrong
const SILENCE = "No response yet. Either your function never ends, or the kernel was restarted: restart the kernel and run this cell again.";
const LOST = "The kernel was restarted. Run the cell again to use the explorer.";

// Keys pressed in an explorer are for its controls, not commands of Jupyter; Jupyter checks this attribute of the
// focused element. Notebook 7 does so before the explorer gets the key, so this listens at the window.
function keepKeys(root) {
  const keep = (event) => {
    if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", isOurs(event));
  };
  window.addEventListener("keydown", keep, { capture: true });
  return () => window.removeEventListener("keydown", keep, { capture: true });
}

// Builds the boxes of a tree, and draws each element in its box.
function build(parent, tree, connection, parts) {
  if (tree.direction) {
    if (!tree.children.length) return; // no gap for an empty group
    const group = tree.direction === "fold" ? addFold(parent, tree.label) : element(parent, "div", `explorer-${tree.direction}`);
    for (const [name, value] of Object.entries(tree.style)) group.style.setProperty(name, value);
    for (const child of tree.children) build(group, child, connection, parts);
    if (tree.direction === "beside") keepOrder(group);
    return;
  }
  const { element: name, kind, refers_to: others } = tree;
  const state = connection.states[name];
  const box = element(parent, "div", `explorer-part explorer-${kind}`);
  box.dataset.element = name;
  const part = KINDS[kind](box, state, (event, buffers) => connection.send(name, event, buffers), others, connection.isWaiting);
  parts[name] = { box, ...part };
  draw(parts[name], state, new Set(Object.keys(state)));
}

function draw(part, state, changed) {
  if (changed.has("hidden")) {
    part.box.hidden = state.hidden && !state.reserved;
    part.box.style.visibility = state.hidden ? "hidden" : "";
  }
  if (changed.has("style")) {
    for (const [name, value] of Object.entries(state.style)) part.box.style.setProperty(name, value);
  }
  part.update(changed);
}

// Calls `show(line)` while a reply is late: the user's function may be slow, or the kernel may be gone.
function createWatch(isWaiting, show) {
  let timer = null;
  let since = null; // when the reply became late

  function wait() {
    timer = setTimeout(() => {
      since = Date.now();
      show("Still computing …");
      timer = setTimeout(() => show(SILENCE), SILENT);
    }, SLOW);
  }

  return {
    sent() {
      if (timer === null) wait();
    },
    received() {
      clearTimeout(timer);
      show(since === null ? "" : `Done after ${Math.round((Date.now() - since + SLOW) / 1000)} s.`);
      timer = since = null;
      if (isWaiting()) wait(); // for the next reply
    },
  };
}

function createExplorer() {
  const views = new Set();
  let connection = null;
  let lost = false; // whether the kernel is gone or was replaced

  function say(line) {
    views.forEach(({ root }) => { setText(root.querySelector(".explorer-waiting"), lost ? LOST : line); });
  }

  // The last picture stays, and a line says why its controls do not react.
  function lose() {
    lost = true;
    say(LOST);
    views.forEach(({ root }) => {
      root.classList.add("explorer-lost");
      for (const part of root.firstChild?.children ?? []) part.inert = !part.classList.contains("explorer-message");
    });
  }

  return {
    initialize({ model }) {
      const watch = createWatch(() => connection.isWaiting(), say);
      // tells scripts that drive the page when the last picture has come
      const mark = () => views.forEach(({ root }) => root.toggleAttribute("data-waiting", connection.isWaiting()));
      const onChanges = (changes) => {
        views.forEach((view) => view.update(changes));
        watch.received();
        mark();
      };
      const onSend = () => {
        watch.sent();
        mark();
      };
      connection = connect(model, onChanges, onSend);
      model.on("comm_live_update", lose);
      keepListening(model, connection.hello);
      connection.hello();
      window.addEventListener("pagehide", connection.leave);
      return () => window.removeEventListener("pagehide", connection.leave);
    },

    render({ model, el }) {
      const root = element(el, "div", "explorer");
      const parts = {};
      const releaseKeys = keepKeys(root);
      let showStill = () => {};

      function update(changes) {
        if (!root.firstChild) {
          build(root, model.get("arrangement"), connection, parts);
          el.classList.add("explorer-drawn");
          showStill = hideStill(el);
          return;
        }
        for (const [name, changed] of Object.entries(changes)) draw(parts[name], connection.states[name], changed);
      }

      const view = { root, update };
      views.add(view);
      if (Object.keys(connection.states).length) update({});
      return () => {
        views.delete(view);
        releaseKeys();
        showStill();
        for (const part of Object.values(parts)) part.dispose?.();
      };
    },
  };
}

export default createExplorer;
