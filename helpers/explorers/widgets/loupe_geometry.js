// Where the loupe, its lines and the enlarged output pixel lie, as numbers, without the DOM. A picture is a box with
// rows and columns; a box has left, top, width and height, in CSS pixels.

const GAP = 18; // between what is explained and what explains it
const SIDES = ["right", "below", "above", "left"]; // the output lies to the right: its lines shall not cross the window
const APART = 5; // CSS pixels from dot to dot, at least
const READABLE = 22; // CSS pixels of a cell that needs no loupe
const NUMBER = 8; // CSS pixels from the middle of a cell to below its number
const LEAST_CHIP = 11; // CSS pixels of a cell's corner with a number

// The box of some cells of a picture.
export function cellsBox(picture, row, column, rows = 1, columns = 1) {
  const [width, height] = [picture.width / picture.columns, picture.height / picture.rows];
  return { left: picture.left + column * width, top: picture.top + row * height, width: columns * width, height: rows * height };
}

export const middleOf = (box) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 });

// Whether the cells of a picture are large enough to write into them.
export const isReadable = (picture) => Math.min(picture.width / picture.columns, picture.height / picture.rows) >= READABLE;

// The size of the loupe's cells: smaller in a small picture, and for a large kernel.
export const loupeCell = (picture, count) => sized(picture, 3 * Math.max(count, 3), 17, 28);

// The side of the enlarged output pixel.
export const enlargedPixel = (picture) => sized(picture, 4, 26, 36);

// A share of a picture, within limits.
function sized({ width, height }, parts, least, most) {
  return Math.round(Math.max(least, Math.min(most, Math.min(width, height) / parts)));
}

const within = (value, low, high) => Math.max(low, Math.min(Math.max(low, high), value));

// A place of this size on each side of a box; along the side it stays within the room.
function placesBeside(box, size, room) {
  const { x, y } = middleOf(box);
  const left = within(x - size.width / 2, room.left, room.left + room.width - size.width);
  const top = within(y - size.height / 2, room.top, room.top + room.height - size.height);
  return {
    right: { left: box.left + box.width + GAP, top },
    left: { left: box.left - GAP - size.width, top },
    below: { left, top: box.top + box.height + GAP },
    above: { left, top: box.top - GAP - size.height },
  };
}

// By how much a box of this size leaves the room.
function excess(place, size, room) {
  const right = place.left + size.width - room.left - room.width;
  const below = place.top + size.height - room.top - room.height;
  return Math.max(0, room.left - place.left, right) + Math.max(0, room.top - place.top, below);
}

// A place beside a box, on the side of last time while there is room, so that it does not jump to and fro.
export function placeBeside(box, size, room, last) {
  const places = placesBeside(box, size, room);
  const sides = [...SIDES].sort((one, other) => (other === last) - (one === last));
  const over = sides.map((side) => excess(places[side], size, room));
  const side = sides[over.indexOf(Math.min(...over))];
  return { side, ...places[side], ...size };
}

// The two corners of a box that face a side, as points.
export function cornersFacing(box, side) {
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  return {
    right: [{ x: right, y: box.top }, { x: right, y: bottom }],
    left: [{ x: box.left, y: box.top }, { x: box.left, y: bottom }],
    below: [{ x: box.left, y: bottom }, { x: right, y: bottom }],
    above: [{ x: box.left, y: box.top }, { x: right, y: box.top }],
  }[side];
}

export const OPPOSITE = { right: "left", left: "right", below: "above", above: "below" };

// A smooth curve from one point to another, horizontal at both ends, as an SVG path.
export function curve(from, to) {
  const bend = (to.x - from.x) / 2;
  const points = [from, { x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }, to];
  const [start, ...rest] = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
  return `M${start}C${rest.join(" ")}`;
}

// The line on which products reach a pixel: along the lower edge of its row, where it crosses no number, from the left
// edge of the picture of the output.
export function lineTo(pixel, output) {
  const y = pixel.top + pixel.height;
  return [{ x: output.left, y }, { x: pixel.left, y }];
}

// The width of a line for a product, a share from -1 to 1 of the largest possible one, in a loupe with cells of a size.
export const lineWidth = (share, side) => (0.75 + 3.25 * Math.sqrt(Math.abs(share))) * Math.min(1, side / 28);

// The cells of a window that are read, which lie apart if it is dilated, in the picture of the image.
export function readCells(picture, [top, left], [rows, columns], dilation) {
  return Array.from({ length: rows * columns }, (_, k) => (
    cellsBox(picture, top + dilation * Math.floor(k / columns), left + dilation * (k % columns))
  ));
}

// Where a dot is drawn on each cell of a dilated window; nowhere if the dots would touch.
export function dotsOn(cells, columns) {
  const points = cells.map(middleOf);
  return columns < points.length && points[columns].y - points[0].y >= APART ? points : [];
}

// The cells of a loupe whose corner is at a point.
export function loupeCells({ left, top }, [rows, columns], side) {
  const picture = { left, top, width: side * columns, height: side * rows, rows, columns };
  return Array.from({ length: rows * columns }, (_, k) => cellsBox(picture, Math.floor(k / columns), k % columns));
}

// Where the lines start: spread over the right side of the loupe, in the order of the cells.
export function fan({ left, top, width, height }, [rows, columns]) {
  return Array.from({ length: rows * columns }, (_, k) => {
    const [row, column] = [Math.floor(k / columns), k % columns];
    return { x: left + width, y: top + (height / rows) * (row + (column + 1) / (columns + 1)) };
  });
}

// The place for a weight in a cell that shows its own number in its middle: the lower right corner, or a bar if there is
// no room for two numbers.
export function cornerOf({ left, top, width, height }, letters) {
  const room = height / 2 - NUMBER;
  const small = room < LEAST_CHIP;
  const wide = small ? width - 2 : Math.min(width - 2, 7 * letters + 6);
  const high = small ? 4 : Math.min(17, room);
  return { left: left + width - wide - 1, top: top + height - high - 1, width: wide, height: high };
}
