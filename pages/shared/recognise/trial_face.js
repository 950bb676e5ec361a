/* Paints faces on one canvas: enlarged smoothly, stamped when they are visible, masked after a limited exposure. */

const MASK_MS = 250;
const MASK_TILES = 16;

const frame = () => new Promise(requestAnimationFrame);

class Face {
  constructor(canvas) {
    this.canvas = canvas;
    this.pictures = new Map();
    this.turn = 0; // whoever holds an older turn has been overtaken and paints no more
    this.shown = null;
    this.watcher = new ResizeObserver(() => this.fit());
    this.watcher.observe(canvas);
  }

  close() {
    this.turn += 1;
    this.watcher.disconnect();
  }

  /** Forget all decoded pictures but these. */
  keep(urls) {
    for (const url of this.pictures.keys()) if (!urls.includes(url)) this.pictures.delete(url);
  }

  /** Decode a picture (data: or object URL), ahead of need where it is called before `paint`. */
  decode(url) {
    if (!this.pictures.has(url)) {
      const picture = new Image();
      picture.src = url;
      // A picture that cannot be decoded is painted as an empty card: the person can say so.
      this.pictures.set(url, picture.decode().then(() => picture, () => null));
    }
    return this.pictures.get(url);
  }

  /** Paint a picture; resolves with performance.now() when it is on the screen, or null if overtaken. */
  async paint(url) {
    const turn = ++this.turn;
    const picture = await this.decode(url);
    const drawn = await frame();
    if (turn !== this.turn) return null;
    this.drawnAt = drawn;
    this.draw(picture);
    await frame(); // the frame that holds the picture has now been handed to the screen
    return turn === this.turn ? performance.now() : null;
  }

  /** Once the picture painted last has been visible for `exposure` ms: a mask, then an empty card. */
  async cover(exposure) {
    const turn = this.turn;
    if (!(await this.until(this.drawnAt + exposure, turn))) return;
    this.draw(this.scrambled());
    if (await this.until(this.drawnAt + exposure + MASK_MS, turn)) this.draw(null);
  }

  clear() {
    this.turn += 1;
    this.draw(null);
  }

  /** Resolves at the frame nearest to `moment`, with false if the picture was overtaken meanwhile. */
  async until(moment, turn) {
    let before = await frame();
    for (;;) {
      const now = await frame();
      if (turn !== this.turn) return false;
      const half = Math.min(now - before, 20) / 2;
      if (now >= moment - half) return true;
      before = now;
    }
  }

  fit() {
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (side === 0 || side === this.canvas.width) return;
    this.canvas.width = this.canvas.height = side;
    this.draw(this.shown);
  }

  /** Draw a picture as large as the canvas allows, or nothing. */
  draw(picture) {
    this.shown = picture;
    this.fit();
    const { width: side } = this.canvas;
    const brush = this.canvas.getContext("2d");
    brush.clearRect(0, 0, side, side);
    if (!picture) return;
    const source = enlarged(picture, side);
    const scale = Math.min(side / source.width, side / source.height);
    const [width, height] = [source.width * scale, source.height * scale];
    brush.imageSmoothingQuality = "high";
    brush.drawImage(source, (side - width) / 2, (side - height) / 2, width, height);
  }

  /** What is on the canvas, cut into tiles that are put back in random order. */
  scrambled() {
    const { canvas } = this;
    const mask = sheet(canvas.width, canvas.height);
    const brush = mask.getContext("2d");
    const edge = (index) => Math.round((index * canvas.width) / MASK_TILES);
    const places = Array.from({ length: MASK_TILES ** 2 }, (_, index) => index);
    for (let last = places.length - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      [places[last], places[other]] = [places[other], places[last]];
    }
    const tile = Math.ceil(canvas.width / MASK_TILES);
    places.forEach((from, to) => {
      const [x, y] = [edge(from % MASK_TILES), edge(Math.floor(from / MASK_TILES))];
      brush.drawImage(canvas, x, y, tile, tile, edge(to % MASK_TILES), edge(Math.floor(to / MASK_TILES)), tile, tile);
    });
    return mask;
  }
}

function sheet(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** A small picture doubled until it is nearly `side` wide: one big step would show its 48 × 48 grid. */
function enlarged(picture, side) {
  let source = picture;
  while (Math.max(source.width, source.height) * 2 <= side) {
    const next = sheet(source.width * 2, source.height * 2);
    const brush = next.getContext("2d");
    brush.imageSmoothingQuality = "high";
    brush.drawImage(source, 0, 0, next.width, next.height);
    source = next;
  }
  return source;
}
