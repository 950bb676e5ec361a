/* A questionnaire: one item at a time, each answer kept in this browser before the next item shows, whatever the line
does. Number keys choose an answer by its place. */

class FilledIn extends Form {
  constructor(root, data) {
    super(root, data, "questionnaire", "questionnaires", { onReply: (reply) => (this.over ||= reply.over) });
    const find = (selector) => root.querySelector(selector);
    this.progress = find(".progress");
    this.item = find(".item");
    this.answers = find(".answers");
    this.foot = find(".foot");
    find(".instruction").textContent = data.instruction;
    for (const place of [find(".instruction"), this.item, this.answers]) place.lang = data.spoken;
    this.given = new Map(data.given.map(({ item, value }) => [item, value]));
    for (const { item, value } of this.outbox.read().events) if (item) this.given.set(item, value); // not yet at the server
    this.outbox.push();
    this.listening = new AbortController();
    document.addEventListener("keydown", (event) => this.onKey(event), { signal: this.listening.signal });
  }

  close() {
    super.close();
    this.listening.abort();
  }

  begin() {
    this.go(false);
  }

  /** At the first item that was neither answered nor left out. */
  go(moved) {
    const next = this.data.items.findIndex((_text, place) => !this.given.has(place + 1));
    if (next < 0) this.end();
    else this.show(next + 1, moved);
  }

  show(number, moved = true) {
    this.number = number;
    this.progress.textContent = this.words.progress.replace("{position}", number).replace("{of}", this.data.items.length);
    this.item.textContent = this.data.items[number - 1];
    const given = this.given.get(number);
    this.answers.replaceChildren(
      ...this.data.answers.map(({ value, label }, place) => {
        const shown = button("answer", label, () => this.keep(number, value));
        shown.setAttribute("aria-pressed", String(given === value));
        if (place < 9) shown.append(element("small", { "aria-hidden": "true" }, String(place + 1)));
        return shown;
      }),
    );
    const back = button("quiet", this.words.back, () => this.show(number - 1));
    const skip = button("quiet", this.words.skip, () => this.keep(number, null));
    const stop = button("quiet stop", this.words.stop, () => this.leave("stopped"));
    this.foot.replaceChildren(...(number > 1 ? [back] : []), skip, stop, element("span", {}, this.words.stop_note));
    if (!moved) return;
    this.item.focus({ preventScroll: true });
    this.section.scrollIntoView({ block: "start" });
  }

  keep(number, value) {
    const before = this.given.has(number);
    this.given.set(number, value);
    this.outbox.add({ item: number, value });
    if (before && number < this.data.items.length) this.show(number + 1);
    else this.go(true);
  }

  onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || this.ended) return;
    const place = /^(Digit|Numpad)[1-9]$/.test(event.code) ? Number(event.code.at(-1)) : Number(event.key);
    const answer = this.data.answers[place - 1];
    if (answer) this.keep(this.number, answer.value);
  }

  async end() {
    if (this.ended) return;
    this.ended = true;
    this.answers.replaceChildren();
    this.foot.replaceChildren();
    this.item.textContent = "";
    this.progress.textContent = this.words.saving;
    this.outbox.add({ done: true });
    await this.outbox.sent();
    this.outbox.forget();
    this.leave("over");
  }
}

export default keptComponent(FilledIn);
