// What our parts of the page share; it stands in front of each one's own code, as anywidget takes one text.

function element(parent, tag, name) {
  const made = document.createElement(tag);
  made.className = name;
  parent.append(made);
  return made;
}

// Inside an explorer keys are for its controls: Jupyter must not take them as commands. It asks the focused
// element, before the key arrives.
function keepKeys(event) {
  event.target.setAttribute("data-lm-suppress-shortcuts", "true");
}

// anywidget gives a part two seconds to load. One that a busy page loads later is drawn, but everything that
// Python says to it, before or after, is thrown away. Such a part listens as a plain widget does, and asks for
// all of its state again. Source: anywidget, packages/anywidget/src/runtime.ts
function keepListening(model) {
  const nothing = { content: { data: {} } };
  function listen(widget) { // an event brings the widget itself, which `model` stands for
    model.off("change:drawn", listen);
    widget?._handle_comm_msg?.(nothing).catch(() => { // other front ends have none, and need none of this
      const plain = Object.getPrototypeOf(widget.constructor.prototype)._handle_comm_msg;
      widget._handle_comm_msg = plain;
      widget.comm.on_msg(plain.bind(widget));
      model.set("resync_count", model.get("resync_count") + 1);
      model.save_changes();
    });
  }
  model.on("change:drawn", listen);
  model.set("drawn", !model.get("drawn"));
}
