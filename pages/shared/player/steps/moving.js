/* A face that moves: from neutral up to its peak, where it stays until the answer; times count from the painted peak. */

const LEAD_MS = 200;
const STILL_EVERY = 20; // percent between two stills of a face
const SLOW = { lead: 400, onset: 3000 };

STEPS.moving = class MovingStep extends STEPS.face {
  constructor(player) {
    super(player);
    this.moving = new MovingFace(this.canvas);
  }

  /** The stills from neutral up to the peak. */
  pictures(number) {
    const peak = (number === this.item?.number ? this.item : this.player.items.get(number))?.peak ?? 0;
    return Array.from({ length: peak / STILL_EVERY + 1 }, (_, still) => `${number}/${still}`);
  }

  close() {
    super.close();
    this.moving.close();
  }

  async paint() {
    const { item, player } = this;
    this.readyBox.hidden = true;
    const urls = await Promise.all(this.pictures(item.number).map((path) => player.pictures.get(path)));
    if (item !== this.item || this.stage !== "ask") return;
    this.url = urls.at(-1);
    await this.moving.load(urls);
    if (item !== this.item || this.stage !== "ask") return;
    this.focusLost = false;
    const painted = await this.moving.play(100, { lead: LEAD_MS, onset: item.onset_ms });
    if (painted !== null && item === this.item && this.stage === "ask") this.paintedAt = painted;
  }

  feedback(item, answer, last) {
    const { words } = this.player.data;
    const gone = super.feedback(item, answer, last);
    this.again = element("button", { type: "button", class: "quiet again" }, words.again);
    this.feedbackBox.querySelector(".next-row").after(
      element("div", { class: "hold" }, this.again, element("p", { class: "note" }, words.computed)));
    return gone;
  }

  onButton(button, event) {
    if (button === this.again) this.moving.play(100, SLOW);
    else super.onButton(button, event);
  }
};
