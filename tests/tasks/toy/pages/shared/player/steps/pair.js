/* Two faces side by side, and the question which of them it is. */

STEPS.pair = class PairStep {
  constructor(player) {
    this.player = player;
    const { words, answers } = player.data;
    this.canvases = answers.map(({ label }) => element("canvas", { class: "face", role: "img", "aria-label": label }));
    this.question = element("p", { class: "question", tabindex: "-1" }, words.question);
    this.buttons = answers.map(({ response, label }, place) =>
      element("button", { type: "button", class: "answer", "data-response": response, "aria-keyshortcuts": place + 1 },
        label));
    this.sentence = element("p", { class: "sentence" });
    this.nextButton = element("button", { type: "button", class: "primary next" }, words.next);
    this.said = element("div", { hidden: "" }, this.sentence, this.nextButton);
    player.place.replaceChildren(element("div", { class: "frame" }, ...this.canvases),
      element("div", { class: "ask" }, this.question, ...this.buttons), this.said);
    this.faces = this.canvases.map((canvas) => new Face(canvas));
  }

  pictures(number) {
    return [`${number}/0`, `${number}/1`];
  }

  close() {
    this.faces.forEach((face) => face.close());
  }

  async show(item) {
    this.said.hidden = true;
    this.paintedAt = null;
    this.question.focus();
    const answered = new Promise((done) => (this.done = done));
    const urls = await Promise.all(this.pictures(item.number).map((path) => this.player.pictures.get(path)));
    const painted = await Promise.all(this.faces.map((face, place) => face.paint(urls[place])));
    this.paintedAt = Math.max(...painted);
    return answered;
  }

  async feedback(item) {
    this.shownAt = performance.now();
    this.sentence.textContent = item.feedback.sentence;
    this.said.hidden = false;
    this.nextButton.focus();
    await new Promise((done) => (this.goOn = done));
  }

  onButton(button, event) {
    if (button.dataset.response) this.answer(button.dataset.response, event);
    else if (button === this.nextButton) this.onEnter(event);
  }

  onDigit(digit, event) {
    const button = this.buttons[digit - 1];
    if (button) this.answer(button.dataset.response, event);
  }

  onEnter(event) {
    if (this.said.hidden || !this.player.gate.accepts(moment(event), this.shownAt)) return false;
    this.goOn();
    return true;
  }

  answer(response, event) {
    const at = moment(event);
    if (!this.said.hidden || !this.player.gate.accepts(at, this.paintedAt)) return;
    this.done({
      response,
      response_time_ms: at - this.paintedAt,
      painted_at: performance.timeOrigin + this.paintedAt,
      answered_at: performance.timeOrigin + at,
      focus_lost: false,
      window: `${innerWidth}x${innerHeight}@${Math.round(devicePixelRatio * 100) / 100}`,
    });
  }
};
