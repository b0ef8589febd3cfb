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
