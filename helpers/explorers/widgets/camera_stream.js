// Opens the learner's camera, and says in one line why that failed.

const REASONS = {
  NotAllowedError: "permission to use it was refused; the browser's address bar can grant it",
  NotFoundError: "no camera was found",
  NotReadableError: "another program is using it",
};

export const reasonOf = (error) => REASONS[error.name] ?? (error.message || error.name);

// Asks for permission. Returns the playing video, and a function that turns the camera off.
export async function openCamera() {
  if (!navigator.mediaDevices) throw new Error("browsers allow one only on pages from https or localhost");
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const close = () => stream.getTracks().forEach((track) => track.stop());
  try {
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    await video.play();
    return { video, close };
  } catch (error) {
    close();
    throw error;
  }
}
