// Controls with one value: a dropdown, a tick, a row of buttons of which one is pressed, a button.
import { element, setText } from "./dom.js";

// Ids tie a label to its control; each explorer on the page loads this module anew, so they begin at random.
const START = Math.random().toString(36).slice(2);
let made = 0;

function addLabel(box, state) {
  const label = element(box, "label", "explorer-label");
  made += 1;
  label.htmlFor = `explorer-${START}-${made}`;
  label.title = state.help;
  setText(label, state.label);
  return label;
}

export function choice(root, state, say) {
  const label = addLabel(root, state);
  const select = element(root, "select", "explorer-select");
  select.id = label.htmlFor;
  select.title = state.help;
  select.addEventListener("change", () => {
    state.value = select.selectedIndex;
    say({ value: state.value });
  });
  return {
    update(changed) {
      if (changed.has("options")) {
        select.replaceChildren(...state.options.map((text) => new Option(text)));
      }
      select.selectedIndex = state.value;
      select.disabled = state.disabled;
    },
  };
}

export function tick(root, state, say) {
  const input = element(root, "input", "explorer-tick-box");
  const label = addLabel(root, state);
  input.type = "checkbox";
  input.id = label.htmlFor;
  input.title = state.help;
  input.addEventListener("change", () => {
    state.value = input.checked;
    say({ value: state.value });
  });
  return {
    update() {
      input.checked = state.value;
      input.disabled = state.disabled;
    },
  };
}

export function toggle(root, state, say) {
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", state.label);
  root.title = state.help;
  const buttons = state.options.map((text, index) => {
    const part = element(root, "button", "explorer-press");
    setText(part, text);
    part.addEventListener("click", () => {
      state.value = index;
      say({ value: index });
      update();
    });
    return part;
  });
  function update() {
    buttons.forEach((part, index) => {
      part.setAttribute("aria-pressed", String(index === state.value));
      part.disabled = state.disabled;
    });
  }
  return { update };
}

export function button(root, state, say) {
  const part = element(root, "button", "explorer-press");
  part.addEventListener("click", () => say({ press: true }));
  return {
    update() {
      setText(part, state.label);
      part.title = state.help;
      part.disabled = state.disabled;
      part.classList.toggle("explorer-primary", state.primary);
    },
  };
}
