// Controls: a dropdown, a checkbox, a row of toggle buttons and a button.
import { element, newId, setText } from "./dom.js";

function addLabel(box, state) {
  const label = element(box, "label", "explorer-label");
  label.htmlFor = newId();
  label.title = state.help;
  setText(label, state.label);
  return label;
}

export function choice(root, state, send) {
  const label = addLabel(root, state);
  const select = element(root, "select", "explorer-select");
  select.id = label.htmlFor;
  select.title = state.help;
  select.addEventListener("change", () => {
    state.value = select.selectedIndex;
    send({ value: state.value });
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

export function tick(root, state, send) {
  const input = element(root, "input", "explorer-tick-box");
  const label = addLabel(root, state);
  input.type = "checkbox";
  input.id = label.htmlFor;
  input.title = state.help;
  input.addEventListener("change", () => {
    state.value = input.checked;
    send({ value: state.value });
  });
  return {
    update() {
      input.checked = state.value;
      input.disabled = state.disabled;
    },
  };
}

export function toggle(root, state, send) {
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", state.label);
  root.title = state.help;
  const buttons = state.options.map((text, index) => {
    const part = element(root, "button", "explorer-press");
    setText(part, text);
    part.addEventListener("click", () => {
      state.value = index;
      send({ value: index });
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

export function button(root, state, send) {
  const part = element(root, "button", "explorer-press");
  part.addEventListener("click", () => send({ press: true }));
  return {
    update() {
      setText(part, state.label);
      part.title = state.help;
      part.disabled = state.disabled;
      part.classList.toggle("explorer-primary", state.primary);
    },
  };
}
