// Shows a stack of maps as tiles in rows and columns, each with a caption below it.
import { element, setText } from "./dom.js";
import { imageView } from "./image_view.js";

// The (left, top, width, height) of each tile in a picture of `across` tiles a row, without gaps.
export function tileCorners(count, across, width, height) {
  const size = [width / across, height / Math.ceil(count / across)];
  return Array.from({ length: count }, (_, k) => [(k % across) * size[0], Math.floor(k / across) * size[1], ...size]);
}

export function tiles(root, state, send) {
  const view = imageView(root, state, send); // it writes the title and the scale, and holds all pixels
  const figure = root.firstElementChild;
  const box = figure.querySelector(".image-view-box");
  const base = figure.querySelector(".image-view-pixels");
  const grid = element(box, "div", "tiles-grid");
  figure.classList.add("tiles");

  function layOut() {
    figure.style.maxWidth = `${state.width}px`;
    box.style.aspectRatio = "auto"; // the tiles make its height
    grid.style.gridTemplateColumns = `repeat(${state.across}, minmax(0, 1fr))`;
    grid.style.setProperty("--fill", `${100 * state.fill}%`);
    while (grid.children.length > state.count) grid.lastElementChild.remove();
    while (grid.children.length < state.count) {
      const tile = element(grid, "div", "tiles-tile");
      element(tile, "canvas", "tiles-pixels");
      element(tile, "div", "tiles-caption").setAttribute("aria-hidden", "true"); // it is in the label of the picture
    }
    for (const [k, tile] of [...grid.children].entries()) {
      const caption = tile.querySelector(".tiles-caption"); // it may be in a label
      caption.hidden = !state.captions.length;
      setText(caption, state.captions[k] ?? "");
    }
  }

  function drawTiles() {
    const corners = tileCorners(state.count, state.across, base.width, base.height);
    for (const [k, [left, top, width, height]] of corners.entries()) {
      const canvas = grid.children[k].firstElementChild;
      if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
      canvas.getContext("2d").drawImage(base, left, top, width, height, 0, 0, width, height);
    }
  }

  return {
    update(changed) {
      view.update(changed);
      const any = (...names) => names.some((name) => changed.has(name));
      const moved = any("across", "count", "fill", "captions", "shape", "width", "share");
      if (moved) layOut();
      if (moved || any("pixels", "palette")) drawTiles();
    },
    dispose: view.dispose,
  };
}
