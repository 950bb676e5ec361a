/* The trial: paints a face, takes one answer, stamps both with the browser's clock; or shows the feedback.

One object lives for as long as the component is mounted; every run of the script only calls `update`. What the
person does goes out through the outbox and locks the screen until the view shows another number or stage. */

const QUIET_MS = 250; // after a face or feedback appeared: a click meant for the one before must not count
const DOUBLE_MS = 400; // after an accepted input: the second click of a double click, wherever it lands
const BLANK_MS = 500; // an empty card before a face that is shown for a limited time

const EDITABLE = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";
const OPERABLE = "button, a, summary, textarea, select, input:not([type='range'])";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** When an event happened, on performance.now()'s clock. */
function moment(event) {
  const now = performance.now();
  return event.timeStamp > 0 && event.timeStamp <= now ? event.timeStamp : now;
}

class Trial {
  constructor(root) {
    this.root = root;
    const find = (selector) => root.querySelector(selector);
    this.section = find(".trial");
    this.heading = find(".progress");
    this.frame = find(".frame");
    this.canvas = find(".face");
    this.readyBox = find(".ready");
    this.askBox = find(".ask");
    this.question = find(".question");
    this.saving = find(".saving");
    this.answers = find(".answers");
    this.feedbackBox = find(".feedback");
    this.cannotSee = find(".cannot-see");
    this.stopButton = find(".stop");
    this.stopNote = find(".stop-note");
    this.live = find("[aria-live]");
    this.face = new Face(this.canvas);
    this.sliders = [];
    this.outbox = new Outbox(() => this.say(this.saving, this.data.words.saving));
    this.lastInput = -Infinity;
    // Streamlit fades what a slow run has not reached yet: a face must be seen as it is, from its first frame.
    root.host.closest("[data-testid='stElementContainer']")?.style.setProperty("opacity", "1", "important");
    this.listen();
  }

  listen() {
    this.closing = new AbortController();
    const { signal } = this.closing;
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    document.addEventListener("visibilitychange", () => (this.focusLost = true), { signal });
    window.addEventListener("blur", () => (this.focusLost = true), { signal });
    this.section.addEventListener("click", (event) => this.onClick(event), { signal });
  }

  close() {
    this.closing.abort();
    this.outbox.settle();
    this.face.close();
    this.dropSliders();
    this.key = null;
  }

  update(data, deliver) {
    const key = [data.block, data.number, data.stage].join("/");
    const first = this.key === undefined;
    const fresh = key !== this.key;
    this.data = data;
    this.outbox.deliver = deliver;
    this.adoptTheme();
    this.write();
    this.face.preload([data.picture, ...data.preload]);
    if (!fresh) return;
    this.key = key;
    this.outbox.settle();
    this.say(this.saving, "");
    this.paintedAt = null;
    this.unsure = null;
    if (data.stage === "feedback") this.giveFeedback();
    else this.ask(first);
    if (this.leaving) this.stop();
  }

