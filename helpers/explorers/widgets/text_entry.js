// A box for a line of text. It is sent when Enter is pressed or the box is left; Escape restores it.
import { element } from "./dom.js";

export function textEntry(root, state, send) {
  const input = element(root, "input", "explorer-entry");
  input.type = "text";
  input.maxLength = 40;
  input.spellcheck = false;
  input.addEventListener("change", () => send({ value: input.value }));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") input.blur();
    if (event.key === "Escape") input.value = state.value;
  });
  return {
    update() {
      input.setAttribute("aria-label", state.label);
      input.title = state.help;
      input.disabled = state.disabled;
      input.value = state.value;
    },
  };
}
