// Draws the loupe over a row of two pictures, the image and the output. All numbers and colors come from Python.
import { svgElement } from "./dom.js";
import { createGlide } from "./glide.js";
import { cellsBox, cornerOf, cornersFacing, dotsOn, enlargedPixel, fan, isReadable, lineTo, loupeCell, loupeCells, middleOf, OPPOSITE, placeBeside, readCells } from "./loupe_geometry.js";
import { createCell, createDots, createLead, createRay, createOutline } from "./loupe_parts.js";

const MARGIN = 0.1; // of a cell: how much of its pixel is seen around the weight

const grown = ({ left, top, width, height }, by) => ({ left: left - by, top: top - by, width: width + 2 * by, height: height + 2 * by });

// From back to front; one ray, pixel and weight for each of the window's cells.
function createParts(root, count) {
  const sheet = svgElement(root, "svg", "loupe-sheet");
  sheet.setAttribute("aria-hidden", "true"); // the same numbers are in the grids below the pictures
  const many = (create, parent) => Array.from({ length: count }, () => create(parent));
  const rays = many(createRay, sheet);
  const behind = svgElement(sheet, "g", "loupe-magnified");
  const weights = many(createCell, sheet);
  const front = svgElement(sheet, "g", "loupe-magnified");
  return {
    sheet, rays, weights, along: createLead(sheet, 2),
    leads: [createLead(behind), createLead(behind), createLead(behind)], dots: createDots(behind), pixels: many(createCell, behind),
    outline: createOutline(front), made: createCell(front), madeOutline: createOutline(front),
  };
}

// Writes colors and texts.
function fill(parts, shown, side) {
  shown.weights.forEach((text, k) => {
    parts.rays[k].show(shown.shares[k], side);
    parts.pixels[k].show(shown.colors[k]);
    parts.weights[k].show(shown.tints[k], text);
  });
  parts.made.show(shown.color, shown.value);
}

// Places everything for a window whose cells can be written into: the weights lie in their corners.
function placeInCells(parts, cells, pixel, output, shown) {
  const [goal, end] = lineTo(pixel, output);
  parts.along.place(goal, end);
  cells.forEach((cell, k) => {
    const corner = cornerOf(cell, shown.weights[k].length);
    parts.weights[k].place(corner);
    parts.rays[k].place(middleOf(corner), goal);
  });
}

// Places everything for a window that needs the loupe.
function placeMagnified(parts, { box, dots, pixel, loupe, made, side, shape }) {
  const starts = fan(loupe, shape);
  loupeCells(loupe, shape, side).forEach((cell, k) => {
    parts.pixels[k].place(cell);
    parts.weights[k].place(grown(cell, -MARGIN * side));
    parts.rays[k].place(starts[k], middleOf(pixel));
  });
  const ends = cornersFacing(loupe, OPPOSITE[loupe.side]);
  cornersFacing(box, loupe.side).forEach((corner, k) => parts.leads[k].place(corner, ends[k]));
  parts.dots.place(dots);
  parts.leads[2].place(middleOf(pixel), middleOf(made));
  parts.outline.place(loupe);
  parts.made.place(made);
  parts.madeOutline.place(made);
}

export function loupe(root, state) {
  const row = root.parentElement;
  const figures = [...row.querySelectorAll(".image-view")];
  row.style.position = "relative"; // its corner is the origin of all places
  let parts = null;
  let places = []; // of both pictures; reading them from the DOM causes a layout
  let sides = {}; // where the loupe and the enlarged pixel lie
  const spots = createGlide(draw); // the (row, column) of the window, and of the output pixel
  const shifts = createGlide(draw); // from them to the loupe, and to the enlarged pixel

  // The pictures; they may get other rows and columns at the same size.
  const pictures = () => figures.map(({ dataset }, k) => ({ ...places[k], rows: Number(dataset.rows), columns: Number(dataset.columns) }));

  // The window and its output pixel at some (row, column) each.
  function boxesAt([image, output], [top, left, row, column]) {
    const [rows, columns] = state.window.shape.map((count) => state.window.dilation * (count - 1) + 1);
    return [cellsBox(image, top, left, rows, columns), cellsBox(output, row, column)];
  }

  // The sides of a cell of the loupe, and of the enlarged pixel.
  const sizes = ([image, output]) => [loupeCell(image, Math.max(...state.window.shape)), enlargedPixel(output)];

  function draw() {
    const { window: shown } = state;
    const both = pictures();
    const inCells = !state.magnifies || isReadable(both[0]);
    const cells = readCells(both[0], spots.now(), shown.shape, shown.dilation);
    const [box, pixel] = boxesAt(both, spots.now());
    parts.sheet.classList.toggle("loupe-in-cells", inCells);
    if (inCells) return placeInCells(parts, cells, pixel, both[1], shown);
    const [side, enlarged] = sizes(both);
    const [right, down, madeRight, madeDown] = shifts.now();
    const loupe = { left: box.left + right, top: box.top + down, width: side * shown.shape[1], height: side * shown.shape[0], side: sides.loupe };
    const made = { left: pixel.left + madeRight, top: pixel.top + madeDown, width: enlarged, height: enlarged };
    const dots = shown.dilation > 1 ? dotsOn(cells, shown.shape[1]) : [];
    return placeMagnified(parts, { box, dots, pixel, loupe, made, side, shape: shown.shape });
  }

  // Decides where the loupe and the enlarged pixel lie; they glide to another side.
  function arrange() {
    const { window: shown } = state;
    const both = pictures();
    const [box, pixel] = boxesAt(both, [...shown.place, ...shown.cell]);
    const [side, enlarged] = sizes(both);
    const loupe = placeBeside(box, { width: side * shown.shape[1], height: side * shown.shape[0] }, both[0], sides.loupe);
    const made = placeBeside(pixel, { width: enlarged, height: enlarged }, both[1], sides.made);
    const flips = Boolean(sides.loupe) && (sides.loupe !== loupe.side || sides.made !== made.side);
    sides = { loupe: loupe.side, made: made.side };
    shifts.moveTo([loupe.left - box.left, loupe.top - box.top, made.left - pixel.left, made.top - pixel.top], flips);
  }

  function show() {
    const { window: shown } = state;
    const visible = Boolean(shown.place && places.length && places[0].width);
    root.classList.toggle("loupe-shown", visible);
    if (!visible) {
      [spots, shifts].forEach((glide) => glide.stop());
      sides = {};
      return;
    }
    if (parts?.weights.length !== shown.weights.length) {
      parts?.sheet.remove();
      parts = createParts(root, shown.weights.length);
    }
    fill(parts, shown, sizes(pictures())[0]);
    spots.moveTo([...shown.place, ...shown.cell], state.glides);
    arrange();
    draw();
  }

  const watcher = new ResizeObserver(() => {
    const corner = row.getBoundingClientRect();
    places = figures.map((figure) => {
      const { left, top, width, height } = figure.querySelector(".image-view-box").getBoundingClientRect();
      return { left: left - corner.left, top: top - corner.top, width, height };
    });
    show();
  });
  for (const part of [row, ...row.querySelectorAll(".image-view-box")]) watcher.observe(part);

  return {
    update: show,
    dispose() {
      watcher.disconnect();
      [spots, shifts].forEach((glide) => glide.stop());
    },
  };
}
