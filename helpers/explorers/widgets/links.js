// Draws lines between marked cells of the pictures in the same group, such as a window and its result.
import { svgElement } from "./dom.js";
import { linkCorners, placeOf } from "./geometry.js";

const listed = (points) => points.map((point) => point.map((at) => at.toFixed(1)).join(",")).join(" ");
const midpoint = (one, other) => one.map((at, axis) => (at + other[axis]) / 2);

// The shapes of a link: the name of its class, and its points. A faint one is a single line.
export function shapesOf([upperStart, upperEnd, lowerEnd, lowerStart], faint) {
  if (faint) return [["faint", [midpoint(upperStart, lowerStart), midpoint(upperEnd, lowerEnd)]]];
  const lines = [[upperStart, upperEnd], [lowerStart, lowerEnd]];
  return [
    ["cone", [upperStart, upperEnd, lowerEnd, lowerStart]],
    ...lines.map((line) => ["outline", line]), ...lines.map((line) => ["line", line]),
  ];
}

export function links(root, state) {
  const svg = svgElement(root, "svg", "");
  svg.setAttribute("aria-hidden", "true"); // the marks are described in the text

  // The place of a picture, relative to the lines; null while it is hidden.
  function boxOf(picture) {
    const view = root.parentElement.querySelectorAll(".image-view")[picture];
    const box = view.querySelector(".image-view-box").getBoundingClientRect();
    const origin = root.getBoundingClientRect();
    if (!box.width) return null;
    return {
      left: box.left - origin.left, top: box.top - origin.top, width: box.width, height: box.height,
      rows: Number(view.dataset.rows), columns: Number(view.dataset.columns),
    };
  }

  function draw() {
    svg.replaceChildren();
    for (const { from, to, faint } of state.lines) {
      const boxes = [boxOf(from.picture), boxOf(to.picture)];
      if (boxes.includes(null)) continue;
      const corners = linkCorners(placeOf(boxes[0], from), placeOf(boxes[1], to));
      for (const [name, points] of shapesOf(corners, faint)) {
        const shape = svgElement(svg, name === "cone" ? "polygon" : "polyline", `explorer-links-${name}`);
        shape.setAttribute("points", listed(points));
      }
    }
  }

  const watcher = new ResizeObserver(draw); // the pictures are drawn before, and resized together
  watcher.observe(root);
  for (const box of root.parentElement.querySelectorAll(".image-view-box")) watcher.observe(box);

  return { update: draw, dispose: () => watcher.disconnect() };
}
