// Draws lines, rectangles and text as SVG.
import { svgElement } from "./dom.js";

const MAKE = {
  line: ({ points, color, thick, dash }) => ["polyline", {
    points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "), fill: "none", stroke: color, "stroke-width": thick, "stroke-dasharray": dash,
  }],
  rectangle: ({ place: [x, y, width, height], color }) => ["rect", { x, y, width, height, fill: color }],
  words: ({ at: [x, y], anchor, bold, color }) => ["text", {
    x, y, "text-anchor": anchor, "font-size": 12, "font-weight": bold ? "bold" : "normal", fill: color,
  }],
};

function addShape(svg, shape) {
  const [tag, attributes] = MAKE[shape.kind](shape);
  const made = svgElement(svg, tag, "");
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (shape.text !== undefined) made.textContent = shape.text;
}

export function drawing(root, state) {
  const svg = svgElement(root, "svg", "explorer-svg");
  svg.setAttribute("role", "img");
  return {
    update() {
      svg.setAttribute("viewBox", `0 0 ${state.sheet.join(" ")}`);
      svg.setAttribute("aria-label", state.alt);
      svg.replaceChildren();
      for (const shape of state.shapes) addShape(svg, shape);
    },
  };
}
