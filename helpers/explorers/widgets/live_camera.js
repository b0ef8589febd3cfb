// A button that starts and stops the camera, whose pictures are sent to Python, and how many come back a second.
//
// At most two frames are with Python at a time, and each is taken when it is sent: the newest wins, no queue grows.
// The camera is turned off when it is stopped, when the page is hidden, and when the explorer leaves the page.
import { element, newId, setText, setTextInRoom } from "./dom.js";
import { openCamera, reasonOf } from "./camera_stream.js";

const MOST_FRAMES = 2; // sent and not yet answered
const CALM_RATE = 500; // milliseconds between two updates of the rate
const RATE_TIME = 2000; // milliseconds over which pictures are counted
const SLOWEST = "less than 1 picture a second";

// The largest part in the middle of a video that has the shape of the frame: left, top, width, height.
export function centralPart(width, height, [rows, columns]) {
  const scale = Math.min(width / columns, height / rows);
  const [wide, high] = [scale * columns, scale * rows];
  return [(width - wide) / 2, (height - high) / 2, wide, high];
}

// The red, green and blue bytes of RGBA pixels.
export function withoutAlpha(rgba) {
  const rgb = new Uint8Array(rgba.length / 4 * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from];
    rgb[to + 1] = rgba[from + 1];
    rgb[to + 2] = rgba[from + 2];
  }
  return rgb;
}

// How many pictures came in so many milliseconds, as text.
export function rateText(count, time) {
  const rate = Math.round(1000 * count / time);
  return rate < 1 ? SLOWEST : `${rate} picture${rate === 1 ? "" : "s"} a second`;
}

export function liveCamera(root, state, send) {
  const button = element(root, "button", "explorer-press");
  const line = element(root, "span", "explorer-line");
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let live = null; // the stream that is on
  let wanted = false; // whether the camera is on, or permission is asked for

  function showState() {
    setText(button, wanted ? "stop camera" : "start camera");
    button.title = wanted ? "Turn the camera off" : "Ask for permission, and turn the camera on";
    button.classList.toggle("explorer-primary", !wanted);
    if (!live) setTextInRoom(line, "camera off", SLOWEST);
  }

  function turnOff() {
    live?.close();
    live = null;
    wanted = false;
    showState();
  }

  function stop() {
    if (!wanted) return;
    turnOff();
    send({ owner: "" });
  }

  async function start() {
    const asked = wanted = newId();
    showState();
    try {
      const camera = await openCamera();
      if (wanted !== asked) return camera.close(); // stopped meanwhile
      const begun = performance.now();
      live = { ...camera, id: asked, sent: 0, answered: 0, at: -1, begun, told: begun, times: [] };
      camera.video.srcObject.getTracks()[0].addEventListener("ended", stop); // it was unplugged
    } catch (error) {
      if (wanted === asked) turnOff();
      return send({ problem: reasonOf(error) });
    }
    send({ owner: asked });
    return look();
  }

  // Called in every animation frame while the camera is on.
  function look() {
    if (!live) return;
    if (document.hidden || !root.isConnected || root.closest(".explorer-lost")) {
      stop();
      return;
    }
    requestAnimationFrame(look);
    if (live.sent - live.answered < MOST_FRAMES && live.video.currentTime !== live.at) sendFrame();
    showRate(performance.now());
  }

  function sendFrame() {
    const { video, id } = live;
    const [rows, columns] = [canvas.height, canvas.width] = state.size;
    context.drawImage(video, ...centralPart(video.videoWidth, video.videoHeight, state.size), 0, 0, columns, rows);
    const { data } = context.getImageData(0, 0, columns, rows);
    live.at = video.currentTime;
    live.sent += 1;
    send({ from: id, frame: live.sent, rows, columns }, [withoutAlpha(data).buffer]);
  }

  function showRate(now) {
    if (now - live.told < CALM_RATE) return;
    live.told = now;
    live.times = live.times.filter((time) => now - time < RATE_TIME);
    setTextInRoom(line, rateText(live.times.length, Math.min(RATE_TIME, now - live.begun)), SLOWEST);
  }

  const stopIfHidden = () => { if (document.hidden) stop(); };
  document.addEventListener("visibilitychange", stopIfHidden);
  button.addEventListener("click", () => (wanted ? stop() : start()));
  showState();
  return {
    update(changed) {
      if (live && changed.has("owner") && state.owner !== live.id) turnOff(); // another view, or Python
      if (!live || state.answered[0] !== live.id || state.answered[1] === live.answered) return;
      live.answered = state.answered[1];
      live.times.push(performance.now());
    },
    dispose() {
      document.removeEventListener("visibilitychange", stopIfHidden);
      stop();
    },
  };
}
