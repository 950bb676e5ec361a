/* When something happened, and what is meant for what is on the screen. */

const QUIET_MS = 250; // after a face or feedback appeared: a click meant for the one before must not count
const DOUBLE_MS = 500; // after an accepted input: the second click of a double click, wherever it lands

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** When an event happened, on performance.now()'s clock. */
function moment(event) {
  const now = performance.now();
  return event.timeStamp > 0 && event.timeStamp <= now ? event.timeStamp : now;
}

/** Takes one input for each thing that was shown. */
class Gate {
  lastInput = -Infinity;

  /** Whether an input at `at` is meant for what has been visible since `since`; null: nothing is. */
  accepts(at, since) {
    if (since === null || at < since + QUIET_MS || at < this.lastInput + DOUBLE_MS) return false;
    this.lastInput = at;
    return true;
  }
}
