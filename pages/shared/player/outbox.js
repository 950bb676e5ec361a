/* Keeps what happened in a run in this browser until the server has said that it is kept there.

Events are numbers, answers and milliseconds; no name and no picture. They outlive a reload, a closed lid, a dropped
line, a restart of the server and a sign-in that ended, and go after two weeks. */

const HEADER = "X-Lexithymia-Run";
const KEY = "lexithymia.run.";
const REFUSED = "lexithymia.refused.";
const FORGOTTEN_AFTER_MS = 14 * 24 * 60 * 60 * 1000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const ANSWER_WITHIN_MS = 15000;
const MOST_EVENTS = 200;

/** The status and the JSON of an answer; 0 where none came. */
async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), ...options });
    return { status: answer.status, body: await answer.json() };
  } catch {
    return { status: 0, body: null };
  }
}

class Outbox {
  /** `onReply(body)`: all up to `body.kept` is kept; `onNews(name, sentence)`: how the line is; `keepsRefused`: what the
   * server refuses for good stays here for a time, to be looked into. */
  constructor(run, address, { onReply, onNews, keepsRefused = true }) {
    Object.assign(this, { run, address, onReply, onNews, keepsRefused });
    this.known = 0;
    this.standIns = [];
    this.memory = { at: 0, seq: 0, events: [] };
    this.durable = true;
    this.waiters = [];
    const wake = () => {
      this.wake?.();
      if (!this.empty) this.push(); // also after a sign-in in another tab
    };
    window.addEventListener("online", wake);
    window.addEventListener("pagehide", wake);
    document.addEventListener("visibilitychange", wake);
    forgetOld();
  }

  get empty() {
    return this.read().events.length === 0;
  }

  add(event) {
    const record = this.read();
    record.seq += 1;
    record.events.push({ seq: record.seq, ...event });
    this.write(record);
    this.push();
  }

  /** Resolves once nothing waits here any more. */
  sent() {
    if (this.empty) return Promise.resolve();
    this.push();
    return new Promise((done) => this.waiters.push(done));
  }

  /** The run is over: this browser need not remember that there was one. */
  forget() {
    this.memory = { at: 0, seq: 0, events: [] };
    tryStorage((store) => store.removeItem(KEY + this.run));
  }

  read() {
    if (!this.durable) return this.memory;
    try {
      return JSON.parse(localStorage.getItem(KEY + this.run)) ?? this.memory;
    } catch {
      return this.memory;
    }
  }

  /** In the browser's storage; in memory where that is forbidden or full. */
  write(record) {
    record.at = Date.now();
    this.memory = record;
    try {
      localStorage.setItem(KEY + this.run, JSON.stringify(record));
      this.durable = true;
    } catch {
      this.durable = false;
      tryStorage((store) => store.removeItem(KEY + this.run)); // an older state must not stand for this one
      this.onNews("keep_open", "");
    }
  }

  push() {
    this.sending ??= this.send().finally(() => (this.sending = null));
  }

  async send() {
    let wait = FIRST_WAIT_MS;
    for (;;) {
      const events = this.read().events.slice(0, MOST_EVENTS);
      if (events.length === 0) break;
      const { status, body } = await ask(this.address, {
        method: "POST",
        keepalive: true,
        headers: { [HEADER]: "1", "Content-Type": "application/json" },
        body: JSON.stringify({ known: this.known, stand_ins: this.standIns, events }),
      });
      if (status === 200) {
        this.drop(body.kept);
        this.onNews("", "");
        this.onReply(body);
        wait = FIRST_WAIT_MS;
      } else if (status === 400 || status === 409 || status === 413) {
        if (this.keepsRefused) tryStorage((store) => store.setItem(REFUSED + this.run, JSON.stringify({ at: Date.now(), events })));
        this.drop(events.at(-1).seq);
        this.onNews("refused", body?.sentence ?? "");
      } else if (status === 401 || status === 403) {
        if (status === 401) this.onNews("signed_out", "");
        else this.onNews("refused", body?.sentence ?? "");
        return; // they wait here for the same person
      } else {
        this.onNews("no_connection", "");
        await new Promise((done) => {
          this.wake = done;
          setTimeout(done, wait);
        });
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      }
    }
    this.waiters.splice(0).forEach((done) => done());
  }

  drop(last) {
    const record = this.read();
    record.events = record.events.filter(({ seq }) => seq > last);
    this.write(record);
  }
}

function tryStorage(use) {
  try {
    use(localStorage);
  } catch {
    // forbidden or full: there is nothing to be kept or forgotten
  }
}

function forgetOld() {
  tryStorage((store) => {
    for (const key of Object.keys(store).filter((name) => name.startsWith(KEY) || name.startsWith(REFUSED))) {
      const { at } = JSON.parse(store.getItem(key)) ?? {};
      if (!(Date.now() - at < FORGOTTEN_AFTER_MS)) store.removeItem(key);
    }
  });
}
