// A grid of numbers, each to be dragged (a range) or typed (a text box).
// What is typed is read in Python, so that it can say what is wrong with it.

// As many decimals as fit the box: a weight of 0.00001 is 0 to the eye.
function tidy(value, step) {
  const decimals = Math.max(0, Math.round(3 - Math.log10(step)));
  return String(Number(Number(Number(value).toPrecision(4)).toFixed(decimals)));
}

function addCell(grid, model, index) {
  const name = model.get("names")[index];
  const cell = element(grid, "div", "inputs-cell");
  const text = element(cell, "input", "inputs-text");
  const range = element(cell, "input", "inputs-range");
  text.type = "text";
  text.inputMode = "decimal";
  text.spellcheck = false;
  text.autocomplete = "off";
  range.type = "range";
  text.setAttribute("aria-label", name);
  range.setAttribute("aria-label", `${name}, slider`);
  text.title = range.title = model.get("help");

  range.addEventListener("input", () => {
    model.set("value", model.get("value").with(index, Number(range.value)));
    model.save_changes();
  });
  let typing = false;
  text.addEventListener("input", () => { typing = true; });
  function commit() {
    if (typing) model.send({ index, text: text.value });
    typing = false;
  }
  text.addEventListener("blur", commit);
  text.addEventListener("keydown", (event) => { if (event.key === "Enter") commit(); });

  let shown = "";
  return function refresh() {
    const value = model.get("value")[index];
    const rejected = model.get("rejected");
    const wrong = rejected.index === index;
    const state = JSON.stringify([value, wrong && rejected, model.get("max"), model.get("disabled")]);
    if (state === shown) return; // eight of nine stay as they are when one is dragged
    shown = state;
    text.setAttribute("aria-invalid", String(wrong));
    if (!typing) text.value = wrong ? rejected.text : tidy(value, model.get("step"));
    for (const trait of ["min", "max", "step"]) range[trait] = model.get(trait);
    range.value = value;
    text.disabled = range.disabled = model.get("disabled");
    const share = Math.round(70 * Math.min(1, Math.sqrt(Math.abs(value) / model.get("max"))));
    cell.style.setProperty("--tint", value < 0 ? "66, 146, 198" : "241, 138, 40");
    cell.style.setProperty("--strength", model.get("tinted") ? share / 100 : 0);
  };
}

// A button that moves the number on by itself, until it reaches its end or is pressed again.
function addPlay(parent, model) {
  const button = element(parent, "button", "inputs-play");
  let timer = null;
  function show() {
    button.textContent = timer ? "pause" : "play";
    button.title = timer ? "Stop here" : "Move on by itself";
  }
  function stop() {
    clearInterval(timer);
    timer = null;
    show();
  }
  function step() {
    const [value] = model.get("value");
    if (value >= model.get("max")) return stop();
    model.set("value", [value + model.get("step")]);
    model.save_changes();
  }
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (model.get("value")[0] >= model.get("max")) model.set("value", [model.get("min") - model.get("step")]);
    timer = setInterval(step, model.get("interval"));
    step();
    show();
  });
  show();
  return stop;
}

function render({ model, el }) {
  keepListening(model);
  const box = element(el, "div", "inputs");
  box.addEventListener("focusin", keepKeys);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" && event.key !== "Escape") event.stopPropagation(); // or Jupyter moves the focus
  });
  const [rows, columns] = model.get("shape");
  if (rows * columns === 1) {
    box.classList.add("inputs-single");
  } else {
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", model.get("label"));
  }
  const label = element(box, "div", "inputs-label");
  label.textContent = model.get("label");
  const grid = element(box, "div", "inputs-grid");
  grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  const cells = Array.from({ length: rows * columns }, (_, index) => addCell(grid, model, index));
  const stopPlay = model.get("interval") ? addPlay(box, model) : () => {};
  const refresh = () => cells.forEach((cell) => cell());
  model.on("change:value change:rejected change:max change:disabled", refresh);
  refresh();
  return () => {
    stopPlay();
    model.off("change:value change:rejected change:max change:disabled", refresh);
  };
}

export default { render };
