// A button that takes one still from the camera. The camera is asked for when the button is pressed, and let go at once.

const WARM_UP = 500; // milliseconds: the first frames of many cameras are black

async function takeStill() {
  if (!navigator.mediaDevices) throw new Error("this browser gives no page access to a camera");
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  try {
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    await video.play();
    await new Promise((done) => setTimeout(done, WARM_UP));
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    if (!blob) throw new Error("it sent an empty picture");
    return await blob.arrayBuffer();
  } finally {
    stream.getTracks().forEach((track) => track.stop());
  }
}

function render({ model, el }) {
  keepListening(model);
  const button = element(el, "button", "jupyter-widgets jupyter-button widget-button");
  button.textContent = "camera";
  button.style.cssText = "width: 100%; margin: 2px 0";
  button.title = "Take one picture with this machine's camera";
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      model.send({ still: true }, undefined, [await takeStill()]);
    } catch (error) {
      model.send({ problem: error.message || error.name });
    }
    button.disabled = false;
  });
}

export default { render };
