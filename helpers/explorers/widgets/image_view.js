// Shows pixels, prints numbers in the cells, draws marks and sends the position of the pointer. Everything shown is
// computed in Python.
import { element, isOurs, setText, setTextInRoom } from "./dom.js";
import { cellAfterKey, cellAt, cellsBetween, coverBox, markBox, pixelsSeen, sameCell } from "./geometry.js";
import { bytesOf, fillPixels, isDark } from "./bitmap.js";
import { createGlide } from "./glide.js";

const MARK = "#d4008f"; // a color that is rare in photographs and absent from the signed scale
const VEIL = "rgba(160, 160, 160, 0.75)";
const CHECKS = ["#8c8c8c", "#969696"]; // of what is not computed yet
const FONT = 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace';

function drawGrid(pen, [rows, columns], cell) {
  pen.strokeStyle = "rgba(128, 128, 128, 0.6)";
  pen.lineWidth = 1;
  pen.beginPath();
  for (let row = 0; row <= rows; row += 1) {
    pen.moveTo(0, row * cell.height);
    pen.lineTo(columns * cell.width, row * cell.height);
  }
  for (let column = 0; column <= columns; column += 1) {
    pen.moveTo(column * cell.width, 0);
    pen.lineTo(column * cell.width, rows * cell.height);
  }
  pen.stroke();
}

