// Positions in a picture of rows and columns, as numbers, without the DOM.

const SMALLEST_MARK = 9; // CSS pixels, so that a mark around one pixel of a photograph is visible
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const inside = (value, count) => Math.max(0, Math.min(count - 1, value));

export const sameCell = (one, other) => one[0] === other[0] && one[1] === other[1];

// The [row, column] under a point of the page; `box` is the rectangle of the picture.
export function cellAt(point, box, [rows, columns]) {
  return [
    inside(Math.floor(((point.y - box.top) / box.height) * rows), rows),
    inside(Math.floor(((point.x - box.left) / box.width) * columns), columns),
  ];
}

// The cells on the line from one to the other, without the first, so that a fast stroke has no gaps.
export function cellsBetween([row, column], [toRow, toColumn]) {
  const steps = Math.max(Math.abs(toRow - row), Math.abs(toColumn - column), 1);
  const at = (from, to, step) => Math.round(from + ((to - from) * step) / steps);
  return Array.from({ length: steps }, (_, n) => [at(row, toRow, n + 1), at(column, toColumn, n + 1)]);
}

// The cell to which an arrow key moves the cursor, with Shift by ten cells; null for other keys.
export function cellAfterKey(key, shift, [row, column], [rows, columns]) {
  const step = STEPS[key];
  if (!step) return null;
  const far = shift ? 10 : 1;
  return [inside(row + far * step[0], rows), inside(column + far * step[1], columns)];
}

// The rectangle of a mark in CSS pixels; `cell` is the size of a cell.
export function markBox(mark, cell) {
  const width = Math.max(mark.columns * cell.width, SMALLEST_MARK);
  const height = Math.max(mark.rows * cell.height, SMALLEST_MARK);
  return {
    left: (mark.column + mark.columns / 2) * cell.width - width / 2,
    top: (mark.row + mark.rows / 2) * cell.height - height / 2,
    width,
    height,
  };
}

// The rectangle of a cover in whole pixels of the screen: covers side by side have no seam, and none lets a row shine
// through. `cell` is the size of a cell in these pixels.
export function coverBox({ row, column, rows, columns }, cell) {
  const [left, right] = [column, column + columns].map((at) => Math.round(at * cell.width));
  const [top, bottom] = [row, row + rows].map((at) => Math.round(at * cell.height));
  return { left, top, width: right - left, height: bottom - top };
}

// The place of a mark on the page; `box` is that of its picture, with its rows and columns.
export function placeOf(box, mark) {
  const { left, top, width, height } = markBox(mark, { width: box.width / box.columns, height: box.height / box.rows });
  return { left: box.left + left, top: box.top + top, width, height };
}

// The corners of a link between two places: its upper line, then its lower one backwards.
export function linkCorners(from, to) {
  const right = from.left + from.width;
  return [[right, from.top], [to.left, to.top], [to.left, to.top + to.height], [right, from.top + from.height]];
}

// The rows and columns of a picture in screen pixels.
export const pixelsSeen = (width, height, density) => [Math.ceil(height * density), Math.ceil(width * density)];
