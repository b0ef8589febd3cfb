// A button that shows one picture in place of another while it is held.
import { element, isOurs, setText } from "./dom.js";

// Covers a picture with a copy of another one, below its marks; returns the cover.
function coverWith(box, other) {
  const pixels = other.querySelector(".image-view-pixels");
  const cover = document.createElement("div");
  cover.className = "compare-cover";
  const copy = element(cover, "canvas", "compare-pixels");
  [copy.width, copy.height] = [pixels.width, pixels.height];
  copy.style.imageRendering = pixels.style.imageRendering;
  copy.getContext("2d").drawImage(pixels, 0, 0);
  setText(element(cover, "span", "compare-name"), "image");
  box.querySelector(".image-view-overlay").before(cover);
  return cover;
}

// `names` are those of the elements of the image and of the output.
export function compare(root, state, send, names) {
  const button = element(root, "button", "explorer-press compare-hold");
  let cover = null; // while the button is held
  setText(button, "hold to compare");
  button.title = "Hold this button, or Space, to show the image in place of the output";

  function show(held) {
    if (held === Boolean(cover)) return;
    if (held) {
      const explorer = root.closest(".explorer");
      const [image, output] = names.map((name) => explorer.querySelector(`[data-element="${name}"] .image-view-box`));
      cover = coverWith(output, image);
    } else {
      cover.remove();
      cover = null;
    }
    button.setAttribute("aria-pressed", String(held));
  }

  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId); // released wherever the pointer is by then
    show(true);
  });
  button.addEventListener("keydown", (event) => {
    if (!isOurs(event) || !["Enter", " "].includes(event.key)) return;
    show(true);
    event.preventDefault();
    event.stopPropagation(); // otherwise JupyterLab moves the focus to the cell
  });
  for (const end of ["lostpointercapture", "keyup", "blur"]) button.addEventListener(end, () => show(false));
  button.addEventListener("contextmenu", (event) => event.preventDefault()); // of a finger that stays
  button.setAttribute("aria-pressed", "false");
  return { update() {} };
}
