// A table with a caption, column names, and rows that begin with their name.
import { element, setText } from "./dom.js";

function addLine(parent, texts, tags) {
  const line = element(parent, "tr", "");
  texts.forEach((text, k) => {
    const cell = element(line, k ? tags.others : tags.first, "");
    if (cell.tagName === "TH") cell.scope = k ? "col" : "row";
    setText(cell, text);
  });
}

export function table(root, state) {
  const made = element(root, "table", "explorer-table");
  return {
    update() {
      made.replaceChildren();
      setText(element(made, "caption", ""), state.caption);
      addLine(element(made, "thead", ""), ["", ...state.head], { first: "td", others: "th" });
      const body = element(made, "tbody", "");
      for (const row of state.rows) addLine(body, row, { first: "th", others: "td" });
    },
  };
}
