/* Keys that answer: digits of every script, in the row and on the pad, with and without NumLock. */

const EDITABLE = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";
const OPERABLE = "button, a, summary, textarea, select, input:not([type='range'])";

/** The digit of a key, or null. The row's keys count by their place: on some keyboards they need Shift. */
function digitOf(event) {
  const placed = event.code?.match(/^(?:Digit|Numpad)([0-9])$/)?.[1];
  if (placed !== undefined) return Number(placed);
  return /^\p{Nd}$/u.test(event.key) ? valueOf(event.key) : null;
}

/** What a decimal digit is worth: each script has its ten in a row, zero first. */
function valueOf(digit) {
  let before = 0;
  const code = digit.codePointAt(0);
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}
