/* A check-in: one part at a time, each kept in this browser before the next one shows, whatever the line does. */

const HELP_WITHIN_MS = 4000;

class CheckIn extends Form {
  constructor(root, data) {
    super(root, data, "check-in", "check-ins", {
      onReply: (reply) => (this.help ||= reply.help),
      keepsRefused: false,
    });
    const find = (selector) => root.querySelector(selector);
    this.heading = find(".progress");
    this.question = find(".question");
    this.place = find(".part");
    this.row = find(".next-row");
    this.foot = find(".foot");
    this.told = { ...data.values };
    this.done = new Set(data.told);
    for (const { part, value } of this.outbox.read().events) this.remember(part, value); // not yet at the server
    this.outbox.push();
  }

  /** What was said at the end stays, also where another check-in could begin. */
  yields(data) {
    return super.yields(data) && !this.closing;
  }

  remember(part, value) {
    this.told[part] = value;
    this.done.add(part);
  }

  begin() {
    const { order } = this.data;
    const next = order.findIndex((part) => !this.done.has(part));
    if (next < 0) this.end();
    else this.show(next, false);
  }

  show(number, moved = true) {
    const { order, anew } = this.data;
    const part = order[number];
    const next = button("primary", this.words.next, () => go());
    const skip = button("quiet", this.words.skip, () => this.keep(number, null));
    let shown = null;
    shown = PARTS[part]({
      data: this.data,
      value: this.told[part] ?? null,
      told: this.told,
      changed: () => (next.hidden = !shown || shown.value() === null),
      go: () => go(),
    });
    const go = () => this.keep(number, shown.value());
    next.hidden = shown.value() === null;
    this.heading.textContent = this.words.progress.replace("{position}", number + 1).replace("{of}", order.length);
    this.question.textContent = this.words.questions[part];
    this.place.replaceChildren(...shown.nodes);
    this.row.replaceChildren(...(anew && this.told[part] ? [] : [skip]), next); // what was said is not skipped away
    const back = button("quiet", this.words.back, () => this.show(number - 1));
    const stop = button("quiet stop", this.words.stop, () => this.leave("stopped"));
    this.foot.replaceChildren(...(number > 0 ? [back] : []), stop, element("span", { class: "stop-note" }, this.words.stop_note));
    if (moved) this.top();
  }

  top() {
    this.question.focus({ preventScroll: true });
    this.section.scrollIntoView({ block: "start" });
  }

  keep(number, value) {
    const part = this.data.order[number];
    this.remember(part, value);
    this.outbox.add({ part, value });
    if (number + 1 < this.data.order.length) this.show(number + 1);
    else this.end();
  }

  /** The closing sentence, in the person's own words; where to find help, if the server says so. */
  async end() {
    this.closing = true;
    if (!this.ended) this.outbox.add({ part: "done", value: null });
    this.ended = true;
    this.heading.textContent = "";
    this.question.textContent = this.words.kept;
    this.place.replaceChildren(
      element("p", { class: "closing" }, ...rich(this.sentence())),
      element("p", { class: "hint" }, this.words.private),
    );
    this.row.replaceChildren(
      button("secondary", this.words.my_words, () => this.leave("words")),
      button("primary", this.words.finish, () => this.leave("over")),
    );
    this.foot.replaceChildren();
    this.top();
    await Promise.race([this.outbox.sent(), new Promise((passed) => setTimeout(passed, HELP_WITHIN_MS))]);
    if (this.outbox.empty) this.outbox.forget();
    if (this.help) {
      this.place.append(
        element(
          "section",
          { class: "help", "aria-label": this.words.help_title },
          element("h3", {}, this.words.help_title),
          ...this.words.help.split("\n\n").map((text) => element("p", {}, ...rich(text.replaceAll("**", "*")))),
        ),
      );
    }
  }

  sentence() {
    const { zones, sensations, list } = this.data;
    const { body, grid, words } = this.told;
    const name = (among, key) => among.find((one) => one.key === key)?.label;
    const felt = zones
      .filter(({ key }) => body?.zones[key])
      .map(({ key, label }) => {
        const sensation = name(sensations, body.zones[key].sensation);
        return sensation ? this.words.felt.replace("{place}", label).replace("{sensation}", sensation) : label;
      });
    const where = grid ? [this.words.energy[grid.energy + 2], this.words.pleasant[grid.pleasant + 2]] : [];
    const called = (words?.words ?? []).map((key) => list.find((word) => word.key === key).name);
    if (words?.own_word) called.push(words.own_word.replaceAll("*", "∗"));
    const before = [...felt, ...where].map((text) => text.toLowerCase()).join(", ");
    const after = called.length ? called.map((word) => `*${word}*`).join(", ") : this.words.no_word;
    const whole = before ? `${before}: ${after}.` : `${after}.`;
    return whole[0] === "*" ? whole : whole[0].toUpperCase() + whole.slice(1);
  }
}

export default keptComponent(CheckIn);
