/* The player: plays a run of items in this browser, one after the other, whatever the line does.

The server draws the items and keeps the events; each task has a step of its own (STEPS), which shows an item, takes an
answer, and says what there is to say. One player lives for as long as its component is mounted. */

const REMIND_MS = 3000; // until a page that does not come is asked for again

class Player {
  constructor(root, data) {
    this.root = root;
    const find = (selector) => root.querySelector(selector);
    this.section = find(".trial");
    this.heading = find(".progress");
    this.place = find(".step");
    this.foot = find(".foot");
    this.stopButton = find(".stop");
    this.stopNote = find(".stop-note");
    this.news = find(".news");
    this.live = find("[aria-live]");
    this.gate = new Gate();
    this.keys = new QuickKeys();
    this.items = new Map();
    this.standIns = new Map();
    this.answers = [];
    this.unanswered = 0;
    this.closed = false;
    // Streamlit fades what a slow run has not reached yet: a face must be seen as it is, from its first frame.
    root.host.closest("[data-testid='stElementContainer']")?.style.setProperty("opacity", "1", "important");
    this.run = data.run;
    this.data = data;
    this.section.classList.toggle("practice", !data.measured); // smaller: the pair of its feedback fits below it
    document.body.dataset.playing = data.run; // the frame leaves it to us to say how the line is
    const query = new URLSearchParams({
      language: data.language,
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    });
    this.address = `/runs/${data.run}?${query}`;
    this.pictures = new Pictures(
      (path) => `/runs/${data.run}/${path}.webp`,
      (status) => this.tell(status === 0 || status >= 500 ? "no_connection" : status === 401 ? "signed_out" : ""),
    );
    this.outbox = new Outbox(data.run, this.address, {
      onReply: (reply) => this.learn(reply),
      onNews: (name, sentence) => {
        this.tell(name, sentence);
        if (name === "refused") this.items.clear(); // where the run stands, the server says
      },
    });
    this.step = new STEPS[data.step](this);
    this.pictures.get(this.step.pictures(data.first)[0]); // it need not wait until we know where the run stands
    this.listen();
  }

  listen() {
    this.closing = new AbortController();
    const { signal } = this.closing;
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.section.addEventListener("click", (event) => this.onClick(event), { signal });
  }

  /** The page goes on without us; what is in the outbox still goes. */
  close() {
    this.closed = true;
    clearInterval(this.reminding);
    this.closing.abort();
    this.step.close();
    this.pictures.close();
    if (document.body.dataset.playing === this.run) delete document.body.dataset.playing;
  }

  update(data, deliver) {
    this.data = data;
    this.deliver = deliver;
    followTheme(this.section);
    this.say(this.stopButton, data.words.stop);
    this.say(this.stopNote, data.words.stop_note);
  }

