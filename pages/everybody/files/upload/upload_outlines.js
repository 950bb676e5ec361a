/* Outlines over a picture or a video: a square around each face, with its number, emotion and how sure. */

const STAYS = 0.45; // seconds that an outline stays where no later frame was read

class Outlines {
  /** `media`: an <img> or <video>; `frames`: [{at, lasts, faces: [[id, left, top, width, height, emotion, share]]}]. */
  constructor(media, frames, emotions) {
    this.media = media;
    this.frames = frames;
    this.emotions = emotions;
    this.layer = element("div", { class: "outlines", "aria-hidden": "true" });
    if (media.tagName === "VIDEO") this.follow();
    else this.draw(frames[0]);
  }

  follow() {
    const now = () => this.draw(this.frameAt(this.media.currentTime));
    const each = () => {
      now();
      if (this.media.isConnected) this.media.requestVideoFrameCallback(each);
    };
    if (this.media.requestVideoFrameCallback) this.media.requestVideoFrameCallback(each);
    for (const name of ["timeupdate", "seeked", "loadeddata"]) this.media.addEventListener(name, now);
  }

  frameAt(time) {
    let found = null;
    for (const frame of this.frames) {
      if (frame.at > time + 0.05) break;
      found = frame;
    }
    return found && time - found.at <= Math.max(STAYS, found.lasts) ? found : null;
  }

  draw(frame) {
    if (frame === this.drawn) return;
    this.drawn = frame;
    this.layer.classList.toggle("several", frame?.faces.length > 1);
    this.layer.replaceChildren(...(frame ? frame.faces.map((face) => this.outline(face)) : []));
  }

  outline([id, left, top, width, height, emotion, share]) {
    const box = element("div", { class: "outline", "data-emotion": emotion });
    const percent = (part) => `${100 * part}%`;
    Object.assign(box.style, { left: percent(left), top: percent(top), width: percent(width), height: percent(height) });
    const said = element("span", { class: "said" }, ` · ${this.emotions[emotion]} ${Math.round(100 * share)} %`);
    const tag = element("span", { class: "tag" }, `${id}`, said);
    if (top < 0.12) tag.classList.add("below");
    if (left + width / 2 > 0.6) tag.classList.add("from-right");
    box.append(tag);
    return box;
  }
}
