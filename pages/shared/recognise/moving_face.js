/* A face that moves from neutral to an expression: a cross-dissolve through its stills, which were sent anyway.

Each still lies one step of strength after the one before; dissolving from the first to the last at once would show
double eyebrows. The time of a frame decides what is drawn, so that a slow machine shows fewer frames and no slower face. */

const STILL_MOTION = "(prefers-reduced-motion: reduce)";

/** Slow at both ends: the polynomial of least jerk. */
const ease = (x) => x * x * x * (x * (6 * x - 15) + 10);

class MovingFace {
  constructor(canvas) {
    this.canvas = canvas;
    this.stills = [];
    this.turn = 0;
    this.strength = 0;
    this.watcher = new ResizeObserver(() => this.draw(this.strength));
    this.watcher.observe(canvas);
  }

  close() {
    this.turn += 1;
    this.watcher.disconnect();
  }

  /** The stills, from neutral to full, one or more; one that cannot be decoded is left out. */
  async load(urls) {
    const turn = ++this.turn;
    const pictures = await Promise.all(urls.map(async (url) => {
      const picture = new Image();
      picture.src = url;
      return picture.decode().then(() => picture, () => null);
    }));
    if (turn === this.turn) this.stills = pictures.filter((picture) => picture !== null);
  }

  /** Draw the face at `strength` percent, any value from 0 to 100. */
  draw(strength) {
    this.strength = strength;
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (side > 0 && side !== this.canvas.width) this.canvas.width = this.canvas.height = side;
    const { width } = this.canvas;
    const brush = this.canvas.getContext("2d");
    const last = this.stills.length - 1;
    if (last < 0) return;
    const at = (Math.min(Math.max(strength, 0), 100) / 100) * last;
    const below = Math.min(Math.floor(at), Math.max(last - 1, 0));
    brush.globalAlpha = 1;
    brush.drawImage(this.stills[below], 0, 0, width, width);
    if (at > below) {
      brush.globalAlpha = at - below;
      brush.drawImage(this.stills[below + 1], 0, 0, width, width);
    }
  }

  /** Neutral for `lead` ms, up to `peak` percent in `onset` ms, then it stays. Resolves with performance.now() when the
   * peak is on the screen, or null if overtaken. `onStep(strength)` hears of each frame. Where motion is reduced the
   * peak shows at once. */
  async play(peak, { lead = 200, onset = 700, onStep = () => {} } = {}) {
    const turn = ++this.turn;
    const still = matchMedia(STILL_MOTION).matches;
    const began = await frame();
    for (let now = began; turn === this.turn; now = await frame()) {
      const share = still ? 1 : Math.min(Math.max((now - began - lead) / onset, 0), 1);
      this.draw(peak * ease(share));
      onStep(this.strength);
      if (share < 1) continue;
      await frame(); // the frame that holds the peak has now been handed to the screen
      return turn === this.turn ? performance.now() : null;
    }
    return null;
  }

  /** Stay at `strength`, whatever was playing. */
  hold(strength) {
    this.turn += 1;
    this.draw(strength);
  }
}
