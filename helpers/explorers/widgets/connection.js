// The messages between the page and Python: the state of every element, and changes in both directions.
//
// The page does not wait for a picture before it sends the next event, and does not build a queue: at most two
// messages are pending, events that occur meanwhile are sent together, and of each control only the newest state
// is sent. Python replies to each message with exactly one.

const MOST_PENDING = 2;
const STATES = ["value", "cursor", "pinned", "pointed", "seen", "index", "number", "step"]; // of which only the newest is sent

// Whether an event of an element may replace its last one.
function replaces(last, event) {
  return last && last.index === event.index && Object.keys(event).every((key) => STATES.includes(key) && key in last);
}

// Adds an event of an element to those that wait. Moves of one control replace each other; pieces of one stroke
// are joined, even with cursor moves between them; all other events, such as clicks, are kept in order.
export function addEvent(waiting, name, event) {
  const last = waiting.findLast(([other, earlier]) => other === name && !earlier.paint === !event.paint)?.[1];
  if (last?.paint && event.paint && !event.begins) last.paint.push(...event.paint);
  else if (replaces(last, event)) {
    Object.assign(last, event);
    const place = waiting.findIndex(([, earlier]) => earlier === last);
    waiting.push(...waiting.splice(place, 1)); // it was changed last, so it comes last
  } else waiting.push([name, { ...event }]);
}

// The traits of an element that an event changes; a number is an item of its value.
const traitsOf = (event) => Object.keys(event).map((key) => (key === "number" ? "value" : key));

// `onChanges(changed)` gets the names of the changed traits, by element; `onSend()` is called after each message.
export function connect(model, onChanges, onSend) {
  const states = {}; // by the name of the element
  const sentIn = {}; // by trait: the number of the message in which it was last sent; Infinity while it waits
  const waiting = [];
  const files = []; // the bytes of files that are sent with the waiting events
  const page = Math.random().toString(36); // several pages may show the same explorer
  let sequence = 0;
  let replied = 0; // the last message with a reply
  let planned = false;

  function post(content, buffers = []) {
    sequence += 1;
    model.send({ ...content, sequence: [page, sequence] }, undefined, buffers);
    onSend();
  }

  function note(name, event, number) {
    for (const trait of traitsOf(event)) sentIn[`${name} ${trait}`] = number;
  }

  function postEvents() {
    if (!waiting.length || sequence - replied >= MOST_PENDING) return;
    const events = waiting.splice(0);
    post({ events }, files.splice(0));
    for (const [name, event] of events) note(name, event, sequence);
  }

  // Events of the same browser event are sent together.
  function send(name, event, buffers = []) {
    addEvent(waiting, name, buffers.length ? { ...event, buffer: files.length } : event);
    files.push(...buffers);
    note(name, event, Infinity);
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      postEvents();
    });
  }

  function receive(content, buffers) {
    const [to, number] = content.reply_to ?? [];
    if (to === page) replied = number;
    if (!replied) return; // sent to another page: this one does not have the full state yet
    const changed = {}; // names of traits, by element
    for (const [name, traits] of Object.entries(content.changes)) {
      states[name] ??= {};
      changed[name] = new Set();
      for (const [trait, value] of Object.entries(traits)) {
        if (sentIn[`${name} ${trait}`] > replied) continue; // the user has changed it since
        states[name][trait] = value?.buffer === undefined ? value : { ...value, bytes: buffers[value.buffer] };
        changed[name].add(trait);
      }
    }
    onChanges(changed);
    postEvents();
  }

  model.on("msg:custom", receive);
  return {
    states,
    send,
    hello: () => post({ hello: page }),
    leave: () => post({ leaving: page }),
    isWaiting: () => sequence > replied,
  };
}
