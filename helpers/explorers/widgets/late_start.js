// anywidget gives a widget two seconds to load. One that a busy page loads later is drawn, but everything that
// Python says to it is thrown away, and no public way leads back: the promise that its `_handle_comm_msg` waits
// for stays rejected. So a widget whose messages are refused listens as a plain one does, and says hello again.
// The wait came with the fix of manzt/anywidget issue 803; seen in anywidget 0.9.18 to 0.11.0,
// packages/anywidget/src/runtime.ts. The version is capped for it.

export function keepListening(model, again) {
  const nothing = { content: { data: {} } };
  function listen(widget) { // an event brings the widget itself, which `model` stands for
    model.off("change:started", listen);
    widget?._handle_comm_msg?.(nothing).catch(() => { // other front ends have none, and need none of this
      const plain = Object.getPrototypeOf(widget.constructor.prototype)._handle_comm_msg;
      widget._handle_comm_msg = plain;
      widget.comm.on_msg(plain.bind(widget));
      again();
    });
  }
  model.on("change:started", listen);
  model.set("started", true);
}
