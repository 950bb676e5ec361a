"""Click → feedback painted in the product, beside click → text painted in an empty app."""

from playwright.sync_api import Page

from tests.bench.painting import painted_after

CLICKS = 40
_PRESS = "document.dispatchEvent(new KeyboardEvent('keydown', {key: '1', code: 'Digit1', bubbles: true}))"


def empty_clicks(page: Page, url: str) -> list[float]:
    """Milliseconds of each rerun of the empty app."""
    page.goto(url)
    page.get_by_text("clicks 0").wait_for()
    times = []
    for n in range(CLICKS):
        page.wait_for_timeout(500)
        times.append(
            painted_after(
                page,
                "[...document.querySelectorAll('button')].find((b) => b.textContent === 'Go').click()",
                f"document.body.textContent.includes('clicks {n + 1}')",
            )
        )
    return times


def practice_clicks(page: Page) -> list[float]:
    """Milliseconds from an answer to its feedback, on a page that shows the first of at least CLICKS faces."""
    times = []
    for _ in range(CLICKS):
        page.locator(".trial .answers").wait_for()
        page.wait_for_timeout(600)
        times.append(painted_after(page, _PRESS, "!find('.trial .feedback').hidden"))
        page.wait_for_timeout(600)
        page.locator(".trial .next").click()
        page.locator(".trial .feedback").wait_for(state="hidden")
    return times
