// Shows an array of pixels, prints numbers in its cells, draws marks, and reports where the learner points.
// Everything it shows is computed in Python.

const MARK = "#d4008f"; // a color that neither photographs nor the signed scale hold
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const SMALLEST_MARK = 9; // CSS pixels: a mark around one pixel of a photograph can still be seen

const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

// A color as the number that four bytes of a canvas are.
const packed = (red, green, blue) => 0xff000000 | (blue << 16) | (green << 8) | red;

// The 256 colors that one byte may stand for: grays, unless there is a palette.
function colorsOf(palette) {
  return Uint32Array.from({ length: 256 }, (_, level) => (
    palette.length ? packed(...palette.subarray(3 * level, 3 * level + 3)) : packed(level, level, level)
  ));
}

function paint(canvas, picture, channels, source, palette) {
  const target = new Uint32Array(picture.data.buffer);
  if (channels === 1) {
    const colors = colorsOf(palette);
    for (let i = 0; i < target.length; i += 1) target[i] = colors[source[i]];
  } else {
    for (let i = 0, j = 0; i < target.length; i += 1, j += 3) target[i] = packed(source[j], source[j + 1], source[j + 2]);
  }
  canvas.getContext("2d").putImageData(picture, 0, 0);
}

function printNumbers(pen, numbers, shape, pixels, cell) {
  const [, columns] = shape;
  const longest = Math.max(...numbers.map((text) => text.length), 2);
  const size = Math.min(cell.height * 0.5, (cell.width * 1.4) / longest, 15);
  if (size < 7) return;
  pen.font = `${size}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  numbers.forEach((text, i) => {
    const [red, green, blue] = pixels.subarray(4 * i, 4 * i + 3);
    pen.fillStyle = 0.299 * red + 0.587 * green + 0.114 * blue > 120 ? "black" : "white";
    pen.fillText(text, ((i % columns) + 0.5) * cell.width, (Math.floor(i / columns) + 0.5) * cell.height);
  });
}

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

function drawMark(pen, mark, cell) {
  const width = Math.max(mark.columns * cell.width, SMALLEST_MARK);
  const height = Math.max(mark.rows * cell.height, SMALLEST_MARK);
  const left = (mark.column + mark.columns / 2) * cell.width - width / 2;
  const top = (mark.row + mark.rows / 2) * cell.height - height / 2;
  for (const [color, line] of mark.thin ? [["white", 2], [MARK, 1]] : [["white", 4], [MARK, 2]]) {
    pen.strokeStyle = color;
    pen.lineWidth = line;
    pen.strokeRect(left, top, width, height);
  }
}

function render({ model, el }) {
  keepListening(model);
  const figure = element(el, "figure", "screen");
  const title = element(figure, "figcaption", "screen-title");
  const box = element(figure, "div", "screen-box");
  const base = element(box, "canvas", "screen-base");
  const overlay = element(box, "canvas", "screen-overlay");
  const scale = element(figure, "div", "screen-scale");
  const bar = element(scale, "div", "screen-bar");
  const ends = element(scale, "div", "screen-ends");
  const note = element(figure, "div", "screen-note");
  let picture = new ImageData(1, 1); // kept from one to the next, as long as the size stays
  let size = { width: 0, height: 0 }; // of the box; to ask the page for it costs a layout each time

  function drawPicture() {
    const [rows, columns, channels] = model.get("shape");
    if (picture.width !== columns || picture.height !== rows) {
      picture = new ImageData(columns, rows);
      [base.width, base.height] = [columns, rows];
    }
    paint(base, picture, channels, bytesOf(model.get("pixels")), bytesOf(model.get("palette")));
  }

  function drawOverlay() {
    const shape = model.get("shape");
    const { width, height } = size;
    const dense = window.devicePixelRatio || 1;
    const cell = { width: width / shape[1], height: height / shape[0] };
    overlay.width = Math.round(width * dense);
    overlay.height = Math.round(height * dense);
    base.style.imageRendering = cell.width * dense < 1 ? "auto" : "pixelated";
    const pen = overlay.getContext("2d");
    pen.scale(dense, dense);
    const numbers = model.get("numbers");
    if (numbers.length === shape[0] * shape[1]) {
      drawGrid(pen, shape, cell);
      printNumbers(pen, numbers, shape, picture.data, cell);
    }
    for (const mark of model.get("marks")) drawMark(pen, mark, cell);
  }

  function layOut() {
    const [rows, columns] = model.get("shape");
    const longest = model.get("width");
    const shrink = Math.min(1, columns / rows);
    figure.style.maxWidth = `${Math.max(Math.round(longest * shrink), 60)}px`;
    box.style.width = `${100 * model.get("share")}%`;
    box.style.aspectRatio = `${columns} / ${rows}`;
    overlay.classList.toggle("screen-active", model.get("interactive"));
    overlay.classList.toggle("screen-painted", model.get("paints"));
    if (model.get("interactive")) overlay.tabIndex = 0;
    else overlay.removeAttribute("tabindex");
  }

  function write() {
    for (const [part, text] of [[title, model.get("title")], [note, model.get("note")]]) {
      if (part.textContent !== text) part.textContent = text;
      part.hidden = !text;
    }
    overlay.setAttribute("aria-label", model.get("alt"));
  }

  function drawScale() {
    const { colors, labels } = model.get("scale");
    scale.hidden = !colors;
    if (colors) {
      bar.style.background = `linear-gradient(to right, ${colors.join(", ")})`;
      ends.replaceChildren(...labels.map((text) => {
        const end = document.createElement("span");
        end.textContent = text;
        return end;
      }));
    }
  }

  // One change from Python may touch several traits: draw once, when all of them have arrived.
  const waiting = new Set();
  function soon(...jobs) {
    if (waiting.size === 0) {
      queueMicrotask(() => {
        const due = [drawPicture, layOut, write, drawScale, drawOverlay].filter((job) => waiting.has(job));
        waiting.clear();
        due.forEach((job) => job());
      });
    }
    jobs.forEach((job) => waiting.add(job));
  }

  function cellAt(event) {
    const [rows, columns] = model.get("shape");
    const { left, top, width, height } = overlay.getBoundingClientRect();
    const inside = (value, count) => Math.max(0, Math.min(count - 1, Math.floor(value)));
    return [
      inside(((event.clientY - top) / height) * rows, rows),
      inside(((event.clientX - left) / width) * columns, columns),
    ];
  }

  function report(cell, held) {
    model.set("cursor", cell);
    model.set("pinned", held);
    model.save_changes();
  }

  const same = (one, other) => one[0] === other[0] && one[1] === other[1];

  // Every cell on the straight way from one to the other, so that a quick stroke has no gaps.
  function between([row, column], [toRow, toColumn]) {
    const steps = Math.max(Math.abs(toRow - row), Math.abs(toColumn - column), 1);
    const at = (from, to, step) => Math.round(from + ((to - from) * step) / steps);
    return Array.from({ length: steps }, (_, n) => [at(row, toRow, n + 1), at(column, toColumn, n + 1)]);
  }

  // Pieces of strokes go to Python one by one, each when the one before is done: what is drawn
  // meanwhile goes together, so a slow answer is never a long queue behind the pen.
  const pieces = [];
  let sent = false;
  function sendPiece() {
    if (sent || !pieces.length) return;
    sent = true;
    model.send(pieces.shift());
  }
  function stroke(cells, begins = false) {
    if (begins || !pieces.length) pieces.push({ paint: cells, begins });
    else pieces.at(-1).paint.push(...cells);
    sendPiece();
  }
  function painted(content) {
    if (!content.painted) return;
    sent = false;
    sendPiece();
  }

  overlay.addEventListener("pointermove", (event) => {
    if (!model.get("interactive") || (model.get("pinned") && event.buttons === 0)) return;
    const cell = cellAt(event);
    const last = model.get("cursor");
    if (same(cell, last)) return;
    const painting = model.get("paints");
    if (painting && event.buttons !== 0) stroke(between(last, cell));
    report(cell, event.buttons !== 0 && !painting);
  });

  overlay.addEventListener("pointerdown", (event) => {
    if (!model.get("interactive")) return;
    const cell = cellAt(event);
    const painting = model.get("paints");
    report(cell, !painting && !(model.get("pinned") && same(cell, model.get("cursor"))));
    if (painting) stroke([cell], true);
  });

  overlay.addEventListener("keydown", (event) => {
    if (!model.get("interactive")) return;
    const [rows, columns] = model.get("shape");
    const step = STEPS[event.key];
    const [row, column] = model.get("cursor");
    if (step) {
      const far = event.shiftKey ? 10 : 1;
      const inside = (value, count) => Math.max(0, Math.min(count - 1, value));
      report([inside(row + far * step[0], rows), inside(column + far * step[1], columns)], true);
    } else if (event.key === "Enter" || event.key === " ") {
      if (model.get("paints")) stroke([[row, column]], true);
      else report([row, column], !model.get("pinned"));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // or JupyterLab would move the focus to the cell
  });

  const handlers = {
    // numbers are black or white, after the pixels below them; marks have a color of their own
    "change:pixels change:palette": () => (model.get("numbers").length ? soon(drawPicture, drawOverlay) : soon(drawPicture)),
    "change:shape": () => soon(drawPicture, layOut, drawOverlay),
    "change:numbers": () => soon(drawOverlay),
    "change:marks": () => soon(drawOverlay),
    "change:title change:note change:alt": () => soon(write),
    "change:scale": () => soon(drawScale),
    "change:width change:share change:paints": () => soon(layOut),
    "msg:custom": painted,
  };
  for (const [name, handler] of Object.entries(handlers)) model.on(name, handler);
  const watcher = new ResizeObserver(([entry]) => {
    el.closest(".explorer")?.addEventListener("focusin", keepKeys);
    size = entry.contentRect;
    soon(drawOverlay);
  });
  overlay.setAttribute("role", "img");
  watcher.observe(box);
  drawPicture();
  layOut();
  write();
  drawScale();
  return () => {
    watcher.disconnect();
    for (const [name, handler] of Object.entries(handlers)) model.off(name, handler);
  };
}

export default { render };
