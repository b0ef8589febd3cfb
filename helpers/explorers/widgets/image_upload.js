// Two buttons: one opens a picture file, one takes a picture with the camera. The camera is opened when its button
// is pressed, and closed at once.
import { element } from "./dom.js";
import { openCamera, reasonOf } from "./camera_stream.js";

const WARM_UP = 500; // milliseconds: the first frames of many cameras are black
export const LARGEST = 8 * 2 ** 20; // bytes that are sent unchanged: Jupyter closes the connection at a message of 10 megabytes
const LONGEST = 1600; // pixels of a larger picture after shrinking, more than any explorer shows

// The current picture of an image, a bitmap or a video, as the bytes of a PNG file.
async function asPng(source, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").drawImage(source, 0, 0, width, height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("the picture is empty");
  return blob.arrayBuffer();
}

export async function readFile(file) {
  if (file.size <= LARGEST) return file.arrayBuffer(); // Python checks the content
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error(`the file has ${Math.ceil(file.size / 2 ** 20)} MB, and this browser cannot shrink it`);
  }
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const side = (pixels) => Math.max(1, Math.round(scale * pixels));
  return asPng(bitmap, side(bitmap.width), side(bitmap.height));
}

async function takePicture() {
  const { video, close } = await openCamera();
  try {
    await new Promise((done) => setTimeout(done, WARM_UP));
    return await asPng(video, video.videoWidth, video.videoHeight);
  } finally {
    close();
  }
}

export function imageUpload(root, state, send) {
  async function sendPicture(button, about, read) {
    button.disabled = true;
    try {
      send(about, [await read()]);
    } catch (error) {
      send({ ...about, problem: reasonOf(error) });
    }
    button.disabled = false;
  }

  function addButton(name, help, press) {
    const button = element(root, "button", "explorer-press");
    button.textContent = name;
    button.title = help;
    button.addEventListener("click", () => press(button));
  }

  addButton("your picture", "Open a picture file of your own", (button) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/*";
    input.addEventListener("change", () => {
      const [file] = input.files;
      if (file) sendPicture(button, { name: file.name }, () => readFile(file));
    });
    input.click();
  });
  addButton("camera", "Take a picture with the camera of this computer", (button) => sendPicture(button, { name: "" }, takePicture));
  return { update() {} };
}
