// A button that opens files. Each of them is sent in a message of its own, so that one that fails stops no other.
import { element, setText } from "./dom.js";
import { reasonOf } from "./camera_stream.js";
import { LARGEST, readFile } from "./image_upload.js";

const MOST = 100; // files at a time

async function contentOf(file) {
  if (file.size <= LARGEST || file.type.startsWith("image/")) return readFile(file);
  throw new Error(`it has ${Math.ceil(file.size / 2 ** 20)} MB, more than a message may have`);
}

export function fileUpload(root, state, send) {
  const part = element(root, "button", "explorer-press");
  part.addEventListener("click", () => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = state.types;
    input.multiple = state.several;
    input.addEventListener("change", async () => {
      for (const [number, file] of [...input.files].slice(0, MOST).entries()) {
        try {
          send({ name: file.name, number }, [await contentOf(file)]);
        } catch (error) {
          send({ name: file.name, number, problem: reasonOf(error) });
        }
      }
    });
    input.click();
  });
  return {
    update() {
      setText(part, state.label);
      part.title = state.help;
      part.disabled = state.disabled;
    },
  };
}
