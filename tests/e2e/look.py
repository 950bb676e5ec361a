"""What is wrong with a page as it stands: what axe finds, and what scrolls sideways."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.acting import SOON

SKIP_LINK = 'data-testid="stSkipToContent"'
"""Streamlit's, which stands before all landmarks, as it should: axe knows it for what it is only as long as the first
link to a page is not in a component's shadow."""
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
SCREENS = {"phone": (390, 844), "computer": (1440, 900)}
"""Where axe looks, each in one theme: contrast is what takes long, and no colour depends on the width."""
WINDOWS = (*SCREENS.values(), (640, 450), (667, 375), (844, 390), (1024, 768), (360, 740), (320, 256))
"""Where nothing may scroll sideways: also a computer at 200 %, phones on their side, a laptop, a small phone, and last
a computer at 400 %."""
_QUIET = """
([quiet, patience]) => new Promise((done) => {
  const begun = performance.now();
  let changed = begun;
  const watching = new MutationObserver(() => (changed = performance.now()));
  watching.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const moves = (one) => one.playState === "running" && Number.isFinite(one.effect?.getComputedTiming().endTime);
  const look = () => {
    const now = performance.now();
    if (document.getAnimations().some(moves) || document.fonts.status !== "loaded") changed = now;
    if (now - changed < quiet && now - begun < patience) return setTimeout(look, 40);
    watching.disconnect();
    done();
  };
  look();
})
"""
_SHORTLY = [120, 2000]
_TALL = """
() => {
  const main = document.querySelector("[data-testid=stMain]");
  return main ? Math.ceil(innerHeight + main.scrollHeight - main.clientHeight) : innerHeight;
}
"""
TALLEST = 16_000
"""Pixels: a page of this height is painted within a second without a graphics card."""
_WIDE = """
() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  const root = document.scrollingElement;
  const scrolls = (e) => e === root || ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
  const own = (e) => e.closest("[role=tablist], pre, code, textarea, input")
    || e.closest("[data-testid=stDataFrame]")
    || (!e.closest("[role=dialog]:not(:scope)") && e.matches(":has(> table), .table-wrap"));
  return all(document)
    .filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1 && scrolls(e) && !own(e))
    .map((e) => `${e.dataset?.testid || e.className || e.tagName}: ${e.scrollWidth} px in ${e.clientWidth}`);
}
"""

_UNNAMED = """
() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  const around = (e) => e && [e, ...(around(e.parentElement ?? e.getRootNode().host) || [])];
  const text = (e, name) => (e.getAttribute(name) || "").trim();
  const NAMES = ["aria-label", "aria-labelledby", "alt"];
  const named = (e) => NAMES.some((name) => text(e, name)) || e.querySelector("title");
  const size = (e) => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height);
  const SAID = "img, canvas, video, svg, button, a, [role=img]";
  const chart = (e) => e.matches(".js-plotly-plot");
  return all(document)
    .filter((e) => chart(e) || (e.matches("img:not([alt='']), canvas, video, svg") && !e.closest(".js-plotly-plot")))
    .filter((e) => size(e) >= 40 && size(e) < 4000 && e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => !around(e).some((one) => text(one, "aria-hidden") === "true"))
    .filter((e) => !around(e).some((one) => one.matches(SAID) && named(one)))
    .map((e) => `${e.tagName}.${e.getAttribute("class")}: a picture without words`);
}
"""
"""Plotly leaves a drawing board of 9,000 pixels in the page."""


def unnamed(page: Page) -> list[str]:
    """The pictures that a screen reader says nothing of, and that are not for decoration."""
    return list(page.evaluate(_UNNAMED))


def settle(page: Page) -> None:
    """Until the script has run, nothing is pale or fades any more, and the page has been still for a moment."""
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=2 * SOON)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=SOON)  # what waits for a rerun is pale
    page.evaluate(_QUIET, [250, 5000])


def axe_findings(page: Page, part: str | None = None) -> list[str]:
    """What axe finds on the page, or in the `part` with this selector: rule, meaning, first places."""
    with whole_page_in_view(page):
        found = Axe().run(page, part).response["violations"]
    told = []
    for one in found:
        places = [node["html"][:120] for node in one["nodes"]]
        if one["id"] == "region":
            places = [place for place in places if SKIP_LINK not in place]
        if places:
            told.append(f"{one['id']} ({one['help']}): {places[:3]}")
    return told


@contextmanager
def whole_page_in_view(page: Page) -> Iterator[None]:
    """A window so tall that nothing has to be scrolled to: axe passes over the contrast of what is out of view."""
    size = page.viewport_size
    assert size is not None
    settle(page)  # before it grows: what moves is dear to paint in a tall window
    height = page.evaluate(_TALL)
    if height > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
        page.evaluate(_QUIET, _SHORTLY)
    yield
    page.set_viewport_size(size)


def too_wide(page: Page) -> list[str]:
    """What scrolls sideways and should not: the page, a dialog, any box that is not a table's or a tab list's own."""
    return list(page.evaluate(_WIDE))


def look(page: Page, name: str = "", part: str | None = None) -> list[str]:
    """What is wrong with the page called `name` in this window and theme; axe looks at one `part` where it is named."""
    return [f"{name}: {wrong}" for wrong in (*axe_findings(page, part), *too_wide(page))]


def look_everywhere(page: Page, name: str, part: str | None = None, half: int | None = None) -> list[str]:
    """What is wrong with the page called `name` on a phone in one theme, a computer in the other, and in any window.

    Which theme the phone has, the name decides: among some pages each screen has both. axe looks at one `part` where it
    is named. The `half` 0 has one of both screens and every second window; the half 1 the other screen, in the other
    theme, and the other windows; both have the narrowest.
    """
    wrong, kind, before = [], crc32(name.encode()), page.viewport_size
    assert before is not None
    for number, (screen, size) in enumerate(SCREENS.items()):
        if half is not None and (kind // 2 + half + number) % 2:
            continue
        scheme = SCHEMES[(kind + number) % 2]
        page.emulate_media(color_scheme=scheme)
        _resize(page, size)
        wrong += [f"{name}, {screen}, {scheme}: {found}" for found in axe_findings(page, part)]
    wrong += [f"{name}: {found}" for found in unnamed(page)]
    windows = WINDOWS if half is None else (*WINDOWS[half:-1:2], WINDOWS[-1])
    for size in windows:
        _resize(page, size)
        page.evaluate(_QUIET, _SHORTLY)
        wrong += [f"{name}, {size[0]}x{size[1]}: {found}" for found in too_wide(page)]
    page.set_viewport_size(before)
    return wrong


def _resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
