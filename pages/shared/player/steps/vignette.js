/* A situation: what happened and a face; first what the face shows, then what may be felt, then what can be known. */

const ASK = "ask"; // in the place of a word, or beside some: one would ask

STEPS.vignette = class VignetteStep extends STEPS.face {
  constructor(player) {
    super(player);
    const { words } = player.data;
    this.story = element("p", { class: "story" });
    this.second = element("p", { class: "question", id: "felt-question", tabindex: "-1" }, words.felt);
    this.feltWords = element("div", { class: "answers", role: "group", "aria-labelledby": "felt-question" });
    this.feltNext = element("button", { type: "button", class: "primary next" }, words.next);
    this.feltBox = element("div", { class: "ask felt", hidden: "" }, this.second, this.feltWords,
      element("div", { class: "next-row" }, this.feltNext));
    player.place.replaceChildren(
      element("div", { class: "vignette" }, this.story, this.frame, this.askBox, this.feltBox, this.feedbackBox));
  }

  async show(item, name, begins) {
    const { player } = this;
    const { story, words } = item.feedback;
    player.say(this.story, story);
    this.feltWords.replaceChildren(
      ...[...words, { word: ASK, label: player.data.words.ask }].map(feltButton));
    this.feltNext.disabled = true;
    player.say(player.live, `${name}. ${story} ${player.data.words.question}`);
    const first = await super.show(item, name, begins);
    if (first.response === "cannot_see") return first;
    return { ...first, more: await this.askWhatIsFelt() };
  }

  askWhatIsFelt() {
    const { player } = this;
    this.stage = "felt";
    this.swap(this.feltBox);
    this.shownAt = performance.now();
    player.say(player.live, this.second.textContent);
    this.second.focus({ preventScroll: true });
    return new Promise((done) => (this.done = done));
  }

  async feedback(item, { response, more }, last) {
    const { player } = this;
    const { face, why, likely, closing } = item.feedback;
    this.stage = "feedback";
    this.shownAt = performance.now();
    this.face.paint(this.url);
    const chosen = item.feedback.words.filter(({ word }) => more?.context_felt.split(" ").includes(word));
    const labels = chosen.map(({ label }) => label).join(", ");
    const said = [face[response], why, likely];
    if (labels) said.push(player.data.words.chosen.replace("{words}", labels));
    said.push(closing);
    const next = element("button", { type: "button", class: "primary next" },
      player.data.words[last ? "result" : "next"]);
    this.feedbackBox.replaceChildren(
      element("p", { class: "sentence" }, ...rich(said[0])),
      element("p", {}, ...rich(said.slice(1, -1).join(" "))),
      element("p", { class: "closing" }, closing),
      element("div", { class: "next-row" }, next));
    this.swap(this.feedbackBox);
    player.say(player.live, said.join(" ").replaceAll("*", ""));
    next.focus({ preventScroll: true });
    await new Promise((done) => (this.done = done));
  }

  swap(box) {
    super.swap(box);
    this.feltBox.hidden = box !== this.feltBox;
  }

  onButton(button, event) {
    if (button.dataset.word) this.toggle(button, event);
    else if (button === this.feltNext) this.tellFelt(event);
    else super.onButton(button, event);
  }

  onDigit(digit, event) {
    if (this.stage !== "felt") return super.onDigit(digit, event);
    const button = [...this.feltWords.children].find(({ dataset }) => dataset.key === String(digit));
    if (button) this.toggle(button, event);
  }

  /** Whether Enter did something. */
  onEnter(event) {
    return this.stage === "felt" ? this.tellFelt(event) : super.onEnter(event);
  }

  toggle(button, event) {
    if (this.stage !== "felt" || moment(event) < this.shownAt + QUIET_MS) return;
    const chosen = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", chosen);
    button.classList.toggle("chosen", chosen);
    this.feltNext.disabled = this.chosen().length === 0;
  }

  chosen() {
    return [...this.feltWords.querySelectorAll("[aria-pressed='true']")].map(({ dataset }) => dataset.word);
  }

  tellFelt(event) {
    const at = moment(event);
    const chosen = this.chosen();
    if (this.stage !== "felt" || !chosen.length || !this.player.gate.accepts(at, this.shownAt)) return false;
    this.stage = null;
    this.done({ context_felt: chosen.join(" "), context_ms: at - this.shownAt });
    return true;
  }
};

function feltButton({ word, label }, place) {
  const key = word === ASK ? 0 : place + 1;
  return element("button",
    { type: "button", class: "answer", "data-word": word, "data-key": key, "aria-pressed": "false", "aria-keyshortcuts": key },
    element("span", { class: "label" }, label), element("kbd", { "aria-hidden": "true" }, key));
}