  say(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  /** Say, once and quietly, how the line is; a sentence of the server's where there is one. */
  tell(name, sentence = "") {
    const { words } = this.data;
    if (name !== "refused" && (this.lasting === "keep_open" || (this.lasting === "signed_out" && name))) return;
    this.lasting = name;
    const told = sentence || words[name] || "";
    if (this.news.textContent === told) return;
    this.news.replaceChildren(told);
    if (name === "signed_out") this.news.append(" ", element("a", { href: "sign-in", target: "_self" }, words.sign_in));
  }

  /** Whether another run is to be played in its place. */
  yields(data) {
    return this.run !== data.run;
  }

  async begin() {
    await this.outbox.sent(); // of an earlier visit
    await this.load();
    const [first] = this.items.values();
    if (first?.painted) {
      this.items.delete(first.number);
      this.outbox.add({ type: "left", number: first.number });
      await this.outbox.sent(); // the answer has the face that takes its place
    }
    for (let begins = true; !this.closed; begins = false) {
      const item = this.next();
      if (item) await this.playItem(item, begins);
      else if (await this.isOver()) break;
    }
    if (!this.closed) this.finish({ type: "over", answers: this.answers });
  }

  /** Learn from the server where the run stands; again and again until it answers. */
  async load() {
    for (let wait = FIRST_WAIT_MS; !this.closed; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const { status, body } = await ask(this.address);
      if (status === 200) {
        this.tell("");
        this.items.clear();
        this.standIns.clear();
        this.outbox.known = 0;
        this.learn(body);
        return;
      }
      if (status === 401) this.tell("signed_out");
      else this.tell(status === 403 ? "refused" : "no_connection", body?.sentence);
      await pause(wait);
    }
  }

  /** Take in what the server says of the run. Faces that another tab has answered meanwhile are dropped. */
  learn({ answered, of, over, next, items, stand_ins: standIns = [] }) {
    this.of = of;
    this.over = over;
    for (const item of items) if (item.number > this.outbox.known) this.items.set(item.number, { ...item, path: item.number });
    this.outbox.known = Math.max(this.outbox.known, ...items.map(({ number }) => number));
    this.pictures.ahead([...this.items.keys()].flatMap((number) => this.step.pictures(number)));
    for (const item of standIns) {
      const path = `${item.number}/again`;
      this.standIns.set(item.number, { ...item, path, standsIn: true });
      this.pictures.get(path); // before the other faces: it is wanted in a moment
    }
    this.outbox.standIns = [...this.standIns.keys()];
    if (this.outbox.empty && this.data.keeps) {
      this.answered = answered;
      this.unanswered = next ?? Infinity;
      for (const number of this.items.keys()) if (next === null || number < next) this.items.delete(number);
    }
    this.answered ??= answered;
  }

  next() {
    for (const number of this.items.keys()) {
      const item = this.shown(number);
      this.items.delete(number);
      return item;
    }
    return null;
  }

  /** The item of this number; or what stands in for it, where that has come in time. */
  shown(number) {
    const other = this.standIns.get(number);
    return other && this.pictures.has(other.path) ? other : this.items.get(number);
  }

  async isOver() {
    if (!this.data.keeps) return true;
    this.say(this.live, this.data.words.saving);
    this.saving = setTimeout(() => this.tell("saving"), REMIND_MS / 3);
    await this.outbox.sent();
    clearTimeout(this.saving);
    if (!this.over) await this.load();
    return this.items.size === 0;
  }

  async playItem(item, begins) {
    const { words } = this.data;
    this.place.hidden = false;
    const place = { position: Math.min(this.answered + 1, this.of), of: this.of };
    const filled = (text) => text.replace("{position}", place.position).replace("{of}", place.of);
    this.say(this.heading, filled(words.progress));
    this.section.setAttribute("aria-label", filled(words.item));
    this.say(this.live, `${filled(words.item)}. ${words.question}`);
    this.quick = false;
    const answer = await this.step.show(item, filled(words.item), begins);
    if (this.closed) return;
    if (item.number >= this.unanswered) this.answered += 1; // another tab may have been first
    const event = { type: "answer", number: item.number, ...answer, conditions: this.conditions() };
    if (item.standsIn) event.stand_in = true;
    if (this.data.keeps) this.outbox.add(event);
    else this.answers.push(event);
    if (item.feedback) await this.step.feedback(item, answer, this.items.size === 0);
  }

  conditions() {
    return {
      translated: isTranslated(this.section),
      line_off: !navigator.onLine || this.lasting === "no_connection",
      quick_keys: this.quick,
      zoom: zoomNow(),
    };
  }

  /** A timed face is on the screen. */
  painted(number) {
    if (this.data.keeps) this.outbox.add({ type: "painted", number });
  }

  stop() {
    this.finish({ type: "stopped" });
  }

  /** Ask for the page that comes after; in case it does not come, offer it as a link. */
  finish(event) {
    if (event.type === "over") this.outbox.forget();
    const post = () => this.deliver("event", event);
    post();
    let reminded = 0;
    this.reminding = setInterval(() => {
      post();
      reminded += 1;
      if (reminded !== 2) return;
      if (event.type === "stopped") this.tell("stop_note");
      else if (this.data.after) {
        this.news.replaceChildren(element("a", { href: this.data.after, target: "_self" }, this.data.words.go_on));
      }
    }, REMIND_MS);
  }

  onClick(event) {
    const button = event.target.closest("button");
    if (button === this.stopButton) this.stop();
    else if (button !== null) this.step.onButton(button, event);
  }

  onKey(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("[role='dialog']")) return;
    const digit = digitOf(event);
    const operates = event.key === "Enter" || event.key === " ";
    if (digit !== null && digit < 8 && !target.matches?.(EDITABLE)) {
      event.preventDefault();
      const again = this.keys.again(digit, moment(event));
      if (event.repeat) return;
      if (again) {
        this.quick = true;
        this.tell("too_quick");
      } else this.step.onDigit(digit, event);
    } else if (operates && event.repeat && this.root.activeElement) {
      event.preventDefault(); // a key held down on an answer must not go on to press "Next"
    } else if (operates && !target.matches?.(`${OPERABLE}, [contenteditable]`)) {
      if (this.step.onEnter(event)) event.preventDefault();
    }
  }
}

export default keptComponent(Player);
