/* A lesson: faces that move slowly together, then which of two it is, then how a sentence goes on. */

const STILLS = 6; // of each face that moves
const SLOWLY_MS = 3000;

STEPS.lesson = class LessonStep {
  constructor(player) {
    this.player = player;
    const { words } = player.data;
    this.question = element("p", { class: "question", tabindex: "-1" });
    this.couple = element("div", { class: "couple" });
    this.sentence = element("p", { class: "sentence" });
    this.range = element("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": words.strength });
    this.againButton = element("button", { type: "button", class: "quiet again" }, words.again);
    this.nextButton = element("button", { type: "button", class: "primary next" }, words.next);
    this.hold = element("div", { class: "hold" }, this.range, this.againButton,
      element("p", { class: "note" }, words.computed));
    this.nextRow = element("div", { class: "next-row" }, this.nextButton);
    player.place.replaceChildren(
      element("div", { class: "lesson" }, this.question, this.couple, this.sentence, this.hold, this.nextRow));
    this.faces = [];
    this.stage = null;
    this.range.addEventListener("input", () => this.faces.forEach((face) => face.hold(this.range.valueAsNumber)));
  }

  /** The stills of both faces that move, or the two to choose from; nothing where a sentence is closed. */
  pictures(number) {
    const said = this.player.items.get(number)?.feedback;
    if (!said) return [`${number}/0`];
    return this.paths(number, said).flat();
  }

  paths(number, { step, sides }) {
    const stills = ({ emotion }) => (step === "watch" && emotion !== "neutral" ? STILLS : 1);
    return sides.map((side, place) =>
      Array.from({ length: stills(side) }, (_, still) => `${number}/${step === "watch" ? place * STILLS + still : place}`));
  }

  close() {
    this.stage = null;
    this.faces.splice(0).forEach((face) => face.close());
  }

  async show(item, name) {
    const { player } = this;
    const { words } = player.data;
    this.close();
    this.item = item;
    this.answer = null;
    this.shownAt = null;
    const said = (this.said = item.feedback);
    player.say(this.question, said.step === "watch" ? words.question : said.question);
    player.say(this.sentence, said.step === "watch" ? said.sentence : said.begin);
    this.sentence.hidden = said.step === "choose";
    this.hold.hidden = said.step !== "watch" || said.sides.every(({ emotion }) => emotion === "neutral");
    this.couple.className = `couple ${said.step}`;
    this.couple.replaceChildren(...(said.step === "close" ? said.ends.map(endButton) : said.sides.map((side, place) =>
      this.figure(side, place, said.step === "choose" ? words[place ? "right" : "left"] : null))));
    this.nextButton.textContent = words.next;
    this.nextRow.hidden = said.step !== "watch";
    this.outline(said.step === "watch");
    this.question.focus({ preventScroll: true });
    const answered = new Promise((done) => (this.done = done));
    if (said.step === "watch") player.say(player.live, `${name}. ${said.sentence}`);
    await this.paint(item, said);
    return answered;
  }

  figure(side, place, choice) {
    const canvas = element("canvas", { class: "face", role: "img", "aria-label": choice ?? side.label });
    this.faces.push(new MovingFace(canvas));
    const frame = element("span", { class: "side outlined" }, canvas, ...(side.outline ? [outlined(side.outline)] : []));
    const label = element("span", { class: "label" }, choice ? "" : side.label);
    if (choice === null) return element("figure", { "data-emotion": side.emotion }, frame, label);
    return element("button",
      { type: "button", class: "choice", "data-response": place ? "right" : "left", "aria-keyshortcuts": place + 1,
        "aria-label": choice },
      frame, label, element("kbd", { "aria-hidden": "true" }, place + 1));
  }

  outline(shown) {
    for (const line of this.couple.querySelectorAll("svg")) line.toggleAttribute("hidden", !shown);
  }

  async paint(item, said) {
    const paths = this.paths(item.number, said);
    const urls = await Promise.all(paths.map((each) => Promise.all(each.map((path) => this.player.pictures.get(path)))));
    if (item !== this.item) return;
    await Promise.all(this.faces.map((face, place) => face.load(urls[place])));
    if (item !== this.item) return;
    if (said.step === "watch") this.play();
    else this.faces.forEach((face) => face.hold(100));
    await frame();
    await frame();
    this.stage = said.step;
    this.shownAt = performance.now();
    this.paintedAt = this.shownAt;
  }

  play() {
    this.faces.forEach((face, place) => face.play(this.said.sides[place].strength || 100, {
      lead: 400,
      onset: SLOWLY_MS,
      onStep: (strength) => (this.range.valueAsNumber = strength),
    }));
  }

  async feedback(item, { response }, last) {
    if (this.said.step === "watch") return;
    const { player } = this;
    const right = response === this.said.target;
    if (last) this.nextButton.textContent = player.data.words.result;
    this.mark(response);
    this.reveal();
    const wrong = this.said.step === "choose" ? player.data.words.other : "";
    player.say(player.live, `${this.sentence.textContent} ${right ? "" : wrong}`);
    this.shownAt = performance.now();
    this.stage = right || this.said.step === "close" ? "next" : "again";
    if (this.stage === "again") player.say(this.question, wrong);
    else this.offerNext();
    await new Promise((done) => (this.goOn = done));
  }

  /** What each face shows and where it differs; how the sentence goes on. */
  reveal() {
    const { step, sides, sentence, begin, ends, target } = this.said;
    if (step === "choose") {
      [...this.couple.children].forEach((button, place) => {
        button.dataset.emotion = sides[place].emotion;
        button.querySelector(".label").textContent = sides[place].label;
        button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${sides[place].label}`);
      });
      this.outline(true);
    }
    const whole = () => begin.replace("…", ends[target === "first" ? 0 : 1]);
    this.player.say(this.sentence, step === "choose" ? sentence : `${whole()}.`);
    this.sentence.hidden = false;
  }

  mark(response) {
    for (const button of this.couple.children) button.classList.toggle("chosen", button.dataset.response === response);
  }

  offerNext() {
    this.stage = "next";
    this.player.say(this.question, this.said.question);
    this.nextRow.hidden = false;
    this.nextButton.focus({ preventScroll: true });
    this.nextRow.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  onButton(button, event) {
    if (button.dataset.response) this.choose(button.dataset.response, event);
    else if (button === this.againButton) this.play();
    else if (button === this.nextButton) this.next(event);
  }

  onDigit(digit, event) {
    const button = this.couple.children[digit - 1];
    if (button?.dataset.response) this.choose(button.dataset.response, event);
  }

  /** Whether Enter did something. */
  onEnter(event) {
    return this.stage === "watch" || this.stage === "next" ? this.next(event) : false;
  }

  choose(response, event) {
    if (!["choose", "close", "again"].includes(this.stage) || !this.player.gate.accepts(moment(event), this.shownAt)) return;
    if (this.stage !== "again") {
      this.tell(response, event);
    } else if (response === this.said.target) {
      this.mark(response);
      this.offerNext();
      this.shownAt = performance.now();
    }
  }

  next(event) {
    if (!this.player.gate.accepts(moment(event), this.shownAt)) return false;
    if (this.stage === "watch") this.tell("seen", event);
    else if (this.stage === "next") this.goOn();
    return true;
  }

  tell(response, event) {
    const at = moment(event);
    this.stage = null;
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

function endButton(end, place) {
  return element("button",
    { type: "button", class: "answer", "data-response": place ? "second" : "first", "aria-keyshortcuts": place + 1 },
    element("span", { class: "label" }, end), element("kbd", { "aria-hidden": "true" }, place + 1));
}
