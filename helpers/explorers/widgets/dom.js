// DOM helpers.

export function element(parent, tag, name) {
  const made = document.createElement(tag);
  made.className = name;
  parent.append(made);
  return made;
}

export function setText(part, text) {
  if (part && part.textContent !== text) part.textContent = text;
}

// Writes text into a part that has room for its longest text, so that nothing below it moves when the text changes.
export function setTextInRoom(part, text, longest) {
  part.classList.add("explorer-room");
  part.dataset.longest = longest ?? "";
  setText(part.firstElementChild ?? element(part, "span", ""), text);
}

// Ids connect a label or a button with its control. Each explorer on the page loads this module again, hence the
// random start.
const START = Math.random().toString(36).slice(2);
let made = 0;

export function newId() {
  made += 1;
  return `explorer-${START}-${made}`;
}

// Whether a key is for the explorer; with Ctrl or Command it is for Jupyter or the browser, as Ctrl+S is.
export const isOurs = (event) => !event.ctrlKey && !event.metaKey;
