"""How long until a page shows what an action asked for, by the browser's own clock, frame by frame."""

from statistics import median, quantiles

from playwright.sync_api import Page

_UNTIL_PAINTED = """
async ([act, shown]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const holds = new Function('find', `return ${shown}`);
  const find = (selector) => {
    const seek = (root) => {
      const here = root.querySelector(selector);
      if (here) return here;
      for (const host of root.querySelectorAll('*')) {
        const inside = host.shadowRoot && seek(host.shadowRoot);
        if (inside) return inside;
      }
      return null;
    };
    return seek(document);
  };
  const begun = performance.now();
  new Function('find', act)(find);
  for (let i = 0; i < 1200; i++) {
    await frame();
    if (holds(find)) return performance.now() - begun;
  }
  throw new Error('nothing was painted within 20 s: ' + shown);
}
"""


def painted_after(page: Page, act: str, shown: str) -> float:
    """Milliseconds from running `act` in the page until `shown` holds at a frame; both see `find(selector)`."""
    return float(page.evaluate(_UNTIL_PAINTED, [act, shown]))


def summary(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return median(times), quantiles(times, n=20)[-1]
