// What the page and Python say to each other: the state of every element, and news in both directions.
//
// The page never waits for a picture before it says what the learner did next, and never builds a queue: two
// messages are under way at most, what is moved meanwhile goes together, and of each control the newest state
// counts. Python answers each message with one.

const UNDER_WAY = 2;
const STATES = ["value", "cursor", "pinned", "seen", "index", "number"]; // of which the newest counts

// Whether what an element says may take the place of what it said before.
function replaces(last, words) {
  return last && last.index === words.index && Object.keys(words).every((key) => STATES.includes(key) && key in last);
}

// Adds what an element says to what waits. Moves of one control replace each other; pieces of one stroke are
// joined, though the pointer's moves come between them; what else happens once, such as a click, is kept, and so
// is its order.
export function addNews(waiting, name, words) {
  const last = waiting.findLast(([other, said]) => other === name && !said.paint === !words.paint)?.[1];
  if (last?.paint && words.paint && !words.begins) last.paint.push(...words.paint);
  else if (replaces(last, words)) {
    Object.assign(last, words);
    const place = waiting.findIndex(([, said]) => said === last);
    waiting.push(...waiting.splice(place, 1)); // it was said last, so it comes last
  } else waiting.push([name, { ...words }]);
}

// The traits of an element that its words are about; a number is one of its value.
const traitsOf = (words) => Object.keys(words).map((key) => (key === "number" ? "value" : key));

// `onNews(news)` gets the names of what changed, of each element; `onSend()` is called after each message.
export function connect(model, onNews, onSend) {
  const states = {}; // of each element, by its name
  const saidIn = {}; // the number of the message in which the page last said a trait; Infinity while it waits
  const waiting = [];
  const files = []; // the bytes of files that wait with it
  const page = Math.random().toString(36); // several pages may show the same explorer
  let sequence = 0;
  let answered = 0;
  let planned = false;

  function send(content, buffers = []) {
    sequence += 1;
    model.send({ ...content, sequence: [page, sequence] }, undefined, buffers);
    onSend();
  }

  function note(name, words, number) {
    for (const trait of traitsOf(words)) saidIn[`${name} ${trait}`] = number;
  }

  function sendNews() {
    if (!waiting.length || sequence - answered >= UNDER_WAY) return;
    const said = waiting.splice(0);
    send({ said }, files.splice(0));
    for (const [name, words] of said) note(name, words, sequence);
  }

  // What happens in one event of the page goes together.
  function say(name, words, buffers = []) {
    addNews(waiting, name, buffers.length ? { ...words, buffer: files.length } : words);
    files.push(...buffers);
    note(name, words, Infinity);
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      sendNews();
    });
  }

  function hear(content, buffers) {
    const [to, number] = content.answers ?? [];
    if (to === page) answered = number;
    if (!answered) return; // said to another page: this one has not heard everything yet
    const news = {}; // the names of what changed, of each element
    for (const [name, traits] of Object.entries(content.changes)) {
      states[name] ??= {};
      news[name] = new Set();
      for (const [trait, value] of Object.entries(traits)) {
        if (saidIn[`${name} ${trait}`] > answered) continue; // the learner has moved on
        states[name][trait] = value?.buffer === undefined ? value : { ...value, bytes: buffers[value.buffer] };
        news[name].add(trait);
      }
    }
    onNews(news);
    sendNews();
  }

  model.on("msg:custom", hear);
  return { states, say, hello: () => send({ hello: true }), isWaiting: () => sequence > answered };
}
