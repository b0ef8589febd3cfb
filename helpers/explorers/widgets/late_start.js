// anywidget allows a widget two seconds to load. A widget that a busy page loads later is drawn, but all messages
// from Python are discarded, and the public API offers no way to recover: the promise awaited by its
// `_handle_comm_msg` stays rejected. If so, the handler of the base class is used, and "hello" is sent again.
// The time limit came with the fix of manzt/anywidget issue 803; seen in anywidget 0.9.18 to 0.11.0,
// packages/anywidget/src/runtime.ts. The version is capped for this reason.

export function keepListening(model, again) {
  const nothing = { content: { data: {} } };
  function listen(widget) { // the event has the widget itself, of which `model` is a proxy
    model.off("change:started", listen);
    widget?._handle_comm_msg?.(nothing).catch(() => { // other front ends have no such handler, and need no fix
      const plain = Object.getPrototypeOf(widget.constructor.prototype)._handle_comm_msg;
      widget._handle_comm_msg = plain;
      widget.comm.on_msg(plain.bind(widget));
      again();
    });
  }
  model.on("change:started", listen);
  model.set("started", true);
}
