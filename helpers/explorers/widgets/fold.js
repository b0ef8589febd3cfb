// A button such as "more controls", and what it shows or hides. Python does not know whether it is open.
import { element, newId, setText } from "./dom.js";

// Returns the box for the contents.
export function addFold(parent, label) {
  const fold = element(parent, "div", "explorer-fold");
  const button = element(fold, "button", "explorer-press explorer-more");
  const contents = element(fold, "div", "explorer-folded");
  contents.id = newId();
  setText(button, label);
  button.setAttribute("aria-controls", contents.id);
  function show(open) {
    contents.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }
  button.addEventListener("click", () => show(contents.hidden));
  show(false);
  return contents;
}
