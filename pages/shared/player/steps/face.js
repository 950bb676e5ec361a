/* A face: painted, answered by one of eight, both stamped with the browser's clock; in practice with feedback. */

const BLANK_MS = 500; // an empty card before a face that is shown for a limited time
const AHEAD = 2; // faces that are decoded before they are needed

STEPS.face = class FaceStep {
  constructor(player) {
    this.player = player;
    const { words, answers } = player.data;
    this.canvas = element("canvas", { class: "face", role: "img" });
    this.readyButton = element("button", { type: "button", class: "primary" }, words.ready);
    this.readyBox = element("div", { class: "ready", hidden: "" }, element("p", {}, words.ready_note), this.readyButton);
    this.frame = element("div", { class: "frame" }, this.canvas, this.readyBox);
    this.question = element("p", { class: "question", id: "question", tabindex: "-1" }, words.question);
    this.answers = element("div", { class: "answers", role: "group", "aria-labelledby": "question" },
      ...[...answers, { response: "not_sure", label: words.not_sure }].map(answerButton));
    this.offer(null);
    this.askBox = element("div", { class: "ask" }, this.question, this.answers);
    this.feedbackBox = element("div", { class: "feedback", hidden: "" });
    this.cannotSee = element("button", { type: "button", class: "quiet cannot-see", hidden: "" }, words.cannot_see);
    player.place.replaceChildren(this.frame, this.askBox, this.feedbackBox);
    player.foot.prepend(this.cannotSee);
    this.face = new Face(this.canvas);
    this.faces = []; // of the feedback
    this.stage = null;
    this.closing = new AbortController();
    const lost = () => (this.focusLost = true);
    document.addEventListener("visibilitychange", lost, { signal: this.closing.signal });
    window.addEventListener("blur", lost, { signal: this.closing.signal });
  }

  /** Where the pictures of an item are, in the order in which they are needed. */
  pictures(number) {
    return [number];
  }

  close() {
    this.stage = null;
    this.closing.abort();
    this.face.close();
    this.dropFaces();
    this.cannotSee.remove();
  }

  /** Ask what `item`, called `name`, shows; resolves with the answer. */
  show(item, name, begins) {
    const { player } = this;
    this.item = item;
    this.stage = "ask";
    this.paintedAt = this.unsure = null;
    this.dropFaces();
    this.canvas.setAttribute("aria-label", name);
    player.say(this.question, player.data.words.question);
    this.swap(this.askBox);
    this.offer(item.two?.split(" ") ?? null);
    this.choose(null);
    this.readyBox.hidden = !(begins && item.exposure_ms !== null); // nobody is looking yet while the page is loading
    if (this.readyBox.hidden) this.paint();
    else this.face.clear();
    this.question.focus({ preventScroll: true });
    if (!begins) this.frame.scrollIntoView({ block: "nearest", behavior: "instant" });
    return new Promise((done) => (this.done = done));
  }

  async paint() {
    const { item, player } = this;
    this.readyBox.hidden = true;
    if (item.exposure_ms !== null) {
      this.face.clear();
      await pause(BLANK_MS);
    }
    this.url = await player.pictures.get(item.path);
    if (item !== this.item || this.stage !== "ask") return;
    const painted = await this.face.paint(this.url);
    if (painted === null || item !== this.item) return;
    this.paintedAt = painted;
    this.focusLost = false;
    this.decodeAhead();
    if (item.exposure_ms === null) return;
    player.painted(item.number);
    this.face.cover(item.exposure_ms);
  }

  async decodeAhead() {
    const { item, player } = this;
    const following = [...player.items.keys()].slice(0, AHEAD).map((number) => player.shown(number).path);
    for (const path of following) {
      const url = await player.pictures.get(path);
      if (item !== this.item) return;
      this.face.decode(url);
    }
    this.face.keep([this.url, ...(await Promise.all(following.map((path) => player.pictures.get(path))))]);
  }

  /** Say what there is to say of the answer; resolves when the person goes on. */
  async feedback(item, answer, last) {
    const { player } = this;
    this.stage = "feedback";
    this.shownAt = performance.now();
    this.readyBox.hidden = true;
    this.face.paint(this.url);
    const next = fillFeedback(this.feedbackBox, item, answer.response, this.url, last, this);
    this.swap(this.feedbackBox);
    player.say(player.live, spokenFeedback(item, answer.response));
    next.focus({ preventScroll: true });
    await new Promise((done) => (this.done = done));
  }

  swap(box) {
    this.askBox.hidden = box !== this.askBox;
    this.feedbackBox.hidden = box !== this.feedbackBox;
    this.cannotSee.hidden = box !== this.askBox;
  }

  dropFaces() {
    this.faces.splice(0).forEach((face) => face.close());
  }

  /** Offer these answers only, large, with the first keys; null: all seven. */
  offer(two) {
    this.answers.classList.toggle("two", two !== null);
    let place = 0;
    for (const button of this.answers.children) {
      const unsure = button.dataset.response === "not_sure";
      button.hidden = !(unsure || two === null || two.includes(button.dataset.response));
      if (!button.hidden) setKey(button, unsure ? 0 : (place += 1));
    }
  }

  /** Mark the answer that was given; "not sure" cannot be given twice. */
  choose(response) {
    for (const button of this.answers.children) {
      button.classList.toggle("chosen", button.dataset.response === response);
      button.setAttribute("aria-disabled", this.unsure !== null && button.dataset.response === "not_sure");
    }
  }

  onButton(button, event) {
    if (button.dataset.response) this.answer(button.dataset.response, event);
    else if (button === this.cannotSee) this.answer("cannot_see", event);
    else if (button === this.readyButton) this.paint();
    else if (button.classList.contains("next")) this.next(event);
  }

  onDigit(digit, event) {
    const button = [...this.answers.children].find(({ hidden, dataset }) => !hidden && dataset.key === String(digit));
    if (button) this.answer(button.dataset.response, event);
  }

  /** Whether Enter did something. */
  onEnter(event) {
    if (this.stage === "feedback") this.next(event);
    else if (!this.readyBox.hidden) this.paint();
    return this.stage === "feedback";
  }

  answer(response, event) {
    const { item, player } = this;
    const at = moment(event);
    if (this.stage !== "ask" || (this.unsure && response === "not_sure")) return;
    if (!player.gate.accepts(at, this.paintedAt)) return;
    if (response === "not_sure" && player.data.measured) {
      this.unsure = { at, focusLost: this.focusLost };
      player.say(this.question, player.data.words.best_guess);
      player.say(player.live, player.data.words.best_guess);
      this.choose(null);
      return;
    }
    this.choose(response);
    if (item.exposure_ms !== null) this.face.clear();
    const guessed = this.unsure !== null && response !== "cannot_see";
    const first = guessed ? this.unsure : { at, focusLost: this.focusLost };
    this.stage = null;
    this.done({
      response: guessed ? "not_sure" : response,
      best_guess: guessed ? response : null,
      response_time_ms: first.at - this.paintedAt,
      painted_at: performance.timeOrigin + this.paintedAt,
      answered_at: performance.timeOrigin + first.at,
      focus_lost: first.focusLost,
      window: `${innerWidth}x${innerHeight}@${Math.round(devicePixelRatio * 100) / 100}`,
    });
  }

  next(event) {
    if (this.stage !== "feedback" || !this.player.gate.accepts(moment(event), this.shownAt)) return;
    this.stage = null;
    this.done();
  }
};

function answerButton({ response, label }) {
  const emotion = response === "not_sure" ? null : response;
  return element("button", { type: "button", class: "answer", "data-response": response, "data-emotion": emotion },
    element("span", { class: "label" }, label), element("kbd", { "aria-hidden": "true" }));
}

function setKey(button, key) {
  button.dataset.key = key;
  button.setAttribute("aria-keyshortcuts", key);
  button.querySelector("kbd").textContent = key;
}
