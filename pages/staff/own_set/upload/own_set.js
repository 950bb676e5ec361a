/* Takes one zip, sends it to the route, shows how far it is, and tells the page under which name it waits there.

`data`: see pages/staff/own_set/upload/__init__.py. Leaving the page ends what is under way. */

class ZipUpload {
  constructor(parent) {
    this.root = parent.querySelector(".upload");
    this.input = element("input", { type: "file", id: "own-set-zip", accept: ".zip,application/zip" });
    this.label = element("label", { for: "own-set-zip", class: "button" });
    this.hint = element("p", { class: "hint", id: "own-set-hint" });
    this.input.setAttribute("aria-describedby", "own-set-hint");
    this.state = element("div", { class: "state", role: "status" });
    this.bar = element("progress", { max: "1", hidden: "" });
    this.stop = element("button", { type: "button", hidden: "" });
    this.problems = element("div", { role: "alert" });
    const zone = element("div", { class: "zone" }, this.input, this.label, this.hint);
    this.root.append(zone, this.state, this.bar, this.stop, this.problems);
    this.input.addEventListener("change", () => this.take(this.input.files));
    this.stop.addEventListener("click", () => this.cancel());
    zone.addEventListener("dragover", (event) => event.preventDefault());
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take(event.dataTransfer.files);
    });
  }

  update(data, set) {
    this.data = data;
    this.set = set;
    followTheme(this.root);
    this.label.textContent = data.words.choose;
    this.hint.textContent = data.words.drop;
    this.stop.textContent = data.words.stop;
  }

  take([file]) {
    this.input.value = "";
    this.problems.replaceChildren();
    if (!file || this.request) return;
    if (file.size > this.data.most) this.problem(file, "bytes");
    else this.send(file);
  }

  send(file) {
    const request = (this.request = new XMLHttpRequest());
    this.busy(true);
    this.say(this.data.words.sending, file);
    request.upload.onprogress = ({ loaded, total }) => (this.bar.value = total ? loaded / total : 0);
    request.onload = () => this.answered(file, request.responseText);
    request.onerror = () => this.problem(file, "lost");
    request.open("POST", `${this.data.path}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  }

  answered(file, text) {
    let said = {};
    try {
      said = JSON.parse(text);
    } catch {
      // what a proxy says in between is no answer of ours
    }
    if (!said.done) {
      this.problem(file, said.problem ?? "lost");
      return;
    }
    this.busy(false);
    this.say(this.data.words.done, file);
    this.set("given", { id: said.done, name: file.name });
  }

  problem(file, name) {
    this.busy(false);
    this.state.textContent = "";
    const text = this.data.problems[name] ?? this.data.problems.lost;
    this.problems.replaceChildren(element("p", {}, element("strong", {}, file.name), ` – ${text}`));
  }

  busy(yes) {
    this.bar.hidden = this.stop.hidden = !yes;
    this.bar.value = 0;
    if (!yes) this.request = null;
  }

  say(text, file) {
    this.state.textContent = text.replace("{name}", file.name);
  }

  cancel() {
    this.request?.abort();
    this.busy(false);
    this.state.textContent = "";
  }

  close() {
    this.cancel();
    this.root.replaceChildren();
  }
}

export default keptComponent(ZipUpload, "setStateValue");
