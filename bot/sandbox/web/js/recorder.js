// How is a voice message recorded? The browser's own recorder, as one file when it stops.
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);

/** Start recording; resolves with `stop()`, which resolves with the file, or rejects when the microphone is refused. */
export async function startRecording() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = TYPES.find((name) => MediaRecorder.isTypeSupported(name));
  const recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  return () => new Promise((resolve) => {
    recorder.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      const kind = (recorder.mimeType || "audio/ogg").split(";")[0];
      resolve(new File(parts, `voice.${kind.split("/")[1]}`, { type: kind }));
    };
    recorder.stop();
  });
}
