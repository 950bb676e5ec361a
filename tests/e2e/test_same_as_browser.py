"""What the product decodes of a picture is what Chromium shows of it, format by depth by orientation by profile."""

from base64 import b64encode

import numpy as np
from PIL import Image
from playwright.sync_api import Browser

from core.media.decoder import decoder
from tests.media.made import pictures

MOST, MEAN = 3, 1.0
"""Levels by which a point, and all points in the mean, may differ: the two round colours at different places."""
DRAWN = """(files) => Promise.all(files.map(async ([kind, data]) => {
  const image = new Image();
  image.src = `data:${kind};base64,${data}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const paint = canvas.getContext("2d");
  paint.fillStyle = "#fff";
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.drawImage(image, 0, 0);
  const { data: levels } = paint.getImageData(0, 0, canvas.width, canvas.height);
  return [canvas.width, canvas.height, String.fromCharCode(...levels)];
}))"""


def test_a_picture_is_decoded_as_the_browser_shows_it(browser: Browser) -> None:
    made = list(pictures())
    page = browser.new_page()
    drawn = page.evaluate(DRAWN, [[media, b64encode(content).decode()] for _, media, content in made])
    page.close()
    wrong = {}
    with decoder() as own:
        for (what, _, content), (width, height, levels) in zip(made, drawn, strict=True):
            colours = np.frombuffer(levels.encode("latin-1"), np.uint8).reshape(height, width, 4)
            shown = Image.fromarray(colours).convert("RGB").convert("L")
            decoded = own.decode(content).frames[0][1]
            if decoded.shape != (height, width):
                wrong[what] = f"{decoded.shape} is not {(height, width)}"
                continue
            apart = np.abs(np.asarray(shown, np.int16) - decoded)
            if apart.max() > MOST or apart.mean() > MEAN:
                wrong[what] = f"at most {apart.max()}, in the mean {apart.mean():.1f}"
    assert len(made) > 60
    assert wrong == {}