// A number may be three, one a line.
function printNumbers(pen, numbers, columns, pixels, cell) {
  const texts = numbers.map((text) => text.split("\n"));
  const longest = Math.max(...texts.flat().map((line) => line.length), 2);
  const size = Math.min((cell.height * 0.8) / Math.max(texts[0].length, 1.6), (cell.width * 1.4) / longest, 15);
  if (size < 7) return;
  pen.font = `${size}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  texts.forEach((lines, i) => {
    pen.fillStyle = isDark(...pixels.subarray(4 * i, 4 * i + 3)) ? "white" : "black";
    const [x, y] = [((i % columns) + 0.5) * cell.width, (Math.floor(i / columns) + 0.5) * cell.height];
    lines.forEach((line, k) => pen.fillText(line, x, y + size * (k - (lines.length - 1) / 2)));
  });
}

// A checkerboard over cells that are not computed yet.
function drawCover(pen, mark, cell) {
  const tile = new OffscreenCanvas(16, 16);
  const inTile = tile.getContext("2d");
  [CHECKS[0], CHECKS[1], CHECKS[1], CHECKS[0]].forEach((color, k) => {
    inTile.fillStyle = color;
    inTile.fillRect(8 * (k % 2), 8 * (k >> 1), 8, 8);
  });
  pen.fillStyle = pen.createPattern(tile, "repeat");
  const density = pen.getTransform().a;
  const { left, top, width, height } = coverBox(mark, { width: cell.width * density, height: cell.height * density });
  pen.fillRect(left / density, top / density, width / density, height / density);
}

// A line with a dot at each place, and a ball at the last one.
function drawPath(pen, mark, cell) {
  const points = mark.path.map(([row, column]) => [(column + 0.5) * cell.width, (row + 0.5) * cell.height]);
  const dot = ([x, y], radius) => {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  };
  for (const [color, line, radius] of [["white", 3, 3], [MARK, 1.5, 2]]) {
    [pen.strokeStyle, pen.fillStyle, pen.lineWidth] = [color, color, line];
    pen.beginPath();
    points.forEach(([x, y]) => pen.lineTo(x, y));
    pen.stroke();
    points.forEach((point) => dot(point, radius));
    dot(points.at(-1), radius + 5);
  }
}

function drawMark(pen, mark, cell) {
  if (mark.path) {
    drawPath(pen, mark, cell);
    return;
  }
  if (mark.cover) {
    drawCover(pen, mark, cell);
    return;
  }
  const { left, top, width, height } = markBox(mark, cell);
  if (mark.veil) {
    pen.fillStyle = VEIL;
    pen.fillRect(left, top, width, height);
    return;
  }
  for (const [color, line] of mark.thin ? [["white", 2], [MARK, 1]] : [["white", 4], [MARK, 2]]) {
    pen.strokeStyle = color;
    pen.lineWidth = line;
    pen.strokeRect(left, top, width, height);
  }
}

const sizes = new WeakMap(); // for each picture, its size in every view; the largest counts

export function imageView(root, state, send) {
  const figure = element(root, "figure", "image-view");
  const title = element(figure, "figcaption", "image-view-title");
  const box = element(figure, "div", "image-view-box");
  const base = element(box, "canvas", "image-view-pixels");
  const overlay = element(box, "canvas", "image-view-overlay");
  const axes = [element(figure, "div", "image-view-ends"), element(box, "div", "image-view-ends image-view-up")];
  const scale = element(figure, "div", "image-view-scale");
  const bar = element(scale, "div", "image-view-bar");
  const ends = element(scale, "div", "image-view-ends");
  const note = element(figure, "div", "image-view-note");
  let picture = new ImageData(1, 1); // reused while the size is the same
  let pointed = false; // whether Python knows that the pointer is here
  let size = { width: 0, height: 0 }; // of the box; reading it from the DOM would cause a layout
  const glide = createGlide(drawOverlay); // the (row, column) of each mark

  function drawPicture() {
    const { rows, columns, bytes } = state.pixels;
    if (picture.width !== columns || picture.height !== rows) {
      picture = new ImageData(columns, rows);
      [base.width, base.height] = [columns, rows];
    }
    fillPixels(new Uint32Array(picture.data.buffer), bytesOf(bytes), bytesOf(state.palette.bytes));
    base.getContext("2d").putImageData(picture, 0, 0);
  }

  function drawOverlay() {
    const [rows, columns] = state.shape;
    const density = window.devicePixelRatio || 1;
    const cell = { width: size.width / columns, height: size.height / rows };
    const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
    if (overlay.width !== width || overlay.height !== height) [overlay.width, overlay.height] = [width, height];
    const pen = overlay.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.scale(density, density);
    base.style.imageRendering = cell.width * density < 1 ? "auto" : "pixelated";
    if (state.numbers.length === rows * columns) {
      drawGrid(pen, state.shape, cell);
      printNumbers(pen, state.numbers, columns, picture.data, cell);
    }
    const places = glide.now();
    state.marks.forEach((mark, k) => {
      drawMark(pen, { ...mark, row: places[2 * k], column: places[2 * k + 1] }, cell);
    });
  }

  function layOut() {
    const [rows, columns] = state.shape;
    figure.dataset.rows = rows;
    figure.dataset.columns = columns;
    const shrink = Math.min(1, columns / rows);
    figure.style.maxWidth = `${Math.max(Math.round(state.width * shrink), 60)}px`;
    box.style.width = `${100 * state.share}%`;
    box.style.aspectRatio = `${columns} / ${rows}`;
    overlay.classList.toggle("image-view-active", state.interactive);
    overlay.classList.toggle("image-view-painted", state.paints);
    describeRole();
  }

  // A picture that is pointed at by keys is a slider in two directions: screen readers speak its value when it changes.
  function describeRole() {
    const [rows, columns] = state.shape;
    overlay.setAttribute("role", state.interactive ? "slider" : "img");
    if (!state.interactive) return;
    overlay.tabIndex = state.tab_stop ? 0 : -1;
    overlay.setAttribute("aria-roledescription", "picture with a cursor");
    overlay.setAttribute("aria-valuemin", 0);
    overlay.setAttribute("aria-valuemax", rows * columns - 1);
  }

  function describeCursor() {
    if (!state.interactive) return;
    const [row, column] = state.cursor;
    const index = row * state.shape[1] + column;
    const reading = state.reading || state.numbers[index];
    const place = `row ${row}, column ${column}`;
    overlay.setAttribute("aria-valuenow", index);
    overlay.setAttribute("aria-valuetext", reading ? `${place}: ${reading}` : place);
  }

  function write() {
    for (const [part, name] of [[title, "title"], [note, "note"]]) {
      setTextInRoom(part, state[name], state.room_for[name]);
      part.hidden = !(state[name] || state.room_for[name]);
    }
    overlay.setAttribute("aria-label", state.alt);
  }

  function drawScale() {
    const { colors, labels } = state.scale;
    scale.hidden = !colors;
    if (!colors) return;
    scale.style.width = `max(${100 * state.share}%, 80px)`; // as wide as the picture, with room for the labels
    bar.style.background = `linear-gradient(to right, ${colors.join(", ")})`;
    print(ends, labels);
  }

  function print(line, texts) {
    while (line.children.length < texts.length) element(line, "span", "");
    texts.forEach((text, k) => setText(line.children[k], text));
  }

  function drawAxes() {
    figure.classList.toggle("image-view-axes", state.axes.length > 0);
    axes.forEach((line, k) => {
      line.hidden = !state.axes.length;
      print(line, state.axes[k] ?? []);
    });
  }

  function report(cell, pinned) {
    state.cursor = cell;
    state.pinned = pinned;
    pointed = true;
    send({ cursor: cell, pinned });
  }

  function leave() {
    if (state.pinned || !pointed) return;
    pointed = false;
    send({ pointed });
  }

  function reportSize() {
    if (!sizes.has(state)) sizes.set(state, new Map());
    if (size.width) sizes.get(state).set(figure, pixelsSeen(size.width, size.height, window.devicePixelRatio || 1));
    else sizes.get(state).delete(figure);
    const all = [...sizes.get(state).values()];
    if (all.length) send({ seen: [0, 1].map((side) => Math.max(...all.map((each) => each[side]))) });
  }

  function addPointer() {
    let pressed = null; // the pointer that was pressed here, by its main button; it may be released anywhere
    const release = () => {
      pressed = null;
      for (const end of ["pointerup", "pointercancel"]) window.removeEventListener(end, release);
    };
    const at = (event) => cellAt({ x: event.clientX, y: event.clientY }, overlay.getBoundingClientRect(), state.shape);

    overlay.addEventListener("pointermove", (event) => {
      if (!state.interactive || (state.pinned && event.buttons === 0)) return;
      const cell = at(event);
      if (pointed && sameCell(cell, state.cursor)) return;
      const drags = pressed === event.pointerId && event.buttons !== 0;
      if (state.paints && drags) send({ paint: cellsBetween(state.cursor, cell) });
      report(cell, drags && !state.paints);
    });

    overlay.addEventListener("pointerleave", leave);

    overlay.addEventListener("pointerdown", (event) => {
      if (!state.interactive || event.button !== 0) return;
      pressed = event.pointerId;
      for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, release);
      const cell = at(event);
      report(cell, !state.paints && !(state.pinned && sameCell(cell, state.cursor)));
      if (state.paints) send({ paint: [cell], begins: true });
    });
    return release;
  }

  function addKeys() {
    overlay.addEventListener("keydown", (event) => {
      if (!state.interactive || !isOurs(event)) return;
      const cell = cellAfterKey(event.key, event.shiftKey, state.cursor, state.shape);
      if (cell) {
        report(cell, true);
      } else if (event.key === "Enter" || event.key === " ") {
        if (state.paints) send({ paint: [state.cursor], begins: true });
        else report(state.cursor, !state.pinned);
      } else if (event.key === "Escape" && state.pinned) {
        report(state.cursor, false);
        leave();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation(); // otherwise JupyterLab moves the focus to the cell
    });
  }

  const watcher = new ResizeObserver(([entry]) => {
    size = entry.contentRect;
    drawOverlay();
    reportSize();
  });

  const release = addPointer();
  addKeys();
  layOut();
  try {
    watcher.observe(box, { box: "device-pixel-content-box" }); // it changes with the zoom, too
  } catch {
    watcher.observe(box); // a browser without it
  }

  return {
    update(changed) {
      const any = (...names) => names.some((name) => changed.has(name));
      if (any("pixels", "palette")) drawPicture();
      if (any("shape", "width", "share", "paints", "interactive")) layOut();
      if (any("title", "note", "room_for", "alt")) write();
      if (any("shape", "cursor", "numbers", "reading", "interactive")) describeCursor();
      if (any("scale", "share")) drawScale();
      if (any("axes")) drawAxes();
      if (any("marks")) glide.moveTo(state.marks.flatMap(({ row, column }) => [row, column]), state.glides);
      // the color of numbers depends on the pixels, that of marks does not
      if (any("shape", "numbers", "marks") || (state.numbers.length && any("pixels"))) drawOverlay();
    },
    dispose() {
      watcher.disconnect();
      glide.stop();
      release(); // the window would keep the view
      sizes.get(state)?.delete(figure);
    },
  };
}