  adoptTheme() {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = getComputedStyle(this.section).getPropertyValue("--st-background-color").trim();
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(probe.fillStyle.slice(at, at + 2), 16));
    this.section.dataset.theme = red + green + blue < 384 ? "dark" : "light";
  }

  /** Put the words in their places. */
  write() {
    const { words, answers } = this.data;
    this.section.setAttribute("aria-label", words.face);
    this.say(this.heading, words.progress);
    this.canvas.setAttribute("aria-label", words.face);
    this.say(this.question, this.unsure ? words.best_guess : words.question);
    this.say(this.cannotSee, words.cannot_see);
    this.say(this.stopButton, words.stop);
    this.say(this.stopNote, words.stop_note);
    this.say(this.readyBox.querySelector("p"), words.ready_note);
    this.say(this.readyBox.querySelector("button"), words.ready);
    const buttons = [...answers, { response: "not_sure", label: words.not_sure }];
    if (!this.answers.children.length) this.answers.append(...buttons.map(answerButton));
    buttons.forEach(({ label }, index) => this.say(this.answers.children[index].firstChild, label));
  }

  say(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  ask(first) {
    const { words, exposure_ms: exposure } = this.data;
    const focused = this.root.activeElement;
    this.dropSliders();
    this.show(this.askBox);
    this.choose(null);
    this.say(this.live, `${words.face}. ${words.question}`);
    const waits = first && exposure !== null; // nobody is looking yet while the page is still loading
    this.readyBox.hidden = !waits;
    if (waits) this.face.clear();
    else this.paint();
    if (first) return;
    if (focused) this.heading.focus({ preventScroll: true });
    this.frame.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  async paint() {
    const { key } = this;
    const { number, picture, exposure_ms: exposure } = this.data;
    this.readyBox.hidden = true;
    if (exposure !== null) {
      this.face.clear();
      await pause(BLANK_MS);
      if (key !== this.key) return;
    }
    const painted = await this.face.paint(picture);
    if (painted === null || key !== this.key) return;
    this.paintedAt = painted;
    this.focusLost = false;
    if (exposure === null) return;
    this.outbox.deliver("event", { type: "painted", number });
    this.face.cover(exposure);
  }

  giveFeedback() {
    this.shownAt = performance.now();
    this.dropSliders();
    this.readyBox.hidden = true;
    this.face.paint(this.data.picture);
    const next = fillFeedback(this.feedbackBox, this.data.feedback, this.data.picture, this.sliders);
    this.show(this.feedbackBox);
    this.say(this.live, this.feedbackBox.querySelector(".sentence").textContent);
    next.focus({ preventScroll: true });
  }

  show(box) {
    this.askBox.hidden = box !== this.askBox;
    this.feedbackBox.hidden = box !== this.feedbackBox;
    this.cannotSee.hidden = box !== this.askBox;
  }

  dropSliders() {
    this.sliders.splice(0).forEach((face) => face.close());
  }

  /** Mark the answer that was given; "not sure" cannot be given twice. */
  choose(response) {
    for (const button of this.answers.children) {
      button.classList.toggle("chosen", button.dataset.response === response);
      button.setAttribute("aria-disabled", this.unsure !== null && button.dataset.response === "not_sure");
    }
  }

  onClick(event) {
    const button = event.target.closest("button");
    if (button === null) return;
    if (button.dataset.response) this.answer(button.dataset.response, event);
    else if (button === this.cannotSee) this.answer("cannot_see", event);
    else if (button === this.stopButton) this.stop();
    else if (button.classList.contains("next")) this.next(event);
    else if (this.readyBox.contains(button)) this.paint();
  }

  onKey(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("[role='dialog']")) return;
    const digit = event.code?.match(/^Digit([0-7])$/)?.[1] ?? event.key.match(/^[0-7]$/)?.[0];
    const operates = event.key === "Enter" || event.key === " ";
    if (digit && !target.matches?.(EDITABLE)) {
      event.preventDefault();
      if (!event.repeat) this.answer(this.answers.children[(Number(digit) + 7) % 8].dataset.response, event);
    } else if (operates && event.repeat && this.root.activeElement) {
      event.preventDefault(); // a key held down on an answer must not go on to press "Next"
    } else if (operates && !target.matches?.(`${OPERABLE}, [contenteditable]`)) {
      if (this.data.stage === "feedback") event.preventDefault();
      if (this.data.stage === "feedback") this.next(event);
      else if (!this.readyBox.hidden) this.paint();
    }
  }

  /** Whether an input at `at` is meant for what has been visible since `since`. */
  accepts(at, since) {
    if (since === null || this.outbox.busy) return false;
    if (at < since + QUIET_MS || at < this.lastInput + DOUBLE_MS) return false;
    this.lastInput = at;
    return true;
  }

  answer(response, event) {
    const { data } = this;
    const at = moment(event);
    if (data.stage !== "ask" || (this.unsure && response === "not_sure") || !this.accepts(at, this.paintedAt)) return;
    if (response === "not_sure" && data.asks_best_guess) {
      this.unsure = { at, focusLost: this.focusLost };
      this.say(this.question, data.words.best_guess);
      this.say(this.live, data.words.best_guess);
      this.choose(null);
      return;
    }
    this.choose(response);
    if (data.exposure_ms !== null) this.face.clear();
    const guessed = this.unsure !== null && response !== "cannot_see";
    const first = guessed ? this.unsure : { at, focusLost: this.focusLost };
    this.outbox.send({
      type: "answer",
      number: data.number,
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
    if (this.data.stage !== "feedback" || !this.accepts(moment(event), this.shownAt)) return;
    this.outbox.send({ type: "next", number: this.data.number });
  }

  /** Stop for now; an answer on its way arrives first. */
  stop() {
    this.leaving = this.outbox.busy;
    if (this.leaving) return;
    this.outbox.send({ type: "stop", number: this.data.number, painted: this.paintedAt !== null });
  }
}

function answerButton({ response }, index) {
  const key = String((index + 1) % 8);
  const emotion = response === "not_sure" ? null : response;
  return element("button",
    { type: "button", class: "answer", "data-response": response, "data-emotion": emotion, "aria-keyshortcuts": key },
    element("span", { class: "label" }), element("kbd", { "aria-hidden": "true" }, key));
}

const trials = new WeakMap();

export default function ({ parentElement, data: [data], setTriggerValue }) {
  if (!trials.has(parentElement)) trials.set(parentElement, new Trial(parentElement));
  const trial = trials.get(parentElement);
  const turn = (trial.turn = (trial.turn ?? 0) + 1);
  trial.update(data, setTriggerValue);
  // Streamlit may run the cleanup of an overtaken call after the next call: only the last one closes.
  return () => {
    if (trial.turn !== turn) return;
    trial.close();
    trials.delete(parentElement);
  };
}
