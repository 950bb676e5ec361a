/* Pictures of a run: each crosses the line once, in the order in which it is needed. */

const TOGETHER = 2;
const AGAIN_AFTER_MS = 1000;
const PICTURE_WITHIN_MS = 60000;

class Pictures {
  /** `address(path)`: where a picture is fetched. `onTrouble(status)` is called while one does not come. */
  constructor(address, onTrouble) {
    Object.assign(this, { address, onTrouble });
    this.found = new Map();
    this.waiting = [];
    this.busy = 0;
    this.closed = false;
  }

  close() {
    this.closed = true;
    this.waiting = [];
    for (const { url } of this.found.values()) if (url) URL.revokeObjectURL(url);
  }

  /** The object URL of a picture, wanted now: before all that is only fetched ahead. Empty where it is refused. */
  get(path) {
    const entry = this.entry(path);
    this.waiting = [path, ...this.waiting.filter((other) => other !== path)];
    this.work();
    return entry.ready;
  }

  /** Whether a picture has come. */
  has(path) {
    return Boolean(this.found.get(path)?.url);
  }

  /** Fetch these, in this order, while nothing else is needed. */
  ahead(paths) {
    for (const path of paths) {
      if (!this.found.has(path)) this.waiting.push(path);
      this.entry(path);
    }
    this.work();
  }

  entry(path) {
    if (!this.found.has(path)) {
      const entry = { url: null, begun: false };
      entry.ready = new Promise((done) => (entry.done = done));
      this.found.set(path, entry);
    }
    return this.found.get(path);
  }

  async work() {
    while (this.busy < TOGETHER && this.waiting.length) {
      const path = this.waiting.shift();
      const entry = this.entry(path);
      if (entry.begun) continue;
      entry.begun = true;
      this.busy += 1;
      this.fetch(path).then((url) => {
        entry.url = url;
        entry.done(url);
        this.busy -= 1;
        this.work();
      });
    }
  }

  async fetch(path) {
    for (let wait = AGAIN_AFTER_MS; !this.closed; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      let status = 0;
      try {
        const answer = await fetch(this.address(path), { signal: AbortSignal.timeout(PICTURE_WITHIN_MS) });
        status = answer.status;
        if (answer.ok) {
          const url = URL.createObjectURL(await answer.blob());
          if (wait > AGAIN_AFTER_MS) this.onTrouble(status);
          return url;
        }
      } catch {
        status = 0;
      }
      if (status >= 400 && status < 500) {
        this.onTrouble(status);
        return "";
      }
      this.onTrouble(status);
      await pause(wait);
    }
    return "";
  }
}
