/* Under which conditions something is answered, as far as a browser can tell. */

const PAIR_MS = 150; // a key that goes down again so soon is held, or bounces: a hand taps at most six times a second

/** Whether something rewrote the page's words: translators say so on <html>, or wrap what they wrote. */
function isTranslated(place) {
  return /\btranslated-(?:ltr|rtl)\b/.test(document.documentElement.className) || place.querySelector("font") !== null;
}

/** The page's zoom times the pinched one. Who shows no window around the page tells none. */
function zoomNow() {
  const page = outerWidth > 0 && innerWidth > 0 ? outerWidth / innerWidth : 1;
  return Math.round(100 * page * (visualViewport?.scale ?? 1)) / 100;
}

/** Tells a key that is held, which some keyboards send as quick pairs of down and up, from one that is pressed. */
class QuickKeys {
  last = new Map();

  /** Whether the key with this `name`, which goes down now, went down a moment ago, too. */
  again(name, at) {
    const before = this.last.get(name) ?? -Infinity;
    this.last.set(name, at);
    return at - before < PAIR_MS;
  }
}
