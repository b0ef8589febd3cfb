// The SVG nodes of a loupe: cells with weights, lines, and the enlarged output pixel.
import { isDark } from "./bitmap.js";
import { svgElement } from "./dom.js";
import { curve, lineWidth, middleOf } from "./loupe_geometry.js";

const SMALLEST = 6; // CSS pixels of a text

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const inkOn = (hex) => (isDark(...rgb(hex)) ? "white" : "black");

function set(part, attributes) {
  for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
}

function setBox(part, { left, top, width, height }) {
  set(part, { x: left.toFixed(1), y: top.toFixed(1), width: width.toFixed(1), height: height.toFixed(1) });
}

// A line with an outline of the page's color, which sets it off from any picture.
function createLine(sheet, name) {
  const group = svgElement(sheet, "g", name);
  const both = [svgElement(group, "path", "loupe-halo"), svgElement(group, "path", "loupe-line")];
  return {
    group,
    place: (path) => both.forEach((part) => part.setAttribute("d", path)),
    widen: (width) => both.forEach((part, k) => part.setAttribute("stroke-width", (width + (k ? 0 : 2)).toFixed(2))),
  };
}

// A line for a product: its color says the sign, its width the size.
export function createRay(sheet) {
  const line = createLine(sheet, "loupe-ray");
  return {
    place: (from, to) => line.place(curve(from, to)),
    show(share, side) {
      line.widen(lineWidth(share, side));
      line.group.setAttribute("class", `loupe-ray ${share > 0 ? "loupe-plus" : share < 0 ? "loupe-minus" : "loupe-zero"}`);
    },
  };
}

// A line that connects a place with what explains it.
export function createLead(sheet, width = 1) {
  const line = createLine(sheet, "loupe-lead");
  line.widen(width);
  return { place: (from, to) => line.place(`M${from.x},${from.y}L${to.x},${to.y}`) };
}

// Dots at some points.
export function createDots(sheet) {
  const line = createLine(sheet, "loupe-lead");
  line.widen(2.5);
  return { place: (points) => line.place(points.map(({ x, y }) => `M${x.toFixed(1)},${y.toFixed(1)}h0`).join("")) };
}

// A square of one color with a text on it; of a pixel, or of a weight.
export function createCell(sheet) {
  const [square, text] = [svgElement(sheet, "rect", "loupe-square"), svgElement(sheet, "text", "loupe-text")];
  let letters = 2;
  return {
    place(box) {
      setBox(square, box);
      const { x, y } = middleOf(box);
      const size = Math.min(12, 0.85 * box.height, (1.7 * box.width) / letters);
      set(text, { x: x.toFixed(1), y: y.toFixed(1), "font-size": size.toFixed(1), visibility: size < SMALLEST ? "hidden" : "inherit" });
    },
    show(color, words = "") {
      square.setAttribute("fill", color);
      text.setAttribute("fill", inkOn(color));
      letters = Math.max(words.length, 2);
      if (text.textContent !== words) text.textContent = words;
    },
  };
}

// Two frames, white and magenta, as the marks on the pictures have.
export function createOutline(sheet) {
  const both = ["loupe-outline-under", "loupe-outline"].map((name) => svgElement(sheet, "rect", name));
  return { place: (box) => both.forEach((part) => setBox(part, box)) };
}
