/* Takes files, sends one after the other to /files/read, shows how far it is, then each file with its outlines.

Nothing is kept: what is shown is the browser's own file, and leaving the page ends what is under way. `data`: see
pages/everybody/files/upload/__init__.py. */

const PICTURES =
  "image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,image/tiff,image/bmp,image/gif,.heic,.heif,.hif,.tif,.tiff";
const VIDEOS = "video/mp4,video/webm,video/quicktime,.mp4,.m4v,.mov,.webm";

class Upload {
  constructor(parent) {
    this.root = parent.querySelector(".upload");
    this.queue = [];
    this.read = [];
    this.build();
  }

  build() {
    this.input = element("input", { type: "file", id: "upload-files", accept: `${PICTURES},${VIDEOS}`, multiple: "" });
    this.label = element("label", { for: "upload-files", class: "button" });
    this.hint = element("p", { class: "hint", id: "upload-hint" });
    this.input.setAttribute("aria-describedby", "upload-hint");
    this.denoise = element("input", { type: "checkbox" });
    this.denoiseLabel = element("span");
    this.state = element("div", { class: "state", role: "status" });
    this.bar = element("progress", { max: "1", hidden: "" });
    this.stop = element("button", { type: "button", hidden: "" });
    this.problems = element("div", { role: "alert" });
    this.files = element("div", { class: "files" });
    const tick = element("label", { class: "tick" }, this.denoise, this.denoiseLabel);
    this.zone = element("div", { class: "zone" }, this.input, this.label, this.hint, tick);
    this.root.append(this.zone, this.state, this.bar, this.stop, this.problems, this.files);
    this.input.addEventListener("change", () => this.take(this.input.files));
    this.stop.addEventListener("click", () => this.cancel());
    this.zone.addEventListener("dragover", (event) => event.preventDefault());
    this.zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take(event.dataTransfer.files);
    });
  }

  update(data, set) {
    this.data = data;
    this.set = set;
    followTheme(this.root);
    const { words } = data;
    this.label.textContent = words.choose;
    this.hint.textContent = words.drop;
    this.denoiseLabel.textContent = words.denoise;
    this.stop.textContent = words.stop;
  }

  take(files) {
    this.problems.replaceChildren();
    this.queue.push(...[...files].slice(0, this.data.most_files));
    for (const file of [...files].slice(this.data.most_files)) this.problem(file, "many");
    this.input.value = "";
    if (!this.request) this.next();
  }

  next() {
    const file = this.queue.shift();
    this.bar.hidden = this.stop.hidden = !file;
    if (!file) return;
    if (file.size > this.data.most) this.refuse(file, "bytes");
    else this.send(file);
  }

  send(file) {
    const request = (this.request = new XMLHttpRequest());
    const { words } = this.data;
    let seen = 0;
    this.say(words.sending, file);
    this.bar.removeAttribute("value");
    request.upload.onload = () => this.say(words.reading, file);
    request.onprogress = () => {
      const lines = request.responseText.split("\n");
      for (; seen < lines.length - 1; seen += 1) {
        const said = JSON.parse(lines[seen]);
        if (said.share) this.bar.value = said.share;
      }
    };
    request.onload = () => this.answered(file, request);
    request.onerror = () => this.refuse(file, "lost");
    request.open("POST", `/files/read${this.denoise.checked ? "?denoise=1" : ""}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  }

  answered(file, request) {
    let said = {};
    try {
      said = JSON.parse(request.responseText.trim().split("\n").at(-1));
    } catch {
      // what a proxy says in between is no line of ours
    }
    if (!said.done) {
      this.refuse(file, said.problem ?? "lost");
      return;
    }
    this.request = null;
    this.say(this.data.words.done, file);
    this.files.prepend(this.shown(file, said));
    this.read.push({ id: said.done, name: file.name });
    this.set("read", [...this.read]);
    this.next();
  }

  refuse(file, problem) {
    this.request = null;
    this.state.textContent = "";
    this.problem(file, problem);
    this.next();
  }

  problem(file, name) {
    const text = this.data.problems[name] ?? this.data.problems.lost;
    this.problems.append(element("p", {}, element("strong", {}, file.name), ` – ${text}`));
  }

  cancel() {
    this.request?.abort();
    this.request = null;
    this.queue = [];
    this.state.textContent = "";
    this.next();
  }

  say(text, file) {
    this.state.textContent = text.replace("{name}", file.name);
  }

  /** The person's own file, with outlines, in words, and a way to take it away. */
  shown(file, said) {
    const { words, emotions } = this.data;
    const address = URL.createObjectURL(file);
    const video = said.kind === "video";
    const media = video
      ? element("video", { src: address, controls: "", muted: "", playsinline: "" })
      : element("img", { src: address, alt: words.picture.replace("{name}", file.name) });
    const remove = element("button", { type: "button" }, words.remove);
    remove.setAttribute("aria-label", words.remove_named.replace("{name}", file.name));
    const name = element("figcaption", {}, element("span", {}, file.name), remove);
    const playing = !video && said.moves; // nobody knows which of its pictures the browser shows just now
    const outlines = playing ? [] : [new Outlines(media, said.frames, emotions).layer];
    const stage = element("div", { class: "stage" }, media, ...outlines);
    const figure = element("figure", {}, name, stage);
    const preview = said.preview && `data:image/jpeg;base64,${said.preview}`;
    media.addEventListener("error", () => {
      if (preview && media.src !== preview) media.src = preview;
      else stage.replaceWith(element("p", {}, words.cannot_show));
    });
    if (said.damaged) figure.append(element("p", {}, words.damaged.replace("{seconds}", said.damaged)));
    if (said.unread > 0) figure.append(element("p", {}, words.unread.replace("{number}", said.unread)));
    if (playing) figure.append(element("p", {}, words.moves));
    if (!said.frames.some((frame) => frame.faces.length)) figure.append(element("p", {}, words.no_face));
    else if (!said.moves) figure.append(this.list(said.frames[0].faces));
    remove.addEventListener("click", () => {
      URL.revokeObjectURL(address);
      figure.remove();
      this.read = this.read.filter((one) => one.id !== said.done);
      this.set("read", [...this.read]);
      this.input.focus();
    });
    figure.dataset.address = address;
    return figure;
  }

  list(faces) {
    const { words, emotions } = this.data;
    const lines = faces.map(([id, , , , , emotion, share]) => {
      const text = words.face.replace("{number}", id).replace("{emotion}", emotions[emotion]);
      const line = element("li", { "data-emotion": emotion });
      line.append(text.replace("{percent}", Math.round(100 * share)));
      return line;
    });
    return element("ul", { class: "faces-in-words" }, ...lines);
  }

  close() {
    this.request?.abort();
    for (const figure of this.files.children) URL.revokeObjectURL(figure.dataset.address);
    this.root.replaceChildren();
  }
}

export default keptComponent(Upload, "setStateValue");
