// One picture: from the camera after a countdown, or from a file. It is made smaller here and travels with the click.
// `data`: see pages/patient/camera/snapshot/__init__.py.

const LONGEST = 960; // pixels
const SECONDS = 3;

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".snapshot");
  const note = element("p", { role: "status" });
  const send = (picture) => setTriggerValue("taken", { number: data.number, ...picture });
  if (place.kind !== data.kind) free(place);
  place.kind = data.kind;
  place.dataset.number = data.number;
  if (data.kind === "camera") camera(place, data, note, send);
  else file(place, data, note, send);
  return () => free(place);
}

function free(place) {
  clearInterval(place.counting);
  place.stream?.getTracks().forEach((track) => track.stop());
  place.stream = place.kind = null;
}

async function camera(place, data, note, send) {
  const video = element("video", { playsinline: "", "aria-label": data.words.mirror });
  video.muted = true;
  const number = element("span", { class: "number", "aria-hidden": "true" });
  const take = element("button", { type: "button", disabled: "" }, data.words.take);
  place.replaceChildren(element("div", { class: "glass" }, video, number), take, note);
  take.onclick = () => {
    let left = SECONDS;
    clearInterval(place.counting);
    const step = () => {
      number.textContent = left || "";
      note.textContent = left || "";
      if (left-- > 0) return;
      clearInterval(place.counting);
      send({ picture: drawn(video, video.videoWidth, video.videoHeight) });
    };
    step();
    place.counting = setInterval(step, 1000);
  };
  try {
    const which = data.device ? { deviceId: { exact: data.device } } : { facingMode: "user" };
    place.stream ??= await navigator.mediaDevices.getUserMedia({ video: which, audio: false });
    if (!place.isConnected || place.kind !== "camera") return free(place);
    place.stream.getVideoTracks()[0].onended = () => send({ trouble: "ended" });
    video.srcObject = place.stream;
    await video.play();
    take.disabled = false;
  } catch (error) {
    send({ trouble: error.name });
  }
}

function file(place, data, note, send) {
  const input = element("input", { type: "file", accept: "image/*", capture: "user" });
  input.onchange = async () => {
    try {
      const picture = await createImageBitmap(input.files[0]);
      send({ picture: drawn(picture, picture.width, picture.height) });
    } catch {
      note.textContent = data.words.broken;
    }
  };
  place.replaceChildren(element("label", { class: "choose" }, data.words.choose, input), note);
}

/** The picture as a data URL, at most LONGEST pixels long. */
function drawn(source, width, height) {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = element("canvas", { width: Math.round(scale * width), height: Math.round(scale * height) });
  canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.92);
}
