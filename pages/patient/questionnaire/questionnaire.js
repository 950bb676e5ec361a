/* A questionnaire: one item at a time, each answer kept in this browser before the next item shows, whatever the line
does. Number keys choose an answer by its place. */

const REMIND_MS = 3000; // until a page that does not come is asked for again

class Form {
  constructor(root, data) {
    this.id = data.id;
    this.data = data;
    const find = (selector) => root.querySelector(selector);
    this.section = find(".questionnaire");
    this.progress = find(".progress");
    this.item = find(".item");
    this.answers = find(".answers");
    this.foot = find(".foot");
    this.news = find(".news");
    find(".instruction").textContent = data.instruction;
    for (const place of [find(".instruction"), this.item, this.answers]) place.lang = data.spoken;
    this.outbox = new Outbox(data.id, `/questionnaires/${data.id}?${new URLSearchParams({ language: data.language })}`, {
      onReply: (reply) => (this.over ||= reply.over),
      onNews: (name, sentence) => this.tell(name, sentence),
    });
    document.body.dataset.playing = data.id; // the frame leaves it to us to say how the line is
    this.given = new Map(data.given.map(({ item, value }) => [item, value]));
    for (const { item, value } of this.outbox.read().events) if (item) this.given.set(item, value); // not yet at the server
    this.outbox.push();
    this.closing = new AbortController();
    document.addEventListener("keydown", (event) => this.onKey(event), { signal: this.closing.signal });
  }

  close() {
    clearInterval(this.reminding);
    this.closing.abort();
    if (document.body.dataset.playing === this.id) delete document.body.dataset.playing;
  }

  update(data, deliver) {
    this.words = data.words;
    this.deliver = deliver;
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = getComputedStyle(this.section).getPropertyValue("--st-background-color").trim();
    const light = [1, 3, 5].reduce((sum, at) => sum + parseInt(probe.fillStyle.slice(at, at + 2), 16), 0);
    this.section.dataset.theme = light < 384 ? "dark" : "light";
  }

  tell(name, sentence = "") {
    const said = sentence || this.words[name] || "";
    if (this.news.textContent === said) return;
    this.news.replaceChildren(said);
    if (name === "signed_out") this.news.append(" ", element("a", { href: "sign-in", target: "_self" }, this.words.sign_in));
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

  /** Ask for the page that comes after, until it comes. */
  leave(where) {
    const post = () => this.deliver("event", where);
    clearInterval(this.reminding);
    this.reminding = setInterval(post, REMIND_MS);
    post();
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

function button(kind, text, act) {
  const made = element("button", { type: "button", class: kind }, text);
  made.addEventListener("click", act);
  return made;
}

const forms = new WeakMap();

export default function ({ parentElement, data: [data], setTriggerValue }) {
  let form = forms.get(parentElement);
  const fresh = form?.id !== data.id;
  if (fresh) {
    form?.close();
    form = new Form(parentElement, data);
    forms.set(parentElement, form);
  }
  const turn = (form.turn = (form.turn ?? 0) + 1);
  form.update(data, setTriggerValue);
  if (fresh) form.go(false);
  // Streamlit may run the cleanup of an overtaken call after the next call: only the last one closes.
  return () => {
    if (form.turn !== turn) return;
    form.close();
    forms.delete(parentElement);
  };
}
