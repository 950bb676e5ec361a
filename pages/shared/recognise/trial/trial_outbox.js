/* Sends one message at a time and repeats it, unchanged, until the server has shown that it knows it. */

const PATIENCE_MS = 1000; // so long nobody needs to hear about it
const FIRST_WAIT_MS = 3000;
const LONGEST_WAIT_MS = 30000;

class Outbox {
  /** `onWait` is called when a message has been on its way for so long that a person may wonder. */
  constructor(onWait) {
    this.onWait = onWait;
    this.message = null;
  }

  get busy() {
    return this.message !== null;
  }

  send(message) {
    this.message = message;
    this.worry = setTimeout(this.onWait, PATIENCE_MS);
    this.post(FIRST_WAIT_MS);
  }

  post(wait) {
    this.deliver("event", this.message);
    this.repeat = setTimeout(() => this.post(Math.min(wait * 2, LONGEST_WAIT_MS)), wait);
  }

  /** The server has moved on: what was sent has arrived. */
  settle() {
    clearTimeout(this.worry);
    clearTimeout(this.repeat);
    this.message = null;
  }
}
