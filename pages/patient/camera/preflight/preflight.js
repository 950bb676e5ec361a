// Asks for the camera when the person says so, and reports what there is. `data`: see pages/patient/camera/preflight/__init__.py.
// Nothing is asked before the button: a list of devices without their names needs no permission.

export default function ({ data: [data], parentElement, setStateValue }) {
  const place = parentElement.querySelector(".preflight");
  const { found } = data;
  const report = (facts) => setStateValue("found", facts);
  place.replaceChildren();
  if (found?.permission !== "granted") {
    const start = element("button", { type: "button" }, data.words.start);
    start.onclick = async () => {
      start.disabled = true;
      report(await asked());
      start.disabled = false;
    };
    place.append(start);
  } else if (found.devices.length > 1) {
    const choice = element("select");
    for (const device of found.devices) choice.append(new Option(device[1], device[0], false, device[0] === found.device));
    choice.onchange = () => report({ ...found, device: choice.value });
    place.append(element("label", {}, data.words.which, choice));
  }
}

async function asked() {
  const facts = { secure: window.isSecureContext, permission: "none", cameras: 0, device: "", devices: [] };
  if (!facts.secure || !navigator.mediaDevices?.getUserMedia) return facts;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: false });
    const [track] = stream.getVideoTracks();
    const devices = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    facts.permission = "granted";
    facts.devices = devices.map((one, place) => [one.deviceId, one.label || `${place + 1}`]);
    facts.cameras = devices.length;
    facts.device = track.getSettings().deviceId ?? "";
    track.stop();
  } catch (error) {
    facts.cameras = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput").length;
    if (error.name !== "NotAllowedError") facts.cameras = 0; // none there, or another program holds it
    else facts.permission = (await permission()) === "prompt" ? "prompt" : "denied";
  }
  return facts;
}

/** "granted", "denied" or "prompt", where the browser says so. */
async function permission() {
  try {
    return (await navigator.permissions.query({ name: "camera" })).state;
  } catch {
    return "denied";
  }
}
